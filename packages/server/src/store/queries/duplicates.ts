import type { DuplicateVerdict } from "@longwave/api";
import type { Kysely } from "kysely";
import { oneOf } from "../parse.ts";
import type { Tables } from "../schema.ts";
import type { DuplicateMarkTable } from "../schema-recruitment.ts";

/** What managers have said of two people, by "PERSON OTHER" with the lower number first. */
export async function duplicateMarks(
  db: Kysely<Tables>,
  study: string,
): Promise<ReadonlyMap<string, DuplicateVerdict>> {
  const rows = await db.selectFrom("duplicate_mark").selectAll().where("study", "=", study).execute();
  return new Map(
    rows.map(({ person, other, verdict }) => [
      `${person} ${other}`,
      oneOf<DuplicateVerdict>(verdict, ["same", "different"], "duplicate_mark.verdict"),
    ]),
  );
}

/** Keeps what a manager says of two people; the latest word stands. */
export async function markDuplicate(db: Kysely<Tables>, row: DuplicateMarkTable): Promise<void> {
  const { verdict, marked_at, marked_by } = row;
  await db
    .insertInto("duplicate_mark")
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(["study", "person", "other"]).doUpdateSet({ verdict, marked_at, marked_by }),
    )
    .execute();
}
