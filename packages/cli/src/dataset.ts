import { readDataColumns } from "@longwave/source";
import { type Dataset, datasetFromPlan, datasetFromRows } from "@longwave/study";
import type { ReadDataPlan } from "@longwave/study/text";
import { CliError } from "./errors.ts";
import { loadMapping, type Study } from "./input.ts";
import { type Io, pathFrom } from "./io.ts";
import { watcherOf } from "./progress.ts";

/** Which files hold the rows of a study. */
export interface DatasetFiles extends Study {
  readonly dataFile: string;
  /** The mapping of columns and codes, when the names or codes differ from the protocol's. */
  readonly mapFile: string | undefined;
  /** One row for each session logged and each rest, when there are any. */
  readonly eventsFile: string | undefined;
}

/**
 * The dataset in a file of rows: by the plan made for it, or by the names and codes of the protocol, maybe through a
 * mapping.
 *
 * @throws CliError `cli.option-value` for a mapping beside a plan.
 */
export async function readDataset(io: Io, files: DatasetFiles): Promise<Dataset> {
  const { protocol, plan, dataFile, mapFile, eventsFile } = files;
  const path = pathFrom(io, dataFile);
  if (plan === undefined) {
    const watcher = watcherOf(io);
    const mapping = mapFile === undefined ? undefined : await loadMapping(io, mapFile);
    const columns = await readDataColumns(path, { watcher });
    const events =
      eventsFile === undefined ? undefined : await readDataColumns(pathFrom(io, eventsFile), { watcher });
    return datasetFromRows({
      protocol,
      columns,
      ...(mapping === undefined ? {} : { mapping }),
      ...(events === undefined ? {} : { events }),
    });
  }
  if (mapFile !== undefined) throw mappedTwice();
  if (eventsFile !== undefined) throw eventsBesidePlan();
  return planDataset(io, plan, path);
}

async function planDataset(io: Io, { plan, placed }: ReadDataPlan, path: string): Promise<Dataset> {
  const columns = await readDataColumns(path, { where: plan.only, watcher: watcherOf(io) });
  return placed((read) => datasetFromPlan({ plan: read, columns }).dataset);
}

function mappedTwice(): CliError {
  return new CliError(
    "cli.option-value",
    "Expected no --map beside a plan; a plan says itself which column is which. Leave --map out, and write codes under values: in the plan.",
  );
}

function eventsBesidePlan(): CliError {
  return new CliError(
    "cli.option-value",
    "Expected no --events beside a plan; a plan speaks of one row for each person and wave. Use a study's protocol for sessions.",
  );
}
