import { readDataColumns } from "@longwave/source";
import { type Dataset, datasetFromRows, type Protocol } from "@longwave/study";
import { loadMapping } from "./input.ts";
import { type Io, pathFrom } from "./io.ts";

/** Which files hold the rows of a study. */
export interface DatasetFiles {
  readonly protocol: Protocol;
  readonly dataFile: string;
  /** The mapping of columns and codes, when the names or codes differ from the protocol's. */
  readonly mapFile: string | undefined;
  /** One row for each session logged and each rest, when there are any. */
  readonly eventsFile: string | undefined;
}

/** The dataset in a file of rows, by the names and codes of the protocol or through a mapping. */
export async function readDataset(io: Io, files: DatasetFiles): Promise<Dataset> {
  const { protocol, dataFile, mapFile, eventsFile } = files;
  const mapping = mapFile === undefined ? undefined : await loadMapping(io, mapFile);
  const columns = await readDataColumns(pathFrom(io, dataFile));
  const events = eventsFile === undefined ? undefined : await readDataColumns(pathFrom(io, eventsFile));
  return datasetFromRows({
    protocol,
    columns,
    ...(mapping === undefined ? {} : { mapping }),
    ...(events === undefined ? {} : { events }),
  });
}
