import { type LmmFit, lmm, lmmDetails, type Table } from "@longwave/stats";
import type { Comparison, ValidationCase } from "../case.ts";
import {
  type LmmNumbers,
  type LmmStudy,
  list,
  near,
  nestedStudies,
  numbersOf,
  share,
} from "../lmm-studies.ts";

function fixedRows(fit: LmmFit, numbers: LmmNumbers, tolerance: number): Comparison[] {
  const { stdError, df } = numbers.satterthwaite;
  return fit.fixed.flatMap((row, j) => {
    const error = list(stdError)[j] ?? Number.NaN;
    return [
      near(`${row.term} estimate`, row.estimate, list(numbers.estimate)[j] ?? Number.NaN, 1e-6 * error),
      share(`${row.term} standard error`, row.stdError, error, tolerance),
      share(`${row.term} df`, row.df, list(df)[j] ?? Number.NaN, 1e-3),
    ];
  });
}

/** Sums of squares of the modes, block by block: R lists them by group, with all effects of a group together. */
function modeRows(study: LmmStudy, table: Table, numbers: LmmNumbers): Comparison[] {
  const { ranef } = lmmDetails(study.formula, { kind: "rows", table });
  const groups = [...new Set(ranef.map(({ group }) => group))];
  const recorded = Object.values(numbers.sumOfSquaredModes);
  return groups.flatMap((group, g) => {
    const blocks = ranef.filter((block) => block.group === group);
    const ours = blocks.flatMap(({ modes, terms }) =>
      terms.map((_, j) => modes.reduce((sum, row) => sum + (row[j] ?? Number.NaN) ** 2, 0)),
    );
    const wanted = recorded[g];
    const values: readonly number[] =
      wanted === undefined ? [] : typeof wanted === "number" ? [wanted] : Object.values(wanted);
    return values.map((value, j) => share(`sum of squared modes ${j + 1} of ${group}`, ours[j], value, 2e-5));
  });
}

function compared(study: LmmStudy, table: Table): Comparison[] {
  const numbers = numbersOf(study);
  const data = { kind: "rows", table } as const;
  const fit = lmm(study.formula, data);
  const ml = lmm(study.formula, data, { method: "ml" });
  const likelihood = (quantity: string, ours: number, reference: number): Comparison => ({
    ...near(quantity, ours, reference, 1e-6),
    atLeast: true,
  });
  return [
    likelihood("reml log-likelihood", fit.logLik, numbers.logLik),
    likelihood("ml log-likelihood", ml.logLik, numbers.logLikMl),
    ...Object.values(numbers.groups).map((count, k) =>
      near(`groups of level ${k + 1}`, Object.values(fit.ngroups)[k], count, 0),
    ),
    ...list(numbers.theta).map((value, k) => near(`theta ${k + 1}`, fit.theta[k], value, 1e-5)),
    share("sigma", fit.sigma, numbers.sigma, 1e-6),
    ...fixedRows(fit, numbers, study.tolerance ?? 1e-6),
    ...modeRows(study, table, numbers),
  ];
}

/** Mixed models with nested grouping factors beside lme4. */
export const cases: readonly ValidationCase[] = nestedStudies.map((study) => ({
  id: `lmm-nested-${study.numbers}`,
  model: `lmm, ${study.model}`,
  reference: "lme4 1.1.31, lmerTest 3.1.3",
  data: study.data,
  compare: (table) => compared(study, study.prepare?.(table) ?? table),
}));
