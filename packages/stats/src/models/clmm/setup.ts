import { StatsError } from "../../errors.ts";
import { type DesignColumn, designColumns, INTERCEPT } from "../../frame/design.ts";
import type { ModelFrame } from "../../frame/model-frame.ts";
import { independentColumns } from "../../linalg/cholesky.ts";
import { applyScale, type ColumnScale, scaleOf, UNSCALED } from "../lmm/scaling.ts";
import type { CategoricalModel } from "./options.ts";
import { type RandomPart, randomPart } from "./random-part.ts";

/** The rows as the objective reads them: sorted by group, columns shifted and scaled. */
export interface CategoricalRows {
  readonly nobs: number;
  /** The rows of group g are `starts[g]` to `starts[g + 1] - 1`. */
  readonly starts: Int32Array;
  /** 0 to ncategories - 1, every one of them used. */
  readonly category: Int32Array;
  readonly ncategories: number;
  /** Rows in each category. */
  readonly counts: Float64Array;
  /** False for two categories whose threshold is 0 and whose design has the intercept. */
  readonly freeThresholds: boolean;
  readonly p: number;
  /** nobs x p by rows. */
  readonly x: Float64Array;
  /** True when the only random effect is an intercept, the same for all rows of a person. */
  readonly interceptOnly: boolean;
  /** nobs x 2 by rows; a second random effect that does not exist has zeros. */
  readonly z: Float64Array;
}

/** The rows with what is needed to speak of them in the user's units. */
export interface CategoricalSetup {
  readonly model: CategoricalModel;
  readonly rows: CategoricalRows;
  /** The place in the frame of each sorted row. */
  readonly order: Int32Array;
  /** The levels that are used, in order. */
  readonly levels: readonly string[];
  readonly emptyLevels: readonly string[];
  /** Names of the fixed effects kept. */
  readonly names: readonly string[];
  readonly dropped: readonly string[];
  /** The design kept, unscaled, in the order of the frame. */
  readonly fixed: readonly DesignColumn[];
  readonly xScale: readonly ColumnScale[];
  readonly random: RandomPart | null;
  readonly ngroups: number;
}

/** The order that brings the rows of a group together; without groups all rows are one. */
function sortByGroup(frame: ModelFrame): { readonly order: Int32Array; readonly starts: Int32Array } {
  const nobs = frame.outcome.length;
  if (frame.groups === null) {
    return { order: Int32Array.from({ length: nobs }, (_, i) => i), starts: Int32Array.of(0, nobs) };
  }
  const { codes, count } = frame.groups;
  const starts = new Int32Array(count + 1);
  for (let i = 0; i < nobs; i++) starts[codes[i] + 1]++;
  for (let g = 0; g < count; g++) starts[g + 1] += starts[g];
  const next = starts.slice();
  const order = new Int32Array(nobs);
  for (let i = 0; i < nobs; i++) order[next[codes[i]]++] = i;
  return { order, starts };
}

interface Categories {
  readonly codes: Int32Array;
  readonly counts: Float64Array;
  readonly levels: readonly string[];
  readonly emptyLevels: readonly string[];
}

/** The categories that occur, numbered from 0 in the order of the levels. */
function usedCategories({ outcome, outcomeLevels }: ModelFrame): Categories {
  const all = outcomeLevels ?? [];
  const found = new Float64Array(all.length);
  for (let i = 0; i < outcome.length; i++) found[outcome[i]]++;
  const used = [...all.keys()].filter((code) => found[code] > 0);
  const numberOf = new Int32Array(all.length);
  used.forEach((code, k) => {
    numberOf[code] = k;
  });
  return {
    codes: Int32Array.from(outcome, (code) => numberOf[code]),
    counts: Float64Array.from(used, (code) => found[code]),
    levels: used.map((code) => all[code]),
    emptyLevels: [...all.filter((_, code) => found[code] === 0), ...skippedCodes(all)],
  };
}

/** Whole numbers that a coding such as 0, 1, 2, 4, 5 skips; none where it steps by more, as 0, 10, 20 does. */
function skippedCodes(levels: readonly string[]): string[] {
  const codes = levels.map(Number);
  if (levels.some((level, k) => level.trim() === "" || !Number.isInteger(codes[k]))) return [];
  const lowest = Math.min(...codes);
  const gaps = Math.max(...codes) - lowest + 1 - codes.length;
  if (gaps <= 0 || gaps >= codes.length) return [];
  const between = Array.from({ length: codes.length + gaps }, (_, k) => lowest + k);
  return between.filter((code) => !codes.includes(code)).map(String);
}

/** More categories than this are a number: every one would cost a threshold. */
const MOST_CATEGORIES = 50;

function checkCategories(model: CategoricalModel, frame: ModelFrame, levels: readonly string[]): void {
  if (levels.length > MOST_CATEGORIES) {
    throw new StatsError(
      "clmm.too-many-categories",
      `Expected at most ${MOST_CATEGORIES} ordered categories; found ${levels.length} different values of "${frame.formula.outcome.text}". Take it as a number (lmm), or cut it into a few categories first.`,
    );
  }
  if (levels.length >= 2) return;
  throw new StatsError(
    `${model}.one-category`,
    `Expected an outcome with at least two categories; found "${frame.formula.outcome.text}" = ${levels[0]} in all ${frame.outcome.length} rows used. Check the column and the filter.`,
  );
}

interface Design {
  readonly kept: readonly DesignColumn[];
  readonly dropped: readonly string[];
  readonly scales: readonly ColumnScale[];
}

// As in linear mixed models: the share of a column's variation that must be its own.
const RANK_TOLERANCE = 1e-11;

/** The columns that add something; thresholds take the place of the intercept in a cumulative model. */
function design(frame: ModelFrame, model: CategoricalModel): Design {
  const nobs = frame.outcome.length;
  const intercept = frame.formula.intercept;
  const columns = designColumns({ intercept, terms: frame.formula.terms }, frame.variables, nobs);
  const scales = columns.map(({ name, values }) =>
    name === INTERCEPT ? UNSCALED : scaleOf(values, intercept),
  );
  const scaled = columns.map(({ values }, j) => applyScale(values, scales[j]));
  const n = columns.length;
  const products = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    for (let k = 0; k <= j; k++) {
      let sum = 0;
      for (let i = 0; i < nobs; i++) sum += scaled[j][i] * scaled[k][i];
      products[j * n + k] = products[k * n + j] = sum;
    }
  }
  const independent = independentColumns(products, n, RANK_TOLERANCE);
  const keep = independent.filter((j) => model === "glmm" || columns[j].name !== INTERCEPT);
  return {
    kept: keep.map((j) => columns[j]),
    dropped: columns.filter((_, j) => !independent.includes(j)).map(({ name }) => name),
    scales: keep.map((j) => scales[j]),
  };
}

/** The columns in the sorted order, side by side. */
function gather(
  columns: readonly DesignColumn[],
  scales: readonly ColumnScale[],
  layout: { readonly order: Int32Array; readonly width: number },
): Float64Array {
  const { order, width } = layout;
  const out = new Float64Array(order.length * width);
  columns.forEach(({ values }, j) => {
    const { shift, scale } = scales[j];
    for (let i = 0; i < order.length; i++) out[i * width + j] = (values[order[i]] - shift) / scale;
  });
  return out;
}

function checkIntercept(frame: ModelFrame): void {
  if (frame.formula.intercept) return;
  throw new StatsError(
    "clmm.intercept",
    `Expected a formula with its intercept, whose place the thresholds take; found 0 in "${frame.formula.text}". Remove the 0.`,
  );
}

function checkSize(model: CategoricalModel, frame: ModelFrame, parameters: number): void {
  const nobs = frame.outcome.length;
  if (parameters === 0) {
    throw new StatsError(
      "glmm.no-predictors",
      `Expected an intercept or a predictor that varies; found none in "${frame.formula.text}". Add 1 or a predictor.`,
    );
  }
  if (nobs > parameters) return;
  throw new StatsError(
    `${model}.too-few-rows`,
    `Expected more rows than parameters; found ${nobs} rows and ${parameters} parameters. Use fewer terms or more rows.`,
  );
}

/**
 * The rows of a model for categories: design coded, shifted and scaled, dependent columns left out, empty
 * categories left out, rows of a group together.
 *
 * @throws StatsError `clmm.too-many-categories`; `clmm.*` or `glmm.*`: `one-category`, `one-group`, `one-row-per-group`, `random-part`,
 *   `too-few-rows`; `clmm.intercept`, `glmm.no-predictors`
 */
export function setupCategorical(frame: ModelFrame, model: CategoricalModel): CategoricalSetup {
  if (model === "clmm") checkIntercept(frame);
  const random = randomPart(frame, model);
  const used = usedCategories(frame);
  checkCategories(model, frame, used.levels);
  const { kept, dropped, scales } = design(frame, model);
  const { order, starts } = sortByGroup(frame);
  const freeThresholds = model === "clmm";
  checkSize(model, frame, kept.length + (freeThresholds ? used.levels.length - 1 : 0));
  return {
    model,
    rows: {
      nobs: order.length,
      starts,
      category: Int32Array.from(order, (row) => used.codes[row]),
      ncategories: used.levels.length,
      counts: used.counts,
      freeThresholds,
      p: kept.length,
      x: gather(kept, scales, { order, width: kept.length }),
      interceptOnly: random !== null && random.columns.length === 1 && random.columns[0].name === INTERCEPT,
      z: gather(random?.columns ?? [], random?.scales ?? [], { order, width: 2 }),
    },
    order,
    levels: used.levels,
    emptyLevels: used.emptyLevels,
    names: kept.map(({ name }) => name),
    dropped,
    fixed: kept,
    xScale: scales,
    random,
    ngroups: random === null ? 0 : starts.length - 1,
  };
}
