import type { Protocol, TextVersion } from "@longwave/study";
import { readProtocol } from "@longwave/study/text";
import type { Kysely } from "kysely";
import type { StudyRow } from "../store/queries/studies.ts";
import { versionsOf } from "../store/queries/versions.ts";
import type { Tables } from "../store/schema.ts";
import type { Compiler } from "./compiler.ts";

/** Reads the protocol in a text that has been read before. */
type Reader = Compiler["protocol"];

const readAnew: Reader = ({ protocolText, protocolId }): Protocol =>
  readProtocol(protocolText, `${protocolId}.yaml`);

/** The versions of a study's text for its dataset; none when there has been one, which is the text in force. */
export async function textVersions(
  db: Kysely<Tables>,
  { id, version, protocolId }: Pick<StudyRow, "id" | "version" | "protocolId">,
  read: Reader = readAnew,
): Promise<readonly TextVersion[]> {
  if (version === 1) return [];
  return (await versionsOf(db, id)).map(({ number, text, hash, fromSeq }) => ({
    number,
    fromSeq,
    protocol: read({ protocolText: text, protocolHash: hash, protocolId }),
  }));
}
