import { type Grouping, groupMeans } from "../../frame/groups.ts";
import type { FitData } from "../../table/table.ts";
import { type FittedRows, fittedRowsOf } from "./cluster.ts";
import { residualMatrix } from "./residual.ts";
import type { LmmFit } from "./result.ts";

/** The variance of the outcome that a fit implies, in squared units of the outcome. */
export interface VarianceParts {
  /** Of the fixed part: within people, and between their means. */
  readonly fixedWithin: number;
  readonly fixedBetween: number;
  /** Of random slopes, through predictors that vary within people. */
  readonly slopes: number;
  /** Of people's levels (random intercepts, and slopes at the person's mean). */
  readonly levels: number;
  readonly residual: number;
}

export interface ExplainedVariance {
  readonly parts: VarianceParts;
  /** Fixed part in all variance (Nakagawa & Schielzeth 2013; Johnson 2014). */
  readonly marginal: number;
  /** Fixed and random part in all variance. */
  readonly conditional: number;
  /** Random part in the variance that the fixed part leaves. */
  readonly iccAdjusted: number | null;
  /** Random part in all variance. */
  readonly iccUnadjusted: number | null;
  /** Of the variance within people: by the fixed part; by it and random slopes (Rights & Sterba 2019). */
  readonly within: { readonly fixed: number; readonly fixedAndSlopes: number } | null;
  /** Of the variance between people: by the fixed part. */
  readonly between: { readonly fixed: number } | null;
}

/** X beta less its mean, in the units of the scaled outcome. */
function linearPart({ design, beta }: FittedRows): Float64Array {
  const nobs = design.part.groups.length;
  const out = new Float64Array(nobs);
  for (let j = 0; j < beta.length; j++) {
    const column = design.part.columns[j];
    for (let i = 0; i < nobs; i++) out[i] += beta[j] * column[i];
  }
  const mean = out.reduce((sum, value) => sum + value, 0) / nobs;
  return out.map((value) => value - mean);
}

function sumOfSquares(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}

function spread(means: Float64Array, { codes }: Grouping): Float64Array {
  return Float64Array.from(codes, (code) => means[code]);
}

/** Z Lambda of one block for every row, one column after another. */
function blockColumns({ design, lambda }: FittedRows, b: number): Float64Array[] {
  const { names, start } = design.blocks[b];
  const n = names.length;
  return names.map((_, k) => {
    const out = new Float64Array(design.part.groups.length);
    for (let r = 0; r < n; r++) {
      const z = design.part.random[start + r];
      for (let i = 0; i < out.length; i++) out[i] += z[i] * lambda[b][r * n + k];
    }
    return out;
  });
}

/** Mean of z'Psi z over rows, split at the person's mean of z; relative to sigma2. */
function randomParts(model: FittedRows, people: Grouping): { slopes: number; levels: number } {
  const nobs = people.codes.length;
  let [slopes, levels] = [0, 0];
  model.design.blocks.forEach((_, b) => {
    for (const column of blockColumns(model, b)) {
      const means = spread(groupMeans(column, people), people);
      levels += sumOfSquares(means) / nobs;
      slopes += sumOfSquares(column.map((value, i) => value - means[i])) / nobs;
    }
  });
  return { slopes, levels };
}

/** The mean residual variance of the rows, relative to sigma2. */
function meanResidual({ times, fit }: FittedRows): number {
  if (times === null) return 1;
  const total = times.reduce((sum, time) => sum + residualMatrix(fit.residual, [time])[0], 0);
  return total / times.length;
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}

/**
 * How much of the variance of the outcome the fit explains: in all, within people and between people.
 *
 * The variances are those that the model implies for the predictors of these rows; with a random slope the random part
 * is the mean of z'Psi z over rows (Johnson 2014). Within and between people are null without a person.
 *
 * @throws StatsError `fit.other-data`
 * Nakagawa & Schielzeth (2013), Methods Ecol. Evol. 4, 133-142; Johnson (2014), Methods Ecol. Evol. 5, 944-946; Rights
 * & Sterba (2019), Psychol. Methods 24, 309-338.
 */
export function explainedVariance(fit: LmmFit, data: FitData): ExplainedVariance {
  const model = fittedRowsOf(fit, data);
  const { people } = model.frame;
  const nobs = fit.nobs;
  const unit = model.design.yScale.scale ** 2;
  const linear = linearPart(model);
  const means = people === null ? linear : spread(groupMeans(linear, people), people);
  const withinDeviations = linear.map((value, i) => value - means[i]);
  const random = people === null ? { slopes: 0, levels: 0 } : randomParts(model, people);
  const parts: VarianceParts = {
    fixedWithin: (unit * sumOfSquares(withinDeviations)) / (nobs - 1),
    fixedBetween: (unit * sumOfSquares(means)) / (nobs - 1),
    slopes: unit * model.sigma2 * random.slopes,
    levels: unit * model.sigma2 * random.levels,
    residual: unit * model.sigma2 * meanResidual(model),
  };
  const fixed = parts.fixedWithin + parts.fixedBetween;
  const inGroups = parts.slopes + parts.levels;
  const all = fixed + inGroups + parts.residual;
  const inPerson = parts.fixedWithin + parts.slopes + parts.residual;
  const hasGroups = fit.random.length > 0;
  return {
    parts,
    marginal: fixed / all,
    conditional: (fixed + inGroups) / all,
    iccAdjusted: hasGroups ? inGroups / (inGroups + parts.residual) : null,
    iccUnadjusted: hasGroups ? inGroups / all : null,
    within: hasGroups
      ? {
          fixed: parts.fixedWithin / inPerson,
          fixedAndSlopes: (parts.fixedWithin + parts.slopes) / inPerson,
        }
      : null,
    between: hasGroups ? { fixed: ratio(parts.fixedBetween, parts.fixedBetween + parts.levels) } : null,
  };
}
