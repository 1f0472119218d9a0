import { SourceError } from "../errors.ts";
import { nearestName } from "../nearest-name.ts";
import type { Relation } from "../relation.ts";
import { requestedColumns } from "../request.ts";
import type { Spread, SpreadRelation } from "./spread.ts";

/** One series of wide data: its name, and its columns wave by wave; without columns those called NAME_NUMBER. */
export interface WideSeries {
  readonly name: string;
  /** Empty text for a wave at which it was not asked. */
  readonly columns?: readonly string[];
}

/** How a table with one row for each person is to be read. */
export interface WideWords {
  readonly series: readonly WideSeries[];
  /** The waves of listed columns; by default the numbers their names end in, else 1, 2, 3, ... */
  readonly waves?: readonly number[];
  /** The column that names the person; where there is none, every row is a person. */
  readonly id: string;
  /** What formulas call the wave. */
  readonly time: string;
}

// What follows the name of a series: pain_3, pain.3, pain3, pain_w3, pain_-1, pain_1.5
const WAVE = /^(?:[_.]?w?|[_.](?=-))(-?\d+(?:\.\d+)?)$/;
const NUMBER_AT_END = /(?:(?<=[_.])-)?\d+(?:\.\d+)?$/;

function refuse(expected: string, found: string, fix: string): SourceError {
  return new SourceError("source.wide", `Expected ${expected}; found ${found}. ${fix}`);
}

function numberAtEnd(column: string): number | undefined {
  const [number] = NUMBER_AT_END.exec(column) ?? [];
  return number === undefined ? undefined : Number(number);
}

/** The columns that a series has by their names: `pain_0`, `pain_3`; their waves are the numbers. */
function byName(name: string, { columns, name: table }: Relation): Map<number, string> {
  const found = new Map<number, string>();
  for (const { name: column } of columns) {
    const wave = column.startsWith(name) ? WAVE.exec(column.slice(name.length))?.[1] : undefined;
    if (wave === undefined) continue;
    const twice = found.get(Number(wave));
    if (twice !== undefined)
      throw refuse(
        `one column of "${name}" for each wave in ${table}`,
        `${twice} and ${column}`,
        `List those you mean: ${name}=${twice},…`,
      );
    found.set(Number(wave), column);
  }
  if (found.size > 1) return found;
  const stems = columns.map((column) => column.name.replace(/[_.]?w?-?\d+(?:\.\d+)?$/, ""));
  const nearest = nearestName(name, stems);
  throw refuse(
    `columns called ${name} and a number, such as ${name}_1 and ${name}_2, in ${table}`,
    found.size === 1 ? `only ${[...found.values()][0]}` : "none",
    `${nearest === undefined ? "" : `Did you mean "${nearest}"? `}List the columns wave by wave: ${name}=COLUMN,COLUMN,…`,
  );
}

/** The columns of a series that were listed, by wave. */
function byList({ name, columns = [] }: WideSeries, waves: readonly number[] | undefined) {
  const numbers = columns.map(numberAtEnd);
  const ownNumbers = numbers.every((number) => number !== undefined) ? (numbers as number[]) : undefined;
  const at = waves ?? ownNumbers ?? columns.map((_, place) => place + 1);
  if (at.length !== columns.length || columns.length < 2)
    throw refuse(
      `a column of "${name}" for each of ${waves === undefined ? "at least two waves" : `the waves ${waves.join(", ")}`}`,
      `${columns.length}: ${columns.join(", ")}`,
      "Leave a place empty (a,,c) for a wave at which it was not asked.",
    );
  if (new Set(at).size !== at.length)
    throw refuse(
      `different waves for the columns of "${name}"`,
      at.join(", "),
      "Name the waves: --waves 0,3,6.",
    );
  return new Map(
    at.map((wave, place) => [wave, columns[place] ?? ""]).filter(([, column]) => column !== "") as [
      number,
      string,
    ][],
  );
}

/** What a series is, numbers or text at all its waves, and its columns; one that is empty says nothing of that. */
function seriesOf(
  name: string,
  at: ReadonlyMap<number, string>,
  relation: Relation,
  waves: readonly number[],
) {
  const columns = waves.map((wave) => {
    const column = at.get(wave);
    if (column === undefined) return null;
    const [stored] = requestedColumns(relation.name, relation.columns, { columns: [column] });
    return (stored?.missing ?? 0) < relation.nrows ? (stored ?? null) : null;
  });
  const asked = columns.filter((column) => column !== null);
  const [first] = asked;
  const other = asked.find(({ kind }) => kind !== first?.kind);
  if (other !== undefined)
    throw refuse(
      `one kind of values at all waves of "${name}" in ${relation.name}`,
      `${first?.kind} in ${first?.name} and ${other.kind} in ${other.name}`,
      "Write both in the same way, or leave one out.",
    );
  const mixed = asked.find((column) => column.mixed !== undefined)?.mixed;
  const kind = first?.kind ?? "number";
  const described = { name, kind, sql: "null", ...(mixed === undefined ? {} : { mixed }) };
  return { described, columns: columns.map((column) => column?.name ?? null) };
}

function checkNames({ series, id, time }: WideWords, relation: Relation, taken: ReadonlySet<string>): void {
  const own = relation.columns.map(({ name }) => name).filter((name) => !taken.has(name));
  const names = [time, ...series.map(({ name }) => name), ...own, ...(own.includes(id) ? [] : [id])];
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice === undefined) return;
  throw refuse(
    `each name once in wide data of ${relation.name}`,
    `"${twice}" as a column and as ${twice === time ? "the wave" : "a series"}`,
    twice === time ? "Say what the wave is called: --time NAME." : "Rename one of them.",
  );
}

/**
 * A table with one row for each person as one that stands for a row for each person and wave.
 *
 * @throws SourceError `source.wide` where names and waves do not fit, `source.unknown-column`
 */
export function spreadRelation(relation: Relation, words: WideWords): SpreadRelation {
  const found = words.series.map((series) => ({
    name: series.name,
    at: series.columns === undefined ? byName(series.name, relation) : byList(series, words.waves),
  }));
  const seen = new Set(found.flatMap(({ at }) => [...at.keys()]));
  const waves = [...(words.waves ?? seen)].sort((a, b) => a - b);
  const all = found.map(({ name, at }) => seriesOf(name, at, relation, waves));
  const taken = new Set(found.flatMap(({ at }) => [...at.values()]));
  checkNames(words, relation, taken);
  const own = relation.columns.filter(({ name }) => !taken.has(name));
  const named = own.some(({ name }) => name === words.id);
  const series: Spread["series"] = Object.fromEntries(
    all.map(({ described, columns }) => [described.name, columns]),
  );
  const number = {
    kind: "number",
    missing: 0,
    sql: "cast(row_number() over () as double precision)",
  } as const;
  return {
    ...relation,
    stored: relation.columns,
    columns: [
      ...(named ? [] : [{ name: words.id, ...number }]),
      { name: words.time, ...number },
      ...own,
      ...all.map(({ described }) => described),
    ],
    spread: { id: words.id, time: words.time, waves, series, mask: null },
  };
}
