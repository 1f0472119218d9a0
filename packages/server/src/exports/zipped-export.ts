import { zipped } from "@longwave/findings";
import type { StoreLocation } from "../store/open.ts";
import { exportStudy } from "./export-study.ts";
import type { ExportOrder } from "./make.ts";

/** An export for a member of staff. */
export interface ExportJob extends ExportOrder {
  readonly actor: string;
}

/** A study's data as one zip. */
export interface ZippedExport {
  readonly name: string;
  readonly zip: Uint8Array;
}

/** The data of a locked study as a zip; nothing when it is not locked, or gone. */
export async function zippedExport(
  location: StoreLocation,
  { actor, ...order }: ExportJob,
): Promise<ZippedExport | undefined> {
  const outcome = await exportStudy(location, order, { beforeLock: false, actor: `staff:${actor}` });
  if (outcome.kind !== "made") return undefined;
  const { folder, files } = outcome.made;
  return { name: `${folder}.zip`, zip: zipped(folder, files) };
}
