import type { StudyVersion } from "@longwave/api";
import { differencesOf } from "@longwave/study";
import type { ServerContext } from "../context.ts";
import type { StudyRow } from "../store/queries/studies.ts";
import { type VersionRow, versionsOf } from "../store/queries/versions.ts";
import { textLines } from "./text-lines.ts";

/** Every version of a study's text, the newest first, each beside the one before it. */
export async function studyVersions(
  context: Pick<ServerContext, "store" | "compiler">,
  study: StudyRow,
): Promise<readonly StudyVersion[]> {
  const versions = await versionsOf(context.store.db, study.id);
  const protocolOf = ({ text, hash }: VersionRow) =>
    context.compiler.protocol({ protocolText: text, protocolHash: hash, protocolId: study.protocolId });
  return versions
    .map((row, index) => {
      const before = versions[index - 1];
      return {
        number: row.number,
        version: row.version,
        hash: row.hash,
        since: row.fromAt,
        fromSeq: row.fromSeq,
        ...(row.by === undefined ? {} : { by: row.by }),
        ...(row.amendment === undefined
          ? {}
          : { reason: row.amendment.reason, effect: row.amendment.effect }),
        changes: before === undefined ? [] : differencesOf(protocolOf(before), protocolOf(row)),
        lines: before === undefined ? [] : textLines(before.text, row.text),
      };
    })
    .reverse();
}
