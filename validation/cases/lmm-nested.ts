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

const beside: readonly ValidationCase[] = nestedStudies.map((study) => ({
  id: `lmm-nested-${study.numbers}`,
  model: `lmm, ${study.model}`,
  reference: "lme4 1.1.31, lmerTest 3.1.3",
  data: study.data,
  compare: (table) => compared(study, study.prepare?.(table) ?? table),
}));

/** Values that the tests of MixedModels.jl and statsmodels assert, with the tolerances they have there. */
const peers: readonly ValidationCase[] = [
  {
    id: "lmm-nested-pastes-mixedmodels",
    model: "lmm, cask within batch, ml",
    reference: "MixedModels.jl at 2228a9a, test/pls.jl",
    data: { kind: "file", path: "validation/data/pastes.csv" },
    compare: (table) => {
      const fit = lmm("strength ~ 1 + (1 | sample) + (1 | batch)", { kind: "rows", table }, { method: "ml" });
      return [
        near("deviance", fit.deviance, 247.9944658624955, 1e-6),
        near("intercept", fit.fixed[0]?.estimate, 60.0533333333333, 1e-8),
        near("standard error", fit.fixed[0]?.stdError, 0.6421355774401101, 1e-5),
        near("theta of samples", fit.theta[0], 3.5269029347766856, 1e-4),
        near("theta of batches", fit.theta[1], 1.3299137410046242, 1e-4),
        near("sigma", fit.sigma, 0.8234073887751603, 1e-5),
      ];
    },
  },
  {
    id: "lmm-nested-pastes-statsmodels",
    model: "lmm, cask within batch",
    reference: "statsmodels at 82c59e3, test_lme.py",
    data: { kind: "file", path: "validation/data/pastes.csv" },
    compare: (table) => {
      const fit = lmm("strength ~ 1 + (1 | batch/cask)", { kind: "rows", table });
      return [
        share("standard error", fit.fixed[0]?.stdError, 0.6769, 1e-3),
        share("variance of batches", fit.random[1]?.covariance[0]?.[0], 1.657, 1e-3),
        share("residual variance", fit.sigma ** 2, 0.678, 1e-3),
        share("log-likelihood", fit.logLik, -123.49, 1e-3),
      ];
    },
  },
  {
    id: "lmm-nested-oxide-mixedmodels",
    model: "lmm, wafer within lot, ml",
    reference: "MixedModels.jl at 2228a9a, test/pls.jl",
    data: { kind: "file", path: "validation/data/oxide.csv" },
    compare: (table) => {
      const fit = lmm("Thickness ~ 1 + (1 | Lot/Wafer)", { kind: "rows", table }, { method: "ml" });
      return [
        near("theta of wafers", fit.theta[0], 1.6892072390381156, 1e-3),
        near("theta of lots", fit.theta[1], 2.98500065754288, 1e-3),
      ];
    },
  },
];

/** Mixed models with nested grouping factors beside lme4, MixedModels.jl and statsmodels. */
export const cases: readonly ValidationCase[] = [...beside, ...peers];
