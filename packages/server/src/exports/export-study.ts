import { isLocked } from "@longwave/study";
import type { StoreLocation } from "../store/open.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { type ExportOrder, makeExport, type StudyExport } from "./make.ts";
import { type NoStudy, onStudy } from "./open-study.ts";

/** What came of asking for a study's data: its files, that there is no such study, or that it still takes answers. */
export type ExportOutcome =
  | { readonly kind: "made"; readonly made: StudyExport }
  | NoStudy
  | { readonly kind: "not-locked" };

/**
 * The data of a study in a store, while a server may be running on it; that they were taken is written down.
 *
 * @param options.beforeLock  whether a study that still takes answers may be exported.
 */
export async function exportStudy(
  location: StoreLocation,
  order: ExportOrder,
  options: { readonly beforeLock: boolean; readonly actor: string },
): Promise<ExportOutcome> {
  return onStudy(location, order, async (store, study) => {
    const isOpen = !isLocked(study.phase);
    if (isOpen && !options.beforeLock) return { kind: "not-locked" };
    const made = await makeExport(store.db, order);
    await recordEvent(store.db, {
      at: order.at,
      study: study.id,
      actor: options.actor,
      action: "data.exported",
      detail: { upToSeq: made.upToSeq, hash: made.hash, locked: !isOpen },
    });
    return { kind: "made", made };
  });
}
