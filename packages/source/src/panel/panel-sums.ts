import { parseFormula } from "@longwave/stats";
import {
  type AddedRows,
  askedColumns,
  cellsOf,
  NeedsRows,
  type PanelPattern,
  type PanelPeople,
  type PanelPlan,
  type PanelSums,
  panelPerson,
  panelPlan,
  type ScoreForm,
  type ScoreSums,
  scoreAdder,
  wavesBefore,
} from "@longwave/stats/from-sums";
import { panelFromKept } from "../cube/from-kept.ts";
import type { Relation } from "../relation.ts";
import type { RowChoice } from "../source.ts";
import { isSpread, keptSumsOf } from "../spread/spread.ts";
import type { SqlEngine } from "../sql-engine.ts";
import { addingUp } from "../watch.ts";
import { duplicateExamples } from "./duplicates.ts";
import { type KnownPanel, panelFacts, valueSql } from "./facts.ts";
import { type PanelSql, panelSql, peopleSql } from "./panel-sql.ts";
import { outlinedStatement, type ScoreSql, scoreStatement } from "./score-sql.ts";
import { type StreamSql, streamedSums, streamSql } from "./stream-sums.ts";
import { wavesIn } from "./waves-in.ts";
import { chosenRelation } from "./where-sql.ts";

/** Which model's sums are wanted. */
export interface PanelRequest extends RowChoice {
  readonly formula: string;
  /** The column that says which wave a row is. */
  readonly time: string;
  /** The column that names the person; the grouping factor of the random terms by default. */
  readonly person?: string;
  /** True to sum what random slopes need that differ from person to person. */
  readonly slopes?: boolean;
}

/** How a source would sum a panel: what it sums, and the statement that does. */
export interface PanelQuery {
  readonly plan: PanelPlan;
  readonly sql: string;
  /** Numbers that come back for each set of waves. */
  readonly width: number;
  readonly nrows: number;
  /** True where the table keeps these sums, so that the statement need not be run. */
  readonly isKept: boolean;
  /** The statement whose rows are added up as they come, tried before the other one. */
  readonly pass?: StreamSql;
}

/** What is asked where each person is gone through. */
export const EACH = { doing: "taking the sums of each person" } as const;

/** What is wanted of each person. */
interface PeopleQuestion {
  readonly plan: PanelPlan;
  /** True for the names of people too. */
  readonly named: boolean;
}

/** How a source would give each person's sums. */
export interface PeopleQuery {
  readonly sql: string;
  readonly people: number;
  /** Numbers of each person. */
  readonly width: number;
}

/** One row of the answer: people with the same waves. */
export interface PanelResult {
  readonly used: number;
  readonly people: number;
  readonly repeated: number;
  readonly differs: readonly number[];
  readonly products: readonly (number | null)[];
}

function readResult(row: readonly unknown[], { constants }: PanelSql): PanelResult {
  const [used, people, repeated, ...rest] = row;
  return {
    used: Number(used),
    people: Number(people),
    repeated: Number(repeated),
    differs: rest.slice(0, constants.length).map(Number),
    products: rest.slice(constants.length).map((value) => (value === null ? null : Number(value))),
  };
}

/** The products of the cells of a pattern, out of those of all cells. */
function patternOf(plan: PanelPlan, { used, people, products }: PanelResult): PanelPattern {
  const waves = wavesIn(used, plan);
  const width = plan.cells.length + 1;
  const places = [0, ...cellsOf(plan, waves).map((cell) => cell + 1)];
  const at = (j: number, k: number) => j * width - (j * (j - 1)) / 2 + (k - j);
  const own = places.flatMap((j, first) => places.slice(first).map((k) => products[at(j, k)] ?? Number.NaN));
  return { waves, people, products: own };
}

function totalsOf(results: readonly PanelResult[], { constants }: PanelSql) {
  const repeated = results.reduce((sum, result) => sum + result.repeated, 0);
  const varying = constants.filter((_, c) => results.some(({ differs }) => (differs[c] ?? 0) > 0));
  return { repeated, varying };
}

/** Sums panels in a database, where the rows are. */
export interface PanelSummer {
  query(request: PanelRequest): Promise<PanelQuery>;
  sums(request: PanelRequest): Promise<PanelSums>;
  /** The second round: the scores of a recipe, over people that the sums of the same request count. */
  scores(request: PanelRequest, asked: ScoreForm): Promise<ScoreSums>;
  /** Each person's sums by the plan of the sums of the same request, some people at a time. */
  people(request: PanelRequest, asked: PeopleQuestion, take: (people: PanelPeople) => void): Promise<void>;
  /** The statement that gives each person's sums, and how many people there are. */
  peopleQuery(request: PanelRequest, asked: PeopleQuestion): Promise<PeopleQuery>;
  /** The statement of the second round, from the outline of its form. */
  outline(request: PanelRequest, asked: ScoreForm): ScoreSql;
}

interface Work extends KnownPanel {
  readonly engine: SqlEngine;
  readonly relation: Relation;
  readonly request: PanelRequest;
}

/** The relation with the rows that a request keeps, and what is known of it. */
async function begin(engine: SqlEngine, whole: Relation, request: PanelRequest): Promise<Work> {
  const relation = chosenRelation(whole, request, engine.dialect);
  const formula = parseFormula(request.formula);
  const person = panelPerson(formula, request.person);
  const asked = askedColumns(formula, request.time);
  const known = await panelFacts(engine, relation, { person, time: request.time, asked });
  return { engine, relation, request, ...known };
}

/**
 * The sums of a relation with one row for each person and wave.
 *
 * A column that no deviation is asked of is taken as one value a person; where it turns out to differ between the
 * waves of someone, the sums are formed again with a value for each wave.
 *
 * @throws StatsError `sums.needs-rows` for a model or a table that cannot be summed this way.
 */
export function panelSummer(engine: SqlEngine, relation: Relation): PanelSummer {
  return {
    async query(request) {
      const work = await begin(engine, relation, request);
      const { facts, nrows, relation: kept } = work;
      const plan = panelPlan({ ...request, facts, varying: varyingIn(work) });
      const { text, width } = panelSql(plan, kept);
      const pass = streamSql(engine, plan, kept);
      const isKept = (await keptPatterns(kept, plan)) !== null;
      return { plan, sql: text, width, nrows, isKept, ...(pass === undefined ? {} : { pass }) };
    },
    async sums(request) {
      const work = await begin(engine, relation, request);
      return sumUp(work, varyingIn(work));
    },
    async scores(request, asked) {
      const kept = chosenRelation(relation, request, engine.dialect);
      const sql = scoreStatement(asked, kept);
      if (sql === null) return streamedScores(engine, kept, asked);
      const [row = []] = await engine.rows(sql.text, { doing: "adding up the scores" });
      return scoreSumsOf(row, asked);
    },
    people(request, { plan, named }, take) {
      const kept = chosenRelation(relation, request, engine.dialect);
      return engine.each(peopleSql(plan, kept, named), EACH, (rows) => {
        take(peopleOf(rows, plan, named));
      });
    },
    async peopleQuery(request, { plan, named }) {
      const kept = chosenRelation(relation, request, engine.dialect);
      const counted = isSpread(kept) ? "*" : `distinct ${valueSql(kept, plan.person)}`;
      const [[people] = []] = await engine.rows(`select count(${counted}) from ${kept.from}`);
      return {
        sql: peopleSql(plan, kept, named),
        people: Number(people),
        width: plan.cells.length + (named ? 2 : 1),
      };
    },
    outline(request, asked) {
      const kept = chosenRelation(relation, request, engine.dialect);
      const { plan } = asked;
      return (
        outlinedStatement(asked, kept) ?? { text: peopleSql(plan, kept, false), width: plan.cells.length + 1 }
      );
    },
  };
}

function peopleOf(rows: readonly (readonly unknown[])[], { cells }: PanelPlan, named: boolean): PanelPeople {
  const size = cells.length + 1;
  const used = new Int32Array(rows.length);
  const r = new Float64Array(rows.length * size);
  const first = named ? 2 : 1;
  for (const [i, row] of rows.entries()) {
    used[i] = Number(row[0]);
    r[i * size] = 1;
    for (let c = 0; c < cells.length; c++) r[i * size + 1 + c] = row[first + c] as number;
  }
  const nameOf = (name: unknown) => (typeof name === "number" ? name : String(name));
  return { count: rows.length, used, r, names: named ? rows.map((row) => nameOf(row[1])) : null };
}

/** The scores where no statement can hold them: from the sums of each person. */
async function streamedScores(engine: SqlEngine, kept: Relation, asked: ScoreForm): Promise<ScoreSums> {
  const adder = scoreAdder(asked);
  await engine.each(peopleSql(asked.plan, kept, false), EACH, (rows) => {
    adder.add(peopleOf(rows, asked.plan, false));
  });
  return adder.total();
}

/** Nobody's scores are null, not zero. */
function scoreSumsOf(row: readonly unknown[], { length }: ScoreForm): ScoreSums {
  const [people = 0, ...sums] = row.map((value) => Number(value ?? 0));
  return { people, sum: sums.slice(0, length), products: sums.slice(length) };
}

/** The columns that are known to differ between waves: in a table with a row for each person they say so. */
function varyingIn({ relation, facts }: Work): string[] {
  if (!isSpread(relation)) return [];
  return Object.keys(relation.spread.series).filter((name) => Object.hasOwn(facts.columns, name));
}

/** The statement finds the wave before as the one whose place is one less. */
export function checkSteps(plan: PanelPlan): void {
  const isBroken = wavesBefore(plan).some((before, place) => before >= 0 && before !== place - 1);
  if (plan.requiredBefore.length > 0 && isBroken)
    throw new NeedsRows(`lag() over a "${plan.time}" with values between whole waves`);
}

/** What a cube keeps of a plan. */
async function keptPatterns(relation: Relation, plan: PanelPlan): Promise<readonly PanelPattern[] | null> {
  const kept = await keptSumsOf(relation);
  return kept === null ? null : panelFromKept(kept, plan);
}

/** What a plan adds up to: what is kept, else in one pass as the data come where that can be, else by a statement that groups them. */
async function added(work: Work, plan: PanelPlan): Promise<AddedRows> {
  const { engine, relation, nrows } = work;
  const patterns = await keptPatterns(relation, plan);
  if (patterns !== null) return { patterns, repeated: 0, varying: [] };
  const streamed = await streamedSums(engine, plan, work);
  if (streamed !== undefined) return streamed;
  const sql = panelSql(plan, relation);
  const results = (await engine.rows(sql.text, addingUp(nrows))).map((row) => readResult(row, sql));
  return { patterns: patternsOf(plan, results), ...totalsOf(results, sql) };
}

async function sumUp(work: Work, varying: readonly string[]): Promise<PanelSums> {
  const { engine, relation, request, facts, nrows } = work;
  const plan = panelPlan({ ...request, facts, varying });
  checkSteps(plan);
  const { patterns, repeated, varying: more } = await added(work, plan);
  if (repeated > 0)
    throw new NeedsRows(
      `${repeated} people with several rows at one "${request.time}"${await duplicateExamples(engine, relation, { id: plan.person, time: plan.time })}`,
    );
  if (more.length > 0) return sumUp(work, [...varying, ...more]);
  return panelOf(plan, patterns, nrows);
}

/** The patterns of a plan from the rows of its answer. */
export function patternsOf(plan: PanelPlan, results: readonly PanelResult[]): PanelPattern[] {
  return results.filter(({ used }) => used !== 0).map((result) => patternOf(plan, result));
}

/** The sums of a plan, of people who have been added up. */
export function panelOf(plan: PanelPlan, patterns: readonly PanelPattern[], nrows: number): PanelSums {
  if (patterns.some(({ products }) => !products.every(Number.isFinite)))
    throw new NeedsRows("a number that is not finite");
  const rows = patterns.reduce((sum, { people, waves }) => sum + people * waves.length, 0);
  return { plan, rows: { read: nrows, used: rows, droppedMissing: nrows - rows }, patterns };
}
