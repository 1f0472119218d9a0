import type { Formula } from "../../formula/formula.ts";
import { type CodedColumn, INTERCEPT } from "../../frame/design.ts";
import { formulaVariables, isCentred } from "../../frame/variables.ts";
import { dot } from "../../linalg/dense.ts";
import {
  crossedWith,
  type PatternRows,
  patternRows,
  sumOf,
  sumOfProducts,
} from "../../panel/pattern-rows.ts";
import { NeedsRows } from "../../panel/plan.ts";
import type { PanelSums } from "../../panel/sums.ts";
import { type GroupedSums, packedLength } from "../../sums/grouped-sums.ts";
import { merge } from "../../sums/merge.ts";
import type { FrameFacts } from "./frame-facts.ts";
import { type PanelColumns, panelColumns } from "./panel-rows.ts";
import { type ColumnScale, UNSCALED } from "./scaling.ts";
import {
  type Block,
  checkGroups,
  checkSize,
  constantOutcome,
  keptColumns,
  type LmmShape,
  type SummedLmm,
  sidesOf,
} from "./setup.ts";

/** A mixed model over the rows behind sums: what a fit speaks of. */
export interface PanelShape extends LmmShape {
  readonly facts: FrameFacts;
  /** The columns of X that are kept. */
  readonly coded: readonly CodedColumn[];
  /** The same people by pattern, for residuals that go together. */
  readonly patterns: readonly PatternDesign[];
  /** A random effect whose column is not the same for everybody seen at the same waves; null when there is none. */
  readonly personal: string | null;
}

/** The same with the sums it is found from. */
export interface PanelSetup extends PanelShape, SummedLmm {}

/** A pattern with the rows of its [X y] and its Z, kept and scaled. */
export interface PatternDesign {
  readonly pattern: PatternRows;
  /** For each wave, each column of [X y] as weights of r. */
  readonly rows: readonly (readonly Float64Array[])[];
  /** For each wave, each column of Z as weights of r. */
  readonly z: readonly (readonly Float64Array[])[];
  /** For each wave, the row of Z where it is the same for everybody. */
  readonly random: readonly (readonly number[])[];
}

/** For each wave of a pattern, the columns of [X y] as weights of r. */
interface Weighted {
  readonly pattern: PatternRows;
  readonly rows: readonly (readonly Float64Array[])[];
}

function weighted(pattern: PatternRows, columns: readonly CodedColumn[], panel: PanelColumns): Weighted {
  const { waves } = pattern;
  const rows = waves.map((wave) => {
    const place = { waves, wave };
    const fixed = columns.map((column) => pattern.weigh(panel.columnAt(column, place)));
    return [...fixed, pattern.weigh(panel.outcomeAt(place))];
  });
  return { pattern, rows };
}

/** Adds up something of every row of every pattern. */
function total(
  all: readonly Weighted[],
  of: (pattern: PatternRows, row: readonly Float64Array[]) => number,
): number {
  let sum = 0;
  for (const { pattern, rows } of all) for (const row of rows) sum += of(pattern, row);
  return sum;
}

function shifted(weights: Float64Array, { shift, scale }: ColumnScale): Float64Array {
  const out = new Float64Array(weights.length);
  for (let j = 0; j < out.length; j++) out[j] = weights[j] / scale;
  out[0] = (weights[0] - shift) / scale;
  return out;
}

/** The largest sum of squares that rounding alone can leave of a column. */
function roundingOf({ moments, size }: PatternRows, weights: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < size; j++) sum += weights[j] * weights[j] * moments[j * size + j];
  return 1e-24 * sum;
}

/** The mean and spread of column j over all rows, as `scaleOf` has them for rows at hand. */
function scaleOfColumn(all: readonly Weighted[], j: number, nobs: number, mayShift: boolean): ColumnScale {
  const shift = mayShift ? total(all, (pattern, row) => sumOf(pattern, row[j])) / nobs : 0;
  const centre = { shift, scale: 1 };
  const squares = total(all, (pattern, row) => {
    const column = shifted(row[j], centre);
    return sumOfProducts(pattern, column, column);
  });
  const rounding = total(all, (pattern, row) => roundingOf(pattern, row[j]));
  const scale = Math.sqrt(squares / nobs);
  if (!(squares > rounding && scale > 1e-13 * Math.abs(shift))) return UNSCALED;
  return { shift, scale };
}

function packedProducts(all: readonly Weighted[], m: number): Float64Array {
  const packed = new Float64Array(packedLength(m));
  for (const { pattern, rows } of all) {
    for (const row of rows) {
      const crossed = row.slice(0, m).map((column) => crossedWith(pattern, column));
      let at = 0;
      for (let j = 0; j < m; j++) for (let k = j; k < m; k++) packed[at++] += dot(row[j], crossed[k]);
    }
  }
  return packed;
}

interface RandomSide {
  readonly blocks: readonly Block[];
  readonly columns: readonly CodedColumn[];
}

function randomSide(formula: Formula, panel: PanelColumns): RandomSide {
  const blocks: Block[] = [];
  const columns: CodedColumn[] = [];
  for (const random of formula.random) {
    for (const side of sidesOf(random)) {
      const coded = panel.columns(side);
      blocks.push({ group: random.group, names: coded.map(({ name }) => name), start: columns.length });
      columns.push(...coded);
    }
  }
  return { blocks, columns };
}

/** The rows of Z of each pattern, unscaled. */
function weightedRandom(
  pattern: PatternRows,
  columns: readonly CodedColumn[],
  panel: PanelColumns,
): Weighted {
  const { waves } = pattern;
  const rows = waves.map((wave) =>
    columns.map((column) => pattern.weigh(panel.columnAt(column, { waves, wave }))),
  );
  return { pattern, rows };
}

function randomScales({ blocks }: RandomSide, z: readonly Weighted[], nobs: number): ColumnScale[] {
  return blocks.flatMap(({ names, start }) => {
    const mayShift = names.includes(INTERCEPT);
    return names.map((name, i) =>
      name === INTERCEPT ? UNSCALED : scaleOfColumn(z, start + i, nobs, mayShift),
    );
  });
}

/** The first column of Z that is not the same for everybody seen at the same waves. */
function personalColumn(z: readonly Weighted[], { columns }: RandomSide): string | null {
  const found = columns.find((_, r) =>
    z.some(({ rows }) => rows.some((row) => row[r].some((weight, place) => place > 0 && weight !== 0))),
  );
  return found?.name ?? null;
}

/** The sums of one pattern for independent residuals: one cell, since all its people have the same Z. */
function patternSums({ pattern, rows, random }: PatternDesign, m: number): GroupedSums {
  const q = random[0]?.length ?? 0;
  const products = packedProducts([{ pattern, rows }], m);
  const gram = new Float64Array(q * q);
  for (let r = 0; r < q; r++) {
    for (let s = 0; s < q; s++) for (const z of random) gram[r * q + s] += z[r] * z[s];
  }
  const cross = Array.from({ length: q }, (_, r) =>
    Array.from({ length: m }, (_, j) => {
      const weights = new Float64Array(pattern.size);
      rows.forEach((row, t) => {
        for (let k = 0; k < weights.length; k++) weights[k] += random[t][r] * row[j][k];
      });
      return weights;
    }),
  );
  const crossed = cross.map((columns) => columns.map((column) => crossedWith(pattern, column)));
  const moments: number[] = [];
  for (let r = 0; r < q; r++) {
    for (let s = r; s < q; s++) {
      for (let j = 0; j < m; j++) {
        for (let k = j; k < m; k++) {
          const one = dot(cross[r][j], crossed[s][k]);
          moments.push(r === s ? one : one + dot(cross[s][j], crossed[r][k]));
        }
      }
    }
  }
  const none = { count: 0, gram: new Float64Array(0), cross: new Float64Array(0) };
  const cells =
    q === 0
      ? { count: 0, gram: new Float64Array(0), sizes: new Float64Array(0), moments: new Float64Array(0) }
      : { count: 1, gram, sizes: Float64Array.of(pattern.people), moments: Float64Array.from(moments) };
  return {
    nobs: pattern.people * pattern.waves.length,
    ngroups: pattern.people,
    m,
    q,
    products,
    cells,
    singles: none,
  };
}

function factsOf(
  formula: Formula,
  sums: PanelSums,
  patterns: readonly PatternRows[],
  panel: PanelColumns,
): FrameFacts {
  const nobs = patterns.reduce((sum, { people, waves }) => sum + people * waves.length, 0);
  const people = patterns.reduce((sum, pattern) => sum + pattern.people, 0);
  const stdDevs = formulaVariables(formula).flatMap((variable) => {
    if (!isCentred(variable) || variable.call !== "within") return [];
    const squares = patterns.map((pattern) => {
      const { waves } = pattern;
      const column = { name: variable.text, parts: [{ variable: variable.text, code: null }] };
      const own = waves.map((wave) => pattern.weigh(panel.columnAt(column, { waves, wave })));
      return own.reduce((sum, weights) => sum + sumOfProducts(pattern, weights, weights), 0);
    });
    const sum = squares.reduce((all, one) => all + one, 0);
    return [[variable.text, nobs > people ? Math.sqrt(sum / (nobs - people)) : Number.NaN] as const];
  });
  const repeated = patterns.filter(({ waves }) => waves.length >= 2);
  return {
    formula,
    rows: { ...sums.rows, used: nobs },
    hasPeople: true,
    groupsWithTwoRows: repeated.reduce((sum, pattern) => sum + pattern.people, 0),
    withinStdDev: Object.fromEntries(stdDevs),
  };
}

/** The rows of [X y] with columns kept and scaled. */
function prepared(
  all: readonly Weighted[],
  keep: readonly number[],
  scales: readonly ColumnScale[],
): Weighted[] {
  return all.map(({ pattern, rows }) => ({
    pattern,
    rows: rows.map((row) => keep.map((j) => shifted(row[j], scales[j]))),
  }));
}

/**
 * A mixed model set up from the sums of a panel.
 *
 * @param minRows  people with fewer rows are left out.
 * @throws StatsError as `designLmm` does for rows; `data.no-rows`, and `sums.needs-rows` for random effects whose
 *   columns differ from person to person.
 */
export function setupPanel(formula: Formula, sums: PanelSums, minRows = 1): PanelSetup {
  return withSums(shapePanel(formula, sums, minRows));
}

/** The shape with sums of its patterns; refuses as `setupPanel`. */
export function withSums(shape: PanelShape): PanelSetup {
  if (shape.personal !== null)
    throw new NeedsRows(`a random slope of ${shape.personal}, which differs from person to person`);
  const m = shape.names.length + 1;
  return { ...shape, sums: merge(shape.patterns.map((one) => patternSums(one, m))) };
}

/** All of a setup but its sums, for random effects of any kind; refuses as `setupPanel` for the rest. */
export function shapePanel(formula: Formula, sums: PanelSums, minRows = 1): PanelShape {
  const patterns = sums.patterns
    .filter(({ waves }) => waves.length >= minRows)
    .map((pattern) => patternRows(sums.plan, pattern));
  const panel = panelColumns(formula, sums, patterns);
  const facts = factsOf(formula, sums, patterns, panel);
  const nobs = facts.rows.used;
  const people = patterns.reduce((sum, pattern) => sum + pattern.people, 0);
  const random = randomSide(formula, panel);
  const ngroups = formula.random.length === 0 ? {} : { [formula.random[0].group]: people };
  checkGroups(
    Object.entries(ngroups).map(([name, count]) => ({ name, count })),
    nobs,
    random.blocks,
  );
  const design = panel.columns(formula);
  const all = patterns.map((pattern) => weighted(pattern, design, panel));
  const outcomePlace = design.length;
  const xScale = design.map(({ name }, j) =>
    name === INTERCEPT ? UNSCALED : scaleOfColumn(all, j, nobs, formula.intercept),
  );
  const yScale = scaleOfColumn(all, outcomePlace, nobs, formula.intercept);
  if (yScale === UNSCALED && formula.intercept) {
    const mean = total(all, (pattern, row) => sumOf(pattern, row[outcomePlace])) / nobs;
    throw constantOutcome(formula.outcome.text, mean, nobs);
  }
  const scales = [...xScale, yScale];
  const everything = [...scales.keys()];
  const full = prepared(all, everything, scales);
  const keep = keptColumns(packedProducts(full, scales.length), design.length);
  checkSize(formula.text, nobs, keep.length);
  const rows = keep.length === design.length ? full : prepared(all, [...keep, outcomePlace], scales);
  const plainZ = patterns.map((pattern) => weightedRandom(pattern, random.columns, panel));
  const zScale = randomScales(random, plainZ, nobs);
  const scaledZ = prepared(plainZ, [...zScale.keys()], zScale);
  return {
    coded: keep.map((j) => design[j]),
    names: keep.map((j) => design[j].name),
    dropped: design.filter((_, j) => !keep.includes(j)).map(({ name }) => name),
    hasIntercept: formula.intercept,
    xScale: keep.map((j) => xScale[j]),
    yScale,
    blocks: random.blocks,
    ngroups,
    zScale,
    nobs,
    facts,
    patterns: rows.map((one, p) => {
      const z = scaledZ[p].rows;
      return { ...one, z, random: z.map((row) => row.map(([constant]) => constant)) };
    }),
    personal: personalColumn(plainZ, random),
  };
}
