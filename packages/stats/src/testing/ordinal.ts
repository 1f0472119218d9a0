import { createRandom } from "../random/random.ts";
import { createTable, numericColumn } from "../table/columns.ts";
import type { Table } from "../table/table.ts";

/** What simulated ordinal answers are drawn from. */
export interface OrdinalTruth {
  readonly people: number;
  readonly waves: number;
  readonly thresholds: readonly number[];
  readonly effect: number;
  /** Standard deviations of the random intercept and of the random slope of x, which are independent. */
  readonly sd: number;
  readonly slopeSd?: number;
  readonly seed: number;
}

/** Simulated people: id, wave, x (varies within people), z (0 or 1, constant), y (0, 1, ...). */
export function ordinalTable(truth: OrdinalTruth): Table {
  const random = createRandom(truth.seed);
  const columns: Record<"id" | "wave" | "x" | "z" | "y", number[]> = {
    id: [],
    wave: [],
    x: [],
    z: [],
    y: [],
  };
  for (let id = 1; id <= truth.people; id++) {
    const intercept = truth.sd * random.normal();
    const slope = truth.effect + (truth.slopeSd ?? 0) * random.normal();
    const z = random.integer(2);
    for (let wave = 0; wave < truth.waves; wave++) {
      const x = random.normal();
      const uniform = random.uniform() || 0.5;
      const latent = intercept + slope * x + 0.5 * z + Math.log(uniform / (1 - uniform));
      const values = { id, wave, x, z, y: truth.thresholds.filter((threshold) => latent > threshold).length };
      for (const name of ["id", "wave", "x", "z", "y"] as const) columns[name].push(values[name]);
    }
  }
  return createTable(
    Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, numericColumn(values)])),
  );
}

/** The table with its rows in another order. */
export function reordered(table: Table, seed: number): Table {
  const random = createRandom(seed);
  const keys = Array.from({ length: table.nrows }, () => random.uniform());
  const order = [...keys.keys()].sort((a, b) => keys[a] - keys[b]);
  return createTable(
    Object.fromEntries(
      Object.entries(table.columns).map(([name, column]) => {
        if (column.kind !== "numeric") throw new Error(`${name} is not a column of numbers`);
        return [name, numericColumn(order.map((row) => column.values[row]))];
      }),
    ),
  );
}
