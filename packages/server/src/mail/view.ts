import { randomUUID } from "node:crypto";
import type { MailWay, MessageRow, MessagesPage, MessagesQuery } from "@longwave/api";
import type { Inside } from "../access/gate.ts";
import { shownLabel } from "../access/names.ts";
import type { ServerContext } from "../context.ts";
import { refuse } from "../errors.ts";
import { recordEvent } from "../store/queries/audit.ts";
import {
  addMessages,
  countMessages,
  messageById,
  messagesOf,
  type OutboxMessage,
  repeatedMessages,
} from "../store/queries/outbox.ts";
import { labelsOf } from "../store/queries/people.ts";
import { unmarkAddress } from "../store/queries/returned-mail.ts";
import { takeStudy } from "../store/queries/studies.ts";
import { messageIdOf } from "./compose.ts";

const MESSAGES_A_PAGE = 50;

type Viewing = Pick<ServerContext, "store" | "compiler" | "mail" | "now">;

/** How mail leaves the server, in words that hold no user and no password. */
function mailWay({ mail }: Pick<ServerContext, "mail">): MailWay {
  const { kind, place } = mail.transport;
  return { kind, place, trouble: mail.trouble() ?? null };
}

/** A page of the messages of a study, newest first. */
export async function messagesPage(
  context: Viewing,
  inside: Pick<Inside, "study" | "member">,
  query: MessagesQuery,
): Promise<MessagesPage> {
  const { db } = context.store;
  const { study } = inside;
  const from = Number(query.from ?? 0);
  const wanted = { state: query.state, from, count: MESSAGES_A_PAGE + 1 };
  const found = await messagesOf(db, study.id, wanted);
  const more = found.length > MESSAGES_A_PAGE;
  return {
    way: mailWay(context),
    counts: await countMessages(db, study.id),
    messages: await present(context, inside, found.slice(0, MESSAGES_A_PAGE)),
    ...(more ? { next: from + MESSAGES_A_PAGE } : {}),
  };
}

async function present(
  context: Viewing,
  { study, member }: Pick<Inside, "study" | "member">,
  messages: readonly OutboxMessage[],
): Promise<readonly MessageRow[]> {
  const people = messages.flatMap(({ recipient }) => (recipient.kind === "person" ? [recipient.id] : []));
  const labels = new Map(
    (await labelsOf(context.store.db, study.id, people)).map((person) => [
      person.id,
      shownLabel(member, person),
    ]),
  );
  const ids = messages.map(({ id }) => id);
  const repeated = await repeatedMessages(context.store.db, ids);
  const { contact } = context.compiler.protocol(study);
  return messages.map((message) => ({
    id: message.id,
    template: message.template,
    to: toWhom(message, labels),
    language: message.language,
    state: message.state,
    decidedAt: message.decidedAt,
    dueAt: message.dueAt,
    sentAt: message.sentAt ?? null,
    attempts: message.attempts,
    messageId: messageIdOf(message, contact.email),
    lastError: message.lastError ?? null,
    reason: message.reason ?? null,
    canRepeat: isRepeatable(message) && !repeated.has(message.id),
  }));
}

function toWhom({ recipient }: OutboxMessage, labels: ReadonlyMap<string, string>): string | null {
  if (recipient.kind === "person") return labels.get(recipient.id) ?? "a person";
  if (recipient.kind === "newcomer") return "someone who wants to join";
  return recipient.kind === "staff" ? recipient.id : null;
}

function isRepeatable({ state, template }: OutboxMessage): boolean {
  return template !== "code" && template !== "address_code" && (state === "failed" || state === "uncertain");
}

/**
 * Sends a failed or uncertain message again, as a message of its own that names the first one and the reason.
 *
 * @throws Refusal `message.not-found`, `message.not-repeatable`
 */
export async function repeatMessage(
  context: Viewing,
  inside: Pick<Inside, "study" | "member" | "staff">,
  { id, reason }: { readonly id: string; readonly reason: string },
): Promise<MessageRow> {
  const now = context.now();
  const { study, staff } = inside;
  const fresh = randomUUID();
  await context.store.db.transaction().execute(async (trx) => {
    await takeStudy(trx, study.id);
    const message = await messageById(trx, study.id, id);
    if (!message) throw notFound(id);
    if (!isRepeatable(message)) throw notRepeatable(`one that is ${message.state}`);
    const again = { ...message, id: fresh, key: `again:${id}`, resendOf: id, reason };
    if ((await addMessages(trx, [{ ...again, decidedAt: now, dueAt: now }])) === 0)
      throw notRepeatable("one that has been sent again already");
    // Staff judge that the address takes mail; should this come back as well, it is marked anew.
    if (message.recipient.kind === "person") await unmarkAddress(trx, study.id, message.recipient.id);
    await recordEvent(trx, {
      at: now,
      study: study.id,
      actor: `staff:${staff.email}`,
      action: "message.repeated",
      // The reason stands in the outbox: it may hold a name, and goes when the person is erased.
      detail: { message: id, as: fresh },
    });
  });
  context.mail.wake();
  const added = await messageById(context.store.db, study.id, fresh);
  const [row] = added ? await present(context, inside, [added]) : [];
  if (!row) throw notFound(fresh);
  return row;
}

function notFound(id: string) {
  return refuse("message.not-found", "a message of this study", id, "Load the list of messages again.");
}

function notRepeatable(found: string) {
  return refuse(
    "message.not-repeatable",
    "a failed or uncertain message, other than a code, that has not been sent again",
    found,
    "Load the list of messages again.",
  );
}
