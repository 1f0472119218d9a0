import { parseFormula } from "@longwave/stats";
import { NeedsRows, type PanelPlan, type PanelSums, type WidePlan } from "@longwave/stats/from-sums";
import { SourceError } from "../errors.ts";
import {
  type PanelRequest,
  type PanelResult,
  type PanelSummer,
  panelOf,
  patternsOf,
} from "../panel/panel-sums.ts";
import type { Source } from "../source.ts";
import { sqlText } from "../sql.ts";
import { planShape, widePlanShape } from "../sums-file/plan-shape.ts";
import type { TableAddress } from "./address.ts";
import { type NamedView, oneRound, seriesView } from "./series-view.ts";
import type { PostgresSession } from "./session.ts";
import { tableSql } from "./table-relation.ts";

/** What a view sums: a formula, or series. */
type ViewPlan =
  | { readonly kind: "panel"; readonly plan: PanelPlan }
  | { readonly kind: "wide"; readonly plan: WidePlan };

async function planOf(session: PostgresSession, view: string, { shown }: TableAddress): Promise<ViewPlan> {
  const [[text] = []] = await session.rows(
    `select obj_description(to_regclass(${sqlText(tableSql(view))}), 'pg_class')`,
  );
  const found = parseOrNull(typeof text === "string" ? text : "");
  const panel = planShape.safeParse(found);
  if (panel.success) return { kind: "panel", plan: panel.data };
  const wide = widePlanShape.safeParse(found);
  if (wide.success) return { kind: "wide", plan: wide.data };
  throw new SourceError(
    "source.no-table",
    `Expected a view of sums called "${view}" in ${shown}; there is none that "longwave shard plan" made. Run its statements first.`,
  );
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function checkSame(plan: PanelPlan, { formula, time, person, where }: PanelRequest, view: string): void {
  const asked = parseFormula(formula).text;
  const same = plan.formula === asked && plan.time === time && (person ?? plan.person) === plan.person;
  if (same && where === undefined) return;
  const found =
    where === undefined ? `"${asked}" by ${person ?? plan.person} and ${time}` : `a condition (${where})`;
  throw new SourceError(
    "source.other-sums",
    `Expected the formula that ${view} holds the sums of, "${plan.formula}" by ${plan.person} and ${plan.time}; found ${found}. Ask for that, or run longwave shard plan for this one.`,
  );
}

function readRow(row: readonly unknown[]): PanelResult & { readonly rows: number } {
  const [used, people, rows, repeated, differs, products] = row;
  const list = (value: unknown): (number | null)[] =>
    Array.isArray(value) ? value.map((one) => (one === null ? null : Number(one))) : [];
  return {
    used: Number(used),
    people: Number(people),
    rows: Number(rows),
    repeated: Number(repeated),
    differs: list(differs).map((one) => one ?? 0),
    products: list(products),
  };
}

/** The sums of all shards, those of the same waves added up in the order of the shards. */
function merged(results: readonly PanelResult[]): PanelResult[] {
  const byWaves = new Map<number, PanelResult>();
  for (const result of results) {
    const known = byWaves.get(result.used);
    byWaves.set(result.used, known === undefined ? result : added(known, result));
  }
  return [...byWaves.values()].sort((a, b) => a.used - b.used);
}

function added(a: PanelResult, b: PanelResult): PanelResult {
  const sum = (left: number | null, right: number | null | undefined) =>
    left === null || right === null || right === undefined ? null : left + right;
  return {
    ...a,
    people: a.people + b.people,
    repeated: a.repeated + b.repeated,
    differs: a.differs.map((count, c) => count + (b.differs[c] ?? 0)),
    products: a.products.map((value, at) => sum(value, b.products[at])),
  };
}

function checkTotals(plan: PanelPlan, results: readonly PanelResult[]): void {
  const repeated = results.reduce((sum, result) => sum + result.repeated, 0);
  if (repeated > 0) throw new NeedsRows(`${repeated} people with several rows at one "${plan.time}"`);
  const constants = plan.atoms.filter(({ role }) => role === "constant").map(({ column }) => column);
  const varying = [...new Set(constants)].filter((_, c) =>
    results.some(({ differs }) => (differs[c] ?? 0) > 0),
  );
  if (varying.length === 0) return;
  throw new SourceError(
    "source.other-sums",
    `Expected one value a person in ${varying.join(", ")}; found people with several. Make the view again: longwave shard plan … --varying ${varying.join(",")}.`,
  );
}

/** A view of the sums of a formula, asked as a table of rows would be. */
function panelView(session: PostgresSession, plan: PanelPlan, { view, name }: NamedView): PanelSummer {
  const sql = `select used, people, rows_here, repeated, differs, products from ${tableSql(view)}`;
  const ask = async (): Promise<PanelSums> => {
    const results = (await session.rows(sql, { doing: "adding up on every server" })).map(readRow);
    checkTotals(plan, results);
    return panelOf(
      plan,
      patternsOf(plan, merged(results)),
      results.reduce((sum, { rows }) => sum + rows, 0),
    );
  };
  const refuse = () => {
    throw oneRound(name);
  };
  return {
    async query(request) {
      checkSame(plan, request, view);
      const width = 4 + (plan.cells.length + 1) * (plan.cells.length / 2 + 1);
      return { plan, sql, width, nrows: (await ask()).rows.read, isKept: false };
    },
    async sums(request) {
      checkSame(plan, request, view);
      return ask();
    },
    scores: refuse,
    people: refuse,
    peopleQuery: refuse,
    outline: refuse,
  };
}

/** A view of sums that `shardPlan` or `seriesShardPlan` made, as a source: it holds no rows. */
export async function viewSource(
  session: PostgresSession,
  address: TableAddress,
  view: string,
): Promise<Source> {
  const { kind, plan } = await planOf(session, view, address);
  const name = `the sums ${view} in ${address.shown}`;
  return {
    name,
    describe: async () => ({ nrows: 0, columns: [] }),
    fitData: () => {
      throw new SourceError(
        "source.other-sums",
        `Expected a model that sums over people determine, and of what ${view} sums; ${name} have no rows. Name the table (table=…) for what needs rows.`,
      );
    },
    isRemote: true,
    ...(kind === "panel"
      ? { panel: panelView(session, plan, { view, name }) }
      : { wide: seriesView(session, plan, { view, name }) }),
    close: () => session.close(),
  };
}
