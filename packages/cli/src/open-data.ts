import { isPostgresAddress, openFile, openPostgres, type Source, type WideWords } from "@longwave/source";
import { type Io, pathFrom } from "./io.ts";
import { watcherOf } from "./progress.ts";

/**
 * The data that an argument names: a file, or a table of a PostgreSQL by its address; what takes long shows a bar.
 *
 * @param wide  for a table with one row for each person: its series and waves.
 */
export function openData(io: Io, named: string, wide?: WideWords): Promise<Source> {
  const options = { watcher: watcherOf(io), ...(wide === undefined ? {} : { wide }) };
  return isPostgresAddress(named) ? openPostgres(named, options) : openFile(pathFrom(io, named), options);
}
