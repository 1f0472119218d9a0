import { isPostgresAddress, shardPlan } from "@longwave/source";
import { HELP_OPTION, readArguments } from "../arguments.ts";
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
    { name: "ACTION", help: "plan: print the statements that put the sums of a formula on each server" },
    { name: "FORMULA", help: "'outcome ~ predictors + (terms | group)', in quotation marks" },
    { name: "TABLE", help: "postgres://host/database?table=NAME, the table whose parts are on the servers" },
  ],
  options: [
    { name: "time", value: "COLUMN", help: "the column that says at which wave a row is; needed" },
    { name: "id", value: "COLUMN", help: "who a row is about, when the formula has no (… | id)" },
    { name: "varying", value: "LIST", help: "columns that differ between the waves of a person" },
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
  ],
};

/** `longwave shard plan FORMULA TABLE`: the statements that let the servers of a table add up its rows. */
export const shard: Command = { description, run };

async function run(args: readonly string[], io: Io): Promise<void> {
  const typed = readArguments(description, args);
  const [action = "", formula = "", table = ""] = typed.positionals;
  if (action !== "plan" || !isPostgresAddress(table)) {
    throw new CliError(
      "cli.option-value",
      `Expected "longwave shard plan FORMULA postgres://…?table=NAME"; found "${action}" and "${table}". Correct them.`,
    );
  }
  const request = panelRequest(typed, formula, personOf(typed, formula));
  if (request === null) {
    throw new CliError(
      "cli.missing-argument",
      'Expected --time COLUMN after "longwave shard", the column that says at which wave a row is; found none. Add it.',
    );
  }
  const varying = listOf(typed.text("varying") ?? "");
  const { view, steps } = await shardPlan(table, request, { varying, citus: typed.has("citus") });
  const fitted = new URL(table);
  fitted.searchParams.delete("table");
  fitted.searchParams.set("sums", view);
  fitted.password = "";
  io.stdout.write(
    [
      ...steps.flatMap(({ where, sql }) => [`-- On ${where}`, sql, ""]),
      `-- Then: longwave fit "${formula}" "${fitted.href}" --time ${request.time}`,
      "",
    ].join("\n"),
  );
}
