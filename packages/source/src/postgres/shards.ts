import { createHash } from "node:crypto";
import { encodeJson, parseFormula } from "@longwave/stats";
import {
  askedColumns,
  askedOfWide,
  isWide,
  NeedsRows,
  type PanelPlan,
  panelPerson,
  panelPlan,
  type WidePlan,
  type WideRequest,
  widePlan,
} from "@longwave/stats/from-sums";
import { SourceError } from "../errors.ts";
import { panelFacts } from "../panel/facts.ts";
import { panelViewSql, VIEW_COLUMNS } from "../panel/panel-sql.ts";
import { checkSteps, type PanelRequest } from "../panel/panel-sums.ts";
import { WIDE_VIEW_COLUMNS, wideViewSql } from "../panel/wide-sql.ts";
import type { Relation } from "../relation.ts";
import { sqlName, sqlText } from "../sql.ts";
import { readTableAddress, type TableAddress } from "./address.ts";
import { openSession, type PostgresSession } from "./session.ts";
import { tableRelation, tableSql } from "./table-relation.ts";

/** The statements that put the sums of a formula on the shards of a table. */
export interface ShardPlan {
  /** The view that holds the sums, of the same name everywhere. */
  readonly view: string;
  /** Where each statement is run, and its text. */
  readonly steps: readonly { readonly where: string; readonly sql: string }[];
}

/** A foreign server and the table there that is one part of a partitioned table. */
interface Shard {
  readonly server: string;
  readonly table: string;
}

async function shardsOf(session: PostgresSession, { table }: TableAddress): Promise<Shard[]> {
  const option = (name: string) =>
    `(select option_value from pg_options_to_table(f.ftoptions) where option_name = '${name}')`;
  const rows = await session.rows(
    `select s.srvname, coalesce(${option("schema_name")}, n.nspname), coalesce(${option("table_name")}, c.relname)
     from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_namespace n on n.oid = c.relnamespace
       join pg_foreign_table f on f.ftrelid = c.oid join pg_foreign_server s on s.oid = f.ftserver
     where i.inhparent = to_regclass(${sqlText(tableSql(table))}) order by s.srvname, c.relname`,
  );
  return rows.map(([server, schema, name]) => ({ server: String(server), table: `${schema}.${name}` }));
}

function noShards({ table, shown }: TableAddress): SourceError {
  return new SourceError(
    "source.no-shards",
    `Expected "${table}" to be partitioned into foreign tables; found none in ${shown}. Attach them (create foreign table … partition of …), or say --citus for a table that Citus distributes.`,
  );
}

/** What is to be summed: its plan, the body of its view over a table, and the columns of that view. */
interface Summed {
  readonly plan: PanelPlan | WidePlan;
  readonly columns: readonly string[];
  bodyOver(table: string): string;
}

/** The name of the view: by what it sums, so that another formula or other constants get another. */
function viewName({ plan }: Summed): string {
  return `longwave_${createHash("sha256").update(encodeJson(plan)).digest("hex").slice(0, 12)}`;
}

function createView(view: string, body: string): string {
  return `create or replace view ${view} as\n${body};`;
}

/** The comment holds the plan, so that a fit need not ask the shards for constants again. */
function comment(view: string, { plan }: Summed): string {
  return `comment on view ${view} is ${sqlText(encodeJson(plan))};`;
}

function foreignSteps(summed: Summed, shards: readonly Shard[]): ShardPlan["steps"] {
  const view = viewName(summed);
  const onShards = shards.map(({ server, table }) => ({
    where: `${server}: the database of this server`,
    sql: createView(view, summed.bodyOver(tableSql(table))),
  }));
  const tables = shards.map(({ server, table }, place) => {
    const [schema = "public"] = table.split(".");
    // Asynchronous: the servers add up at the same time, and not one after the other.
    const options = `schema_name ${sqlText(schema)}, table_name ${sqlText(view)}, async_capable 'true'`;
    return `create foreign table if not exists ${view}_${place + 1} (${summed.columns.join(", ")})\n  server ${sqlName(server)} options (${options});`;
  });
  const all = shards.map((_, place) => `select * from ${view}_${place + 1}`).join("\nunion all ");
  const here = [...tables, createView(view, all), comment(view, summed)].join("\n");
  return [...onShards, { where: "the coordinator: the database you gave", sql: here }];
}

/** Reads the coordinator, and gives the statements for what `summedOf` finds in the table. */
async function planned(
  address: string,
  { person, citus }: { readonly person: string; readonly citus: boolean },
  summedOf: (session: PostgresSession, relation: Relation) => Promise<Summed>,
): Promise<ShardPlan> {
  const read = readTableAddress(address);
  const session = await openSession(read);
  try {
    const shards = citus ? [] : await shardsOf(session, read);
    if (!citus && shards.length === 0) throw noShards(read);
    const relation = await tableRelation(session, read);
    const summed = await summedOf(session, relation);
    const view = viewName(summed);
    const whole = [createView(view, summed.bodyOver(relation.from)), comment(view, summed)].join("\n");
    const steps = citus
      ? [{ where: `the coordinator, with the table distributed by ${person}`, sql: whole }]
      : foreignSteps(summed, shards);
    return { view, steps };
  } finally {
    await session.close();
  }
}

/**
 * The statements for a table that is partitioned over foreign servers (postgres_fdw), or distributed by Citus: the
 * sums of a formula are formed where the rows are, and some kilobytes cross the wire.
 *
 * @param address  the partitioned table, at the coordinator.
 * @param varying  columns that differ between the waves of a person, besides those that deviations are asked of.
 * @throws SourceError as `openPostgres`, and `source.no-shards`; StatsError `sums.needs-rows`
 */
export async function shardPlan(
  address: string,
  request: PanelRequest,
  { varying, citus }: { readonly varying: readonly string[]; readonly citus: boolean },
): Promise<ShardPlan> {
  const formula = parseFormula(request.formula);
  const person = panelPerson(formula, request.person);
  return planned(address, { person, citus }, async (session, relation) => {
    const asked = askedColumns(formula, request.time);
    const { facts } = await panelFacts(session, relation, { person, time: request.time, asked });
    const plan = panelPlan({ ...request, facts, varying });
    checkSteps(plan);
    const bodyOver = (from: string) => panelViewSql(plan, { ...relation, from });
    return { plan, columns: VIEW_COLUMNS, bodyOver };
  });
}

/**
 * The same for series of long data: a cross-lagged panel or growth.
 *
 * @throws SourceError as `openPostgres`, and `source.no-shards`; StatsError `sums.needs-rows`
 */
export async function seriesShardPlan(
  address: string,
  request: WideRequest,
  { citus }: { readonly citus: boolean },
): Promise<ShardPlan> {
  const { id, time } = request;
  if (isWide(request) || id === undefined || time === undefined)
    throw new NeedsRows("no column for the person or for the wave");
  return planned(address, { person: id, citus }, async (session, relation) => {
    const known = await panelFacts(session, relation, { person: id, time, asked: askedOfWide(request) });
    const plan = widePlan(request, known.facts);
    const bodyOver = (from: string) => wideViewSql(plan, { ...relation, from });
    return { plan, columns: WIDE_VIEW_COLUMNS, bodyOver };
  });
}
