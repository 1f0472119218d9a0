import { StatsError } from "../../errors.ts";
import type { RandomTerm } from "../../formula/formula.ts";
import { groupKey } from "../../formula/parse.ts";
import { type DesignColumn, type DesignSide, designColumns, INTERCEPT } from "../../frame/design.ts";
import type { GroupingFactor } from "../../frame/grouping-factors.ts";
import type { ModelFrame } from "../../frame/model-frame.ts";
import { independentColumns } from "../../linalg/cholesky.ts";
import type { GroupedSums } from "../../sums/grouped-sums.ts";
import { columnProducts, reduceWithProducts, type SumsPart } from "../../sums/reduce.ts";
import type { Column } from "../../table/table.ts";
import { unpackInto } from "./fixed-state.ts";
import { applyScale, type ColumnScale, scaleOf, UNSCALED } from "./scaling.ts";

/** Random effects that are correlated with each other: columns `start` to `start + names.length - 1` of Z. */
export interface Block {
  readonly group: string;
  readonly names: readonly string[];
  readonly start: number;
}

/** A linear mixed model without its rows: what is needed to speak of it in the user's units. */
export interface LmmShape {
  /** Names of the fixed effects kept, in order; the intercept first when there is one. */
  readonly names: readonly string[];
  readonly dropped: readonly string[];
  readonly hasIntercept: boolean;
  readonly xScale: readonly ColumnScale[];
  readonly yScale: ColumnScale;
  readonly blocks: readonly Block[];
  /** Levels of each grouping factor, the finest first; empty without random effects. */
  readonly ngroups: Readonly<Record<string, number>>;
  readonly zScale: readonly ColumnScale[];
  /** Rows used. */
  readonly nobs: number;
}

/** The rows of a linear mixed model, coded and scaled. */
export interface LmmDesign extends LmmShape {
  /** The design kept, unscaled. */
  readonly fixed: readonly DesignColumn[];
  /** The columns of Z, unscaled. */
  readonly random: readonly DesignColumn[];
  /** The scaled rows. */
  readonly part: SumsPart;
}

/** A linear mixed model with one grouping factor and independent residuals, reduced to its sums. */
export interface SummedLmm extends LmmShape {
  readonly sums: GroupedSums;
}

/** The same with the rows at hand. */
export type LmmSetup = LmmDesign & SummedLmm;

/** The random terms, those of the finest grouping factor first (lme4's order). */
function byFactor({ formula, factors }: ModelFrame): { random: RandomTerm; factor: GroupingFactor }[] {
  return factors.flatMap((factor) =>
    formula.random
      .filter((random) => groupKey(random) === groupKey(factor))
      .map((random) => ({ random, factor })),
  );
}

/** The sides of a random term: correlated within, and not between each other. */
export function sidesOf({ correlated, intercept, terms }: RandomTerm): DesignSide[] {
  if (correlated) return [{ intercept, terms }];
  return [
    ...(intercept ? [{ intercept: true, terms: [] }] : []),
    ...terms.map((term) => ({ intercept: false, terms: [term] })),
  ];
}

/** The random effects of a formula and the columns of Z, over the rows of the frame or over `rows`. */
export function randomBlocks(
  frame: ModelFrame,
  rows: { readonly variables: ReadonlyMap<string, Column>; readonly nobs: number } = {
    variables: frame.variables,
    nobs: frame.outcome.length,
  },
): { blocks: Block[]; columns: DesignColumn[] } {
  const blocks: Block[] = [];
  const columns: DesignColumn[] = [];
  const add = (group: string, added: readonly DesignColumn[]) => {
    blocks.push({ group, names: added.map((column) => column.name), start: columns.length });
    columns.push(...added);
  };
  for (const { random, factor } of byFactor(frame)) {
    for (const side of sidesOf(random)) {
      const coded = designColumns(side, rows.variables, rows.nobs);
      add(factor.name, coded);
    }
  }
  return { blocks, columns };
}

function randomScales(blocks: readonly Block[], columns: readonly DesignColumn[]): ColumnScale[] {
  return blocks.flatMap((block) => {
    const mayShift = block.names.includes(INTERCEPT);
    return block.names.map((name, i) =>
      name === INTERCEPT ? UNSCALED : scaleOf(columns[block.start + i].values, mayShift),
    );
  });
}

/**
 * Refuses random effects that rows of these groups cannot carry.
 *
 * @throws StatsError `lmm.one-group`, `lmm.one-row-per-group`, `lmm.too-many-random-effects`
 */
export function checkGroups(
  factors: readonly { readonly name: string; readonly count: number }[],
  nobs: number,
  blocks: readonly Block[],
): void {
  for (const { name, count } of factors) {
    if (count >= 2) continue;
    throw new StatsError(
      "lmm.one-group",
      `Expected at least two values of "${name}" among the rows used; found one. A random term needs several; remove it, or check the id column.`,
    );
  }
  for (const { name, count } of factors) {
    if (count < nobs) continue;
    throw new StatsError(
      "lmm.one-row-per-group",
      `Expected repeated rows of "${name}"; found one row for each of its ${count} values, so its random effect cannot be told from the residual. Remove the random term, or check the id column.`,
    );
  }
  for (const block of blocks) {
    const count = factors.find(({ name }) => name === block.group)?.count ?? 0;
    const effects = block.names.length * count;
    if (effects < nobs) continue;
    throw new StatsError(
      "lmm.too-many-random-effects",
      `Expected fewer random effects than rows; found ${effects} effects (${block.names.join(", ")} for each of ${count} ${block.group}) and ${nobs} rows. Leave out a random slope, or people with few rows (--min-rows).`,
    );
  }
}

function isConstant(values: Float64Array): boolean {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return false;
  return true;
}

/** The refusal of an outcome that the right-hand side repeats. */
export function perfectFit(outcome: string): StatsError {
  return new StatsError(
    "lmm.perfect-fit",
    `Expected an outcome with a residual; found "${outcome}" determined exactly by the right-hand side, so that no standard error exists. Remove the term that repeats the outcome.`,
  );
}

/** The refusal of an outcome that is one number in all rows used. */
export function constantOutcome(name: string, value: number, nobs: number): StatsError {
  return new StatsError(
    "lmm.constant-outcome",
    `Expected an outcome that varies; found "${name}" = ${value} in all ${nobs} rows used. Check the column and the filter.`,
  );
}

// The share of a column's variation that must be its own; R's lm uses 1e-7 on norms, which squares to less
// than cross-products in double precision can tell from zero.
const RANK_TOLERANCE = 1e-11;

/** The same sums without the columns that are not in `keep` (the outcome is always kept). */
function selectColumns(part: SumsPart, keep: readonly number[]): SumsPart {
  const outcome = part.columns[part.columns.length - 1];
  return { ...part, columns: [...keep.map((j) => part.columns[j]), outcome] };
}

/** The columns of X that the others do not determine, from the packed W'W. */
export function keptColumns(products: Float64Array, p: number): number[] {
  const xx = new Float64Array(p * p);
  unpackInto(xx, products, p, p + 1);
  return independentColumns(xx, p, RANK_TOLERANCE);
}

/** Columns shifted and scaled; a column that stands in X and in Z is computed once. */
function scaledColumns(): (values: Float64Array, scale: ColumnScale) => Float64Array {
  const known = new Map<Float64Array, { readonly scale: ColumnScale; readonly scaled: Float64Array }>();
  return (values, scale) => {
    if (scale === UNSCALED) return values;
    const before = known.get(values);
    if (before?.scale.shift === scale.shift && before.scale.scale === scale.scale) return before.scaled;
    const scaled = applyScale(values, scale);
    known.set(values, { scale, scaled });
    return scaled;
  };
}

interface CodedRows {
  readonly design: LmmDesign;
  /** W'W of the columns kept. */
  readonly products: Float64Array;
}

/** The sums of a model frame; see `designLmm`. */
export function setupLmm(frame: ModelFrame): LmmSetup {
  const { design, products } = codedRows(frame);
  return { ...design, sums: reduceWithProducts(design.part, products) };
}

/**
 * The rows of a model frame: design coded, columns shifted and scaled, dependent columns left out.
 *
 * @throws StatsError `lmm.one-group`, `lmm.one-row-per-group`, `lmm.too-many-random-effects`,
 *   `lmm.constant-outcome`, `lmm.no-predictors`, `lmm.too-few-rows`
 */
export function designLmm(frame: ModelFrame): LmmDesign {
  return codedRows(frame).design;
}

function codedRows(frame: ModelFrame): CodedRows {
  const { blocks, columns: random } = randomBlocks(frame);
  const { formula, outcome } = frame;
  const nobs = outcome.length;
  checkGroups(
    frame.factors.map(({ name, grouping }) => ({ name, count: grouping.count })),
    nobs,
    blocks,
  );
  if (isConstant(outcome)) throw constantOutcome(formula.outcome.text, outcome[0], nobs);
  const design = designColumns(frame.formula, frame.variables, nobs);
  const hasIntercept = frame.formula.intercept;
  const xScale = design.map(({ name, values }) =>
    name === INTERCEPT ? UNSCALED : scaleOf(values, hasIntercept),
  );
  const yScale = scaleOf(frame.outcome, hasIntercept);
  const zScale = randomScales(blocks, random);
  const scaled = scaledColumns();
  const full: SumsPart = {
    columns: [...design.map(({ values }, j) => scaled(values, xScale[j])), scaled(frame.outcome, yScale)],
    random: random.map(({ values }, r) => scaled(values, zScale[r])),
    groups: frame.groups?.codes ?? new Int32Array(nobs),
    ngroups: frame.groups?.count ?? 1,
  };
  const products = columnProducts(full.columns);
  const keep = keptColumns(products, design.length);
  checkSize(formula.text, nobs, keep.length);
  const complete = keep.length === design.length;
  const part = complete ? full : selectColumns(full, keep);
  const rows: LmmDesign = {
    names: keep.map((j) => design[j].name),
    dropped: design.filter((_, j) => !keep.includes(j)).map(({ name }) => name),
    hasIntercept,
    fixed: keep.map((j) => design[j]),
    xScale: keep.map((j) => xScale[j]),
    yScale,
    blocks,
    ngroups: Object.fromEntries(frame.factors.map(({ name, grouping }) => [name, grouping.count])),
    random,
    zScale,
    nobs,
    part,
  };
  return { design: rows, products: complete ? products : columnProducts(part.columns) };
}

/**
 * Refuses a design without columns, or with as many as there are rows.
 *
 * @throws StatsError `lmm.no-predictors`, `lmm.too-few-rows`
 */
export function checkSize(formula: string, nobs: number, p: number): void {
  if (p === 0) {
    throw new StatsError(
      "lmm.no-predictors",
      `Expected an intercept or a predictor that varies; found none in "${formula}". Add 1 or a predictor.`,
    );
  }
  if (nobs > p) return;
  throw new StatsError(
    "lmm.too-few-rows",
    `Expected more rows than fixed effects; found ${nobs} rows and ${p} effects. Use fewer terms or more rows.`,
  );
}

/** The places of all parameters: the lower triangle of each block, column by column (lme4's order). */
export function thetaPlaces(blocks: readonly Block[]): { row: Int32Array; column: Int32Array } {
  const rows: number[] = [];
  const columns: number[] = [];
  for (const { start, names } of blocks) {
    for (let column = start; column < start + names.length; column++) {
      for (let row = column; row < start + names.length; row++) {
        rows.push(row);
        columns.push(column);
      }
    }
  }
  return { row: Int32Array.from(rows), column: Int32Array.from(columns) };
}
