import type { Hypothesis, PlannedAnalysis, Protocol } from "@longwave/study";
import type { Language, NotYetRun } from "../publication/types.ts";
import { localText } from "../words/study-names.ts";
import { reasonsIn } from "./reasons.ts";
import { resolveModel } from "./resolve-model.ts";
import { plannedPaths, plannedRuns } from "./run-models.ts";

/** What the plan asks for and this version does not run, each with a plain reason. */
export function notYetRun(protocol: Protocol, language: Language): readonly NotYetRun[] {
  const { plan } = protocol;
  const reasons = reasonsIn(language);
  const entry = ({ id, what }: PlannedAnalysis, why: string): NotYetRun => ({
    id,
    what: localText(what, language),
    why,
  });
  return [
    ...missingHypotheses(protocol).map(({ id, claim }) => ({
      id,
      what: localText(claim, language),
      why: reasons.notBuilt,
    })),
    ...plan.comparisons
      .filter(({ model }) => resolveModel(protocol, model).kind === "unavailable")
      .map((analysis) => entry(analysis, reasons.notBuilt)),
    ...[...plan.exploratory, ...plan.sensitivity].map((analysis) => entry(analysis, reasons.later)),
  ];
}

/** Hypotheses with a model nobody has built, or a test that their model cannot give. */
function missingHypotheses(protocol: Protocol): readonly Hypothesis[] {
  const paths = new Set(plannedPaths(protocol).map(({ hypothesis }) => hypothesis.id));
  const run = new Set([...paths, ...plannedRuns(protocol).map(({ hypothesis }) => hypothesis.id)]);
  return protocol.plan.hypotheses.filter(({ id, test }) =>
    test.kind === "intersection" ? !isPairOf(paths, test.of) : !run.has(id),
  );
}

/** A claim about both directions is the only kind that has words. */
export function isPairOf(paths: ReadonlySet<string>, of: readonly string[]): boolean {
  return of.length === 2 && of.every((id) => paths.has(id));
}
