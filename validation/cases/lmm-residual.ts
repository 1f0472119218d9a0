import { type LmmFit, lmm, ranef, type Table } from "@longwave/stats";
import type { Comparison, ValidationCase } from "../case.ts";
import { type ResidualStudy, residualStudies } from "../residual-studies.ts";
import { absolute, atLeast, listed, readNumbers, relative } from "../support.ts";

/** One fit of nlme (or lavaan). */
interface FitNumbers {
  readonly estimate: readonly number[];
  readonly stdError: readonly number[];
  readonly sigma: number;
  readonly correlation: number | readonly number[];
  readonly ratio: readonly number[];
  /** The lower triangle of the covariance of the random effects, by columns. */
  readonly random: number | readonly number[];
  /** Modes of a random intercept, where recorded, by the order of the names of its levels. */
  readonly modes?: readonly number[];
  /** Satterthwaite's degrees of freedom by differences of the deviance, where recorded. */
  readonly df?: readonly number[];
  readonly logLik: number;
  readonly aic: number;
}

type Method = "reml" | "ml";

type Recorded = Readonly<Record<string, Readonly<Record<Method, FitNumbers>>>>;

const recorded = { ...readNumbers<Recorded>("lmm-residual"), ...readNumbers<Recorded>("lmm-residual-knee") };

/** The lower triangles of the covariances of all blocks, by columns. */
function covariances({ random }: LmmFit): number[] {
  return random.flatMap(({ covariance }) =>
    covariance.flatMap((_, column) => covariance.slice(column).map((row) => row[column] ?? Number.NaN)),
  );
}

function fixedRows(fit: LmmFit, reference: FitNumbers, tolerance: number): Comparison[] {
  return fit.fixed.flatMap(({ term, estimate, stdError }, j) => {
    const error = reference.stdError[j] ?? Number.NaN;
    return [
      // An estimate near zero has few digits of its own; its standard error is the yardstick.
      absolute(
        `${term} estimate`,
        [estimate, reference.estimate[j]],
        tolerance * Math.max(error, Math.abs(reference.estimate[j] ?? 0)),
      ),
      relative(`${term} standard error`, [stdError, error], tolerance),
    ];
  });
}

function varianceRows(fit: LmmFit, reference: FitNumbers): Comparison[] {
  const { residual } = fit;
  const ratios = residual.type === "variances" ? residual.parameters : (residual.stdDevRatio ?? []);
  const correlations = residual.type === "variances" ? [] : residual.parameters;
  const total = reference.sigma ** 2;
  return [
    absolute("sigma", [fit.sigma, reference.sigma], 1e-4 * reference.sigma),
    ...listed(reference.correlation)
      .slice(0, correlations.length)
      .map((wanted, k) => absolute(`residual correlation ${k + 1}`, [correlations[k], wanted], 1e-4)),
    ...reference.ratio.map((wanted, k) => absolute(`ratio of SDs ${k + 1}`, [ratios[k], wanted], 1e-4)),
    ...listed(reference.random).map((wanted, k) =>
      absolute(
        `random covariance ${k + 1}`,
        [covariances(fit)[k], wanted],
        1e-4 * (total + Math.abs(wanted)),
      ),
    ),
  ];
}

function modeRows(fit: LmmFit, table: Table, reference: FitNumbers): Comparison[] {
  if ((reference.modes ?? []).length === 0) return [];
  const [effects] = ranef(fit, { kind: "rows", table });
  const byName = (effects?.levels ?? [])
    .map((level, i) => ({ level, mode: effects?.modes[i]?.[0] ?? Number.NaN }))
    .sort((a, b) => (a.level < b.level ? -1 : 1));
  const differences = (reference.modes ?? []).map((wanted, k) =>
    Math.abs((byName[k]?.mode ?? Number.NaN) - wanted),
  );
  return [
    absolute(
      `largest difference of ${byName.length} modes`,
      [Math.max(...differences), 0],
      1e-4 * (fit.random[0]?.stdDev[0] ?? 0),
    ),
  ];
}

function dfRows(fit: LmmFit, reference: FitNumbers): Comparison[] {
  return (reference.df ?? []).map((wanted, j) =>
    relative(`${fit.fixed[j]?.term} degrees of freedom`, [fit.fixed[j]?.df, wanted], 1e-3),
  );
}

function compared(study: ResidualStudy, table: Table, method: Method): Comparison[] {
  const reference = recorded[study.numbers]?.[method];
  if (reference === undefined) return [];
  const fit = lmm(study.formula, { kind: "rows", table }, { ...study.options, method });
  const named = (comparison: Comparison): Comparison => ({
    ...comparison,
    quantity: `${method} ${comparison.quantity}`,
  });
  const rows: Comparison[] = [
    atLeast("log-likelihood", [fit.logLik, reference.logLik], 1e-6),
    absolute("AIC", [fit.aic, reference.aic], 1e-5),
    ...fixedRows(fit, reference, study.tolerance ?? 1e-6),
    ...dfRows(fit, reference),
    ...varianceRows(fit, reference),
    ...modeRows(fit, table, reference),
  ];
  return rows.map(named);
}

/** Mixed models whose residuals of one person go together, beside nlme and lavaan. */
export const cases: readonly ValidationCase[] = residualStudies.map((study) => ({
  id: study.id,
  model: study.model,
  reference: study.reference,
  data: study.data,
  compare: (table) => {
    const prepared = study.prepare?.(table) ?? table;
    return [...compared(study, prepared, "reml"), ...compared(study, prepared, "ml")];
  },
}));
