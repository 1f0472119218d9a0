import { type LaggedPath, normalQuantile } from "@longwave/stats";
import type { Protocol } from "@longwave/study";
import { reasonsIn } from "../plan/reasons.ts";
import type { PathRun } from "../plan/run-models.ts";
import type { Language } from "../publication/types.ts";
import { laterText } from "../words/gap-text.ts";
import { localText } from "../words/study-names.ts";
import type { NotTested, TestOutcome } from "./outcome.ts";
import { requireFinite } from "./run-hypothesis.ts";

/** Half-width of a 90 % interval in standard errors. */
const HALF_90 = normalQuantile(0.95);

/**
 * Tests one lagged path of a fitted panel model: the standardised path with its intervals, and the Wald test of the
 * path itself. Paths free over time are averaged over the waves.
 */
export function testPath(run: PathRun, protocol: Protocol, language: Language): TestOutcome | NotTested {
  const { outcome, model, test } = run;
  if (outcome.kind === "not_fitted") return { kind: "not_tested", reason: outcome.reason };
  const [from, to] = test.path === "x->y" ? (["x", "y"] as const) : (["y", "x"] as const);
  const path = outcome.fit.paths.find((candidate) => candidate.from === from && candidate.to === to);
  const numbers = path && pathNumbers(path);
  if (!numbers) return { kind: "not_tested", reason: reasonsIn(language).noInterval };
  const columns = { from: model[from], to: model[to] };
  const names = {
    from: nameOf(protocol, columns.from, language),
    to: nameOf(protocol, columns.to, language),
  };
  const { raw, ...standardised } = numbers;
  const { estimate, lower, upper } = standardised;
  const tested: TestOutcome = {
    kind: "tested",
    ...standardised,
    rows: [{ label: arrowLabel(names, language), role: "plain", estimate, lower, upper }],
    step: undefined,
    perUnit: undefined,
    lag: { ...names, later: laterText(protocol, language), raw, columns },
  };
  return requireFinite(tested, language);
}

/** "Exercise, then pain": a direction as a row or a column names it. */
export function arrowLabel(
  names: { readonly from: string; readonly to: string },
  language: Language,
): string {
  const text = `${names.from}, ${language === "nb" ? "så" : "then"} ${names.to}`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What the plan calls a column, in lower case as inside a sentence; the column's own name when it calls it nothing. */
export function nameOf(protocol: Protocol, column: string, language: Language): string {
  const { outcome, exposure } = protocol.plan.variables;
  const role = [outcome, exposure].find(({ name }) => name === column);
  return role ? localText(role.label, language) : column;
}

interface PathNumbers extends Pick<TestOutcome, "estimate" | "lower" | "upper" | "lower90" | "upper90"> {
  readonly pValue: number;
  readonly raw: { readonly value: number; readonly lower: number; readonly upper: number };
}

/** The numbers of a path, or nothing when the fit has no interval to stand behind. */
function pathNumbers(path: LaggedPath): PathNumbers | undefined {
  const { standardized, standardizedStdError, standardizedLower, standardizedUpper } = path;
  if (standardized === null || standardizedStdError === null) return undefined;
  if (standardizedLower === null || standardizedUpper === null) return undefined;
  const { estimate, lower, upper, pValue } = path;
  if (lower === null || upper === null || pValue === null) return undefined;
  const half = HALF_90 * standardizedStdError;
  return {
    estimate: standardized,
    lower: standardizedLower,
    upper: standardizedUpper,
    lower90: standardized - half,
    upper90: standardized + half,
    pValue,
    raw: { value: estimate, lower, upper },
  };
}
