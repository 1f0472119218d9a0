import { isPostgresAddress, type ShardPlan, seriesShardPlan, shardPlan } from "@longwave/source";
import { HELP_OPTION, readArguments, type Typed } from "../arguments.ts";
import type { Command, CommandDescription } from "../command.ts";
import { CliError } from "../errors.ts";
import type { Io } from "../io.ts";
import { SUMMARIES } from "../summaries.ts";
import { personOf } from "./fit-from-sums.ts";
import { panelRequest } from "./panel-request.ts";
import { listOf } from "./series.ts";

const description: CommandDescription = {
  name: "shard",
  summary: SUMMARIES.shard,
  arguments: [
    {
      name: "ACTION",
      help: "plan: print the statements that put the sums of a formula on each server; series: those of series, for riclpm",
    },
    {
      name: "FORMULA",
      help: "'outcome ~ predictors + (terms | group)', in quotation marks; of series their columns: ex,pain",
    },
    { name: "TABLE", help: "postgres://host/database?table=NAME, the table whose parts are on the servers" },
  ],
  options: [
    { name: "time", value: "COLUMN", help: "the column that says at which wave a row is; needed" },
    { name: "id", value: "COLUMN", help: "who a row is about, when the formula has no (… | id)" },
    { name: "varying", value: "LIST", help: "columns that differ between the waves of a person" },
    { name: "group", value: "COLUMN", help: "of series: people of each group apart" },
    { name: "covariates", value: "LIST", help: "of series: age,'factor(school)'" },
    { name: "citus", help: "for a table that Citus distributes by the person" },
    HELP_OPTION,
  ],
  notes: [
    "Reads the table once for its waves, levels and constants, and changes nothing: whoever may create views runs the statements. Each server then adds up its own people, in a view; the coordinator has the views of all as foreign tables. Rows of one person have to be on one server.",
  ],
  examples: [
    {
      line: 'longwave shard plan "pain ~ within(ex) + between(ex) + (1 | id)" "postgres://db.example.org/study?table=person_wave" --time wave',
      what: "the statements, each under the name of the server that runs it",
    },
    {
      line: 'longwave shard series ex,pain "postgres://db.example.org/study?table=person_wave" --id id --time wave',
      what: "for longwave riclpm --x ex --y pain",
    },
  ],
};

/** `longwave shard plan FORMULA TABLE`: the statements that let the servers of a table add up its rows. */
export const shard: Command = { description, run };

/** The statements, and what to run once they have been. */
interface Planned extends ShardPlan {
  /** The command with `ADDRESS` where the view's address goes. */
  readonly next: string;
}

async function run(args: readonly string[], io: Io): Promise<void> {
  const typed = readArguments(description, args);
  const [action = "", what = "", table = ""] = typed.positionals;
  if (!["plan", "series"].includes(action) || !isPostgresAddress(table)) {
    throw new CliError(
      "cli.option-value",
      `Expected "longwave shard plan FORMULA postgres://…?table=NAME", or series with their columns; found "${action}" and "${table}". Correct them.`,
    );
  }
  const { view, steps, next } =
    action === "plan" ? await formulaPlan(typed, what, table) : await seriesPlan(typed, what, table);
  const fitted = new URL(table);
  fitted.searchParams.delete("table");
  fitted.searchParams.set("sums", view);
  fitted.password = "";
  io.stdout.write(
    [
      ...steps.flatMap(({ where, sql }) => [`-- On ${where}`, sql, ""]),
      `-- Then: ${next.replace("ADDRESS", () => `"${fitted.href}"`)}`,
      "",
    ].join("\n"),
  );
}

async function formulaPlan(typed: Typed, formula: string, table: string): Promise<Planned> {
  const request = panelRequest(typed, formula, personOf(typed, formula));
  if (request === null) throw withoutTime();
  const varying = listOf(typed.text("varying") ?? "");
  const plan = await shardPlan(table, request, { varying, citus: typed.has("citus") });
  return { ...plan, next: `longwave fit "${formula}" ADDRESS --time ${request.time}` };
}

async function seriesPlan(typed: Typed, columns: string, table: string): Promise<Planned> {
  const [id, time] = [typed.text("id") ?? "id", typed.text("time")];
  if (time === undefined) throw withoutTime();
  const [group, covariates] = [typed.text("group"), typed.text("covariates")];
  const series = listOf(columns);
  const request = {
    ...{ series, id, time },
    ...(group === undefined ? {} : { group }),
    ...(covariates === undefined ? {} : { covariates: listOf(covariates) }),
  };
  const plan = await seriesShardPlan(table, request, { citus: typed.has("citus") });
  const [x = "X", y = "Y"] = series;
  const more = [
    ...(group === undefined ? [] : [`--group ${group}`]),
    ...(covariates === undefined ? [] : [`--covariates "${covariates}"`]),
  ];
  const asked = ["--x", x, "--y", y, "--id", id, "--time", time, ...more];
  return { ...plan, next: `longwave riclpm ${asked.join(" ")} ADDRESS` };
}

function withoutTime(): CliError {
  return new CliError(
    "cli.missing-argument",
    'Expected --time COLUMN after "longwave shard", the column that says at which wave a row is; found none. Add it.',
  );
}
