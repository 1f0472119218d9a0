import type { Kysely } from "kysely";
import type { Tables } from "../schema.ts";
import type { OutboxTable } from "../schema-messages.ts";

/** Marks a message that was handed over as failed; nothing when it is not there, or known to have failed. */
export async function failReturned(
  db: Kysely<Tables>,
  id: string,
  why: string,
): Promise<Pick<OutboxTable, "study" | "person" | "template" | "decided_at"> | undefined> {
  return db
    .updateTable("outbox")
    .set({ state: "failed", last_error: why })
    .where("id", "=", id)
    .where("state", "in", ["sent", "uncertain"])
    .returning(["study", "person", "template", "decided_at"])
    .executeTakeFirst();
}

/** Marks the address that a person has now: mail to it comes back. */
export async function markAddress(db: Kysely<Tables>, study: string, person: string): Promise<void> {
  await db
    .updateTable("person_contact")
    .set((eb) => ({ returned_index: eb.ref("email_index") }))
    .where("study", "=", study)
    .where("person", "=", person)
    .execute();
}

/** Takes the mark away: somebody has shown that mail arrives there, or has decided that it is to be tried again. */
export async function unmarkAddress(db: Kysely<Tables>, study: string, person: string): Promise<void> {
  await db
    .updateTable("person_contact")
    .set({ returned_index: null })
    .where("study", "=", study)
    .where("person", "=", person)
    .execute();
}

/** Those of some people, or of a study, whose address is one from which mail came back. */
export async function peopleWithReturns(
  db: Kysely<Tables>,
  study: string,
  people?: readonly string[],
): Promise<ReadonlySet<string>> {
  if (people?.length === 0) return new Set();
  const rows = await db
    .selectFrom("person_contact")
    .select("person")
    .where("study", "=", study)
    .$if(people !== undefined, (query) => query.where("person", "in", people ?? []))
    .whereRef("returned_index", "=", "email_index")
    .execute();
  return new Set(rows.map(({ person }) => person));
}
