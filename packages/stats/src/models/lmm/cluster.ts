import { StatsError } from "../../errors.ts";
import { parseFormula } from "../../formula/parse.ts";
import { INTERCEPT } from "../../frame/design.ts";
import type { Grouping } from "../../frame/groups.ts";
import { type ModelFrame, modelFrame } from "../../frame/model-frame.ts";
import { requireNumbers } from "../../frame/variables.ts";
import { columnOf } from "../../table/nearest-name.ts";
import type { FitData } from "../../table/table.ts";
import { residualMatrix } from "./residual.ts";
import type { LmmFit } from "./result.ts";
import { type Block, designLmm, type LmmDesign } from "./setup.ts";

/** A fit with its rows: what every question that needs rows starts from. All numbers are in scaled coordinates. */
export interface FittedRows {
  readonly fit: LmmFit;
  readonly frame: ModelFrame;
  readonly design: LmmDesign;
  /** The relative Cholesky factor of each block, n x n by rows. */
  readonly lambda: readonly Float64Array[];
  /** For each block, the group of every row. */
  readonly blockGroups: readonly Grouping[];
  /** The time of every row, for a residual structure; null for independent residuals. */
  readonly times: Float64Array | null;
  /** Fixed effects. */
  readonly beta: Float64Array;
  /** Residual variance. */
  readonly sigma2: number;
  /** Rows that are independent of all others: the outermost group, or the person. */
  readonly clusters: Grouping;
  /** The column that names the clusters; null when every row stands alone. */
  readonly clusterName: string | null;
}

/** The random effects of one level of a grouping factor among the columns of `Cluster.factor`. */
interface ClusterEffect {
  readonly block: number;
  readonly level: number;
  readonly start: number;
}

/** One independent cluster: V = sigma2 (F F' + R). */
export interface Cluster {
  readonly n: number;
  /** Its rows among the rows used. */
  readonly rows: Int32Array;
  /** n x p by rows. */
  readonly x: Float64Array;
  /** n x nFactors by rows: Z Lambda, a column for each random effect of the cluster. */
  readonly factor: Float64Array;
  readonly nFactors: number;
  /** Whose random effects the columns of `factor` are: those of one block for one level, from `start` on. */
  readonly effects: readonly ClusterEffect[];
  /** y - X beta. */
  readonly residual: Float64Array;
  /** R, n x n by rows; null for independent residuals. */
  readonly within: Float64Array | null;
}

/** Undoes `randomTransform`: the relative factor of one block in scaled coordinates. */
function scaledLambda(design: LmmDesign, block: Block, theta: readonly number[]): Float64Array {
  const n = block.names.length;
  const lambda = new Float64Array(n * n);
  let next = 0;
  for (let j = 0; j < n; j++) for (let i = j; i < n; i++) lambda[i * n + j] = theta[next++];
  const intercept = block.names.indexOf(INTERCEPT);
  for (let i = 0; i < n; i++) {
    if (i === intercept) continue;
    const { shift, scale } = design.zScale[block.start + i];
    for (let k = 0; k < n; k++) {
      if (intercept >= 0) lambda[intercept * n + k] += shift * lambda[i * n + k];
      lambda[i * n + k] *= scale;
    }
  }
  return lambda;
}

function scaledBeta(design: LmmDesign, fit: LmmFit): Float64Array {
  const { shift, scale } = design.yScale;
  const beta = Float64Array.from(fit.fixed, ({ estimate }, j) => (estimate * design.xScale[j].scale) / scale);
  if (!design.hasIntercept) return beta;
  let origin = fit.fixed[0].estimate - shift;
  for (let j = 1; j < beta.length; j++) origin += design.xScale[j].shift * fit.fixed[j].estimate;
  beta[0] = origin / scale;
  return beta;
}

/** The group of every row for each block. */
function groupsOfBlocks(frame: ModelFrame, design: LmmDesign): Grouping[] {
  return design.blocks.map(({ group }) => {
    const key = group.split(":").sort().join(":");
    const factor = frame.factors.find(({ columns }) => [...columns].sort().join(":") === key);
    if (factor === undefined) throw new RangeError(`No grouping factor "${group}" in the frame.`);
    return factor.grouping;
  });
}

/** The outermost group, else the person, else each row by itself. */
function independentRows(frame: ModelFrame, id: string | null): Pick<FittedRows, "clusters" | "clusterName"> {
  const outermost = frame.factors.at(-1);
  if (outermost !== undefined) return { clusters: outermost.grouping, clusterName: outermost.name };
  if (frame.people !== null) return { clusters: frame.people, clusterName: id };
  const codes = Int32Array.from(frame.outcome, (_, i) => i);
  return { clusters: { codes, count: codes.length }, clusterName: null };
}

/**
 * The rows of a fit, found again in the data it was fitted to; nothing is fitted.
 *
 * @throws StatsError `fit.other-data` when the data give another design than the fit has.
 */
export function fittedRowsOf(fit: LmmFit, data: FitData): FittedRows {
  const { time, id, minRows } = fit.frame;
  const frame = modelFrame(parseFormula(fit.formula), data.table, {
    time: time ?? undefined,
    id: id ?? undefined,
    minRows: minRows ?? undefined,
    nested: true,
  });
  const design = designLmm(frame);
  checkSame(fit, design);
  let next = 0;
  const lambda = design.blocks.map((block) => {
    const n = block.names.length;
    const size = (n * (n + 1)) / 2;
    next += size;
    return scaledLambda(design, block, fit.theta.slice(next - size, next));
  });
  const sigma = fit.sigma / design.yScale.scale;
  return {
    fit,
    frame,
    design,
    lambda,
    blockGroups: groupsOfBlocks(frame, design),
    times: residualTimes(fit, frame, data),
    beta: scaledBeta(design, fit),
    sigma2: sigma * sigma,
    ...independentRows(frame, id),
  };
}

/** What places the rows in time, for a residual structure. */
function residualTimes(fit: LmmFit, frame: ModelFrame, data: FitData): Float64Array | null {
  if (fit.residual.time === null) return null;
  const { values } = requireNumbers(
    columnOf(data.table, fit.residual.time),
    fit.residual.time,
    "for the residuals",
  );
  return Float64Array.from(frame.kept, (row) => values[row]);
}

function checkSame(fit: LmmFit, design: LmmDesign): void {
  const nobs = design.part.groups.length;
  const same =
    nobs === fit.nobs &&
    design.names.length === fit.fixed.length &&
    design.names.every((name, j) => name === fit.fixed[j].term);
  if (same) return;
  throw new StatsError(
    "fit.other-data",
    `Expected the data of the fit, ${fit.nobs} rows with the effects ${fit.fixed.map(({ term }) => term).join(", ")}; found ${nobs} rows with ${design.names.join(", ")}. Give the table, filtered as for the fit.`,
  );
}

/** The rows of every cluster, in their order. */
export function rowsByCluster({ codes, count }: Grouping): Int32Array[] {
  const sizes = new Int32Array(count);
  for (let i = 0; i < codes.length; i++) sizes[codes[i]]++;
  const rows = Array.from(sizes, (size) => new Int32Array(size));
  const filled = new Int32Array(count);
  for (let i = 0; i < codes.length; i++) rows[codes[i]][filled[codes[i]]++] = i;
  return rows;
}

/** Z Lambda of some rows: a column for each random effect of each group that these rows belong to. */
function factorOf(model: FittedRows, rows: Int32Array): Pick<Cluster, "factor" | "nFactors" | "effects"> {
  const { design, lambda, blockGroups } = model;
  const starts = blockGroups.map(({ codes }) => {
    const numberOf = new Map<number, number>();
    for (const row of rows) if (!numberOf.has(codes[row])) numberOf.set(codes[row], numberOf.size);
    return numberOf;
  });
  const nFactors = starts.reduce((sum, { size }, b) => sum + size * design.blocks[b].names.length, 0);
  const factor = new Float64Array(rows.length * nFactors);
  const effects: ClusterEffect[] = [];
  let offset = 0;
  design.blocks.forEach(({ names, start }, b) => {
    const n = names.length;
    rows.forEach((row, i) => {
      const at = i * nFactors + offset + n * (starts[b].get(blockGroups[b].codes[row]) ?? 0);
      for (let r = 0; r < n; r++) {
        const z = design.part.random[start + r][row];
        for (let k = 0; k < n; k++) factor[at + k] += z * lambda[b][r * n + k];
      }
    });
    for (const [level, number] of starts[b]) effects.push({ block: b, level, start: offset + n * number });
    offset += n * starts[b].size;
  });
  return { factor, nFactors, effects };
}

/** One cluster, given its rows. */
export function clusterOf(model: FittedRows, rows: Int32Array): Cluster {
  const { part, names } = model.design;
  const p = names.length;
  const x = new Float64Array(rows.length * p);
  const residual = new Float64Array(rows.length);
  rows.forEach((row, i) => {
    residual[i] = part.columns[p][row];
    for (let j = 0; j < p; j++) {
      x[i * p + j] = part.columns[j][row];
      residual[i] -= x[i * p + j] * model.beta[j];
    }
  });
  const { times } = model;
  const within =
    times === null
      ? null
      : residualMatrix(
          model.fit.residual,
          Float64Array.from(rows, (row) => times[row]),
        );
  return { n: rows.length, rows, x, ...factorOf(model, rows), residual, within };
}

/** V of one cluster, n x n by rows. */
export function covarianceOf({ n, factor, nFactors, within }: Cluster, sigma2: number): Float64Array {
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = within === null ? Number(i === j) : within[i * n + j];
      for (let k = 0; k < nFactors; k++) sum += factor[i * nFactors + k] * factor[j * nFactors + k];
      v[i * n + j] = sigma2 * sum;
      v[j * n + i] = v[i * n + j];
    }
  }
  return v;
}
