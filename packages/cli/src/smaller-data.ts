import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Deviation } from "@longwave/findings";
import type { Dataset, Protocol } from "@longwave/study";
import type { Typed } from "./arguments.ts";
import { loadBundle } from "./bundle.ts";
import { CliError } from "./errors.ts";
import type { Io } from "./io.ts";

interface Report {
  /** The folder that will be replaced. */
  readonly folder: string;
  readonly protocol: Protocol;
  readonly dataset: Dataset;
  readonly typed: Typed;
}

/**
 * Guards an earlier report of the same protocol: one made from more people or rows is replaced only with a reason,
 * which is then listed as a departure.
 *
 * @throws CliError `cli.smaller-data`
 */
export async function smallerThanBefore(
  io: Io,
  { folder, protocol, dataset, typed }: Report,
): Promise<readonly Deviation[]> {
  const file = join(folder, "publication.json");
  if (!existsSync(file)) return [];
  const { study, dataset: before } = await loadBundle(io, file);
  const now = { people: dataset.flow.answeredOnce, rows: dataset.personWave.nrows };
  if (study.id !== protocol.id || (now.people >= before.people && now.rows >= before.rows)) return [];
  const reason = typed.text("smaller-data")?.trim();
  if (reason === undefined || reason === "") throw smaller(folder, before, now);
  const what = `The analysis was run on ${counts(now)}, fewer than the ${counts(before)} of the report it replaces.`;
  return [{ kind: "smaller_data", clause: "data", what, why: reason }];
}

interface Size {
  readonly people: number;
  readonly rows: number;
}

function counts({ people, rows }: Size): string {
  return `${rows.toLocaleString("en")} ${rows === 1 ? "row" : "rows"} of ${people.toLocaleString("en")} ${people === 1 ? "person" : "people"}`;
}

function smaller(folder: string, before: Size, now: Size): CliError {
  return new CliError(
    "cli.smaller-data",
    `Expected at least the ${counts(before)} that the report in ${folder} was made from; found ${counts(now)}. Data may have been lost: look for them first. To replace that report all the same, say why with --smaller-data "REASON"; to keep both, choose another --out.`,
  );
}
