import { type LmmFit, lmm, lmmDetails, type Table } from "@longwave/stats";
import type { Comparison, ValidationCase } from "../case.ts";
import { type LmmNumbers, type LmmStudy, nestedStudies, numbersOf } from "../lmm-studies.ts";
import { absolute, atLeast, listed, relative } from "../support.ts";

function fixedRows(fit: LmmFit, numbers: LmmNumbers, tolerance: number): Comparison[] {
  const { stdError, df } = numbers.satterthwaite;
  return fit.fixed.flatMap((row, j) => {
    const error = listed(stdError)[j] ?? Number.NaN;
    return [
      absolute(`${row.term} estimate`, [row.estimate, listed(numbers.estimate)[j]], 1e-6 * error),
      relative(`${row.term} standard error`, [row.stdError, error], tolerance),
      relative(`${row.term} df`, [row.df, listed(df)[j]], 1e-3),
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
    return values.map((value, j) =>
      relative(`sum of squared modes ${j + 1} of ${group}`, [ours[j], value], 2e-5),
    );
  });
}

function compared(study: LmmStudy, table: Table): Comparison[] {
  const numbers = numbersOf(study);
  const data = { kind: "rows", table } as const;
  const fit = lmm(study.formula, data);
  const ml = lmm(study.formula, data, { method: "ml" });
  return [
    atLeast("reml log-likelihood", [fit.logLik, numbers.logLik], 1e-6),
    atLeast("ml log-likelihood", [ml.logLik, numbers.logLikMl], 1e-6),
    ...Object.values(numbers.groups).map((count, k) =>
      absolute(`groups of level ${k + 1}`, [Object.values(fit.ngroups)[k], count], 0),
    ),
    ...listed(numbers.theta).map((value, k) => absolute(`theta ${k + 1}`, [fit.theta[k], value], 1e-5)),
    relative("sigma", [fit.sigma, numbers.sigma], 1e-6),
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
        absolute("deviance", [fit.deviance, 247.9944658624955], 1e-6),
        absolute("intercept", [fit.fixed[0]?.estimate, 60.0533333333333], 1e-8),
        absolute("standard error", [fit.fixed[0]?.stdError, 0.6421355774401101], 1e-5),
        absolute("theta of samples", [fit.theta[0], 3.5269029347766856], 1e-4),
        absolute("theta of batches", [fit.theta[1], 1.3299137410046242], 1e-4),
        absolute("sigma", [fit.sigma, 0.8234073887751603], 1e-5),
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
        relative("standard error", [fit.fixed[0]?.stdError, 0.6769], 1e-3),
        relative("variance of batches", [fit.random[1]?.covariance[0]?.[0], 1.657], 1e-3),
        relative("residual variance", [fit.sigma ** 2, 0.678], 1e-3),
        relative("log-likelihood", [fit.logLik, -123.49], 1e-3),
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
        absolute("theta of wafers", [fit.theta[0], 1.6892072390381156], 1e-3),
        absolute("theta of lots", [fit.theta[1], 2.98500065754288], 1e-3),
      ];
    },
  },
];

/** Mixed models with nested grouping factors beside lme4, MixedModels.jl and statsmodels. */
export const cases: readonly ValidationCase[] = [...beside, ...peers];
