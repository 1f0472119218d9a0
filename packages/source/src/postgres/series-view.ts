import {
  NeedsRows,
  personColumns,
  type WidePattern,
  type WidePlan,
  type WideSums,
} from "@longwave/stats/from-sums";
import { SourceError } from "../errors.ts";
import { type WideQuestion, type WideSummer, widePatternOf } from "../panel/wide-sums.ts";
import type { PostgresSession } from "./session.ts";
import { tableSql } from "./table-relation.ts";

/** A view of sums: its name in the database, and how a message names it. */
export interface NamedView {
  readonly view: string;
  readonly name: string;
}

/** A view is made before any estimate is known, and what the second round adds up depends on the estimates. */
export function oneRound(name: string): SourceError {
  return new SourceError(
    "source.one-round",
    `Expected a fit that one pass over people gives, from ${name}; found robust standard errors or another look at each person, which take a second pass with the estimates, and a view is made before these are known. Ask for --se model, or name the table (table=…) instead of the sums.`,
  );
}

/** One row of the view of one server. */
interface ShardRow {
  readonly group: number;
  readonly known: number;
  readonly people: number;
  readonly rows: number;
  readonly repeated: number;
  readonly differs: readonly number[];
  /** Null where nobody has the number. */
  readonly sums: readonly (number | null)[];
}

function readRow([group, known, people, rows, repeated, differs, sums]: readonly unknown[]): ShardRow {
  const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
  return {
    ...{ group: Number(group), known: Number(known), people: Number(people) },
    ...{ rows: Number(rows), repeated: Number(repeated), differs: list(differs).map(Number) },
    sums: list(sums).map((value) => (value === null ? null : Number(value))),
  };
}

function added(a: ShardRow, b: ShardRow): ShardRow {
  const sums = a.sums.map((value, at) => {
    const other = b.sums[at] ?? null;
    return value === null || other === null ? null : value + other;
  });
  return { ...a, people: a.people + b.people, sums };
}

/** People of one group who miss the same, of all servers in their order. */
function patternsOf(plan: WidePlan, rows: readonly ShardRow[]): readonly WidePattern[] {
  const merged = new Map<string, ShardRow>();
  for (const row of rows) {
    const key = `${row.group} ${row.known}`;
    const before = merged.get(key);
    merged.set(key, before === undefined ? row : added(before, row));
  }
  return [...merged.values()]
    .sort((a, b) => a.group - b.group || b.known - a.known)
    .map((row) => widePatternOf(plan, row, row.sums));
}

function checkTotals({ request }: WidePlan, rows: readonly ShardRow[]): void {
  const repeated = rows.reduce((sum, row) => sum + row.repeated, 0);
  if (repeated > 0) throw new NeedsRows(`${repeated} people with several rows at one "${request.time}"`);
  for (const [c, column] of personColumns(request).entries()) {
    const several = rows.reduce((sum, { differs }) => sum + (differs[c] ?? 0), 0);
    if (several > 0) throw new NeedsRows(`${several} people with several values of "${column}"`);
  }
}

function checkSame({ request }: WidePlan, { request: asked, where }: WideQuestion, view: string): void {
  const named = ({ series, id, time, group, covariates = [] }: WidePlan["request"]): string =>
    [
      `the series ${series.join(" and ")} by ${id} and ${time}`,
      ...(group === undefined ? [] : [`by group of ${group}`]),
      ...(covariates.length === 0 ? [] : [`with ${covariates.join(", ")}`]),
    ].join(", ");
  if (where === undefined && named(request) === named(asked)) return;
  throw new SourceError(
    "source.other-sums",
    `Expected what ${view} holds the sums of, ${named(request)}; found ${where === undefined ? named(asked) : `a condition (${where})`}. Ask for that, or run longwave shard series for this one.`,
  );
}

/** A view of the sums of series, asked as a table of rows would be. */
export function seriesView(session: PostgresSession, plan: WidePlan, { view, name }: NamedView): WideSummer {
  const sql = `select grouped, known, people, rows_here, repeated, differs, sums from ${tableSql(view)}`;
  const ask = async (): Promise<WideSums> => {
    const rows = (await session.rows(sql, { doing: "adding up on every server" })).map(readRow);
    checkTotals(plan, rows);
    const read = rows.reduce((sum, row) => sum + row.rows, 0);
    return { plan, rows: { read, used: read, droppedMissing: 0 }, patterns: patternsOf(plan, rows) };
  };
  const refuse = () => {
    throw oneRound(name);
  };
  return {
    async query(question) {
      checkSame(plan, question, view);
      const width = 5 + (plan.variables.length * (plan.variables.length + 3)) / 2;
      return { plan, sql, width, nrows: (await ask()).rows.read, isKept: false };
    },
    async sums(question) {
      checkSame(plan, question, view);
      return ask();
    },
    people: refuse,
    peopleQuery: refuse,
  };
}
