import { buildDataset, type Dataset, isLocked } from "@longwave/study";
import { readProtocol } from "@longwave/study/text";
import { textVersions } from "../protocol/text-versions.ts";
import type { StoreLocation } from "../store/open.ts";
import { answersUpTo } from "../store/queries/answers.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { personRecords } from "../store/queries/person-records.ts";
import { type NoStudy, onStudy } from "./open-study.ts";

/** What came of asking for a study's dataset: the dataset, that there is no such study, or that it takes answers. */
export type StudyReading =
  | { readonly kind: "read"; readonly dataset: Dataset }
  | NoStudy
  | { readonly kind: "not-locked" };

/**
 * The dataset of a locked study in a store, while a server may be running on it; that it was read is written down. A
 * study that still takes answers is blind: nobody sees an estimate of it.
 *
 * @param order.by  the command that reads.
 */
export async function readStudy(
  location: StoreLocation,
  order: { readonly study: string; readonly at: number; readonly by: string },
): Promise<StudyReading> {
  return onStudy(location, order, async (store, study) => {
    if (!isLocked(study.phase)) return { kind: "not-locked" };
    const { id, lastSeq: upToSeq, erasureSeq } = study;
    const dataset = await store.db
      .transaction()
      .setIsolationLevel("repeatable read")
      .execute(async (trx) =>
        buildDataset({
          protocol: readProtocol(study.protocolText, `${study.protocolId}.yaml`),
          versions: await textVersions(trx, study),
          people: await personRecords(trx, id),
          answers: await answersUpTo(trx, id, upToSeq),
          upToSeq,
          erasureSeq,
        }),
      );
    await recordEvent(store.db, {
      at: order.at,
      study: id,
      actor: "command-line",
      action: "data.read",
      detail: { by: order.by, upToSeq, hash: dataset.hash },
    });
    return { kind: "read", dataset };
  });
}
