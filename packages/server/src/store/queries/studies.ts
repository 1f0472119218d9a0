import type { StudyPhase } from "@longwave/api";
import type { LocalText } from "@longwave/study";
import type { Kysely } from "kysely";
import { oneOf, parseLocalText } from "../parse.ts";
import type { StudyTable, Tables } from "../schema.ts";

/** A study as the server works with it. */
export interface StudyRow {
  readonly id: string;
  readonly title: LocalText;
  readonly protocolId: string;
  readonly protocolVersion: string;
  readonly protocolHash: string;
  readonly protocolText: string;
  readonly phase: StudyPhase;
  readonly simulated: boolean;
  readonly tryIt: boolean;
  readonly lastSeq: number;
  /** How many people have been erased. */
  readonly erasureSeq: number;
  readonly createdAt: number;
  readonly lockedAt: number | undefined;
}

/** The phases in which answers and people are taken. */
export const openPhases: readonly StudyPhase[] = ["recruiting", "running"];

function parseStudy(row: StudyTable): StudyRow {
  return {
    id: row.id,
    title: parseLocalText(row.title),
    protocolId: row.protocol_id,
    protocolVersion: row.protocol_version,
    protocolHash: row.protocol_hash,
    protocolText: row.protocol_text,
    phase: oneOf(row.phase, ["recruiting", "running", "locked", "published"], "study.phase"),
    simulated: row.simulated === 1,
    tryIt: row.try_it === 1,
    lastSeq: row.last_seq,
    erasureSeq: row.erasure_seq,
    createdAt: row.created_at,
    lockedAt: row.locked_at ?? undefined,
  };
}

/** All studies, oldest first. */
export async function allStudies(db: Kysely<Tables>): Promise<readonly StudyRow[]> {
  const rows = await db.selectFrom("study").selectAll().orderBy("created_at").orderBy("id").execute();
  return rows.map(parseStudy);
}

/** The study with this id, if there is one. */
export async function studyById(db: Kysely<Tables>, id: string): Promise<StudyRow | undefined> {
  const row = await db.selectFrom("study").selectAll().where("id", "=", id).executeTakeFirst();
  return row && parseStudy(row);
}

/** Adds a study without people or answers. */
export async function addStudy(
  db: Kysely<Tables>,
  study: Omit<StudyRow, "lastSeq" | "erasureSeq" | "lockedAt">,
): Promise<void> {
  await db
    .insertInto("study")
    .values({
      id: study.id,
      title: JSON.stringify(study.title),
      protocol_id: study.protocolId,
      protocol_version: study.protocolVersion,
      protocol_hash: study.protocolHash,
      protocol_text: study.protocolText,
      phase: study.phase,
      simulated: study.simulated ? 1 : 0,
      try_it: study.tryIt ? 1 : 0,
      last_seq: 0,
      erasure_seq: 0,
      created_at: study.createdAt,
      locked_at: null,
    })
    .execute();
}

/** Moves a study to the phase `published`. */
export async function markPublished(db: Kysely<Tables>, study: string): Promise<void> {
  await db.updateTable("study").set({ phase: "published" }).where("id", "=", study).execute();
}

/** Closes a study to answers and people. */
export async function markLocked(db: Kysely<Tables>, study: string, at: number): Promise<void> {
  await db.updateTable("study").set({ phase: "locked", locked_at: at }).where("id", "=", study).execute();
}

/**
 * Takes the row of a study for this transaction and returns its last place and phase as they are now.
 * An update that changes nothing is what both engines accept as a row lock.
 */
export async function takeStudy(
  db: Kysely<Tables>,
  study: string,
): Promise<{ readonly lastSeq: number; readonly phase: StudyPhase }> {
  const row = await db
    .updateTable("study")
    .set((eb) => ({ last_seq: eb.ref("last_seq") }))
    .where("id", "=", study)
    .returning(["last_seq", "phase"])
    .executeTakeFirstOrThrow();
  return {
    lastSeq: row.last_seq,
    phase: oneOf(row.phase, ["recruiting", "running", "locked", "published"], "study.phase"),
  };
}

/** Writes down the last place given out. */
export async function setLastSeq(db: Kysely<Tables>, study: string, lastSeq: number): Promise<void> {
  await db.updateTable("study").set({ last_seq: lastSeq }).where("id", "=", study).execute();
}
