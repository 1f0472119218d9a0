import { type PanelCell, type PanelPlan, wavesBefore } from "@longwave/stats/from-sums";
import type { Relation } from "../relation.ts";
import { isSpread } from "../spread/spread.ts";
import { sqlName, sqlNumber } from "../sql.ts";
import { atomSql } from "./atom-sql.ts";
import { valueSql } from "./facts.ts";
import { peopleOfTable } from "./people-sql.ts";

/** The columns of the result before its products: which waves, how many people, repeated rows, columns that vary. */
export interface PanelSql {
  readonly text: string;
  /** Columns taken as one value a person, in the order of their counts in the result. */
  readonly constants: readonly string[];
  /** Numbers in each row of the result; there is one row for each set of waves. */
  readonly width: number;
}

function allObserved(columns: readonly string[]): string {
  if (columns.length === 0) return "true";
  return columns.map((name) => `${sqlName(name)} is not null`).join(" and ");
}

/** The place of a row's wave: looked for, or counted where every row is known to be at one of whole waves in turn. */
function placeSql(plan: PanelPlan, isKnown: boolean): string {
  const sql = sqlName(plan.time);
  const [first = 0] = plan.waves;
  const inTurn = plan.waves.every((wave, place) => Number.isInteger(wave) && wave === first + place);
  if (isKnown && inTurn) return `cast(${sql} - ${sqlNumber(first)} as integer)`;
  const cases = plan.waves.map((wave, place) => `when ${sql} = ${sqlNumber(wave)} then ${place}`);
  return `case ${cases.join(" ")} end`;
}

/** The columns that the plan reads, as numbers and texts, each under its own name. */
function readSql(plan: PanelPlan, relation: Relation): string {
  const wanted = [plan.person, plan.time, ...plan.required, ...plan.requiredBefore];
  const columns = [...new Set(wanted)].map((name) => `${valueSql(relation, name)} as ${sqlName(name)}`);
  return `select ${columns.join(", ")} from ${relation.from}`;
}

/** One row of the data as the sums see it: whose, at which wave, whether complete, and what it gives. */
function panelRowsSql(plan: PanelPlan, relation: Relation, isKnown: boolean): string {
  const atoms = plan.atoms.map((atom, a) => `${atomSql(atom, relation, sqlName(atom.column))} as a${a}`);
  return `select ${sqlName(plan.person)} as person, ${placeSql(plan, isKnown)} as place,
    (${allObserved(plan.required)}) as complete, (${allObserved(plan.requiredBefore)}) as was,
    ${atoms.join(",\n    ")}
  from data where ${sqlName(plan.person)} is not null`;
}

function wideAtoms(plan: PanelPlan): string[] {
  const before = wavesBefore(plan);
  return plan.atoms.flatMap(({ role }, a) => {
    if (role === "constant") {
      return [
        `max(case when complete then a${a} end) as a${a}`,
        `min(case when complete then a${a} end) as b${a}`,
      ];
    }
    return [...plan.waves.keys()].map((wave) => {
      const place = role === "lagged" ? before[wave] : wave;
      return `max(case when place = ${place}${role === "lagged" ? "" : " and complete"} then a${a} end) as a${a}_${wave}`;
    });
  });
}

/**
 * The steps up to one row for each person and wave: `panel`.
 *
 * @param isKnown  true where the plan's waves are those of these very rows: a view may meet others later.
 */
export function rowsSql(plan: PanelPlan, relation: Relation, isKnown: boolean): string {
  return `data as (
  ${readSql(plan, relation)}
), panel as (
  ${panelRowsSql(plan, relation, isKnown)}
)`;
}

/** One row for each person, out of a row for each wave. */
function peopleOfRows(plan: PanelPlan, relation: Relation): string {
  const seen = bitsOf("place is not null");
  return `${rowsSql(plan, relation, false)}, wide as (
  select person, count(*) as here, ${bitsOf("complete")} as complete_at, ${bitsOf("was")} as was_at,
    case when sum(1 << place) <> ${seen} then 1 else 0 end as repeated,
    ${wideAtoms(plan).join(",\n    ")}
  from panel group by person
)`;
}

function bitsOf(condition: string): string {
  return `coalesce(bit_or(case when ${condition} then 1 << place else 0 end), 0)`;
}

/** The waves used: those with a complete row and, where something is lagged, one at the wave before. */
function usedSql(plan: PanelPlan): string {
  if (plan.requiredBefore.length === 0) return "complete_at";
  const steps = wavesBefore(plan).reduce((mask, place) => (place < 0 ? mask : mask + 2 ** place), 0);
  return `complete_at & ((was_at & ${steps}) << 1)`;
}

function cellSql(plan: PanelPlan, { atoms, wave }: PanelCell): string {
  return atoms.map((a) => (plan.atoms[a]?.role === "constant" ? `a${a}` : `a${a}_${wave}`)).join(" * ");
}

function constantAtoms({ atoms }: PanelPlan): number[] {
  return [...atoms.keys()].filter((a) => atoms[a]?.role === "constant");
}

/** The steps up to one row for each person: `cells`, with the waves used as bits and the numbers r1, r2, ... */
export function cellsSql(plan: PanelPlan, relation: Relation): string {
  const cells = plan.cells.map((cell, c) => `${cellSql(plan, cell)} as r${c + 1}`);
  const people = isSpread(relation) ? peopleOfTable(plan, relation) : peopleOfRows(plan, relation);
  return `with ${people}, cells as (
  select person, ${usedSql(plan)} as used, here, repeated, ${sqlNumber(1)} as one,
    ${[...constantAtoms(plan).flatMap((a) => [`a${a}`, `b${a}`]), ...cells].join(", ")}
  from wide
)`;
}

/** What both statements add up over people. */
interface Parts {
  readonly constants: readonly string[];
  readonly differs: readonly string[];
  readonly products: readonly string[];
}

function partsOf(plan: PanelPlan): Parts {
  const names = ["one", ...plan.cells.map((_, c) => `r${c + 1}`)];
  const products = names.flatMap((left, j) =>
    names.slice(j).map((right) => `sum(${left === "one" ? right : `${left} * ${right}`})`),
  );
  const atoms = constantAtoms(plan);
  const constants = [...new Set(atoms.map((a) => plan.atoms[a]?.column ?? ""))];
  const differs = constants.map((column) => {
    const own = atoms.filter((a) => plan.atoms[a]?.column === column);
    return `sum(case when ${own.map((a) => `a${a} <> b${a}`).join(" or ")} then 1 else 0 end)`;
  });
  return { constants, differs, products };
}

/**
 * One statement that sums a plan over a table with one row for each person and wave, or for each person.
 *
 * Inside, one row for each person; outside, one row for each set of waves, so that what comes back has the same
 * size whatever the number of people. The same text runs on DuckDB and PostgreSQL.
 */
export function panelSql(plan: PanelPlan, relation: Relation): PanelSql {
  const { constants, differs, products } = partsOf(plan);
  const text = `${cellsSql(plan, relation)}
select used, count(*), sum(repeated)${differs.map((each) => `, ${each}`).join("")},
  ${products.join(", ")}
from cells group by used order by used`;
  return { text, constants, width: 3 + constants.length + products.length };
}

/** The columns of a view of sums with their types, as a foreign table of it has them. */
export const VIEW_COLUMNS = [
  "used bigint",
  "people bigint",
  "rows_here bigint",
  "repeated bigint",
  "differs bigint[]",
  "products double precision[]",
] as const;

/** The same as the body of a view of PostgreSQL: sums as arrays, since a table has at most 1,600 columns. */
export function panelViewSql(plan: PanelPlan, relation: Relation): string {
  const { differs, products } = partsOf(plan);
  return `${cellsSql(plan, relation)}
select cast(used as bigint) as used, count(*) as people, cast(sum(here) as bigint) as rows_here,
  cast(sum(repeated) as bigint) as repeated, cast(array[${differs.join(", ")}] as bigint[]) as differs,
  cast(array[${products.join(", ")}] as double precision[]) as products
from cells group by used`;
}

/** One row for each person who is seen at some wave: the waves as bits, the name where it is asked for, and r. */
export function peopleSql(plan: PanelPlan, relation: Relation, named: boolean): string {
  const numbers = plan.cells.map((_, c) => `coalesce(r${c + 1}, 0)`);
  return `${cellsSql(plan, relation)}
select ${["used", ...(named ? ["person"] : []), ...numbers].join(", ")}
from cells where used <> 0`;
}
