import type { Problem } from "@longwave/api";
import { isProblem } from "@longwave/api";
import type { ReleaseSummary } from "@longwave/findings";
import type { Kysely } from "kysely";
import { oneOf, parseJson } from "../parse.ts";
import type { Tables } from "../schema.ts";
import type { ReleaseRecipientTable, ReleaseTable } from "../schema-results.ts";

/** What is kept of a release beside its files. */
interface KeptSummary {
  readonly summary: ReleaseSummary;
  readonly changes: readonly string[];
  readonly warnings: readonly string[];
}

/** A release without its files and report. */
export interface ReleaseRow {
  readonly study: string;
  readonly id: string;
  readonly state: "making" | "ready" | "failed" | "kept";
  readonly number: number;
  readonly startedAt: number;
  readonly startedBy: string;
  readonly keptAt: number | undefined;
  readonly keptBy: string | undefined;
  readonly upToSeq: number;
  readonly peopleHash: string | undefined;
  readonly hash: string | undefined;
  readonly made: KeptSummary | undefined;
  readonly problem: Problem | undefined;
}

const columns = [
  "study",
  "id",
  "state",
  "number",
  "started_at",
  "started_by",
  "kept_at",
  "kept_by",
  "up_to_seq",
  "people_hash",
  "hash",
  "summary",
  "problem",
] as const;

function parseRelease(row: Pick<ReleaseTable, (typeof columns)[number]>): ReleaseRow {
  const problem = row.problem === null ? undefined : parseJson(row.problem);
  return {
    study: row.study,
    id: row.id,
    state: oneOf(row.state, ["making", "ready", "failed", "kept"], "release.state"),
    number: row.number,
    startedAt: row.started_at,
    startedBy: row.started_by,
    keptAt: row.kept_at ?? undefined,
    keptBy: row.kept_by ?? undefined,
    upToSeq: row.up_to_seq,
    peopleHash: row.people_hash ?? undefined,
    hash: row.hash ?? undefined,
    // Written by this server in one piece, beside the files that it tells of.
    made: row.summary === null ? undefined : (parseJson(row.summary) as KeptSummary),
    problem: isProblem(problem) ? problem : undefined,
  };
}

/** Every release of a study: versions, the newest first, and previews. */
export async function releasesOf(db: Kysely<Tables>, study: string): Promise<readonly ReleaseRow[]> {
  const rows = await db
    .selectFrom("release")
    .select(columns)
    .where("study", "=", study)
    .orderBy("number", "desc")
    .orderBy("started_at", "desc")
    .execute();
  return rows.map(parseRelease);
}

/** The version of this number, if it was kept. */
export async function versionOf(
  db: Kysely<Tables>,
  study: string,
  number: number,
): Promise<ReleaseRow | undefined> {
  const row = await db
    .selectFrom("release")
    .select(columns)
    .where("study", "=", study)
    .where("state", "=", "kept")
    .where("number", "=", number)
    .executeTakeFirst();
  return row && parseRelease(row);
}

/** The report and the zip of a release. */
export async function filesOfRelease(
  db: Kysely<Tables>,
  release: Pick<ReleaseRow, "study" | "id">,
): Promise<{ readonly report: string | null; readonly file: Uint8Array | null } | undefined> {
  return db
    .selectFrom("release")
    .select(["report", "file"])
    .where("study", "=", release.study)
    .where("id", "=", release.id)
    .executeTakeFirst();
}

/** A preview about to be made. */
export type NewPreview = Pick<
  ReleaseRow,
  "study" | "id" | "number" | "startedAt" | "startedBy" | "upToSeq"
> & {
  readonly k: number;
  readonly minCell: number;
};

/** Puts a preview in place of those that were not kept. */
export async function replacePreviews(db: Kysely<Tables>, preview: NewPreview): Promise<void> {
  await db.deleteFrom("release").where("study", "=", preview.study).where("state", "!=", "kept").execute();
  await db
    .insertInto("release")
    .values({
      study: preview.study,
      id: preview.id,
      state: "making",
      number: preview.number,
      started_at: preview.startedAt,
      started_by: preview.startedBy,
      kept_at: null,
      kept_by: null,
      up_to_seq: preview.upToSeq,
      k: preview.k,
      min_cell: preview.minCell,
      people_hash: null,
      hash: null,
      summary: null,
      report: null,
      file: null,
      problem: null,
    })
    .execute();
}

/** What the making of a preview came to. */
export interface MadePreview extends KeptSummary {
  readonly peopleHash: string;
  readonly hash: string;
  readonly report: string;
  readonly file: Uint8Array;
}

/** Keeps what was made, unless another preview has taken its place. */
export async function finishPreview(
  db: Kysely<Tables>,
  preview: Pick<ReleaseRow, "study" | "id">,
  made: MadePreview,
): Promise<void> {
  const { summary, changes, warnings } = made;
  await db
    .updateTable("release")
    .set({
      state: "ready",
      people_hash: made.peopleHash,
      hash: made.hash,
      summary: JSON.stringify({ summary, changes, warnings }),
      report: made.report,
      file: Buffer.from(made.file),
    })
    .where("study", "=", preview.study)
    .where("id", "=", preview.id)
    .where("state", "=", "making")
    .execute();
}

/** Marks a preview as failed, with the reason. */
export async function failPreview(
  db: Kysely<Tables>,
  preview: Pick<ReleaseRow, "study" | "id">,
  problem: Problem,
): Promise<void> {
  await db
    .updateTable("release")
    .set({ state: "failed", problem: JSON.stringify(problem) })
    .where("study", "=", preview.study)
    .where("id", "=", preview.id)
    .where("state", "=", "making")
    .execute();
}

/** Makes a preview a version: from here on nothing writes to its row. */
export async function markKept(
  db: Kysely<Tables>,
  preview: Pick<ReleaseRow, "study" | "id">,
  kept: { readonly at: number; readonly by: string },
): Promise<void> {
  await db
    .updateTable("release")
    .set({ state: "kept", kept_at: kept.at, kept_by: kept.by })
    .where("study", "=", preview.study)
    .where("id", "=", preview.id)
    .where("state", "=", "ready")
    .execute();
}

/** Who received the versions of a study, in the order it was written down. */
export async function recipientsOf(
  db: Kysely<Tables>,
  study: string,
): Promise<readonly ReleaseRecipientTable[]> {
  return db
    .selectFrom("release_recipient")
    .selectAll()
    .where("study", "=", study)
    .orderBy("recorded_at")
    .orderBy("id")
    .execute();
}

/** Writes down who received a version. */
export async function addRecipient(db: Kysely<Tables>, recipient: ReleaseRecipientTable): Promise<void> {
  await db.insertInto("release_recipient").values(recipient).execute();
}
