import { isPostgresAddress, openFile, openPostgres, type Source } from "@longwave/source";
import { type Io, pathFrom } from "./io.ts";
import { watcherOf } from "./progress.ts";

/** The data that an argument names: a file, or a table of a PostgreSQL by its address; what takes long shows a bar. */
export function openData(io: Io, named: string): Promise<Source> {
  const options = { watcher: watcherOf(io) };
  return isPostgresAddress(named) ? openPostgres(named, options) : openFile(pathFrom(io, named), options);
}
