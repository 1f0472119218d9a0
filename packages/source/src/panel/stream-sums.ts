import { type AddedRows, type PanelPlan, ROW_FLAGS, rowsAdder } from "@longwave/stats/from-sums";
import type { Relation } from "../relation.ts";
import { isSpread } from "../spread/spread.ts";
import type { SqlEngine } from "../sql-engine.ts";
import { addingUp } from "../watch.ts";
import { columnNamed } from "./facts.ts";
import { rowsSql } from "./panel-sql.ts";

/** One pass over a table, with the statement that gives its numbers. */
export interface StreamSql {
  readonly text: string;
  /** Numbers of each row. */
  readonly width: number;
}

/**
 * The statement whose rows are added up as they come; undefined where the database adds up itself: it is elsewhere,
 * people have a row each, which need no grouping, or names that are no numbers.
 */
export function streamSql(engine: SqlEngine, plan: PanelPlan, relation: Relation): StreamSql | undefined {
  if (engine.numbers === undefined || isSpread(relation)) return undefined;
  if (columnNamed(relation, plan.person).kind !== "number") return undefined;
  const flags = Object.entries(ROW_FLAGS).map(([name, bit]) => `case when ${name} then ${bit} else 0 end`);
  const atoms = plan.atoms.map((_, a) => `coalesce(a${a}, 0)`);
  const text = `with ${rowsSql(plan, relation, true)}
select ${["person", `cast(${["place", ...flags].join(" + ")} as integer)`, ...atoms].join(", ")}
from panel`;
  return { text, width: atoms.length + 2 };
}

/**
 * The sums of a plan over rows in the order of their people, in one pass without grouping.
 *
 * @param nrows  how many rows there are, for whoever waits.
 * @returns undefined where the table cannot be read so, such as one in another order.
 */
export async function streamedSums(
  engine: SqlEngine,
  plan: PanelPlan,
  { relation, nrows }: { readonly relation: Relation; readonly nrows: number },
): Promise<AddedRows | undefined> {
  const sql = streamSql(engine, plan, relation);
  if (sql === undefined) return undefined;
  const adder = rowsAdder(plan);
  let isOrdered = true;
  await engine.numbers?.(sql.text, addingUp(nrows), ([person, flags, ...atoms], count) => {
    isOrdered = adder.add({
      count,
      person: person as Float64Array,
      flags: flags as Int32Array,
      atoms: atoms as Float64Array[],
    });
    return isOrdered;
  });
  return isOrdered ? adder.finish() : undefined;
}
