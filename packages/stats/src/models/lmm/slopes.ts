import { StatsError } from "../../errors.ts";
import { quadraticForm } from "../../inference/satterthwaite-df.ts";
import { multiply } from "../../linalg/dense.ts";
import { normalCdf, normalQuantile } from "../../numeric/distributions.ts";
import { suggestName } from "../../table/nearest-name.ts";
import type { FitData } from "../../table/table.ts";
import { type Cluster, clusterOf, type FittedRows, fittedRowsOf, rowsByCluster } from "./cluster.ts";
import { conditionalOf, listedLevels } from "./ranef-conditional.ts";
import type { LmmFit } from "./result.ts";
import { varianceOfVariances } from "./slopes-information.ts";
import { fixedTransform, product, randomTransform, scaledCovariance } from "./units.ts";

/** The slope of one person: the fixed part and their own deviation, shrunk towards the others. */
export interface SlopeOfPerson {
  readonly level: string;
  readonly rows: number;
  readonly slope: number;
  /** Of the slope less the true one: uncertainty of the fixed part and of the person's deviation. */
  readonly stdError: number;
  readonly lower: number;
  readonly upper: number;
  /** tau^2 / (tau^2 + sigma^2 / SSx): 0 says nothing about the person, 1 all. */
  readonly reliability: number;
}

/** The share of people whose slope is expected below or above a bound. */
export interface ShareBeyond {
  readonly bound: number;
  readonly side: "below" | "above";
  readonly share: number;
  /** Null where the data say too little about the variance of slopes. */
  readonly lower: number | null;
  readonly upper: number | null;
}

export interface PersonalSlopes {
  readonly term: string;
  readonly group: string;
  /** The slope of the average person, with its standard error. */
  readonly mean: { readonly estimate: number; readonly stdError: number };
  /** The standard deviation of slopes between people. */
  readonly stdDev: number;
  readonly people: readonly SlopeOfPerson[];
  readonly shares: readonly ShareBeyond[];
}

export interface SlopeOptions {
  /** Bounds for the expected share of people; 0 is always there. */
  readonly bounds?: readonly number[];
  /** The coverage of intervals, a proportion; by default that of the fit. */
  readonly level?: number;
}

/** Where the random slope stands. */
interface Place {
  readonly block: number;
  readonly effect: number;
}

function placeOf(model: FittedRows, term: string): Place {
  const { blocks } = model.design;
  for (let block = 0; block < blocks.length; block++) {
    const effect = blocks[block].names.indexOf(term);
    if (effect >= 0) return { block, effect };
  }
  const names = blocks.flatMap((block) => block.names);
  throw new StatsError(
    "slopes.no-random-slope",
    `Expected a random slope of "${term}"; the fit has none. ${suggestName(term, names).replace("columns", "random effects")} Add (1 + ${term} | person).`,
  );
}

function partsOf(name: string): string[] {
  return name.split(/:(?![^[]*\])/);
}

/** For each fixed effect that holds the slope, what else is multiplied with it; null for the others. */
function moderators({ design }: FittedRows, term: string): (Float64Array[] | null)[] {
  return design.names.map((name) => {
    const parts = partsOf(name);
    const at = name === term ? 0 : parts.indexOf(term);
    if (at < 0) return null;
    if (name === term) return [];
    const others = parts.filter((_, i) => i !== at);
    return others.map((other) => {
      const column = design.fixed.find((each) => each.name === other);
      if (column !== undefined) return column.values;
      throw new StatsError(
        "slopes.moderator",
        `Expected the main effect of "${other}" beside "${name}", from which people's values are read; found none. Add it to the formula.`,
      );
    });
  });
}

/** The weights of the fixed effects in the slope of a person: 1, and the mean of what it is multiplied with. */
function slopeWeights(columns: readonly (Float64Array[] | null)[], rows: Iterable<number>): number[] {
  const list = [...rows];
  return columns.map((factors) => {
    if (factors === null) return 0;
    const sum = list.reduce(
      (total, row) => total + factors.reduce((value, column) => value * column[row], 1),
      0,
    );
    return sum / list.length;
  });
}

interface Context {
  readonly model: FittedRows;
  readonly place: Place;
  readonly columns: readonly (Float64Array[] | null)[];
  readonly scaledVcov: readonly (readonly number[])[];
  readonly half: number;
}

/** Weights of the slope on the random effects of the block, in scaled coordinates: a row of T Lambda. */
function randomWeights({ model, place }: Context): Float64Array {
  const { design, lambda } = model;
  const n = design.blocks[place.block].names.length;
  const back = product(randomTransform(design, design.blocks[place.block]), lambda[place.block], n);
  return back.slice(place.effect * n, (place.effect + 1) * n);
}

/** Sum of squares of the predictor of the slope within some rows. */
function sumOfSquares(values: Float64Array, rows: readonly number[]): number {
  const mean = rows.reduce((sum, row) => sum + values[row], 0) / rows.length;
  return rows.reduce((sum, row) => sum + (values[row] - mean) ** 2, 0);
}

function personalSlope(
  context: Context,
  cluster: Cluster,
  at: { readonly level: number; readonly start: number },
) {
  const { model, place, columns, scaledVcov, half } = context;
  const { design, sigma2, fit, blockGroups } = model;
  const rows = [...cluster.rows].filter((row) => blockGroups[place.block].codes[row] === at.level);
  const l = slopeWeights(columns, rows);
  const { mean, k, byBeta } = conditionalOf(cluster);
  const weights = randomWeights(context);
  const { nFactors } = cluster;
  const p = l.length;
  const unit = design.yScale.scale;
  const left = multiply(Float64Array.from(l), fixedTransform(design), { n: 1, k: p, m: p });
  let [own, variance] = [0, 0];
  weights.forEach((weight, i) => {
    own += weight * mean[at.start + i];
    weights.forEach((other, j) => {
      variance += weight * other * k[(at.start + i) * nFactors + at.start + j];
    });
    for (let j = 0; j < p; j++) left[j] -= weight * byBeta[(at.start + i) * p + j];
  });
  const slope = unit * own + l.reduce((sum, weight, j) => sum + weight * fit.fixed[j].estimate, 0);
  const stdError = Math.sqrt(quadraticForm(scaledVcov, left) + unit * unit * sigma2 * variance);
  const tau2 = fit.random[place.block].covariance[place.effect][place.effect];
  const ssx = sumOfSquares(design.random[design.blocks[place.block].start + place.effect].values, rows);
  return {
    rows: rows.length,
    slope,
    stdError,
    lower: slope - half * stdError,
    upper: slope + half * stdError,
    reliability: tau2 === 0 ? 0 : (tau2 * ssx) / (tau2 * ssx + fit.sigma ** 2),
  };
}

interface SlopeLaw {
  readonly mean: number;
  readonly meanVariance: number;
  readonly stdDev: number;
  /** Of stdDev^2; null where unknown. */
  readonly varianceVariance: number | null;
}

/** Phi of the standardised bound, with an interval by the delta method on the scale of the bound. */
function shareBeyond(law: SlopeLaw, bound: number, half: number): ShareBeyond {
  const side = bound < 0 || (bound === 0 && law.mean > 0) ? "below" : "above";
  const sign = side === "below" ? 1 : -1;
  if (law.stdDev === 0) {
    return { bound, side, share: Number(sign * (bound - law.mean) > 0), lower: null, upper: null };
  }
  const z = (sign * (bound - law.mean)) / law.stdDev;
  const share = normalCdf(z);
  if (law.varianceVariance === null) return { bound, side, share, lower: null, upper: null };
  const variance =
    law.meanVariance / law.stdDev ** 2 + (z * z * law.varianceVariance) / (4 * law.stdDev ** 4);
  const margin = half * Math.sqrt(variance);
  return { bound, side, share, lower: normalCdf(z - margin), upper: normalCdf(z + margin) };
}

/**
 * The slope of every person with its interval and reliability, and the share of people expected beyond bounds.
 *
 * A person's slope is the fixed slope (at their own values of what it interacts with) and their shrunken deviation.
 * Shares are of the distribution of true slopes, N(mean, tau^2), never counts of estimates; below a negative bound,
 * above a positive one, and for 0 on the side away from the mean. Their intervals allow for the uncertainty of the mean
 * and of tau^2 (expected information). `mean` is the slope at the average of the rows.
 *
 * @param term  the random slope, as named in the results: "within(ex)".
 * @throws StatsError `slopes.no-random-slope`, `slopes.moderator`, `fit.other-data`
 */
export function personalSlopes(
  fit: LmmFit,
  data: FitData,
  term: string,
  options: SlopeOptions = {},
): PersonalSlopes {
  const { bounds = [], level = fit.level } = options;
  const model = fittedRowsOf(fit, data);
  const place = placeOf(model, term);
  const half = normalQuantile(1 - (1 - level) / 2);
  const columns = moderators(model, term);
  const context: Context = {
    model,
    place,
    columns,
    scaledVcov: scaledCovariance(model.design, fit.vcov),
    half,
  };
  const found = new Map<number, Omit<SlopeOfPerson, "level">>();
  for (const rows of rowsByCluster(model.clusters)) {
    const cluster = clusterOf(model, rows);
    for (const { block, level: person, start } of cluster.effects) {
      if (block === place.block) found.set(person, personalSlope(context, cluster, { level: person, start }));
    }
  }
  const { labels, order } = listedLevels(model, data, place.block);
  const average = slopeWeights(columns, model.frame.kept.keys());
  const estimate = average.reduce((sum, weight, j) => sum + weight * fit.fixed[j].estimate, 0);
  const meanVariance = quadraticForm(fit.vcov, average);
  const stdDev = fit.random[place.block].stdDev[place.effect];
  const law = { mean: estimate, meanVariance, stdDev, varianceVariance: varianceOfSlope(context) };
  return {
    term,
    group: model.design.blocks[place.block].group,
    mean: { estimate, stdError: Math.sqrt(meanVariance) },
    stdDev,
    people: order.flatMap((person) => {
      const slope = found.get(person);
      return slope === undefined ? [] : [{ level: labels[person], ...slope }];
    }),
    shares: [...new Set([0, ...bounds])].map((bound) => shareBeyond(law, bound, half)),
  };
}

/** The variance of tau^2 in the units of the data. */
function varianceOfSlope({ model, place }: Context): number | null {
  const { design, fit } = model;
  const { block, effect } = place;
  if (fit.random[block].stdDev[effect] === 0) return null;
  const scaled = varianceOfVariances(model)?.(block, effect) ?? null;
  if (scaled === null) return null;
  const ratio = design.yScale.scale / design.zScale[design.blocks[block].start + effect].scale;
  return scaled * ratio ** 4;
}
