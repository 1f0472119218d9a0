import { type PanelPlan, wavesBefore } from "@longwave/stats/from-sums";
import { isNamed, presentAt, relationAt, type SpreadRelation } from "../spread/spread.ts";
import { atomSql } from "./atom-sql.ts";
import { valueSql } from "./facts.ts";

/** The columns of a plan in a table with a row for each person, each under a name of its own at each wave. */
interface Named {
  readonly read: readonly string[];
  nameAt(column: string, place: number): string;
}

function namedColumns(plan: PanelPlan, relation: SpreadRelation): Named {
  const { series } = relation.spread;
  const names = [...new Set([...plan.required, ...plan.requiredBefore])];
  const nameAt = (column: string, place: number) =>
    Object.hasOwn(series, column) ? `c${names.indexOf(column)}_${place}` : `c${names.indexOf(column)}`;
  const read = names.flatMap((column) => {
    if (!Object.hasOwn(series, column)) return [`${valueSql(relation, column)} as ${nameAt(column, 0)}`];
    return plan.waves.map(
      (wave, place) => `${valueSql(relationAt(relation, wave), column)} as ${nameAt(column, place)}`,
    );
  });
  return { read, nameAt };
}

function sumOfBits(conditions: readonly string[]): string {
  return conditions
    .map((condition, place) => `case when ${condition} then ${2 ** place} else 0 end`)
    .join(" + ");
}

/** The atoms of each person: null at a wave whose row is not complete, or where there is none to be the wave before. */
function atomColumns(plan: PanelPlan, relation: SpreadRelation, { nameAt }: Named): string[] {
  const before = wavesBefore(plan);
  return plan.atoms.flatMap((atom, a) => {
    const at = (place: number) => atomSql(atom, relation, nameAt(atom.column, place));
    if (atom.role === "constant") return [`${at(0)} as a${a}`, `${at(0)} as b${a}`];
    return [...plan.waves.keys()].map((place) => {
      const from = atom.role === "lagged" ? (before[place] ?? -1) : place;
      if (from < 0) return `cast(null as double precision) as a${a}_${place}`;
      return `case when ${atom.role === "lagged" ? "h" : "k"}${from} then ${at(from)} end as a${a}_${place}`;
    });
  });
}

/** One row for each person, `wide`, of a table that has one already: nothing has to be grouped. */
export function peopleOfTable(plan: PanelPlan, relation: SpreadRelation): string {
  const { spread, known } = relation;
  const columns = namedColumns(plan, relation);
  const places = [...plan.waves.keys()];
  const here = plan.waves.map((wave, place) => `${presentAt(relation, wave)} as h${place}`);
  const observed = (names: readonly string[], place: number) =>
    [`h${place}`, ...names.map((name) => `${columns.nameAt(name, place)} is not null`)].join(" and ");
  const complete = places.map((place) => `(${observed(plan.required, place)}) as k${place}`);
  const was = sumOfBits(places.map((place) => observed(plan.requiredBefore, place)));
  const who = valueSql(relation, spread.id);
  // A cube says that nobody is without a name.
  const people = isNamed(relation) && known === undefined ? ` where ${who} is not null` : "";
  return `data as (
  select ${[`${who} as person`, ...here, ...columns.read].join(",\n    ")}
  from ${relation.from}${people}
), seen as (
  select *, ${complete.join(",\n    ")} from data
), wide as (
  select person, ${sumOfBits(places.map((place) => `k${place}`))} as complete_at,
    ${plan.requiredBefore.length === 0 ? "0" : was} as was_at, 0 as repeated,
    ${places.map((place) => `case when h${place} then 1 else 0 end`).join(" + ")} as here,
    ${atomColumns(plan, relation, columns).join(",\n    ")}
  from seen
)`;
}
