import { randomUUID } from "node:crypto";
import type { Language } from "@longwave/api";
import type { JoinPage, JoinQuestion, JoinStep } from "@longwave/findings";
import { checkEligibleAnswers, type LocalText, type OpenRecruitment } from "@longwave/study";
import type { ServerContext } from "../context.ts";
import { isEmail } from "../people/email.ts";
import { countAtDoor } from "../store/queries/open-link.ts";
import { offeredLanguages } from "../studies/languages.ts";
import { lostLinkAddress, noticeAddresses } from "../studies/notices.ts";
import { emailIndex } from "../vault/cipher.ts";
import { type Door, doorClosed } from "./door.ts";
import { askToJoin, confirmNewcomer, JOIN_CODE_MINUTES, joinAtOnce } from "./join.ts";
import { readTicket, signTicket } from "./ticket.ts";

/** Someone may type the address of another: no address gets more than this many messages in a day. */
export const JOIN_MAILS_A_DAY = 4;
const TICKET_MS = 2 * 3_600_000;
const LONGEST_NAME = 120;
const LONGEST_EMAIL = 254;
const DAYS_A_MONTH = 30.4;

/** What a form sent: one text for each field. */
type Sent = (field: string) => string;

/** A step of someone who comes to the public address: which part, and what they sent. */
export interface Coming {
  readonly door: Door;
  readonly language: Language;
  readonly part: "look" | "questions" | "contact" | "code";
  readonly sent: Sent;
}

/** The step that follows from what somebody sent; counts, and adds a person when all is said. */
export async function joinStep(context: ServerContext, coming: Coming): Promise<JoinStep> {
  const { door, part } = coming;
  const closed = await doorClosed(context, door);
  // Who has been sent a code may still type it when the day is full.
  if (closed !== undefined && (part !== "code" || closed !== "today")) return { kind: "closed", why: closed };
  switch (part) {
    case "look":
      await countAtDoor(context.store.db, door.study.id, { what: "opened", at: context.now() });
      return { kind: "questions", questions: questionsOf(coming), typed: {}, missing: [] };
    case "questions":
      return afterQuestions(context, coming);
    case "contact":
      return afterContact(context, coming);
    case "code":
      return afterCode(context, coming);
  }
}

async function afterQuestions(context: ServerContext, coming: Coming): Promise<JoinStep> {
  const { door, sent, language } = coming;
  const { open, study } = door;
  const now = context.now();
  const typed = Object.fromEntries(open.questions.map(({ id }) => [id, sent(id)]));
  const found = checkEligibleAnswers(open, typed, new Date(now).getUTCFullYear());
  if (found.kind === "unanswered")
    return { kind: "questions", questions: questionsOf(coming), typed, missing: found.questions };
  if (found.kind === "ineligible") {
    await countAtDoor(context.store.db, study.id, { what: "ineligible", reason: found.rule.id, at: now });
    return { kind: "ineligible", reason: inLanguage(found.rule.reason, language) };
  }
  await countAtDoor(context.store.db, study.id, { what: "eligible", at: now });
  const ticket = { id: randomUUID(), answers: found.answers, until: now + TICKET_MS };
  return contactStep(open, signTicket(context.linkKey, study.id, ticket));
}

function contactStep(
  { name, email }: OpenRecruitment,
  ticket: string,
  wrong: Pick<Extract<JoinStep, { kind: "contact" }>, "typed" | "missing"> = {
    typed: { name: "", email: "" },
    missing: [],
  },
): JoinStep {
  return { kind: "contact", ticket, name, email, ...wrong };
}

async function afterContact(context: ServerContext, { door, sent, language }: Coming): Promise<JoinStep> {
  const { open, study } = door;
  const ticketText = sent("ticket");
  const ticket = readTicket(context.linkKey, study.id, { text: ticketText, now: context.now() });
  if (ticket === undefined) return { kind: "too_late" };
  const typed = { name: sent("name").trim(), email: sent("email").trim() };
  const missing = missingIn(open, typed);
  if (missing.length > 0) return contactStep(open, ticketText, { typed, missing });
  const named = open.name === "not_asked" || typed.name === "" ? {} : { name: typed.name };
  const facts = { ...named, answers: ticket.answers };
  if (open.email !== "not_asked" && typed.email !== "") {
    const { email } = typed;
    const mayMail = noteMail(context, study.id, email);
    const newcomer = await askToJoin(context, study, { facts: { ...facts, email }, language, mayMail });
    return { kind: "code", newcomer, minutes: JOIN_CODE_MINUTES, wrong: false };
  }
  const path = await joinAtOnce(context, study, { id: ticket.id, facts });
  return path === undefined
    ? { kind: "too_late" }
    : { kind: "in", link: context.origin() + path, mailed: false };
}

/** Counts a message to an address; false when it has had enough today. */
export function noteMail(
  { joinMails, commentKey }: Pick<ServerContext, "joinMails" | "commentKey">,
  study: string,
  email: string,
): boolean {
  const key = `${study} ${emailIndex(commentKey, email)}`;
  const open = joinMails.isOpen(key);
  joinMails.note(key);
  return open;
}

function missingIn(
  open: OpenRecruitment,
  typed: { readonly name: string; readonly email: string },
): readonly ("name" | "email")[] {
  const isWrong = {
    name: typed.name.length > LONGEST_NAME,
    email: !isEmail(typed.email) || typed.email.length > LONGEST_EMAIL,
  };
  return (["name", "email"] as const).filter((field) => {
    if (open[field] === "not_asked") return false;
    return typed[field] === "" ? open[field] === "required" : isWrong[field];
  });
}

async function afterCode(context: ServerContext, { door, sent, language }: Coming): Promise<JoinStep> {
  const newcomer = sent("newcomer");
  const path = await confirmNewcomer(context, door.study, { id: newcomer, typed: sent("code"), language });
  if (path === undefined) return { kind: "code", newcomer, minutes: JOIN_CODE_MINUTES, wrong: true };
  return { kind: "in", link: context.origin() + path, mailed: true };
}

function questionsOf({ door: { open }, language }: Coming): readonly JoinQuestion[] {
  return open.questions.map((question) => ({
    id: question.id,
    kind: question.kind,
    text: inLanguage(question.text, language),
    ...(question.help === undefined ? {} : { help: inLanguage(question.help, language) }),
    ...(question.kind === "choice"
      ? {
          options: question.options.map(({ value, text }) => ({
            value: String(value),
            text: inLanguage(text, language),
          })),
        }
      : {}),
  }));
}

/** The page for a step. */
export function joinPage(
  context: ServerContext,
  coming: Pick<Coming, "door" | "language">,
  step: JoinStep,
): JoinPage {
  const { door, language } = coming;
  const { study } = door;
  const protocol = context.compiler.protocol(study);
  const { waves, minutesByWave, contact } = protocol;
  return {
    step,
    study: {
      title: inLanguage(study.title, language),
      question: inLanguage(protocol.question, language),
      about: door.open.about.map((text) => inLanguage(text, language)),
      minutes: waves.map(({ id }) => minutesByWave[id] ?? 0),
      months: Math.max(1, Math.round((waves.at(-1)?.offsetDays ?? 0) / DAYS_A_MONTH)),
      contact: { name: contact.name, email: contact.email },
    },
    lostLink: lostLinkAddress(study.id, language),
    notices: noticeAddresses(study.id, protocol, language),
    address: `/join/${encodeURIComponent(study.id)}`,
    languages: offeredLanguages(study, protocol),
  };
}

function inLanguage(text: LocalText, language: Language): string {
  return text[language] ?? text.en;
}
