import type { Kysely } from "kysely";
import type { LockSignatureTable, Tables } from "../schema.ts";

/** The signatures under the lock of a study, in the order they were given. */
export async function signaturesOf(
  db: Kysely<Tables>,
  study: string,
): Promise<readonly LockSignatureTable[]> {
  return db
    .selectFrom("lock_signature")
    .selectAll()
    .where("study", "=", study)
    .orderBy("signed_at")
    .execute();
}

/** Adds a signature. */
export async function addSignature(db: Kysely<Tables>, signature: LockSignatureTable): Promise<void> {
  await db.insertInto("lock_signature").values(signature).execute();
}
