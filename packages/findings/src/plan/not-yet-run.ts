import type { Hypothesis, PlannedAnalysis, Protocol } from "@longwave/study";
import type { Language, NotYetRun } from "../publication/types.ts";
import { localText } from "../words/study-names.ts";
import { type Reasons, reasonsIn } from "./reasons.ts";
import { resolveModel, type UnavailableModel } from "./resolve-model.ts";

/** What the plan asks for and this version does not run, each with a plain reason. */
export function notYetRun(protocol: Protocol, language: Language): readonly NotYetRun[] {
  const { plan } = protocol;
  const reasons = reasonsIn(language);
  const analyses = [...plan.exploratory, ...plan.sensitivity];
  return [
    ...plan.hypotheses.flatMap((hypothesis) => missingHypothesis(protocol, hypothesis, language)),
    ...plan.comparisons.flatMap((analysis) => missingComparison(protocol, analysis, language)),
    ...robustErrors(protocol, reasons),
    ...analyses.map(({ id, what }) => ({ id, what: localText(what, language), why: reasons.later })),
  ];
}

function whyUnavailable({ why }: UnavailableModel, reasons: Reasons): string {
  return why === "no_ri_clpm" ? reasons.noRiClpm : reasons.notBuilt;
}

function missingHypothesis(
  protocol: Protocol,
  hypothesis: Hypothesis,
  language: Language,
): readonly NotYetRun[] {
  const reasons = reasonsIn(language);
  const entry = { id: hypothesis.id, what: localText(hypothesis.claim, language) };
  if (hypothesis.test.kind === "intersection") {
    return [{ ...entry, why: reasons.needsOthers(hypothesis.test.of) }];
  }
  const model = resolveModel(protocol, hypothesis.model);
  return model.kind === "unavailable" ? [{ ...entry, why: whyUnavailable(model, reasons) }] : [];
}

function missingComparison(
  protocol: Protocol,
  analysis: PlannedAnalysis,
  language: Language,
): readonly NotYetRun[] {
  const model = resolveModel(protocol, analysis.model);
  if (model.kind === "lmm") return [];
  const why = whyUnavailable(model, reasonsIn(language));
  return [{ id: analysis.id, what: localText(analysis.what, language), why }];
}

/** Mixed models are planned with robust standard errors beside their own; that column does not exist yet. */
function robustErrors(protocol: Protocol, reasons: Reasons): readonly NotYetRun[] {
  const mixed = protocol.plan.hypotheses.filter(({ model }) => model.family === "lmm").map(({ id }) => id);
  if (mixed.length === 0) return [];
  return [{ id: "CR2", what: reasons.robustWhat(mixed), why: reasons.robustWhy }];
}
