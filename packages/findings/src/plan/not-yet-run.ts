import type { Hypothesis, PlannedAnalysis, Protocol } from "@longwave/study";
import type { Language, NotYetRun } from "../publication/types.ts";
import { localText } from "../words/study-names.ts";
import { resolveModel } from "./resolve-model.ts";

const LATER =
  "It is one of the planned analyses that this version of Longwave does not run yet. Nothing was put in its place.";

/** What the plan asks for and this version does not run, each with a plain reason. */
export function notYetRun(protocol: Protocol, language: Language): readonly NotYetRun[] {
  const { plan } = protocol;
  const analyses = [...plan.exploratory, ...plan.sensitivity];
  return [
    ...plan.hypotheses.flatMap((hypothesis) => missingHypothesis(protocol, hypothesis, language)),
    ...plan.comparisons.flatMap((analysis) => missingComparison(protocol, analysis, language)),
    ...robustErrors(protocol),
    ...analyses.map((analysis) => ({
      id: analysis.id,
      what: localText(analysis.what, language),
      why: LATER,
    })),
  ];
}

function missingHypothesis(
  protocol: Protocol,
  hypothesis: Hypothesis,
  language: Language,
): readonly NotYetRun[] {
  const entry = { id: hypothesis.id, what: localText(hypothesis.claim, language) };
  if (hypothesis.test.kind === "intersection") {
    const others = hypothesis.test.of.join(" and ");
    return [{ ...entry, why: `It is answered from ${others}, which have not been run yet.` }];
  }
  const model = resolveModel(protocol, hypothesis.model);
  return model.kind === "unavailable" ? [{ ...entry, why: model.why }] : [];
}

function missingComparison(
  protocol: Protocol,
  analysis: PlannedAnalysis,
  language: Language,
): readonly NotYetRun[] {
  const model = resolveModel(protocol, analysis.model);
  if (model.kind === "lmm") return [];
  return [{ id: analysis.id, what: localText(analysis.what, language), why: model.why }];
}

/** Mixed models are planned with robust standard errors beside their own; that column does not exist yet. */
function robustErrors(protocol: Protocol): readonly NotYetRun[] {
  const mixed = protocol.plan.hypotheses.filter(({ model }) => model.family === "lmm");
  if (mixed.length === 0) return [];
  return [
    {
      id: "CR2",
      what: `Robust standard errors (CR2) as a second column for ${mixed.map(({ id }) => id).join(", ")}`,
      why: "The engine does not compute them yet. The intervals shown rest on the model's own standard errors.",
    },
  ];
}
