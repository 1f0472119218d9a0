import type { Language, MessageState, MessageTemplate } from "@longwave/api";
import { contactKinds } from "@longwave/study";
import type { Kysely } from "kysely";
import { oneOf, parseJson } from "../parse.ts";
import type { Tables } from "../schema.ts";
import type { OutboxTable } from "../schema-messages.ts";
import { promptTemplates } from "./sessions.ts";

const states: readonly MessageState[] = ["queued", "sending", "sent", "failed", "uncertain", "cancelled"];
const templates: readonly MessageTemplate[] = [
  "code",
  "comment_link",
  "comment_links",
  "results_out",
  ...contactKinds,
  ...promptTemplates,
  "staff_invitation",
  "staff_sign_in",
  "join_code",
  "join_link",
  "inbox_answer",
  "harm_reported",
  "safety_paused",
  "retention_soon",
  "retention_over",
  "address_code",
  "address_changed",
  "address_notice",
];

/** A decided message. */
export interface OutboxMessage {
  readonly id: string;
  readonly key: string;
  readonly study: string;
  readonly template: MessageTemplate;
  readonly parameters: Readonly<Record<string, string | number>>;
  readonly recipient: Recipient;
  readonly language: Language;
  readonly urgent: boolean;
  readonly state: MessageState;
  readonly decidedAt: number;
  readonly dueAt: number;
  readonly attempts: number;
  readonly sentAt: number | undefined;
  readonly lastError: string | undefined;
  readonly resendOf: string | undefined;
  readonly reason: string | undefined;
}

/** To whom a message goes; the address is looked up, or unsealed, when it is sent. */
export type Recipient =
  | { readonly kind: "person"; readonly id: string }
  | { readonly kind: "comment"; readonly id: string }
  | { readonly kind: "staff"; readonly id: string }
  | { readonly kind: "newcomer"; readonly id: string };

/** A message about to be decided. */
export type NewMessage = Pick<
  OutboxMessage,
  | "id"
  | "key"
  | "study"
  | "template"
  | "parameters"
  | "recipient"
  | "language"
  | "urgent"
  | "decidedAt"
  | "dueAt"
> & {
  readonly resendOf?: string;
  readonly reason?: string;
  /** It is not to be sent, for this reason: a row for all to see. */
  readonly leftOut?: string;
};

function parseMessage(row: OutboxTable): OutboxMessage {
  return {
    id: row.id,
    key: row.key,
    study: row.study,
    template: oneOf(row.template, templates, "outbox.template"),
    parameters: parseJson(row.parameters) as OutboxMessage["parameters"],
    recipient: recipientOf(row),
    language: oneOf<Language>(row.language, ["en", "nb"], "outbox.language"),
    urgent: row.urgent === 1,
    state: oneOf(row.state, states, "outbox.state"),
    decidedAt: row.decided_at,
    dueAt: row.due_at,
    attempts: row.attempts,
    sentAt: row.sent_at ?? undefined,
    lastError: row.last_error ?? undefined,
    resendOf: row.resend_of ?? undefined,
    reason: row.reason ?? undefined,
  };
}

function recipientOf({ id, person, comment, staff, newcomer }: OutboxTable): Recipient {
  if (person !== null) return { kind: "person", id: person };
  if (comment !== null) return { kind: "comment", id: comment };
  if (staff !== null) return { kind: "staff", id: staff };
  if (newcomer !== null) return { kind: "newcomer", id: newcomer };
  throw new Error(`message ${id} of the outbox goes to nobody. The database was changed by hand.`);
}

// SQLite takes 32,766 bound values a statement; twenty-one columns a message.
const MESSAGES_PER_STATEMENT = 1500;

/** Adds messages; one whose decision has been made before is left out. How many are new. */
export async function addMessages(db: Kysely<Tables>, messages: readonly NewMessage[]): Promise<number> {
  let added = 0;
  for (let start = 0; start < messages.length; start += MESSAGES_PER_STATEMENT) {
    const rows = await db
      .insertInto("outbox")
      .values(messages.slice(start, start + MESSAGES_PER_STATEMENT).map(messageValues))
      .onConflict((conflict) => conflict.column("key").doNothing())
      .returning("id")
      .execute();
    added += rows.length;
  }
  return added;
}

function messageValues(message: NewMessage): OutboxTable {
  const { recipient } = message;
  return {
    id: message.id,
    key: message.key,
    study: message.study,
    template: message.template,
    parameters: JSON.stringify(message.parameters),
    person: recipient.kind === "person" ? recipient.id : null,
    comment: recipient.kind === "comment" ? recipient.id : null,
    staff: recipient.kind === "staff" ? recipient.id : null,
    newcomer: recipient.kind === "newcomer" ? recipient.id : null,
    language: message.language,
    urgent: message.urgent ? 1 : 0,
    state: message.leftOut === undefined ? "queued" : "cancelled",
    decided_at: message.decidedAt,
    due_at: message.dueAt,
    attempts: 0,
    owner: null,
    alive_at: 0,
    sent_at: null,
    last_error: message.leftOut ?? null,
    resend_of: message.resendOf ?? null,
    reason: message.reason ?? null,
  };
}

/** The next messages that wait and may go now: those someone waits for first, then in the order decided. */
export async function dueMessages(
  db: Kysely<Tables>,
  now: number,
  most: number,
): Promise<readonly OutboxMessage[]> {
  const rows = await db
    .selectFrom("outbox")
    .selectAll()
    .where("state", "=", "queued")
    .where("due_at", "<=", now)
    .orderBy("urgent", "desc")
    .orderBy("decided_at")
    .orderBy("id")
    .limit(most)
    .execute();
  return rows.map(parseMessage);
}

/** Takes a waiting message for one process; false when another process, or a cancellation, was quicker. */
export async function claimMessage(
  db: Kysely<Tables>,
  id: string,
  claim: { readonly owner: string; readonly at: number },
): Promise<boolean> {
  const row = await db
    .updateTable("outbox")
    .set((eb) => ({
      state: "sending",
      owner: claim.owner,
      alive_at: claim.at,
      attempts: eb("attempts", "+", 1),
    }))
    .where("id", "=", id)
    .where("state", "=", "queued")
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Writes down what came of a message that this process was sending. One that another process has called uncertain in
 * the meantime may still turn out sent or failed, but never waits again: staff may have repeated it.
 */
export async function settleMessage(
  db: Kysely<Tables>,
  id: string,
  owner: string,
  outcome: Partial<Pick<OutboxTable, "due_at" | "sent_at" | "last_error" | "attempts">> & {
    readonly state: MessageState;
  },
): Promise<void> {
  await db
    .updateTable("outbox")
    .set(outcome)
    .where("id", "=", id)
    .where("owner", "=", owner)
    .where("state", "in", outcome.state === "queued" ? ["sending"] : ["sending", "uncertain"])
    .execute();
}

/** Keeps a waiting message until later, or ends it unsent with the reason. */
export async function changeWaiting(
  db: Kysely<Tables>,
  id: string,
  change:
    | { readonly due_at: number }
    | { readonly state: "cancelled" | "failed"; readonly last_error: string },
): Promise<void> {
  await db.updateTable("outbox").set(change).where("id", "=", id).where("state", "=", "queued").execute();
}

/** Writes down that the process that sends these messages is alive. */
export async function keepSendingAlive(db: Kysely<Tables>, owner: string, now: number): Promise<void> {
  await db
    .updateTable("outbox")
    .set({ alive_at: now })
    .where("state", "=", "sending")
    .where("owner", "=", owner)
    .execute();
}

/** Calls messages uncertain whose process has not been alive since `before`. How many. */
export async function markUncertain(
  db: Kysely<Tables>,
  silent: { readonly before: number; readonly why: string },
): Promise<number> {
  const rows = await db
    .updateTable("outbox")
    .set({ state: "uncertain", last_error: silent.why })
    .where("state", "=", "sending")
    .where("alive_at", "<", silent.before)
    .returning("id")
    .execute();
  return rows.length;
}

/**
 * Cancels what waits for a person, or for the writer of a comment.
 *
 * @param asked  whether to cancel also what the person asked for, such as a code.
 */
export async function cancelWaiting(
  db: Kysely<Tables>,
  recipient: Recipient & { readonly study: string },
  why: string,
  { asked }: { readonly asked: boolean },
): Promise<void> {
  await db
    .updateTable("outbox")
    .set({ state: "cancelled", last_error: why })
    .where("state", "=", "queued")
    .where("study", "=", recipient.study)
    .where(recipient.kind, "=", recipient.id)
    .$if(!asked, (query) => query.where("urgent", "=", 0))
    // Who took somebody's address must not be able to keep that from them by leaving in their name.
    .where("template", "<>", "address_notice")
    .execute();
}

/** The ids of all messages that were decided for the writer of a comment. */
export async function messagesOfComment(db: Kysely<Tables>, comment: string): Promise<readonly string[]> {
  const rows = await db.selectFrom("outbox").select("id").where("comment", "=", comment).execute();
  return rows.map(({ id }) => id);
}

/** A message of a study. */
export async function messageById(
  db: Kysely<Tables>,
  study: string,
  id: string,
): Promise<OutboxMessage | undefined> {
  const row = await db
    .selectFrom("outbox")
    .selectAll()
    .where("study", "=", study)
    .where("id", "=", id)
    .executeTakeFirst();
  return row && parseMessage(row);
}

/** Messages of a study, newest first, of one state or all, from a place on. */
export async function messagesOf(
  db: Kysely<Tables>,
  study: string,
  page: { readonly state?: MessageState | undefined; readonly from: number; readonly count: number },
): Promise<readonly OutboxMessage[]> {
  const { state } = page;
  const rows = await db
    .selectFrom("outbox")
    .selectAll()
    .where("study", "=", study)
    .$if(state !== undefined, (query) => query.where("state", "=", state ?? ""))
    .orderBy("decided_at", "desc")
    .orderBy("id", "desc")
    .offset(page.from)
    .limit(page.count)
    .execute();
  return rows.map(parseMessage);
}

/** How many messages stand where, of one study or of all. */
export async function countMessages(
  db: Kysely<Tables>,
  study?: string,
): Promise<Readonly<Record<MessageState, number>>> {
  const rows = await db
    .selectFrom("outbox")
    .select(({ fn }) => ["state", fn.countAll<number>().as("count")])
    .$if(study !== undefined, (query) => query.where("study", "=", study ?? ""))
    .groupBy("state")
    .execute();
  const found = new Map(rows.map(({ state, count }) => [state, Number(count)]));
  const count = (state: MessageState): number => found.get(state) ?? 0;
  return {
    queued: count("queued"),
    sending: count("sending"),
    sent: count("sent"),
    failed: count("failed"),
    uncertain: count("uncertain"),
    cancelled: count("cancelled"),
  };
}

/** Which of these messages have been sent again. */
export async function repeatedMessages(
  db: Kysely<Tables>,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectFrom("outbox")
    .select("resend_of")
    .where("resend_of", "in", [...ids])
    .execute();
  return new Set(rows.flatMap(({ resend_of }) => (resend_of === null ? [] : [resend_of])));
}

/** A message of any study. */
export async function anyMessageById(db: Kysely<Tables>, id: string): Promise<OutboxMessage | undefined> {
  const row = await db.selectFrom("outbox").selectAll().where("id", "=", id).executeTakeFirst();
  return row && parseMessage(row);
}
