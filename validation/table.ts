import { type Comparison, holds, type ValidationCase } from "./case.ts";

/** What became of one case. */
export interface CaseOutcome {
  readonly testCase: ValidationCase;
  readonly comparisons: readonly Comparison[];
  /** Why the case was not run; null when it was. */
  readonly notRun: string | null;
}

/** True when every number of the case is as near to R's as it must be. */
export function passes({ comparisons }: CaseOutcome): boolean {
  return comparisons.every(holds);
}

/** The generated part of validation/README.md: what was compared, number by number. */
export function comparisonTable(outcomes: readonly CaseOutcome[]): string {
  return [...summaryLines(outcomes), "", ...numberLines(outcomes)].join("\n");
}

function summaryLines(outcomes: readonly CaseOutcome[]): string[] {
  return [
    "| case | model | reference | numbers compared | result |",
    "|---|---|---|---|---|",
    ...outcomes.map((outcome) => {
      const { testCase, comparisons, notRun } = outcome;
      const result = notRun ?? (passes(outcome) ? "agrees" : "**differs**");
      return `| ${testCase.id} | ${testCase.model} | ${testCase.reference} | ${comparisons.length} | ${result} |`;
    }),
  ];
}

function numberLines(outcomes: readonly CaseOutcome[]): string[] {
  return [
    "| case | quantity | ours | R | difference | allowed |",
    "|---|---|---|---|---|---|",
    ...outcomes.flatMap(({ testCase, comparisons }) =>
      comparisons.map((comparison) => {
        const { quantity, ours, reference } = comparison;
        const numbers = [ours, reference].map((value) => String(Number(value.toPrecision(10))));
        return `| ${testCase.id} | ${quantity} | ${numbers.join(" | ")} | ${difference(comparison)} | ${allowed(comparison)} |`;
      }),
    ),
  ];
}

function difference({ ours, reference, scale }: Comparison): string {
  const size = scale === "relative" ? (ours - reference) / Math.abs(reference) : ours - reference;
  return size === 0 ? "0" : size.toExponential(0);
}

function allowed({ tolerance, scale, atLeast }: Comparison): string {
  const size = `${tolerance}${scale === "relative" ? " of it" : ""}`;
  return atLeast === true ? `at least R's, less ${size}` : size;
}
