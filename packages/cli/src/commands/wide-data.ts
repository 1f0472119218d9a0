import type { Source, WideSeries, WideWords } from "@longwave/source";
import { type Typed, wrongValue } from "../arguments.ts";
import type { OptionDescription } from "../command.ts";
import { CliError } from "../errors.ts";
import type { Io } from "../io.ts";

/** The options for a table that has one row for each person. */
export const WIDE_OPTIONS: readonly OptionDescription[] = [
  {
    name: "wide",
    value: "LIST",
    help: "wide data, one row for each person: pain,ex for the columns pain_0, pain_3, … and ex_0, ex_3, …; or 'pain=p1,p2,p3;ex=e1,e2,e3'",
  },
  {
    name: "waves",
    value: "LIST",
    help: "with --wide: the waves of listed columns (the numbers their names end in, else 1,2,3); --time says what formulas call the wave (wave)",
  },
];

const USUAL_TIME = "wave";
const USUAL_ID = "id";

function readSeries(text: string): WideSeries[] {
  return text.split(";").flatMap((entry): WideSeries[] => {
    const [name = "", list] = entry.split("=", 2).map((part) => part.trim());
    if (list !== undefined) return [{ name, columns: list.split(",").map((column) => column.trim()) }];
    return name
      .split(",")
      .map((each) => ({ name: each.trim() }))
      .filter((each) => each.name !== "");
  });
}

function readWaves(typed: Typed): readonly number[] | undefined {
  const text = typed.text("waves");
  if (text === undefined) return undefined;
  const waves = text.split(",").map((wave) => (wave.trim() === "" ? Number.NaN : Number(wave)));
  const ascending = waves.every((wave, at) => Number.isFinite(wave) && wave > (waves[at - 1] ?? -Infinity));
  if (ascending) return waves;
  throw wrongValue("waves", "numbers that go up, such as 0,3,6", text);
}

/**
 * How a table with one row for each person is to be read, as it was typed; undefined without --wide.
 *
 * @param person  the column that names the person.
 * @throws CliError `cli.option-value`, `cli.missing-argument`
 */
export function readWide(typed: Typed, person: string | undefined): WideWords | undefined {
  const text = typed.text("wide");
  const waves = readWaves(typed);
  if (text === undefined) {
    if (waves === undefined) return undefined;
    throw new CliError(
      "cli.missing-argument",
      "Expected --wide LIST with --waves, the series whose waves these are; found none. Add it, or leave --waves out.",
    );
  }
  const series = readSeries(text);
  if (series.length === 0 || series.some(({ name }) => name === ""))
    throw wrongValue("wide", "series such as pain,ex or 'pain=p1,p2,p3;ex=e1,e2,e3'", text);
  return {
    series,
    id: person ?? USUAL_ID,
    time: typed.text("time") ?? USUAL_TIME,
    ...(waves === undefined ? {} : { waves }),
  };
}

/** What was typed, with the name of the wave where the data say it. */
export function withLayout(typed: Typed, { layout }: Source): Typed {
  if (layout === undefined) return typed;
  return {
    ...typed,
    text: (name) => typed.text(name) ?? (name === "time" ? layout.time : undefined),
  };
}

/** Says that rows count as people where no column names them. */
export function noteUnnamed(io: Io, { layout, name }: Source): void {
  if (layout === undefined || layout.isNamed) return;
  io.stderr.write(`Note: ${name} has no column "${layout.id}": every row counts as a person.\n`);
}
