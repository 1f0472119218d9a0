import type { InboxAbout, InboxWay, Language } from "@longwave/api";
import type { Kysely } from "kysely";
import { vaultOf } from "../../vault/carry.ts";
import { openText, type Place, sealText } from "../../vault/cipher.ts";
import { oneOf } from "../parse.ts";
import type { Tables } from "../schema.ts";
import type { InboxAnswerTable, InboxMessageTable } from "../schema-inbox.ts";

// What may be written about.
const inboxAbouts: readonly InboxAbout[] = ["harm", "question", "contact", "other"];
const ways: readonly InboxWay[] = ["email", "call"];

/** What a person wrote, with its words in the clear. */
export interface InboxMessage {
  readonly id: string;
  readonly person: string;
  readonly about: InboxAbout;
  readonly words: string;
  readonly language: Language;
  readonly sentAt: number;
  readonly readAt: number | undefined;
  readonly closedAt: number | undefined;
}

/** What the team answered, with its words in the clear. */
export interface InboxAnswer {
  readonly id: string;
  readonly person: string;
  readonly message: string;
  readonly way: InboxWay;
  readonly words: string;
  readonly at: number;
  readonly by: string;
}

const place = (kind: "inbox" | "inbox-answer", id: string): Place => [kind, id];

/** Keeps what a person wrote, sealed; false when it is there already. */
export async function addInboxMessage(
  db: Kysely<Tables>,
  study: string,
  message: Pick<InboxMessage, "id" | "person" | "about" | "words" | "language" | "sentAt">,
): Promise<boolean> {
  const { id, person, about, language, sentAt } = message;
  const words = await seal(db, { study, person }, message.words, place("inbox", id));
  const row = { study, id, person, about, words, language, sent_at: sentAt, read_at: null, closed_at: null };
  const added = await db
    .insertInto("inbox_message")
    .values(row)
    .onConflict((conflict) => conflict.columns(["study", "id"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  return added !== undefined;
}

/** Keeps what the team answered, sealed. */
export async function addInboxAnswer(db: Kysely<Tables>, study: string, answer: InboxAnswer): Promise<void> {
  const { id, person, message, way, at, by } = answer;
  const words = await seal(db, { study, person }, answer.words, place("inbox-answer", id));
  const row = { study, id, person, message, way, words, answered_at: at, answered_by: by };
  await db.insertInto("inbox_answer").values(row).execute();
}

async function seal(
  db: Kysely<Tables>,
  { study, person }: { readonly study: string; readonly person: string },
  text: string,
  at: Place,
): Promise<string> {
  const key = (await vaultOf(db).keysOf(study, [person])).get(person);
  if (key === undefined) throw new Error(`person ${person} of study ${study} has no key`);
  return sealText(key, text, at);
}

/** What was written in a study, or by one of its people, oldest first. */
export async function inboxMessages(
  db: Kysely<Tables>,
  study: string,
  person?: string,
): Promise<readonly InboxMessage[]> {
  const all = db.selectFrom("inbox_message").selectAll().where("study", "=", study);
  const rows = await (person === undefined ? all : all.where("person", "=", person))
    .orderBy("sent_at")
    .orderBy("id")
    .execute();
  return withWords(db, study, rows, (row, open) => messageOf(row, open(place("inbox", row.id))));
}

/** What the team answered in a study, or to one of its people, oldest first. */
export async function inboxAnswers(
  db: Kysely<Tables>,
  study: string,
  person?: string,
): Promise<readonly InboxAnswer[]> {
  const all = db.selectFrom("inbox_answer").selectAll().where("study", "=", study);
  const rows = await (person === undefined ? all : all.where("person", "=", person))
    .orderBy("answered_at")
    .orderBy("id")
    .execute();
  return withWords(db, study, rows, (row, open) => answerOf(row, open(place("inbox-answer", row.id))));
}

async function withWords<Row extends { readonly person: string; readonly words: string }, T>(
  db: Kysely<Tables>,
  study: string,
  rows: readonly Row[],
  make: (row: Row, open: (at: Place) => string) => T,
): Promise<readonly T[]> {
  const keys = await vaultOf(db).keysOf(
    study,
    rows.map(({ person }) => person),
  );
  return rows.flatMap((row) => {
    const key = keys.get(row.person);
    return key === undefined ? [] : [make(row, (at) => openText(key, row.words, at))];
  });
}

function messageOf(row: InboxMessageTable, words: string): InboxMessage {
  return {
    id: row.id,
    person: row.person,
    about: oneOf(row.about, inboxAbouts, "inbox_message.about"),
    words,
    language: oneOf<Language>(row.language, ["en", "nb"], "inbox_message.language"),
    sentAt: row.sent_at,
    readAt: row.read_at ?? undefined,
    closedAt: row.closed_at ?? undefined,
  };
}

function answerOf(row: InboxAnswerTable, words: string): InboxAnswer {
  const { id, person, message } = row;
  const way = oneOf(row.way, ways, "inbox_answer.way");
  return { id, person, message, way, words, at: row.answered_at, by: row.answered_by };
}

/** Writes down when a message was first read, or closed. */
export async function markInbox(
  db: Kysely<Tables>,
  { study, id }: { readonly study: string; readonly id: string },
  change: Partial<Pick<InboxMessageTable, "read_at" | "closed_at">>,
): Promise<void> {
  await db.updateTable("inbox_message").set(change).where("study", "=", study).where("id", "=", id).execute();
}

/** How many messages a person has written since a time. */
export async function countWrittenSince(
  db: Kysely<Tables>,
  { study, person }: { readonly study: string; readonly person: string },
  since: number,
): Promise<number> {
  const rows = await db
    .selectFrom("inbox_message")
    .select("id")
    .where("study", "=", study)
    .where("person", "=", person)
    .where("sent_at", ">", since)
    .execute();
  return rows.length;
}

/** Who waits for the team to read what they wrote, reports of harm first, then the longest waiting; no word is opened. */
export async function unreadWriters(
  db: Kysely<Tables>,
  study: string,
): Promise<readonly { readonly person: string; readonly sentAt: number }[]> {
  const rows = await db
    .selectFrom("inbox_message")
    .select(["person", "about", "sent_at"])
    .where("study", "=", study)
    .where("read_at", "is", null)
    .where("closed_at", "is", null)
    .orderBy("sent_at")
    .execute();
  const harm = rows.filter(({ about }) => about === "harm");
  const others = rows.filter(({ about }) => about !== "harm");
  return [...harm, ...others].map(({ person, sent_at }) => ({ person, sentAt: sent_at }));
}
