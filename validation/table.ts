import type { CalibrationOutcome } from "./calibration/cell.ts";
import type { BiasRow, biasedEstimates } from "./calibration/known-biases.ts";
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

/** What repeated designs gave beside their targets. */
export function calibrationTable(outcomes: readonly CalibrationOutcome[], replicates: number): string {
  return [
    `${replicates} replicates of each; Monte-Carlo errors in brackets.`,
    "",
    "| design | figure | target | found | bias | mean SE / SD of estimates | did not converge | seed |",
    "|---|---|---|---|---|---|---|---|",
    ...outcomes.map(({ cell, performance, found, monteCarloError, notConverged }) => {
      const { bias, meanStdError, empiricalStdDev } = performance;
      const biasText = bias === null ? "" : `${bias.value.toFixed(4)} (${bias.monteCarloError.toFixed(4)})`;
      const figure = cell.target.figure === "coverage" ? "interval holds the truth" : "rejects zero";
      const ratio = (meanStdError / empiricalStdDev.value).toFixed(3);
      return `| ${cell.name} | ${figure} | ${cell.target.value} | ${found.toFixed(4)} (${monteCarloError.toFixed(4)}) | ${biasText} | ${ratio} | ${notConverged} | ${cell.seed} |`;
    }),
  ].join("\n");
}

interface BiasFound {
  readonly row: BiasRow;
  readonly estimates: ReturnType<typeof biasedEstimates>;
}

/** What other estimators make of a lag, beside R's. */
export function biasTable(found: readonly BiasFound[], people: number): string {
  const pair = ({ row, estimates }: BiasFound, name: "withinLagOnly" | "withinDynamic" | "pooled") =>
    `${estimates[name].estimate.toFixed(4)} (${row[name].toFixed(4)})`;
  return [
    `The lag of x on later y as estimated from ${people.toLocaleString("en")} simulated people; in brackets R's, from 400,000 others.`,
    "",
    "| truth x to y / y to x | fixed effects, lag only | fixed effects with own lag | pooled cross-lagged |",
    "|---|---|---|---|",
    ...found.map((one) => {
      const { xToY, yToX } = one.row;
      return `| ${xToY} / ${yToX} | ${pair(one, "withinLagOnly")} | ${pair(one, "withinDynamic")} | ${pair(one, "pooled")} |`;
    }),
  ].join("\n");
}
