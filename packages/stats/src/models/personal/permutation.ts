import { StatsError } from "../../errors.ts";
import { groupRows } from "../../frame/groups.ts";
import { createRandom, type Random } from "../../random/random.ts";
import { createTable, takeRows } from "../../table/columns.ts";
import { columnOf } from "../../table/nearest-name.ts";
import type { FitData, Table } from "../../table/table.ts";
import { personal } from "./fit.ts";
import type { PersonalOptions } from "./options.ts";

export interface PermutationOptions extends PersonalOptions {
  /** The column that was randomised. */
  readonly exposure: string;
  /** The coefficient tested. */
  readonly term: string;
  /** A column within whose values days were randomised, such as the week; else over all days. */
  readonly block?: string;
  /** Reshuffles; 999 by default. */
  readonly replicates?: number;
  /** 1 by default. */
  readonly seed?: number;
}

/** What reshuffling the randomised days says. */
export interface PermutationTest {
  readonly term: string;
  /** The t statistic of the days as they were. */
  readonly statistic: number;
  readonly replicates: number;
  /** Reshuffles with a statistic at least as far from 0. */
  readonly asExtreme: number;
  /** (asExtreme + 1) / (replicates + 1), two-sided. */
  readonly pValue: number;
  /** Standard error of the p-value from the number of reshuffles. */
  readonly monteCarloError: number;
}

function statisticOf(formula: string, table: Table, options: PermutationOptions): number {
  const { exposure: _e, term, block: _b, replicates: _r, seed: _s, ...own } = options;
  const fit = personal(formula, { kind: "rows", table }, { ...own, df: "residual" });
  const row = fit.fixed.find((coefficient) => coefficient.term === term);
  if (row !== undefined) return row.statistic;
  throw new StatsError(
    "fit.unknown-term",
    `Expected a coefficient called "${term}"; found ${fit.fixed.map((c) => c.term).join(", ")}. Name one of them.`,
  );
}

/** The rows of each block in which the exposure was seen; the order of time, so that of the file is nothing. */
function blocksOf(table: Table, options: PermutationOptions): number[][] {
  const exposure = columnOf(table, options.exposure);
  const codes = options.block === undefined ? null : groupRows(columnOf(table, options.block)).codes;
  const time = options.time === undefined ? null : columnOf(table, options.time);
  const rows = [...exposure.missing.keys()].filter((row) => exposure.missing[row] === 0);
  if (time?.kind === "numeric") rows.sort((a, b) => time.values[a] - time.values[b]);
  const blocks = new Map<number, number[]>();
  for (const row of rows) {
    const code = codes === null ? 0 : codes[row];
    blocks.set(code, [...(blocks.get(code) ?? []), row]);
  }
  return [...blocks.values()];
}

/** The table with the exposure reshuffled among the rows of each block. */
function reshuffled(table: Table, name: string, blocks: readonly number[][], random: Random): Table {
  const source = Int32Array.from({ length: table.nrows }, (_, row) => row);
  for (const rows of blocks) {
    for (let i = rows.length - 1; i > 0; i--) {
      const j = random.integer(i + 1);
      const kept = source[rows[i]];
      source[rows[i]] = source[rows[j]];
      source[rows[j]] = kept;
    }
  }
  return createTable({ ...table.columns, [name]: takeRows(columnOf(table, name), source) });
}

/**
 * A test for one person whose days were randomised: the days' exposures are reshuffled as they might have been.
 *
 * Valid whatever the residuals are like, because only the randomisation is relied on; the model (with its
 * correlation fitted anew) only makes the statistic sharp. Edgington & Onghena (2007), Randomization Tests.
 *
 * @throws StatsError `personal.option`, `fit.unknown-term`, and what `personal` throws
 */
export function permutationTest(
  formula: string,
  data: FitData,
  options: PermutationOptions,
): PermutationTest {
  const { replicates = 999, seed = 1, term } = options;
  if (!Number.isInteger(replicates) || replicates < 1) {
    throw new StatsError(
      "personal.option",
      `Expected replicates a whole number from 1; found ${replicates}. Use 999.`,
    );
  }
  const random = createRandom(seed);
  const statistic = statisticOf(formula, data.table, options);
  const blocks = blocksOf(data.table, options);
  let asExtreme = 0;
  for (let k = 0; k < replicates; k++) {
    const other = statisticOf(formula, reshuffled(data.table, options.exposure, blocks, random), options);
    // Ties by rounding count as extreme: the same arrangement must not be called less extreme than itself.
    if (Math.abs(other) >= Math.abs(statistic) * (1 - 1e-9)) asExtreme++;
  }
  const pValue = (asExtreme + 1) / (replicates + 1);
  const monteCarloError = Math.sqrt((pValue * (1 - pValue)) / replicates);
  return { term, statistic, replicates, asExtreme, pValue, monteCarloError };
}
