import { StatsError } from "../errors.ts";
import type { FitCommon } from "../models/fit.ts";
import { createTable } from "../table/columns.ts";
import type { Column, FitData, NumericColumn, Table } from "../table/table.ts";
import { checkShifted, type ShiftedVariables, type UnitShifts, unitShifts } from "./delta-shift.ts";
import { completeLong, type Imputations } from "./impute.ts";
import { type PooledCoefficient, type PooledFit, pool } from "./pool.ts";

export interface DeltaOptions {
  /** The varying column whose values after dropout are shifted. */
  readonly outcome: string;
  /** In units of the outcome, increasing, with 0. */
  readonly outcomeDeltas: readonly number[];
  /** A second varying column to shift, and by how much. */
  readonly exposure?: string;
  readonly exposureDeltas?: readonly number[];
  /** Whether a shift is passed on to later waves by regression; true by default. */
  readonly carry?: boolean;
  /** Fits the model to one completed long table. */
  readonly fit: (data: FitData) => FitCommon;
  /** The coefficient that the conclusion is about. */
  readonly term: string;
  /** The conclusion as a word or sentence; a change of it is what tips. By default the sign and whether the interval excludes 0. */
  readonly conclude?: (coefficient: PooledCoefficient, pooled: PooledFit) => string;
}

/** One cell of the map; the coefficient is pooled over the imputations. */
export interface DeltaCell {
  readonly outcomeDelta: number;
  readonly exposureDelta: number;
  readonly coefficient: PooledCoefficient;
  readonly conclusion: string;
  /** The conclusion differs from the one with both deltas 0. */
  readonly changed: boolean;
}

/** A map of the conclusion over what those who left might have answered; plain data. */
export interface DeltaMap {
  readonly term: string;
  readonly outcome: string;
  readonly exposure: string | null;
  readonly outcomeDeltas: readonly number[];
  readonly exposureDeltas: readonly number[];
  /** exposureDeltas x outcomeDeltas. */
  readonly cells: readonly (readonly DeltaCell[])[];
  /** The conclusion under missing at random: both deltas 0. */
  readonly conclusion: string;
  /** For each exposure delta the outcome delta nearest to 0 with another conclusion; null where there is none. */
  readonly outcomeTipping: readonly (number | null)[];
  /** For each outcome delta the exposure delta nearest to 0 with another conclusion. */
  readonly exposureTipping: readonly (number | null)[];
  /** Imputed values of the outcome that a delta moves, in each imputation. */
  readonly shiftedValues: number;
  /** Mean shift of those values for an outcome delta of 1, with what earlier waves carry over. */
  readonly meanShiftPerUnit: number;
}

function option(expected: string, found: string): StatsError {
  return new StatsError("delta.option", `Expected ${expected}; found ${found}. Change the option.`);
}

function checkDeltas(name: string, deltas: readonly number[]): void {
  const increasing = deltas.every((d, i) => Number.isFinite(d) && (i === 0 || d > deltas[i - 1]));
  if (!increasing || !deltas.includes(0)) {
    throw option(`increasing ${name} that include 0`, `[${deltas.join(", ")}]`);
  }
}

function checked(imputations: Imputations, options: DeltaOptions) {
  const { outcome, exposure = null, outcomeDeltas, exposureDeltas = [0] } = options;
  checkShifted(imputations, outcome);
  if (exposure !== null) checkShifted(imputations, exposure);
  if (exposure === outcome) throw option("an exposure other than the outcome", exposure);
  if (exposure === null && exposureDeltas.length > 1) {
    throw option("the name of the exposure that exposureDeltas shift", "none");
  }
  checkDeltas("outcomeDeltas", outcomeDeltas);
  checkDeltas("exposureDeltas", exposureDeltas);
  return { outcome, exposure, outcomeDeltas, exposureDeltas };
}

/** One imputed long table and what deltas of 1 add to its rows. */
interface Shiftable {
  readonly table: Table;
  readonly shifts: UnitShifts;
}

function shiftedColumn(column: Column, parts: readonly (readonly [number, Float64Array])[]): NumericColumn {
  const values = column.kind === "numeric" ? Float64Array.from(column.values) : new Float64Array(0);
  for (const [delta, unit] of parts) {
    if (delta === 0) continue;
    for (let row = 0; row < values.length; row++) values[row] += delta * unit[row];
  }
  return { kind: "numeric", values, missing: column.missing };
}

function shiftedTable(
  { table, shifts }: Shiftable,
  { outcome, exposure }: ShiftedVariables,
  deltas: { readonly outcome: number; readonly exposure: number },
): Table {
  const columns: Record<string, Column> = { ...table.columns };
  columns[outcome] = shiftedColumn(columns[outcome], [
    [deltas.outcome, shifts.outcomeByOutcome],
    [deltas.exposure, shifts.outcomeByExposure],
  ]);
  if (exposure !== null) {
    columns[exposure] = shiftedColumn(columns[exposure], [
      [deltas.outcome, shifts.exposureByOutcome],
      [deltas.exposure, shifts.exposureByExposure],
    ]);
  }
  return createTable(columns);
}

function shiftables(imputations: Imputations, shifted: ShiftedVariables): Shiftable[] {
  return Array.from({ length: imputations.m }, (_, k) => ({
    table: completeLong(imputations, k, "all"),
    shifts: unitShifts(imputations, shifted, k),
  }));
}

function defaultConclusion({ lower, upper }: PooledCoefficient): string {
  if (lower > 0) return "positive";
  return upper < 0 ? "negative" : "not clear";
}

/**
 * The completed long tables of one cell of the map, one for each imputation.
 *
 * With both deltas 0 they are the imputations under missing at random, value by value.
 *
 * @throws StatsError `delta.option`
 */
export function deltaTables(
  imputations: Imputations,
  shifted: ShiftedVariables,
  deltas: { readonly outcome: number; readonly exposure: number },
): Table[] {
  checkShifted(imputations, shifted.outcome);
  if (shifted.exposure !== null) checkShifted(imputations, shifted.exposure);
  return shiftables(imputations, shifted).map((one) => shiftedTable(one, shifted, deltas));
}

/** The value nearest to 0 among those whose cell changed the conclusion. */
function tipping(deltas: readonly number[], cells: readonly DeltaCell[]): number | null {
  let best: number | null = null;
  deltas.forEach((delta, i) => {
    if (cells[i].changed && (best === null || Math.abs(delta) < Math.abs(best))) best = delta;
  });
  return best;
}

function shiftSummary(parts: readonly Shiftable[]): { shiftedValues: number; meanShiftPerUnit: number } {
  let [count, sum] = [0, 0];
  for (const { shifts } of parts) {
    for (const shift of shifts.outcomeByOutcome) {
      if (shift === 0) continue;
      count++;
      sum += shift;
    }
  }
  return { shiftedValues: count / parts.length, meanShiftPerUnit: count === 0 ? 0 : sum / count };
}

/**
 * How the conclusion changes when those who left are taken to differ from what their answers predict.
 *
 * One set of imputations under missing at random serves every cell: the values imputed after a person's last
 * answer are shifted in wave order (see `unitShifts`), the model is fitted again and pooled. Values are not cut
 * to the range of the scale.
 *
 * @throws StatsError `delta.option`, `pool.fits`, and what the fit throws
 */
export function deltaMap(imputations: Imputations, options: DeltaOptions): DeltaMap {
  const { outcome, exposure, outcomeDeltas, exposureDeltas } = checked(imputations, options);
  const conclude = options.conclude ?? defaultConclusion;
  const shifted = { outcome, exposure, carry: options.carry ?? true };
  const parts = shiftables(imputations, shifted);
  const cellAt = (outcomeDelta: number, exposureDelta: number): Omit<DeltaCell, "changed"> => {
    const deltas = { outcome: outcomeDelta, exposure: exposureDelta };
    const fits = parts.map((one) => options.fit({ kind: "rows", table: shiftedTable(one, shifted, deltas) }));
    const pooled = pool(fits);
    const coefficient = pooled.fixed.find(({ term }) => term === options.term);
    if (coefficient === undefined) {
      throw option(`a term of the fit (${pooled.fixed.map(({ term }) => term).join(", ")})`, options.term);
    }
    return { outcomeDelta, exposureDelta, coefficient, conclusion: conclude(coefficient, pooled) };
  };
  const raw = exposureDeltas.map((x) => outcomeDeltas.map((y) => cellAt(y, x)));
  const { conclusion } = raw[exposureDeltas.indexOf(0)][outcomeDeltas.indexOf(0)];
  const cells = raw.map((row) => row.map((cell) => ({ ...cell, changed: cell.conclusion !== conclusion })));
  return {
    term: options.term,
    outcome,
    exposure,
    outcomeDeltas,
    exposureDeltas,
    cells,
    conclusion,
    outcomeTipping: cells.map((row) => tipping(outcomeDeltas, row)),
    exposureTipping: outcomeDeltas.map((_, i) =>
      tipping(
        exposureDeltas,
        cells.map((row) => row[i]),
      ),
    ),
    ...shiftSummary(parts),
  };
}
