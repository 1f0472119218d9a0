import type { Kysely } from "kysely";
import type { Tables } from "../schema.ts";

interface OfPerson {
  readonly study: string;
  readonly person: string;
}

/** What stands where an answer stood: its place in the order, and nothing of what was asked or said. */
const TOMBSTONE = {
  // A slash in the name keeps it out of every count of waves, as with what is logged between them.
  wave: "erased/",
  item: "",
  payload: "",
  answered_at: 0,
  replaces: null,
  given: 0,
  sealed: 1,
  mode: null,
  entered_by: null,
  reason: null,
} as const;

/** The tables whose rows of a person are deleted; what they hold is about nobody else. */
const ownTables = [
  "person_contact",
  "consent",
  "consent_declined",
  "wave_progress",
  "visit",
  "one_time_code",
  "letter_code",
  "feedback_view",
  "feedback_choice",
  "rest_prompt",
  "double_entry",
  "entry_difference",
  "data_query",
  "data_query_entry",
  "erasure_request",
  "joined_openly",
  "inbox_message",
  "inbox_answer",
  "address_change",
] as const;

/**
 * Takes away everything a study holds about a person but their number, the places of their answers and how they left,
 * and counts the erasure. Inside a transaction that holds the study's row.
 */
export async function erasePerson(db: Kysely<Tables>, { study, person }: OfPerson): Promise<void> {
  await db
    .updateTable("answer")
    .set(TOMBSTONE)
    .where("study", "=", study)
    .where("person", "=", person)
    .execute();
  for (const table of ownTables)
    await db.deleteFrom(table).where("study", "=", study).where("person", "=", person).execute();
  await db
    .deleteFrom("duplicate_mark")
    .where("study", "=", study)
    .where((or) => or.or([or("person", "=", person), or("other", "=", person)]))
    .execute();
  await db
    .updateTable("person")
    .set({
      token_hash: null,
      enrolled_at: null,
      time_zone: null,
      language: null,
      moves: null,
      held: null,
      next_contact_at: null,
    })
    .where("study", "=", study)
    .where("id", "=", person)
    .execute();
  // What was written down when they left in a weaker way may hold a name.
  await db
    .updateTable("departure")
    .set({ reason: null })
    .where("study", "=", study)
    .where("person", "=", person)
    .where("kind", "<>", "erase")
    .execute();
  await db
    .updateTable("study")
    .set((eb) => ({ erasure_seq: eb("erasure_seq", "+", 1) }))
    .where("id", "=", study)
    .execute();
}

/** The messages that were decided for people who have been erased since. */
export async function messagesToErased(db: Kysely<Tables>): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("outbox")
    .innerJoin("departure", (join) =>
      join
        .onRef("departure.study", "=", "outbox.study")
        .on((eb) =>
          eb.or([
            eb("departure.person", "=", eb.ref("outbox.person")),
            // The code by which they joined was sent before they were a person of the study.
            eb("departure.person", "=", eb.ref("outbox.newcomer")),
          ]),
        )
        .on("departure.kind", "=", "erase"),
    )
    .select("outbox.id")
    .where("outbox.state", "<>", "sending")
    .execute();
  return rows.map(({ id }) => id);
}

/** Who has been erased, by study. */
export async function erasedPeople(db: Kysely<Tables>): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await db
    .selectFrom("departure")
    .select(["study", "person"])
    .where("kind", "=", "erase")
    .execute();
  const found = new Map<string, string[]>();
  for (const { study, person } of rows) found.set(study, [...(found.get(study) ?? []), person]);
  return found;
}

/** Takes messages out of the outbox. */
export async function removeMessages(db: Kysely<Tables>, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await db.deleteFrom("outbox").where("id", "in", ids).execute();
}

/** Notes that a person asks the team to be erased; the first time stands. */
export async function addErasureRequest(
  db: Kysely<Tables>,
  request: Tables["erasure_request"],
): Promise<void> {
  await db
    .insertInto("erasure_request")
    .values(request)
    .onConflict((conflict) => conflict.columns(["study", "person"]).doNothing())
    .execute();
}

/** Who has asked to be erased and has not been yet, the longest waiting first. */
export async function erasureRequestsOf(
  db: Kysely<Tables>,
  study: string,
): Promise<readonly { readonly person: string; readonly askedAt: number }[]> {
  const rows = await db
    .selectFrom("erasure_request")
    .select(["person", "asked_at"])
    .where("study", "=", study)
    .orderBy("asked_at")
    .orderBy("person")
    .execute();
  return rows.map(({ person, asked_at }) => ({ person, askedAt: asked_at }));
}
