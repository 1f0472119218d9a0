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

/** Takes away the signatures under the lock of a study; returns the addresses of who gave them. */
export async function removeSignatures(db: Kysely<Tables>, study: string): Promise<readonly string[]> {
  const signed = await signaturesOf(db, study);
  await db.deleteFrom("lock_signature").where("study", "=", study).execute();
  return signed.map(({ email }) => email);
}
