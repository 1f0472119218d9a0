import type { PanelRequest, RowChoice, Source } from "@longwave/source";
import { oneOf, type Typed } from "../arguments.ts";
import type { OptionDescription } from "../command.ts";
import { CliError } from "../errors.ts";
import type { Io } from "../io.ts";

/** The option for people who have several rows at one wave. */
export const ON_DUPLICATE: OptionDescription = {
  name: "on-duplicate",
  value: "refuse|first|last",
  help: "several rows of a person at one wave: keep the first or last of the file (refuse); needs --time",
};

/**
 * Which rows of the data are used, as it was typed.
 *
 * @param person  the column that names the person.
 * @throws CliError `cli.missing-argument` for --on-duplicate without the columns for person and wave.
 */
export function rowChoice(typed: Typed, person: string | undefined): RowChoice {
  const [time, where] = [typed.text("time"), typed.text("where")];
  const keep = oneOf(typed, "on-duplicate", { words: ["refuse", "first", "last"], fallback: "refuse" });
  const kept = where === undefined ? {} : { where };
  if (keep === "refuse") return kept;
  if (person === undefined || time === undefined) {
    throw new CliError(
      "cli.missing-argument",
      `Expected --${time === undefined ? "time" : "id"} COLUMN with --on-duplicate ${keep}, to know which rows are of one person and wave; found none. Add it.`,
    );
  }
  return { ...kept, once: { id: person, time, keep } };
}

/** What is to be summed for a formula, as it was typed; null without the column that says which wave a row is. */
export function panelRequest(typed: Typed, formula: string, person: string | undefined): PanelRequest | null {
  const time = typed.text("time");
  if (time === undefined) return null;
  const named = typed.text("id");
  return {
    formula,
    time,
    ...(named === undefined ? {} : { person: named }),
    ...rowChoice(typed, person),
  };
}

/** Says which people's names differ only in capitals: they count as different people, and are often one. */
export async function noteAlike(io: Io, source: Source, person: string | undefined): Promise<void> {
  const pairs = person === undefined ? [] : ((await source.alike?.(person)) ?? []);
  if (pairs.length === 0) return;
  io.stderr.write(
    `Note: values of "${person}" that differ only in capitals count as different people: ${pairs.join("; ")}. Write each person in one way.\n`,
  );
}

/** Says which of some columns are read as text because of a few values, and so as categories. */
export async function noteMixed(io: Io, source: Source, names: readonly string[]): Promise<void> {
  const { columns } = await source.describe();
  for (const { name, mixed } of columns) {
    if (mixed === undefined || !names.includes(name)) continue;
    const { numbers, present, example } = mixed;
    io.stderr.write(
      `Note: "${name}" is taken as categories, since not all of it is numbers: ${numbers.toLocaleString("en")} of ${present.toLocaleString("en")} values are, and "${example}" is not. Correct it, or leave the cell empty.\n`,
    );
  }
}
