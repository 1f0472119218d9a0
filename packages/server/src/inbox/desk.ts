import { randomUUID } from "node:crypto";
import type { InboxAnswerRequest, InboxItem, InboxPage } from "@longwave/api";
import type { Inside } from "../access/gate.ts";
import { isOfSite, shownLabel } from "../access/names.ts";
import type { ServerContext } from "../context.ts";
import { refuse } from "../errors.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { isOut, standingsOf } from "../store/queries/departures.ts";
import {
  addInboxAnswer,
  type InboxAnswer,
  type InboxMessage,
  inboxAnswers,
  inboxMessages,
  markInbox,
} from "../store/queries/inbox.ts";
import { addMessages } from "../store/queries/outbox.ts";
import { labelsOf } from "../store/queries/people.ts";
import { peopleWithAddress } from "../store/queries/person-contact.ts";
import { safetyPauses } from "../store/queries/safety.ts";
import { countHarm } from "./safety.ts";

type Member = Pick<Inside, "study" | "member">;

/** What people wrote to the team: open ones first, of these harm first and unread first; then the newest. */
export async function inboxPage(context: ServerContext, inside: Member): Promise<InboxPage> {
  const { db } = context.store;
  const { study } = inside;
  const messages = await visibleMessages(context, inside);
  const answers = await inboxAnswers(db, study.id);
  const people = messages.map(({ person }) => person);
  const labels = new Map((await labelsOf(db, study.id, people)).map((each) => [each.id, each]));
  const reachable = await peopleWithAddress(db, study.id);
  const left = await standingsOf(db, study.id, people);
  const items = messages.map((message): InboxItem => {
    const person = labels.get(message.person);
    return {
      ...shownMessage(message),
      person: { id: message.person, label: person ? shownLabel(inside.member, person) : "a person" },
      canMail: reachable.has(message.person) && !isOut(left.get(message.person) ?? "active"),
      answers: answers.filter((each) => each.message === message.id).map(shownAnswer),
    };
  });
  return { items: [...items].sort(byUrgency), ...(await safetyOf(context, inside)) };
}

function shownMessage({ id, about, words, language, sentAt, readAt, closedAt }: InboxMessage) {
  return {
    ...{ id, about, words, language, sentAt },
    ...(readAt === undefined ? {} : { readAt }),
    ...(closedAt === undefined ? {} : { closedAt }),
  };
}

function shownAnswer({ way, words, at, by }: InboxAnswer): InboxItem["answers"][number] {
  return { way, words, at, by };
}

/** The order of the desk. */
function byUrgency(one: InboxItem, other: InboxItem): number {
  const rank = ({ closedAt, about, readAt }: InboxItem): number =>
    (closedAt === undefined ? 0 : 4) + (about === "harm" ? 0 : 2) + (readAt === undefined ? 0 : 1);
  return rank(one) - rank(other) || other.sentAt - one.sentAt;
}

async function safetyOf(context: ServerContext, { study }: Member): Promise<Pick<InboxPage, "safety">> {
  const rule = context.compiler.protocol(study).safety.pauseRule;
  if (rule === undefined) return {};
  const { reported, asked } = await countHarm(context, study.id, rule);
  const [latest] = await safetyPauses(context.store.db, study.id);
  const paused = latest?.resumed_at === null ? { at: latest.paused_at, people: latest.people } : undefined;
  const { withinDays, people, share } = rule;
  return {
    safety: {
      ...{ reported, asked, withinDays, people },
      ...(share === undefined ? {} : { share }),
      ...(paused === undefined ? {} : { paused }),
    },
  };
}

async function visibleMessages(
  context: ServerContext,
  { study, member }: Member,
): Promise<readonly InboxMessage[]> {
  const { db } = context.store;
  const messages = await inboxMessages(db, study.id);
  const people = messages.map(({ person }) => person);
  const sites = new Map((await labelsOf(db, study.id, people)).map(({ id, site }) => [id, site]));
  return messages.filter(({ person }) => isOfSite(member, sites.get(person)));
}

/**
 * Marks a message as read, answers it by e-mail or with a note about a call, or closes it; each is written down.
 *
 * @throws Refusal `inbox.not-found`, `inbox.no-address`
 */
export async function handleMessage(
  context: ServerContext,
  inside: Pick<Inside, "study" | "member" | "staff">,
  { id, request }: { readonly id: string; readonly request: InboxAnswerRequest },
): Promise<InboxPage> {
  const { study, staff } = inside;
  const message = (await visibleMessages(context, inside)).find((each) => each.id === id);
  if (message === undefined) throw notFound(id);
  const at = context.now();
  const actor = `staff:${staff.email}`;
  const action = `inbox.${pastOf[request.do]}` as const;
  const canMail = (await peopleWithAddress(context.store.db, study.id)).has(message.person);
  if (request.do === "email" && !canMail) throw noAddress();
  await context.store.db.transaction().execute(async (trx) => {
    const read = message.readAt === undefined ? { read_at: at } : {};
    const closed = request.do === "close" ? { closed_at: at } : {};
    const change = { ...read, ...closed };
    if (Object.keys(change).length > 0) await markInbox(trx, { study: study.id, id }, change);
    if (request.do === "email" || request.do === "call") {
      const answer = {
        id: randomUUID(),
        person: message.person,
        message: id,
        way: request.do,
        at,
        by: actor,
      };
      await addInboxAnswer(trx, study.id, { ...answer, words: request.words });
      if (request.do === "email")
        await decideAnswer(trx, { study: study.id, message, answer: answer.id, at });
    }
    const detail = { message: id, person: message.person };
    await recordEvent(trx, { at, study: study.id, actor, action, detail });
  });
  context.mail.wake();
  return inboxPage(context, inside);
}

const pastOf = { read: "read", email: "answered", call: "called", close: "closed" } as const;

/** The words stay sealed in the store: the outbox names the answer, and it is opened when it is sent. */
async function decideAnswer(
  trx: Parameters<typeof addMessages>[0],
  told: {
    readonly study: string;
    readonly message: InboxMessage;
    readonly answer: string;
    readonly at: number;
  },
): Promise<void> {
  const { study, message, answer, at } = told;
  await addMessages(trx, [
    {
      id: randomUUID(),
      key: `inbox-answer:${answer}`,
      study,
      template: "inbox_answer",
      parameters: { answer },
      recipient: { kind: "person", id: message.person },
      language: message.language,
      urgent: true,
      decidedAt: at,
      dueAt: at,
    },
  ]);
}

function notFound(id: string) {
  return refuse("inbox.not-found", "a message of this study", id, "Load the inbox again.");
}

function noAddress() {
  return refuse(
    "inbox.no-address",
    "somebody with an e-mail address",
    "a person without one",
    "Call them, or write a letter, and note it.",
  );
}
