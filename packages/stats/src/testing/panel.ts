import { lmm } from "../models/lmm/fit.ts";
import type { LmmOptions } from "../models/lmm/options.ts";
import type { CorrelatedType } from "../models/lmm/residual-options.ts";
import type { LmmFit } from "../models/lmm/result.ts";
import { createRandom } from "../random/random.ts";
import { createTable, numericColumn } from "../table/columns.ts";
import type { NumericColumn, Table } from "../table/table.ts";
import { rows } from "./read-csv.ts";

/** What a simulated panel is like. */
export interface Panel {
  readonly seed: number;
  readonly people: number;
  readonly waves: number;
  /** Correlation of neighbouring waves, besides a level of the person with this SD. */
  readonly phi: number;
  readonly level?: number;
  /** The share of waves that are missed. */
  readonly missed?: number;
}

/** A panel simulated with AR(1) residuals whose SD grows by a tenth each wave. */
export function panel({ seed, people, waves, phi, level = 0.7, missed = 0.15 }: Panel): Table {
  const random = createRandom(seed);
  const columns: Record<"id" | "wave" | "x" | "y", number[]> = { id: [], wave: [], x: [], y: [] };
  for (let id = 1; id <= people; id++) {
    const own = level * random.normal();
    let error = random.normal();
    for (let wave = 1; wave <= waves; wave++) {
      if (wave > 1) error = phi * error + Math.sqrt(1 - phi * phi) * random.normal();
      const x = random.normal();
      if (random.uniform() < missed) continue;
      columns.id.push(id);
      columns.wave.push(wave);
      columns.x.push(x);
      columns.y.push(2 + 0.3 * x + 0.2 * wave + own + (1 + wave / 10) * error);
    }
  }
  return createTable({
    id: numericColumn(columns.id),
    wave: numericColumn(columns.wave),
    x: numericColumn(columns.x),
    y: numericColumn(columns.y),
  });
}

/** The values of a column of numbers. */
export const numbers = (table: Table, name: string): Float64Array =>
  (table.columns[name] as NumericColumn).values;

/** A model of a panel with residuals of one type, by default without a random part. */
export function fitOf(
  table: Table,
  type: CorrelatedType,
  formula = "y ~ x + wave",
  options: LmmOptions = {},
): LmmFit {
  return lmm(formula, rows(table), { id: "id", time: "wave", residual: { type }, ...options });
}
