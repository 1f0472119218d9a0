import type { ColumnFacts, PanelAtom } from "@longwave/stats/from-sums";
import type { Database } from "../duckdb/database.ts";
import { atomSql } from "../panel/atom-sql.ts";
import { valueSql } from "../panel/facts.ts";
import { triangleOf, triangleSql } from "../panel/triangle.ts";
import { relationAt, type SpreadRelation } from "../spread/spread.ts";
import { sqlName } from "../sql.ts";
import type { KeptPattern, KeptSums, KeptVariable } from "./kept-sums.ts";

// What is kept has to stay a small part of the file, and of the time of making it.
const MOST_VARIABLES = 40;
const MOST_LEVELS = 12;
const MOST_SETS = 2_000;
const MOST_NUMBERS = 200_000;

const ADDING = { doing: "adding up the cube" } as const;

/** A variable with its SQL, and the bit that says whether its column is known. */
interface Summed extends KeptVariable {
  readonly sql: string;
  readonly bit: number;
}

function codesOf(facts: ColumnFacts): readonly PanelAtom["code"][] {
  if (facts.kind === "number") return [{ kind: "number", shift: facts.shift, scale: facts.scale }];
  return facts.levels.length > MOST_LEVELS
    ? []
    : facts.levels.map((level): PanelAtom["code"] => ({ kind: "level", level }));
}

/** Numbers of people and of waves, and the levels of what each person has one of. */
function variablesOf(relation: SpreadRelation): readonly Summed[] {
  const { spread, known } = relation;
  const found: Summed[] = [];
  let bit = 0;
  for (const [column, facts] of Object.entries(known?.columns ?? {})) {
    const isSeries = Object.hasOwn(spread.series, column);
    if (isSeries && facts.kind === "category") continue;
    const codes = codesOf(facts);
    for (const wave of isSeries ? spread.waves : [null]) {
      const value = valueSql(wave === null ? relation : relationAt(relation, wave), column);
      for (const code of codes) {
        const atom = { column, role: isSeries ? "varying" : "constant", code } as const;
        found.push({
          ...{ column, wave, bit, sql: atomSql(atom, relation, value) },
          level: code.kind === "level" ? code.level : null,
          ...(code.kind === "number" ? { shift: code.shift, scale: code.scale } : { shift: 0, scale: 1 }),
        });
      }
      bit += 1;
    }
  }
  return found;
}

/** One row for each person: the waves as bits, what is known as bits, and the numbers v0, v1, ... */
function peopleSql({ from, spread }: SpreadRelation, variables: readonly Summed[]): string {
  const bits = new Map(variables.map(({ bit }, v) => [bit, v]));
  const known = [...bits].map(([bit, v]) => `case when v${v} is null then 0 else ${2 ** bit} end`);
  return `with numbers as (
  select ${[`${sqlName(spread.mask ?? "")} as here`, ...variables.map(({ sql }, v) => `${sql} as v${v}`)].join(",\n    ")}
  from ${from}
), people as (
  select *, cast(${known.join(" + ")} as bigint) as known from numbers where here <> 0
)`;
}

function patternOf(variables: readonly Summed[], row: readonly unknown[]): KeptPattern {
  const [here, known, people, ...numbers] = row.map((value) => (value === null ? Number.NaN : Number(value)));
  const observed = [...variables.keys()].filter(
    (v) => Math.floor((known ?? 0) / 2 ** (variables[v]?.bit ?? 0)) % 2 === 1,
  );
  return { rows: here ?? 0, observed, people: people ?? 0, ...triangleOf(numbers, observed) };
}

/**
 * The sums of all pairs of a cube's numbers, by what people miss; null where they would be too many to keep, or one is
 * not finite.
 */
export async function keepSums(database: Database, relation: SpreadRelation): Promise<KeptSums | null> {
  const variables = variablesOf(relation);
  if (variables.length === 0 || variables.length > MOST_VARIABLES) return null;
  const people = peopleSql(relation, variables);
  const [[sets] = []] = await database.rows(
    `${people} select count(*) from (select distinct here, known from people) as sets`,
    ADDING,
  );
  const size = (variables.length * (variables.length + 3)) / 2;
  if (Number(sets) > MOST_SETS || Number(sets) * size > MOST_NUMBERS) return null;
  const sums = triangleSql(variables.map((_, v) => `v${v}`));
  const rows = await database.rows(
    `${people} select here, known, count(*), ${sums.join(", ")} from people group by here, known order by here, known`,
    ADDING,
  );
  const patterns = rows.map((row) => patternOf(variables, row));
  const hasAll = patterns.every(({ sum, products }) => [...sum, ...products].every(Number.isFinite));
  return hasAll
    ? { variables: variables.map(({ sql: _, bit: __, ...variable }) => variable), patterns }
    : null;
}
