import { isPostgresAddress, openFile, openPostgres, type Source } from "@longwave/source";
import { type Io, pathFrom } from "./io.ts";

/** The data that an argument names: a file, or a table of a PostgreSQL by its address. */
export function openData(io: Io, named: string): Promise<Source> {
  return isPostgresAddress(named) ? openPostgres(named) : openFile(pathFrom(io, named));
}
