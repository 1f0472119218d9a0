import {
  askedOfWide,
  isWide,
  NeedsRows,
  type WidePattern,
  type WidePeople,
  type WidePlan,
  type WideRequest,
  type WideSums,
  widePlan,
} from "@longwave/stats/from-sums";
import { wideFromKept } from "../cube/from-kept.ts";
import type { Relation } from "../relation.ts";
import type { RowChoice } from "../source.ts";
import { countLong } from "../spread/people.ts";
import { isSpread, keptSumsOf } from "../spread/spread.ts";
import type { SqlEngine } from "../sql-engine.ts";
import { addingUp } from "../watch.ts";
import { duplicateExamples } from "./duplicates.ts";
import { type KnownPanel, panelFacts, valueSql, wideFacts } from "./facts.ts";
import { EACH, type PeopleQuery } from "./panel-sums.ts";
import { triangleOf } from "./triangle.ts";
import { chosenRelation } from "./where-sql.ts";
import { type WideSql, widePeopleSql, wideSql } from "./wide-sql.ts";

/** Which series are to be summed, of which rows. */
export interface WideQuestion extends RowChoice {
  readonly request: WideRequest;
}

/** How a source would sum series: what it sums, and the statement that does. */
export interface WideQuery {
  readonly plan: WidePlan;
  readonly sql: string;
  /** Numbers that come back for each set of answers. */
  readonly width: number;
  readonly nrows: number;
  /** True where the table keeps these sums, so that the statement need not be run. */
  readonly isKept: boolean;
}

/** Sums people by what they miss, where the rows are. */
export interface WideSummer {
  query(question: WideQuestion): Promise<WideQuery>;
  sums(question: WideQuestion): Promise<WideSums>;
  /** Each person's numbers by the plan of the sums of the same question, some people at a time. */
  people(question: WideQuestion, plan: WidePlan, take: (people: WidePeople) => void): Promise<void>;
  /** The statement that gives them, and how many people there are. */
  peopleQuery(question: WideQuestion, plan: WidePlan): Promise<PeopleQuery>;
}

interface Work extends KnownPanel {
  readonly plan: WidePlan;
  readonly relation: Relation;
  readonly sql: WideSql;
}

async function knownOf(engine: SqlEngine, relation: Relation, request: WideRequest): Promise<KnownPanel> {
  const asked = askedOfWide(request);
  if (isWide(request)) return wideFacts(engine, relation, asked);
  const { id, time } = request;
  if (id === undefined || time === undefined) throw new NeedsRows("no column for the person or for the wave");
  return panelFacts(engine, relation, { person: id, time, asked });
}

async function begin(engine: SqlEngine, whole: Relation, question: WideQuestion): Promise<Work> {
  const { request } = question;
  const relation = chosenRelation(whole, question, engine.dialect);
  const known = await knownOf(engine, relation, request);
  const plan = widePlan(request, known.facts);
  return { ...known, plan, relation, sql: wideSql(plan, relation) };
}

/** Rows of a person beyond the first, where each row should be a person. */
async function repeatedPeople(engine: SqlEngine, relation: Relation, { id }: WideRequest): Promise<number> {
  if (id === undefined) return 0;
  const who = valueSql(relation, id);
  const [[rows, people] = []] = await engine.rows(
    `select count(${who}), count(distinct ${who}) from ${relation.from}`,
  );
  return Number(rows) - Number(people);
}

/** The bit of a variable: each answer has one, the covariates one together. */
function isKnown(known: number, v: number, answers: number): boolean {
  return Math.floor(known / 2 ** Math.min(v, answers)) % 2 === 1;
}

function peopleOf(rows: readonly (readonly unknown[])[], { variables }: WidePlan): WidePeople {
  const answers = variables.filter(({ kind }) => kind === "answer").length;
  const groups = new Int32Array(rows.length);
  const values = new Float64Array(rows.length * variables.length).fill(Number.NaN);
  for (const [i, [group, known, ...numbers]] of rows.entries()) {
    groups[i] = Number(group);
    for (const [v, value] of numbers.entries()) {
      if (isKnown(Number(known), v, answers)) values[i * variables.length + v] = value as number;
    }
  }
  return { count: rows.length, groups, values };
}

/** People of one group who miss the same, and the sums of their numbers as `triangleSql` orders them. */
export function widePatternOf(
  plan: WidePlan,
  { group, known, people }: { readonly group: number; readonly known: number; readonly people: number },
  sums: readonly unknown[],
): WidePattern {
  const numbers = sums.map((value) => (value === null ? Number.NaN : Number(value)));
  const answers = plan.variables.filter(({ kind }) => kind === "answer").length;
  const observed = [...plan.variables.keys()].filter((v) => isKnown(known, v, answers));
  return { group, people, observed, ...triangleOf(numbers, observed) };
}

/** What a cube keeps of a plan. */
async function keptPatterns(relation: Relation, plan: WidePlan): Promise<readonly WidePattern[] | null> {
  const kept = isWide(plan.request) ? null : await keptSumsOf(relation);
  return kept === null ? null : wideFromKept(kept, plan);
}

async function checkTotals(
  engine: SqlEngine,
  { relation, plan, sql: { constants } }: Work,
  rows: readonly (readonly unknown[])[],
): Promise<void> {
  const total = (column: number) => rows.reduce((sum, row) => sum + Number(row[column]), 0);
  const repeated = total(3);
  if (repeated > 0) {
    const { id = "", time = "" } = plan.request;
    const examples = await duplicateExamples(engine, relation, { id, time });
    throw new NeedsRows(`${repeated} people with several rows at one "${time}"${examples}`);
  }
  for (const [c, name] of constants.entries()) {
    const several = total(4 + c);
    if (several > 0) throw new NeedsRows(`${several} people with several values of "${name}"`);
  }
}

/** The rows that belong to a person at a wave. */
async function usedRows(engine: SqlEngine, { relation, plan, nrows }: Work): Promise<number> {
  if (isWide(plan.request)) return nrows;
  if (isSpread(relation)) return countLong(engine, relation, { ofPeople: true });
  const who = valueSql(relation, plan.request.id ?? "");
  const [[used] = []] = await engine.rows(`select count(${who}) from ${relation.from}`);
  return Number(used);
}

/**
 * The sums of a relation with one row for each person and wave, or one for each person.
 *
 * @throws StatsError `sums.needs-rows` for series or a table that cannot be summed this way.
 */
export function wideSummer(engine: SqlEngine, whole: Relation): WideSummer {
  return {
    async query(question) {
      const { plan, relation, sql, nrows } = await begin(engine, whole, question);
      const isKept = (await keptPatterns(relation, plan)) !== null;
      return { plan, sql: sql.text, width: sql.width, nrows, isKept };
    },
    people(question, plan, take) {
      const kept = chosenRelation(whole, question, engine.dialect);
      return engine.each(widePeopleSql(plan, kept), EACH, (rows) => {
        take(peopleOf(rows, plan));
      });
    },
    async peopleQuery(question, plan) {
      const kept = chosenRelation(whole, question, engine.dialect);
      const { id = "" } = plan.request;
      const people = isWide(plan.request) ? "count(*)" : `count(distinct ${valueSql(kept, id)})`;
      const [[count] = []] = await engine.rows(`select ${people} from ${kept.from}`);
      return { sql: widePeopleSql(plan, kept), people: Number(count), width: plan.variables.length + 2 };
    },
    async sums(question) {
      const work = await begin(engine, whole, question);
      const { plan, relation, sql, nrows } = work;
      const kept = await keptPatterns(relation, plan);
      if (kept !== null)
        return { plan, rows: { read: nrows, used: nrows, droppedMissing: 0 }, patterns: kept };
      if (isWide(plan.request)) {
        const repeated = await repeatedPeople(engine, relation, plan.request);
        if (repeated > 0) throw new NeedsRows(`${repeated} people with several rows in wide data`);
      }
      const rows = await engine.rows(sql.text, addingUp(nrows));
      await checkTotals(engine, work, rows);
      const used = await usedRows(engine, work);
      const patterns = rows.map((row) => {
        const [group = -1, known = 0, people = 0] = row.slice(0, 3).map(Number);
        return widePatternOf(plan, { group, known, people }, row.slice(4 + sql.constants.length));
      });
      return { plan, rows: { read: nrows, used, droppedMissing: nrows - used }, patterns };
    },
  };
}
