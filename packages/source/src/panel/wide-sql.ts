import {
  isWide,
  personColumns,
  type WidePart,
  type WidePlan,
  type WideVariable,
} from "@longwave/stats/from-sums";
import type { Relation } from "../relation.ts";
import { isNamed, isSpread, presentAt, relationAt } from "../spread/spread.ts";
import { sqlNumber, sqlText } from "../sql.ts";
import { columnNamed, valueSql } from "./facts.ts";
import { triangleSql } from "./triangle.ts";

/** The statement that sums people by what they miss, and what its rows hold. */
export interface WideSql {
  readonly text: string;
  /** Columns with one value for each person, in the order of the counts of people who have several. */
  readonly constants: readonly string[];
  /** Numbers in each row of the result. */
  readonly width: number;
}

/** Names within the statement; a column of the data could have any. */
const personName = (c: number) => `p${c}`;
const answerName = (v: number) => `v${v}`;

/** One row for each person: the answers, the least and greatest value of what does not change, repeated waves. */
function peopleSql(plan: WidePlan, relation: Relation): string {
  const { request } = plan;
  const constants = personColumns(request).map((name) => valueSql(relation, name));
  const answers = plan.variables.flatMap((variable, v) =>
    variable.kind === "answer" ? [{ ...variable, v, sql: valueSql(relation, variable.column) }] : [],
  );
  if (isWide(request)) {
    const columns = [
      ...constants.flatMap((sql, c) => [`${sql} as ${personName(c)}`, `${sql} as ${personName(c)}_least`]),
      ...answers.map(({ v, sql }) => `${sql} as ${answerName(v)}`),
    ];
    return `select 0 as repeated, ${columns.join(",\n    ")} from ${relation.from}`;
  }
  if (isSpread(relation)) {
    const here = plan.waves.map((wave) => presentAt(relation, wave));
    const columns = [
      ...constants.flatMap((sql, c) => [`${sql} as ${personName(c)}`, `${sql} as ${personName(c)}_least`]),
      ...answers.map(({ wave, v, column }) => {
        const sql = valueSql(relationAt(relation, plan.waves[wave] ?? 0), column);
        return `case when ${here[wave]} then ${sql} end as ${answerName(v)}`;
      }),
    ];
    const people = isNamed(relation) ? ` and ${valueSql(relation, relation.spread.id)} is not null` : "";
    return `select 0 as repeated, ${columns.join(",\n    ")} from ${relation.from} where (${here.join(" or ")})${people}`;
  }
  const [who, when] = [valueSql(relation, request.id ?? ""), valueSql(relation, request.time ?? "")];
  const place = `case ${plan.waves.map((wave, at) => `when ${when} = ${sqlNumber(wave)} then ${at}`).join(" ")} end`;
  const read = [
    ...constants.map((sql, c) => `${sql} as ${personName(c)}`),
    ...request.series.map((column, s) => `${valueSql(relation, String(column))} as s${s}`),
  ];
  const columns = [
    ...constants.flatMap((_, c) => {
      const name = personName(c);
      return [`max(${name}) as ${name}`, `min(${name}) as ${name}_least`];
    }),
    ...answers.map(
      ({ series, wave, v }) => `max(case when place = ${wave} then s${series} end) as ${answerName(v)}`,
    ),
  ];
  return `select case when count(*) <> count(distinct place) then 1 else 0 end as repeated, count(*) as rows_here,
    ${columns.join(",\n    ")}
  from (select ${who} as person, ${place} as place, ${read.join(", ")} from ${relation.from}) as panel
  where person is not null group by person`;
}

function partSql({ column, level }: WidePart, { plan, relation }: WideWork): string {
  const name = personName(personColumns(plan.request).indexOf(column));
  if (level === null) return name;
  const value = columnNamed(relation, column).kind === "text" ? sqlText(level) : sqlNumber(Number(level));
  return `case when ${name} = ${value} then ${sqlNumber(1)} when ${name} is not null then ${sqlNumber(0)} end`;
}

interface WideWork {
  readonly plan: WidePlan;
  readonly relation: Relation;
}

function variableSql(variable: WideVariable, v: number, work: WideWork): string {
  const value =
    variable.kind === "answer"
      ? answerName(v)
      : variable.parts.map((part) => `(${partSql(part, work)})`).join(" * ");
  return `(${value}) - ${sqlNumber(variable.shift)}`;
}

function groupSql({ plan, relation }: WideWork): string {
  const { group } = plan.request;
  if (group === undefined) return "0";
  const name = personName(personColumns(plan.request).indexOf(group));
  const isText = columnNamed(relation, group).kind === "text";
  const cases = plan.groups.map(
    (label, g) => `when ${name} = ${isText ? sqlText(label) : sqlNumber(Number(label))} then ${g}`,
  );
  return `case ${cases.join(" ")} else -1 end`;
}

/** The covariates a person needs to have, all together one bit. */
function completeSql({ request }: WidePlan): string {
  const covariates = personColumns(request)
    .map((name, c) => ({ name, c }))
    .filter(({ name, c }) => name !== request.group || isCovariate(request, c));
  return covariates.length === 0
    ? "true"
    : covariates.map(({ c }) => `${personName(c)} is not null`).join(" and ");
}

/** The group comes last among the columns of a person unless it is a covariate too. */
function isCovariate({ group, ...rest }: WidePlan["request"], place: number): boolean {
  return group !== undefined && place < personColumns(rest).length;
}

/** The steps up to one row for each person: `cells`, with the group, what is known as bits, and the numbers d0, d1, ... */
function cellsSql(plan: WidePlan, relation: Relation, counted: readonly string[] = []): string {
  const work = { plan, relation };
  const answers = [...plan.variables.keys()].filter((v) => plan.variables[v]?.kind === "answer");
  const bits = answers.map((v, bit) => `case when ${answerName(v)} is null then 0 else ${2 ** bit} end`);
  const covariateBit = `case when ${completeSql(plan)} then ${2 ** answers.length} else 0 end`;
  const values = plan.variables.map((variable, v) => `${variableSql(variable, v, work)} as d${v}`);
  const differs = personColumns(plan.request).map(
    (_, c) => `case when ${personName(c)} <> ${personName(c)}_least then 1 else 0 end as c${c}`,
  );
  return `with people as (
  ${peopleSql(plan, relation)}
), cells as (
  select ${groupSql(work)} as grouped, ${[...bits, covariateBit].join(" + ")} as known, repeated,
    ${[...counted, ...differs, ...values].join(",\n    ")}
  from people
)`;
}

/**
 * One statement that sums people by their group and by what they miss; inside one row for each person, outside one for
 * each set of answers. The same text runs on DuckDB and PostgreSQL.
 */
export function wideSql(plan: WidePlan, relation: Relation): WideSql {
  const constants = personColumns(plan.request);
  const sums = triangleSql(plan.variables.map((_, v) => `d${v}`));
  const text = `${cellsSql(plan, relation)}
select grouped, known, count(*), sum(repeated), ${[...constants.map((_, c) => `sum(c${c})`), ...sums].join(", ")}
from cells group by grouped, known order by grouped, known desc`;
  return { text, constants, width: 4 + constants.length + sums.length };
}

/** The columns of a view of such sums, as a foreign table declares them. */
export const WIDE_VIEW_COLUMNS = [
  "grouped integer",
  "known bigint",
  "people bigint",
  "rows_here bigint",
  "repeated bigint",
  "differs bigint[]",
  "sums double precision[]",
] as const;

/** The same of long data as the body of a view of PostgreSQL: sums as arrays, since a table has at most 1,600 columns. */
export function wideViewSql(plan: WidePlan, relation: Relation): string {
  const differs = personColumns(plan.request).map((_, c) => `sum(c${c})`);
  const sums = triangleSql(plan.variables.map((_, v) => `d${v}`));
  return `${cellsSql(plan, relation, ["rows_here"])}
select cast(grouped as integer) as grouped, cast(known as bigint) as known, count(*) as people,
  cast(sum(rows_here) as bigint) as rows_here, cast(sum(repeated) as bigint) as repeated,
  cast(array[${differs.join(", ")}] as bigint[]) as differs,
  cast(array[${sums.join(", ")}] as double precision[]) as sums
from cells group by grouped, known`;
}

/** One row for each person: the group, what is known as bits, and every number. */
export function widePeopleSql(plan: WidePlan, relation: Relation): string {
  return `${cellsSql(plan, relation)}
select ${["grouped", "known", ...plan.variables.map((_, v) => `d${v}`)].join(", ")}
from cells`;
}
