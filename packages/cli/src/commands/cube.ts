import { isPostgresAddress, type MadeCube, makeCube } from "@longwave/source";
import { HELP_OPTION, oneOf, readArguments, requiredOption } from "../arguments.ts";
import type { Command, CommandDescription } from "../command.ts";
import { CliError } from "../errors.ts";
import { type Io, pathFrom } from "../io.ts";
import { watcherOf } from "../progress.ts";
import { SUMMARIES } from "../summaries.ts";
import { listOf } from "./series.ts";

const description: CommandDescription = {
  name: "cube",
  summary: SUMMARIES.cube,
  arguments: [
    {
      name: "FILE",
      help: "CSV, CSV.gz, Parquet or DuckDB, one row for each person and occasion; 'cohort/*.parquet' for many",
    },
  ],
  options: [
    { name: "id", value: "COLUMN", help: "who a row is about; needed" },
    { name: "time", value: "COLUMN", help: "the wave; needed" },
    { name: "out", value: "FILE", help: "where the cube is written; needed" },
    { name: "columns", value: "LIST", help: "the columns to keep, besides person and wave (all)" },
    {
      name: "on-duplicate",
      value: "refuse|first|last",
      help: "several rows of a person at one wave: keep the first or last of the file (refuse)",
    },
    HELP_OPTION,
  ],
  notes: [
    "A cube is a Parquet file with one row for each person: values wave by wave, and which waves are there. Models from sums then need one pass over it and no grouping by person; where there are at most 40 numbers a person, the sums of all their pairs are kept in it too, and most models read nobody at all. It is made once for each version of the data and used wherever a file of data can stand: longwave fit, sums and riclpm take it without --id and --time. It says what it was made from; where these data are at hand and have changed, it is refused. It holds everybody's answers: keep it where the data are kept.",
  ],
  examples: [
    {
      line: "longwave cube cohort.parquet --id id --time wave --out cohort.cube.parquet",
      what: "a cube of all columns",
    },
    {
      line: 'longwave fit "pain ~ within(ex) + between(ex) + factor(wave) + (1 | id)" cohort.cube.parquet',
      what: "a model of it",
    },
  ],
};

/** `longwave cube FILE`: long data as one row for each person, made once for many fits. */
export const cube: Command = { description, run };

async function run(args: readonly string[], io: Io): Promise<void> {
  const typed = readArguments(description, args);
  const [file = ""] = typed.positionals;
  const [id, time, out] = ["id", "time", "out"].map((name) => requiredOption(typed, description, name));
  if (id === undefined || time === undefined || out === undefined) return;
  if (isPostgresAddress(file)) {
    throw new CliError(
      "cli.option-value",
      `Expected a file to make a cube of; found the address of a database. It adds up where the data are: longwave fit "…" "postgres://…" --time ${time}.`,
    );
  }
  const columns = typed.text("columns");
  const keep = oneOf(typed, "on-duplicate", { words: ["refuse", "first", "last"], fallback: "refuse" });
  const request = {
    ...{ id, time, out: pathFrom(io, out) },
    ...(columns === undefined ? {} : { columns: listOf(columns) }),
    ...(keep === "refuse" ? {} : { once: { id, time, keep } }),
  } as const;
  const made = await makeCube(pathFrom(io, file), request, { watcher: watcherOf(io) });
  for (const pair of made.alike)
    io.stderr.write(
      `Note: values of "${id}" that differ only in capitals count as different people: ${pair}. Write each person in one way.\n`,
    );
  io.stdout.write(report(made, { file, out }));
}

function report(made: MadeCube, { file, out }: { readonly file: string; readonly out: string }): string {
  const { people, rows, withoutPerson, waves, constant, series, bytes, keepsSums } = made;
  const shown = (names: readonly string[]) => (names.length === 0 ? "none" : names.join(", "));
  const left =
    withoutPerson === 0
      ? []
      : [["Left out", `${withoutPerson.toLocaleString("en")} rows that name no person`]];
  return [
    `Cube of ${file}`,
    "",
    ...[
      ["People", people.toLocaleString("en")],
      ["Rows", `${rows.toLocaleString("en")}, at the waves ${waves.join(", ")}`],
      ...left,
      ["By wave", shown(series)],
      ["By person", shown(constant)],
      [
        "Sums",
        keepsSums
          ? "kept, of all pairs of these numbers"
          : "not kept, there would be too many: name fewer --columns",
      ],
    ].map(([name = "", value]) => ` ${name.padEnd(9)}  ${value}`),
    "",
    `Written to ${out}, ${Math.ceil(bytes / 1000).toLocaleString("en")} kB.`,
    "",
  ].join("\n");
}
