import { existsSync } from "node:fs";
import { join } from "node:path";
import { isPostgresAddress, openTable, type Source } from "@longwave/source";
import type { Typed } from "./arguments.ts";
import { CliError } from "./errors.ts";
import { type Io, pathFrom } from "./io.ts";
import { watcherOf } from "./progress.ts";
import { dataFolder, namedMasterKey } from "./store.ts";

/** Where the data of a server are. */
export interface ServerData {
  readonly dataDir: string;
  readonly databaseUrl?: string;
  readonly masterKeyFile?: string;
}

/**
 * The data of a server as an argument names them: a folder, or a PostgreSQL by its address; the master key by the option
 * or the environment.
 *
 * @throws CliError `cli.no-file`
 */
export function serverData(io: Io, data: string, typed?: Typed): ServerData {
  const key = namedMasterKey(io, typed);
  if (isPostgresAddress(data)) return { dataDir: dataFolder(io), databaseUrl: data, ...key };
  const dataDir = pathFrom(io, data);
  if (existsSync(join(dataDir, "longwave.sqlite"))) return { dataDir, ...key };
  throw new CliError(
    "cli.no-file",
    `Expected the data folder of a server; ${dataDir} holds no longwave.sqlite. Name the folder given to "longwave serve --data", or postgres://host/database.`,
  );
}

/** The refusal of a study that a store does not have. */
export function noStudy(study: string, studies: readonly string[]): CliError {
  const names = studies.length === 0 ? "it has none" : `it has ${studies.join(", ")}`;
  return new CliError(
    "cli.no-study",
    `Expected a study of this store; found "${study}", and ${names}. Correct the name.`,
  );
}

/** The store and the study in `longwave-data?study=NAME` or `postgres://host/database?study=NAME`. */
function namedStudy(named: string): { readonly data: string; readonly study: string } | undefined {
  if (isPostgresAddress(named) && URL.canParse(named)) {
    const url = new URL(named);
    const study = url.searchParams.get("study");
    url.searchParams.delete("study");
    return study === null ? undefined : { data: url.href, study };
  }
  const [, data, study] = /^(.+)\?study=(.+)$/s.exec(named) ?? [];
  return data === undefined || study === undefined ? undefined : { data, study };
}

/**
 * The person-wave table of a locked study on a server, when that is what an argument names; undefined for any other. It
 * is read into this process and written nowhere; the study's audit says so.
 *
 * @throws CliError `cli.no-file`, `cli.no-study`, `cli.not-locked`
 */
export async function openStudyData(io: Io, named: string): Promise<Source | undefined> {
  const asked = namedStudy(named);
  if (asked === undefined) return undefined;
  const location = serverData(io, asked.data);
  const { readStudy } = await import("@longwave/server"); // only now: files need no server
  const reading = await readStudy(location, { study: asked.study, at: Date.now(), by: "longwave fit" });
  if (reading.kind === "no-study") throw noStudy(asked.study, reading.studies);
  if (reading.kind === "not-locked") {
    throw new CliError(
      "cli.not-locked",
      `Expected a study whose data are locked; ${asked.study} still takes answers, and nobody sees an estimate of it until it is locked. Wait for that, or see its data report in the console.`,
    );
  }
  const { columns } = reading.dataset.personWave;
  return openTable({ name: `the answers of ${asked.study}`, columns }, { watcher: watcherOf(io) });
}
