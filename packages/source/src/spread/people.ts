import { SourceError } from "../errors.ts";
import { observedSql, type Relation } from "../relation.ts";
import type { SqlEngine } from "../sql-engine.ts";
import { presentAt, type SpreadRelation } from "./spread.ts";

const EXAMPLES = 3;

/**
 * Refuses a table in which a person has several rows: each row should be a person.
 *
 * @throws SourceError `source.wide`
 */
export async function checkPeople(engine: SqlEngine, relation: Relation, id: string): Promise<void> {
  const column = relation.columns.find(({ name }) => name === id);
  if (column === undefined) return;
  const who = observedSql(column);
  const [[rows, people] = []] = await engine.rows(
    `select count(${who}), count(distinct ${who}) from ${relation.from}`,
  );
  if (Number(rows) === Number(people)) return;
  const examples = await engine.rows(
    `select ${who}, count(*) from ${relation.from} where ${who} is not null group by 1 having count(*) > 1 order by 1 limit ${EXAMPLES}`,
  );
  const shown = examples.map(([person, count]) => `${id} = ${person} has ${count}`).join(", ");
  throw new SourceError(
    "source.wide",
    `Expected one row for each person in wide data of ${relation.name}; found several (${shown}). Keep one of them, or leave out --wide if the data have a row for each wave.`,
  );
}

/** How many rows the table would have, turned long; `ofPeople` leaves out those that name no person. */
export async function countLong(
  engine: SqlEngine,
  relation: SpreadRelation,
  { ofPeople }: { readonly ofPeople: boolean },
): Promise<number> {
  if (relation.known !== undefined && relation.kept === undefined) return relation.known.nrows;
  const here = relation.spread.waves.map(
    (wave) => `case when ${presentAt(relation, wave)} then 1 else 0 end`,
  );
  const id = relation.stored.find(({ name }) => name === relation.spread.id);
  const named = ofPeople && id !== undefined ? ` where ${observedSql(id)} is not null` : "";
  const [[rows] = []] = await engine.rows(`select sum(${here.join(" + ")}) from ${relation.from}${named}`);
  return Number(rows ?? 0);
}
