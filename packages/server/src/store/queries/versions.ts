import type { AmendmentEffect } from "@longwave/api";
import type { ContactFacts } from "@longwave/study";
import type { Kysely } from "kysely";
import { parseJson } from "../parse.ts";
import type { ProtocolVersionTable, Tables } from "../schema.ts";
import type { StudyRow } from "./studies.ts";

/** A text of a study that was in force from a moment on. */
export interface VersionRow {
  readonly number: number;
  readonly version: string;
  readonly hash: string;
  readonly text: string;
  readonly fromAt: number;
  /** The last answer before it. */
  readonly fromSeq: number;
  /** Why, and for whom it was expected to matter; absent for the first. */
  readonly amendment: Amendment | undefined;
  /** The name of who opened the study, or amended it. */
  readonly by: string | undefined;
}

interface Amendment {
  readonly reason: string;
  readonly effect: AmendmentEffect;
  /** The version of the consent in this text. */
  readonly consentVersion: number;
  readonly planChanged: boolean;
}

function parseVersion(row: ProtocolVersionTable): VersionRow {
  const { number, version, hash, text, reason, affected } = row;
  const amendment =
    reason === null ? undefined : { ...(parseJson(affected ?? "{}") as Omit<Amendment, "reason">), reason };
  return {
    number,
    version,
    hash,
    text,
    fromAt: row.from_at,
    fromSeq: row.from_seq,
    amendment,
    by: row.by_name ?? undefined,
  };
}

/** Every version of a study's text, the first one first; none while it is in design. */
export async function versionsOf(db: Kysely<Tables>, study: string): Promise<readonly VersionRow[]> {
  const rows = await db
    .selectFrom("protocol_version")
    .selectAll()
    .where("study", "=", study)
    .orderBy("number")
    .execute();
  return rows.map(parseVersion);
}

/** When the plan in force was locked: the study was opened, or amended in its plan, then. */
export async function planLockedAt(
  db: Kysely<Tables>,
  { id, version, openedAt, createdAt }: Pick<StudyRow, "id" | "version" | "openedAt" | "createdAt">,
): Promise<number> {
  const versions = version === 1 ? [] : await versionsOf(db, id);
  const changed = versions.findLast(({ amendment }) => amendment?.planChanged === true);
  return changed?.fromAt ?? openedAt ?? createdAt;
}

/** Adds a version after those there are. */
export async function addVersion(
  db: Kysely<Tables>,
  study: string,
  { amendment, by, ...row }: VersionRow & { readonly byEmail: string },
): Promise<void> {
  const { reason = null, ...affected } = amendment ?? {};
  await db
    .insertInto("protocol_version")
    .values({
      study,
      number: row.number,
      version: row.version,
      hash: row.hash,
      text: row.text,
      from_at: row.fromAt,
      from_seq: row.fromSeq,
      reason,
      by_email: row.byEmail,
      by_name: by ?? null,
      affected: JSON.stringify(affected),
    })
    .execute();
}

type StudyFacts = Pick<ContactFacts, "paused" | "pauses" | "recruitmentClosed"> & {
  /** Since when people are asked to consent to a version of the consent; absent: it is the one they joined with. */
  readonly consentSince: number | undefined;
};

/** What is true of a whole study for the messages of every person in it. */
export async function studyFactsOf(
  db: Kysely<Tables>,
  study: string,
  consentVersion: number,
): Promise<StudyFacts> {
  const row = await db
    .selectFrom("study")
    .select(["phase", "paused_at"])
    .where("id", "=", study)
    .executeTakeFirst();
  const pauses = await db
    .selectFrom("study_pause")
    .select(["from_at", "until_at"])
    .where("study", "=", study)
    .orderBy("from_at")
    .execute();
  const amended = await db
    .selectFrom("protocol_version")
    .select(["from_at", "affected"])
    .where("study", "=", study)
    .where("affected", "is not", null)
    .orderBy("number")
    .execute();
  const asking = amended.find(({ affected }) => {
    const { consentVersion: to } = parseJson(affected ?? "{}") as Partial<Amendment>;
    return to !== undefined && to >= consentVersion;
  });
  return {
    paused: row?.paused_at !== null,
    pauses: pauses.map(({ from_at: from, until_at: until }) => ({ from, until })),
    recruitmentClosed: row?.phase !== "recruiting",
    consentSince: asking?.from_at,
  };
}
