import type { ScoreForm } from "@longwave/stats/from-sums";
import type { Relation } from "../relation.ts";
import { cellsSql } from "./panel-sql.ts";

/** A statement that adds up the scores of everybody: one row comes back. */
export interface ScoreSql {
  readonly text: string;
  /** Numbers of that row. */
  readonly width: number;
}

// PostgreSQL returns at most 1,664 columns, and takes a statement of some hundred megabytes at most.
const MOST_COLUMNS = 1600;
const MOST_WEIGHTS = 2_000_000;

/** The weights that differ between sets of waves, each with its place in the list `w` of a set. */
interface Slots {
  /** A weight: the number that it is everywhere, null for zero, or else its place in `w` as SQL. */
  weight(factor: number, place: number): number | string | null;
  readonly lists: readonly (readonly number[])[];
}

function slotsOf({ plan, factors, patterns }: ScoreForm): Slots {
  const lists: number[][] = patterns.map(() => []);
  // The cells of a wave that does not count are null, except where a lag asks for the wave before.
  const isEmptyElsewhere = plan.requiredBefore.length === 0;
  return {
    lists,
    weight(factor, place) {
      const wave = plan.cells[place - 1]?.wave ?? null;
      const values = patterns.map(({ waves, weights }) => {
        const own = weights[factor];
        const isFree =
          (own === null && factors[factor]?.isFree) ||
          (isEmptyElsewhere && wave !== null && !waves.includes(wave));
        return isFree ? null : (own?.[place] ?? 0);
      });
      const known = values.filter((value) => value !== null);
      const [first = 0] = known;
      if (known.every((value) => value === first)) return first === 0 ? null : first;
      lists.forEach((list, pattern) => {
        list.push(values[pattern] ?? 0);
      });
      return `w[${lists[0]?.length ?? 0}]`;
    },
  };
}

/** A number to the last bit, read as a double by both databases; one that only a fit gives is not shown. */
function literal(value: number): string {
  if (Number.isNaN(value)) return "…";
  const text = String(value);
  return text.includes("e") ? text : `${text}e0`;
}

/** A factor as SQL; a number where it is one for everybody. */
type FactorSql = { readonly number: number } | { readonly text: string };

function factorSql(form: ScoreForm, slots: Slots, factor: number): FactorSql {
  const weights = [...Array(form.plan.cells.length + 1).keys()].flatMap((place) => {
    const weight = slots.weight(factor, place);
    return weight === null ? [] : [{ weight, place }];
  });
  const [first] = weights;
  if (first === undefined) return { number: 0 };
  if (weights.length === 1 && first.place === 0 && typeof first.weight === "number")
    return { number: first.weight };
  const terms = weights.map(({ weight, place }) => {
    const sql = typeof weight === "number" ? literal(weight) : weight;
    return place === 0 ? sql : sql === "1e0" ? `r${place}` : `${sql} * r${place}`;
  });
  return { text: terms.join(" + ") };
}

/** A score as SQL: products with a factor that is a number are written out. */
function scoreSql({ products }: ScoreForm, factors: readonly FactorSql[], score: number): string {
  const own = products.filter((product) => product.score === score);
  const terms = own.flatMap(({ left, right, factor }) => {
    let number = factor;
    const names: string[] = [];
    for (const f of [left, ...(right === null ? [] : [right])]) {
      const sql = factors[f];
      if (sql !== undefined && "number" in sql) number *= sql.number;
      else names.push(`f${f}`);
    }
    if (number === 0) return [];
    return [[...(number === 1 && names.length > 0 ? [] : [literal(number)]), ...names].join(" * ")];
  });
  return terms.length === 0 ? "0e0" : terms.join(" + ");
}

function weightsSql({ patterns }: ScoreForm, { lists }: Slots): string {
  return patterns
    .map(({ waves }, pattern) => {
      const used = waves.reduce((mask, wave) => mask + 2 ** wave, 0);
      const list = lists[pattern]?.map(literal).join(", ") ?? "";
      return `  (${used}, cast(array[${list === "" ? "0e0" : list}] as double precision[]))`;
    })
    .join(",\n");
}

/**
 * One statement that adds up the scores of a form over a table with one row for each person and wave, and their
 * products: the same text on DuckDB and PostgreSQL.
 *
 * Each step is behind `offset 0`, without which PostgreSQL would write a step out wherever the next one names it.
 *
 * @returns null for more scores or sets of waves than a statement takes.
 */
export function scoreStatement(form: ScoreForm, relation: Relation): ScoreSql | null {
  const slots = slotsOf(form);
  return statement(form, slots, relation, () => weightsSql(form, slots));
}

/** The statement of a form that is an outline: readable, and not to be run. */
export function outlinedStatement(form: ScoreForm, relation: Relation): ScoreSql | null {
  const slots = slotsOf(form);
  const shown = () =>
    `  (…, …) -- for each set of waves: its bits, and the ${slots.lists[0]?.length ?? 0} weights that the fit gives`;
  return statement(form, slots, relation, shown);
}

function statement(
  form: ScoreForm,
  slots: Slots,
  relation: Relation,
  weights: () => string,
): ScoreSql | null {
  const { plan, length, patterns } = form;
  const factors = form.factors.map((_, f) => factorSql(form, slots, f));
  const named = factors.flatMap((sql, f) => ("text" in sql ? [`${sql.text} as f${f}`] : []));
  const width = 1 + length + (length * (length + 1)) / 2;
  const nweights = patterns.length * (slots.lists[0]?.length ?? 0);
  if (Math.max(width, named.length) > MOST_COLUMNS || nweights > MOST_WEIGHTS) return null;
  const known = plan.cells.map((_, c) => `coalesce(r${c + 1}, 0) as r${c + 1}`);
  const scores = Array.from({ length }, (_, s) => s);
  const sums = [
    ...scores.map((s) => `sum(s${s})`),
    ...scores.flatMap((s) => scores.slice(s).map((t) => `sum(s${s} * s${t})`)),
  ];
  const text = `${cellsSql(plan, relation)}, weights (used, w) as (values
${weights()}
), known as (
  select w, ${known.join(", ")}
  from cells join weights on weights.used = cells.used offset 0
), factors as (
  select ${named.join(",\n    ")}
  from known offset 0
), scores as (
  select ${scores.map((s) => `${scoreSql(form, factors, s)} as s${s}`).join(",\n    ")}
  from factors offset 0
)
select count(*), ${sums.join(", ")}
from scores`;
  return { text, width };
}
