import type { EnteredAnswer } from "@longwave/api";
import type { Answers } from "@longwave/study/answering";
import type { Kysely } from "kysely";
import { vaultOf } from "../../vault/carry.ts";
import type { Tables } from "../schema.ts";
import type { DoubleEntryTable, EntryDifferenceTable } from "../schema-entry.ts";
import { answersOf } from "./answers.ts";
import { openReason, openSecondEntry, sealReason, sealSecondEntry } from "./sealed.ts";

/** One form of one person. */
export interface PlaceOfForm {
  readonly study: string;
  readonly person: string;
  readonly wave: string;
}

/** Every row of a person's answers at one wave, with how each came and why it was corrected. */
export async function enteredAnswers(
  db: Kysely<Tables>,
  { study, person, wave }: PlaceOfForm,
): Promise<readonly EnteredAnswer[]> {
  const rows = await answersOf(db, { study, id: person });
  const reasons = await reasonsOf(db, { study, person, wave });
  return rows
    .filter((row) => row.wave === wave)
    .map(({ id, item, payload, answeredAt, receivedAt, ...row }) => ({
      id,
      item,
      payload,
      answeredAt,
      receivedAt,
      late: row.late === true,
      mode: row.mode ?? "web",
      enteredBy: row.enteredBy ?? null,
      replaces: row.replaces ?? null,
      reason: reasons.get(id) ?? null,
    }));
}

async function reasonsOf(
  db: Kysely<Tables>,
  { study, person, wave }: PlaceOfForm,
): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom("answer")
    .select(["id", "reason"])
    .where("study", "=", study)
    .where("person", "=", person)
    .where("wave", "=", wave)
    .where("reason", "is not", null)
    .execute();
  const key = await keyOf(db, { study, person });
  return new Map(
    rows.flatMap(({ id, reason }) => (key && reason !== null ? [[id, openReason(key, id, reason)]] : [])),
  );
}

async function keyOf(
  db: Kysely<Tables>,
  { study, person }: Pick<PlaceOfForm, "study" | "person">,
): Promise<Buffer | undefined> {
  return (await vaultOf(db).keysOf(study, [person])).get(person);
}

/** Asks for a form to be typed again; the first time stands. */
export async function addDoubleEntry(
  db: Kysely<Tables>,
  place: PlaceOfForm,
  asked: { readonly by: string; readonly at: number },
): Promise<void> {
  await db
    .insertInto("double_entry")
    .values({
      ...place,
      first_by: asked.by,
      asked_at: asked.at,
      second_by: null,
      second_at: null,
      answers: null,
    })
    .onConflict((conflict) => conflict.columns(["study", "person", "wave"]).doNothing())
    .execute();
}

/** A form that is typed twice: who typed it, and what the second one typed. */
export interface DoubleEntryRow extends Omit<DoubleEntryTable, "answers"> {
  readonly answers: Answers;
}

/** Whether a form is typed twice, and how far that is. */
export async function doubleEntryOf(
  db: Kysely<Tables>,
  place: PlaceOfForm,
): Promise<DoubleEntryRow | undefined> {
  const row = await db
    .selectFrom("double_entry")
    .selectAll()
    .where("study", "=", place.study)
    .where("person", "=", place.person)
    .where("wave", "=", place.wave)
    .executeTakeFirst();
  if (!row) return undefined;
  const key = row.answers === null ? undefined : await keyOf(db, place);
  return { ...row, answers: key && row.answers ? openSecondEntry(key, place.wave, row.answers) : {} };
}

/** Keeps what the second one typed; false when somebody has typed it meanwhile. */
export async function keepSecondEntry(
  db: Kysely<Tables>,
  place: PlaceOfForm,
  typed: { readonly by: string; readonly at: number; readonly answers: Answers },
): Promise<boolean> {
  const key = await keyOf(db, place);
  if (!key) return false;
  const done = await db
    .updateTable("double_entry")
    .set({
      second_by: typed.by,
      second_at: typed.at,
      answers: sealSecondEntry(key, place.wave, typed.answers),
    })
    .where("study", "=", place.study)
    .where("person", "=", place.person)
    .where("wave", "=", place.wave)
    .where("second_by", "is", null)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** Lists questions that were typed differently. */
export async function addDifferences(
  db: Kysely<Tables>,
  place: PlaceOfForm,
  differences: readonly Pick<EntryDifferenceTable, "item" | "first_answer">[],
): Promise<void> {
  if (differences.length === 0) return;
  const open = { took: null, settled_by: null, settled_at: null, reason: null };
  await db
    .insertInto("entry_difference")
    .values(differences.map((difference) => ({ ...place, ...difference, ...open })))
    .execute();
}

/** The questions of a form that were typed differently, with what was chosen, in order of id. */
export async function differencesOf(
  db: Kysely<Tables>,
  place: PlaceOfForm,
): Promise<readonly EntryDifferenceTable[]> {
  const rows = await db
    .selectFrom("entry_difference")
    .selectAll()
    .where("study", "=", place.study)
    .where("person", "=", place.person)
    .where("wave", "=", place.wave)
    .orderBy("item")
    .execute();
  const key = await keyOf(db, place);
  return rows.map((row) => ({
    ...row,
    reason: key && row.reason !== null ? openReason(key, reasonId(row), row.reason) : null,
  }));
}

const reasonId = ({ wave, item }: Pick<EntryDifferenceTable, "wave" | "item">): string => `${wave} ${item}`;

/** Writes down which of two answers was right; false when it had been said before. */
export async function settleDifference(
  db: Kysely<Tables>,
  place: PlaceOfForm & { readonly item: string },
  settled: {
    readonly took: "first" | "second" | "standing";
    readonly by: string;
    readonly at: number;
    readonly reason: string;
  },
): Promise<boolean> {
  const key = await keyOf(db, place);
  if (!key) return false;
  const done = await db
    .updateTable("entry_difference")
    .set({
      took: settled.took,
      settled_by: settled.by,
      settled_at: settled.at,
      reason: settled.reason === "" ? null : sealReason(key, reasonId(place), settled.reason),
    })
    .where("study", "=", place.study)
    .where("person", "=", place.person)
    .where("wave", "=", place.wave)
    .where("item", "=", place.item)
    .where("took", "is", null)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** How many questions of each wave a person has answered or skipped. */
export async function questionsAnswered(
  db: Kysely<Tables>,
  person: { readonly study: string; readonly id: string },
): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom("answer")
    .select((eb) => ["wave", eb.fn.count<number>("item").distinct().as("questions")])
    .where("study", "=", person.study)
    .where("person", "=", person.id)
    .groupBy("wave")
    .execute();
  return new Map(rows.map(({ wave, questions }) => [wave, Number(questions)]));
}

/** A form with which staff have something to do: typing it again, or choosing between two answers. */
export interface WaitingForm {
  readonly person: string;
  readonly wave: string;
  readonly what: "waiting" | "differs";
}

/** The forms of a study, or of one person, that wait to be typed again or that were typed in two ways. */
export async function waitingForms(
  db: Kysely<Tables>,
  study: string,
  person?: string,
): Promise<readonly WaitingForm[]> {
  const again = await db
    .selectFrom("double_entry")
    .select(["person", "wave"])
    .where("study", "=", study)
    .where("second_by", "is", null)
    .$if(person !== undefined, (query) => query.where("person", "=", person ?? ""))
    .orderBy("asked_at")
    .execute();
  const differing = await db
    .selectFrom("entry_difference")
    .select(["person", "wave"])
    .distinct()
    .where("study", "=", study)
    .where("took", "is", null)
    .$if(person !== undefined, (query) => query.where("person", "=", person ?? ""))
    .orderBy("person")
    .orderBy("wave")
    .execute();
  return [
    ...again.map((form) => ({ ...form, what: "waiting" as const })),
    ...differing.map((form) => ({ ...form, what: "differs" as const })),
  ];
}
