import type { Source } from "@longwave/source";
import { formulaColumns } from "@longwave/stats";
import type { Protocol } from "@longwave/study";
import type { NotTested, TestOutcome } from "../hypotheses/outcome.ts";
import { type RunnableTest, runHypothesis } from "../hypotheses/run-hypothesis.ts";
import { testPath } from "../hypotheses/test-path.ts";
import { fitModel } from "../plan/fit-model.ts";
import { fitPanel, type PanelOutcome } from "../plan/fit-panel.ts";
import { keepTerms } from "../plan/formula-text.ts";
import type { RunnableModel } from "../plan/resolve-model.ts";
import { type PlannedPath, type PlannedRun, plannedPaths, plannedRuns } from "../plan/run-models.ts";
import type { Finding, Language } from "../publication/types.ts";
import type { UnadjustedEstimate } from "./facts-types.ts";

/** What the estimates without covariates are made from, and what they stand beside. */
export interface UnadjustedInput {
  readonly protocol: Protocol;
  readonly source: Source;
  readonly language: Language;
  readonly findings: readonly Finding[];
}

/**
 * Every planned estimate again, without its covariates: the model keeps the terms that are made of the tested
 * columns alone. It stands beside the planned estimate and decides nothing. One that cannot be fitted is left out.
 */
export async function unadjustedEstimates(input: UnadjustedInput): Promise<readonly UnadjustedEstimate[]> {
  const found: UnadjustedEstimate[] = [];
  for (const run of plannedRuns(input.protocol)) {
    const estimate = await withoutCovariates(input, run);
    if (estimate) found.push(estimate);
  }
  const fitted = new Map<string, PanelOutcome>();
  for (const path of plannedPaths(input.protocol)) {
    const model = { ...path.model, covariates: [] };
    const outcome = fitted.get(path.reportedAs) ?? (await fitPanel({ ...input, model }));
    fitted.set(path.reportedAs, outcome);
    const estimate = panelEstimate(input, { ...path, model }, outcome);
    if (estimate) found.push(estimate);
  }
  return found;
}

async function withoutCovariates(
  { protocol, source, language, findings }: UnadjustedInput,
  { hypothesis, test, model }: PlannedRun,
): Promise<UnadjustedEstimate | undefined> {
  const bare = bareModel(model, test);
  const fitted = await fitModel({ protocol, source, model: bare, language });
  if (fitted.kind !== "fitted") return undefined;
  const outcome = runHypothesis({
    protocol,
    hypothesis,
    test,
    model: fitted,
    second: undefined,
    language,
  });
  const { formula, people } = fitted;
  return estimateOf(outcome, findingOf(findings, hypothesis.id), { formula, people });
}

function panelEstimate(
  { protocol, language, findings }: UnadjustedInput,
  path: PlannedPath,
  outcome: PanelOutcome,
): UnadjustedEstimate | undefined {
  if (outcome.kind === "not_fitted") return undefined;
  const { formula, people } = outcome;
  const tested = testPath({ ...path, outcome }, protocol, language);
  return estimateOf(tested, findingOf(findings, path.hypothesis.id), { formula, people });
}

function findingOf(findings: readonly Finding[], id: string): Finding | undefined {
  return findings.find((finding) => finding.id === id);
}

function estimateOf(
  outcome: TestOutcome | NotTested,
  finding: Finding | undefined,
  fitted: Pick<UnadjustedEstimate, "formula" | "people">,
): UnadjustedEstimate | undefined {
  if (outcome.kind !== "tested" || finding === undefined) return undefined;
  const { estimate, lower, upper, pValue } = outcome;
  const { id, label } = finding;
  return {
    finding: id,
    label,
    estimate,
    lower,
    upper,
    unit: finding.estimate?.unit ?? "",
    pValue,
    ...fitted,
  };
}

/** The model with only those fixed terms whose every column is one of the tested term. */
function bareModel(model: RunnableModel, test: RunnableTest): RunnableModel {
  const tested = test.kind === "joint" ? test.contrast.replace(/\[.*\]$/, "") : test.term;
  const columns = new Set(columnsOf(tested));
  const keep = (term: string): boolean => columnsOf(term).every((name) => columns.has(name));
  const [first, ...others] = model.formulas;
  return { ...model, formulas: [keepTerms(first, keep), ...others.map((each) => keepTerms(each, keep))] };
}

function columnsOf(term: string): readonly string[] {
  return formulaColumns(`tested_outcome ~ ${term}`).filter((name) => name !== "tested_outcome");
}
