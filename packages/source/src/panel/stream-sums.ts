import { type AddedRows, type PanelPlan, peopleAdder, ROW_FLAGS, rowsAdder } from "@longwave/stats/from-sums";
import type { Relation } from "../relation.ts";
import { isSpread, type SpreadRelation } from "../spread/spread.ts";
import type { SqlEngine } from "../sql-engine.ts";
import { type About, addingUp } from "../watch.ts";
import { columnNamed } from "./facts.ts";
import { cellsSql, rowsSql } from "./panel-sql.ts";

/** One pass over a table, with the statement that gives its numbers. */
export interface StreamSql {
  readonly text: string;
  /** Numbers of each row, and what each row is. */
  readonly width: number;
  readonly unit: "person" | "row";
}

/** Nobody is left out here: to pick the others takes DuckDB longer than to add up all. */
function peopleStream(plan: PanelPlan, relation: SpreadRelation): StreamSql {
  const numbers = plan.cells.map((_, c) => `coalesce(r${c + 1}, 0)`);
  const text = `${cellsSql(plan, relation)}
select ${["cast(used as integer)", ...numbers].join(", ")}
from cells`;
  return { text, width: numbers.length + 1, unit: "person" };
}

function rowsStream(plan: PanelPlan, relation: Relation): StreamSql {
  const flags = Object.entries(ROW_FLAGS).map(([name, bit]) => `case when ${name} then ${bit} else 0 end`);
  const atoms = plan.atoms.map((_, a) => `coalesce(a${a}, 0)`);
  const text = `with ${rowsSql(plan, relation, true)}
select ${["person", `cast(${["place", ...flags].join(" + ")} as integer)`, ...atoms].join(", ")}
from panel`;
  return { text, width: atoms.length + 2, unit: "row" };
}

/**
 * The statement whose rows are added up as they come; undefined where the database has to group them itself: it is
 * elsewhere, or people have names that are no numbers.
 */
export function streamSql(engine: SqlEngine, plan: PanelPlan, relation: Relation): StreamSql | undefined {
  if (engine.numbers === undefined) return undefined;
  if (isSpread(relation)) return peopleStream(plan, relation);
  return columnNamed(relation, plan.person).kind === "number" ? rowsStream(plan, relation) : undefined;
}

async function addPeople(
  engine: Required<Pick<SqlEngine, "numbers">>,
  plan: PanelPlan,
  asked: Asked,
): Promise<AddedRows> {
  const adder = peopleAdder(plan);
  await engine.numbers(asked.text, asked.about, ([used, ...cells], count) => {
    adder.add({ count, used: used as Int32Array, cells: cells as Float64Array[] });
    return true;
  });
  return { patterns: adder.patterns(), repeated: 0, varying: [] };
}

interface Asked extends StreamSql {
  readonly about: About;
}

async function addRows(
  engine: Required<Pick<SqlEngine, "numbers">>,
  plan: PanelPlan,
  asked: Asked,
): Promise<AddedRows | undefined> {
  const adder = rowsAdder(plan);
  let isOrdered = true;
  await engine.numbers(asked.text, asked.about, ([person, flags, ...atoms], count) => {
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

/**
 * The sums of a plan in one pass without grouping: of people who have a row each, or of rows in the order of their people.
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
  const { numbers } = engine;
  if (sql === undefined || numbers === undefined) return undefined;
  const reader = { numbers: numbers.bind(engine) };
  const asked = { ...sql, about: addingUp(nrows) };
  return sql.unit === "person" ? addPeople(reader, plan, asked) : addRows(reader, plan, asked);
}
