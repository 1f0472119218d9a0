import { type LocalText, type StudyPhase, studyPhases, takesAnswers } from "@longwave/study";
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
  /** Number of the version of the text in force. */
  readonly version: number;
  /** When it was opened for people, and so its plan was locked; absent while it is in design. */
  readonly openedAt: number | undefined;
  /** Since when it is paused. */
  readonly pausedAt: number | undefined;
  /** In design: the text as last saved, if it has mistakes. */
  readonly draftText: string | undefined;
}

const withoutTexts = [
  "id",
  "title",
  "protocol_id",
  "protocol_version",
  "protocol_hash",
  "phase",
  "simulated",
  "try_it",
  "last_seq",
  "erasure_seq",
  "created_at",
  "locked_at",
  "version",
  "opened_at",
  "paused_at",
] as const satisfies readonly (keyof StudyTable)[];

/** The phases in which answers are taken. */
export const openPhases: readonly StudyPhase[] = studyPhases.filter(takesAnswers);

function parseStudy(row: StudyTable): StudyRow {
  return {
    id: row.id,
    title: parseLocalText(row.title),
    protocolId: row.protocol_id,
    protocolVersion: row.protocol_version,
    protocolHash: row.protocol_hash,
    protocolText: row.protocol_text,
    phase: oneOf(row.phase, studyPhases, "study.phase"),
    simulated: row.simulated === 1,
    tryIt: row.try_it === 1,
    lastSeq: row.last_seq,
    erasureSeq: row.erasure_seq,
    createdAt: row.created_at,
    lockedAt: row.locked_at ?? undefined,
    version: row.version,
    openedAt: row.opened_at ?? undefined,
    pausedAt: row.paused_at ?? undefined,
    draftText: row.draft_text ?? undefined,
  };
}

/** All studies, oldest first. */
export async function allStudies(db: Kysely<Tables>): Promise<readonly StudyRow[]> {
  const rows = await db.selectFrom("study").selectAll().orderBy("created_at").orderBy("id").execute();
  return rows.map(parseStudy);
}

/** The study with this id, if there is one. */
export async function studyById(db: Kysely<Tables>, id: string): Promise<StudyRow | undefined> {
  const kept = texts.get(db)?.get(id);
  if (kept) {
    const row = await db
      .selectFrom("study")
      .select(withoutTexts)
      .where("id", "=", id)
      .where("version", "=", kept.version)
      .where("created_at", "=", kept.created_at)
      .where("phase", "!=", "design")
      .executeTakeFirst();
    if (row) return parseStudy({ ...row, ...kept, draft_text: null });
  }
  const row = await db.selectFrom("study").selectAll().where("id", "=", id).executeTakeFirst();
  if (row && row.phase !== "design") keepText(db, row);
  return row && parseStudy(row);
}

/** What makes a text out: after design, a version of a study is one text for good. */
type KeptText = Pick<StudyTable, "version" | "created_at" | "protocol_text">;

/** The newest text of each study that is open, by store: a text is long, and every request asks for its study. */
const texts = new WeakMap<Kysely<Tables>, Map<string, KeptText>>();

function keepText(db: Kysely<Tables>, { id, version, created_at, protocol_text }: StudyTable): void {
  const known = texts.get(db) ?? new Map<string, KeptText>();
  texts.set(db, known.set(id, { version, created_at, protocol_text }));
}

/** A study about to be added. */
export type NewStudy = Omit<
  StudyRow,
  "lastSeq" | "erasureSeq" | "lockedAt" | "version" | "openedAt" | "pausedAt" | "draftText"
>;

/** Adds a study without people or answers. One that is not in design is open, with this text as its first version. */
export async function addStudy(db: Kysely<Tables>, study: NewStudy): Promise<void> {
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
      version: 1,
      opened_at: null,
      paused_at: null,
      draft_text: null,
    })
    .execute();
  if (study.phase === "design") return;
  const { id, phase, createdAt: at, ...text } = study;
  await markOpened(db, { ...text, id, phase, at, by: undefined });
}

/** The text of a study, and what is known of it without reading it. */
type TextColumns = Pick<
  StudyRow,
  "id" | "title" | "protocolId" | "protocolVersion" | "protocolHash" | "protocolText"
>;

/** Opens a study: its text becomes the first version, and its plan is locked from now on. */
export async function markOpened(
  db: Kysely<Tables>,
  {
    at,
    by,
    ...study
  }: TextColumns & {
    readonly phase: StudyPhase;
    readonly at: number;
    readonly by: { readonly email: string; readonly name: string } | undefined;
  },
): Promise<void> {
  const opened = { phase: study.phase, opened_at: at, draft_text: null };
  await db.updateTable("study").set(opened).where("id", "=", study.id).execute();
  await db
    .insertInto("protocol_version")
    .values({
      study: study.id,
      number: 1,
      version: study.protocolVersion,
      hash: study.protocolHash,
      text: study.protocolText,
      from_at: at,
      from_seq: 0,
      reason: null,
      by_email: by?.email ?? null,
      by_name: by?.name ?? null,
      affected: null,
    })
    .execute();
}

/** Puts another text in the place of the one a study has; inside a transaction that holds its row. */
export async function replaceText(
  db: Kysely<Tables>,
  study: TextColumns & { readonly version: number },
): Promise<void> {
  await db
    .updateTable("study")
    .set({
      title: JSON.stringify(study.title),
      protocol_id: study.protocolId,
      protocol_version: study.protocolVersion,
      protocol_hash: study.protocolHash,
      protocol_text: study.protocolText,
      draft_text: null,
      version: study.version,
    })
    .where("id", "=", study.id)
    .execute();
}

/** Keeps the text of a study in design that has mistakes; the one without stays beside it. */
export async function keepDraft(db: Kysely<Tables>, study: string, text: string): Promise<void> {
  await db.updateTable("study").set({ draft_text: text }).where("id", "=", study).execute();
}

/** Moves a study to a phase. */
export async function setPhase(db: Kysely<Tables>, study: string, phase: StudyPhase): Promise<void> {
  await db.updateTable("study").set({ phase }).where("id", "=", study).execute();
}

/** Pauses a study, or ends its pause and keeps when it was. */
export async function setPaused(
  db: Kysely<Tables>,
  study: string,
  { from, until }: { readonly from: number; readonly until?: number },
): Promise<void> {
  const paused_at = until === undefined ? from : null;
  await db.updateTable("study").set({ paused_at }).where("id", "=", study).execute();
  if (until === undefined) return;
  await db.insertInto("study_pause").values({ study, from_at: from, until_at: until }).execute();
}

/** Closes a study to answers and people; a pause ends with it. */
export async function markLocked(db: Kysely<Tables>, study: string, at: number): Promise<void> {
  const locked = { phase: "locked", locked_at: at, paused_at: null };
  await db.updateTable("study").set(locked).where("id", "=", study).execute();
}

/** A study whose row is held: nothing about it changes until the transaction ends. */
export interface TakenStudy {
  readonly lastSeq: number;
  readonly phase: StudyPhase;
  readonly pausedAt: number | undefined;
  readonly protocolHash: string;
}

/**
 * Takes the row of a study for this transaction and returns how it stands now.
 * An update that changes nothing is what both engines accept as a row lock.
 */
export async function takeStudy(db: Kysely<Tables>, study: string): Promise<TakenStudy> {
  const row = await db
    .updateTable("study")
    .set((eb) => ({ last_seq: eb.ref("last_seq") }))
    .where("id", "=", study)
    .returning(["last_seq", "phase", "paused_at", "protocol_hash"])
    .executeTakeFirstOrThrow();
  return {
    lastSeq: row.last_seq,
    phase: oneOf(row.phase, studyPhases, "study.phase"),
    pausedAt: row.paused_at ?? undefined,
    protocolHash: row.protocol_hash,
  };
}

/** Writes down the last place given out. */
export async function setLastSeq(db: Kysely<Tables>, study: string, lastSeq: number): Promise<void> {
  await db.updateTable("study").set({ last_seq: lastSeq }).where("id", "=", study).execute();
}
