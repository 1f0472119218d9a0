import type { Relation } from "../relation.ts";
import type { SqlEngine } from "../sql-engine.ts";
import { columnNamed, valueSql } from "./facts.ts";

const EXAMPLES = 3;

/** Some of the people and waves that have several rows, in brackets, with what can be done about them. */
export async function duplicateExamples(
  engine: SqlEngine,
  relation: Relation,
  { id, time }: { readonly id: string; readonly time: string },
): Promise<string> {
  const [who, when] = [valueSql(relation, id), valueSql(relation, time)];
  const rows = await engine.rows(
    `select ${who}, ${when}, count(*) from ${relation.from} where ${who} is not null and ${when} is not null
     group by 1, 2 having count(*) > 1 order by 1, 2 limit ${EXAMPLES}`,
  );
  const examples = rows.map(
    ([person, wave, count]) => `${id} = ${person} at ${time} = ${wave} has ${count} rows`,
  );
  return ` (${examples.join(", ")}; --on-duplicate first or last keeps one)`;
}

/** Pairs of texts in a column that differ only in capitals; empty for a column of numbers. */
export async function alikeTexts(engine: SqlEngine, relation: Relation, name: string): Promise<string[]> {
  if (columnNamed(relation, name).kind !== "text") return [];
  const lower = engine.dialect === "postgres" ? 'lower(v collate "default")' : "lower(v)";
  const rows = await engine.rows(
    `select min(v), max(v) from (select distinct ${valueSql(relation, name)} as v from ${relation.from}) as seen
     where v is not null group by ${lower} having count(*) > 1 order by 1 limit ${EXAMPLES}`,
  );
  return rows.map(([one, other]) => `${one} and ${other}`);
}
