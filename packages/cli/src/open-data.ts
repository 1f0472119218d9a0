import { isPostgresAddress, openFile, openPostgres, type Source, type WideWords } from "@longwave/source";
import { type Io, pathFrom } from "./io.ts";
import { watcherOf } from "./progress.ts";
import { openStudyData } from "./study-data.ts";

/**
 * The data that an argument names: a file, a table of a PostgreSQL by its address, or a locked study of a server, which
 * is long; what takes long shows a bar.
 *
 * @param wide  for a table with one row for each person: its series and waves.
 */
export async function openData(io: Io, named: string, wide?: WideWords): Promise<Source> {
  const study = wide === undefined ? await openStudyData(io, named) : undefined;
  if (study !== undefined) return study;
  const options = { watcher: watcherOf(io), ...(wide === undefined ? {} : { wide }) };
  return isPostgresAddress(named) ? openPostgres(named, options) : openFile(pathFrom(io, named), options);
}
