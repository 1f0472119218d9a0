import { linkPath, linkToken } from "../access/links.ts";
import { OBJECTING_DAYS } from "../contact/change.ts";
import { notMyChangePath } from "../contact/dispute.ts";
import { ADDRESS_CODE_MINUTES } from "../contact/own-contact.ts";
import type { ServerContext } from "../context.ts";
import { commentToken } from "../discussion/comment-link.ts";
import { openEmail } from "../discussion/sealed-email.ts";
import { JOIN_CODE_MINUTES, joinCodeOf } from "../joining/join.ts";
import { addressChange } from "../store/queries/address-changes.ts";
import { commentById, commentsOfReader } from "../store/queries/comments.ts";
import { isContact } from "../store/queries/contacts.ts";
import { isOut, standingOf } from "../store/queries/departures.ts";
import { inboxAnswers } from "../store/queries/inbox.ts";
import { membershipOf } from "../store/queries/members.ts";
import { newcomerById } from "../store/queries/newcomers.ts";
import type { OutboxMessage, Recipient } from "../store/queries/outbox.ts";
import { emailOf, personById } from "../store/queries/people.ts";
import { peopleWithReturns } from "../store/queries/returned-mail.ts";
import { promptTemplate } from "../store/queries/sessions.ts";
import { type StudyRow, studyById } from "../store/queries/studies.ts";
import type { CommentTable } from "../store/schema-results.ts";
import { noticeAddresses } from "../studies/notices.ts";
import { contactText } from "./compose-contact.ts";
import { promptText } from "./compose-prompt.ts";
import { CODE_MINUTES, codeOf, stillOpen } from "./one-time-code.ts";
import { stopPath } from "./stop.ts";
import { renderMessageText } from "./templates/render.ts";
import { type MessageFacts, type MessageText, type MessageWords, messageWords } from "./templates/words.ts";
import type { Letter } from "./transport.ts";

/** What composing needs: the store, the keys from which links and codes follow, and how the server is reached. */
export interface Composing
  extends Pick<ServerContext, "store" | "linkKey" | "commentKey" | "compiler" | "origin" | "now"> {
  /** The address in the From line, when the mail server allows only its own. */
  readonly mailFrom: string | undefined;
  /** Makes the sign-in links of staff. */
  readonly staff: Pick<ServerContext["staff"], "makeToken">;
}

/** A letter, or why there will be none. */
type Composed =
  | { readonly kind: "letter"; readonly letter: Letter }
  | { readonly kind: "none" | "failed"; readonly why: string };

interface Told {
  readonly message: OutboxMessage;
  readonly study: StudyRow;
  readonly facts: MessageFacts;
  readonly words: MessageWords;
}

/** Makes the letter of a message, its links and codes from the keys, its address from where that is kept. */
export async function composeMessage(context: Composing, message: OutboxMessage): Promise<Composed> {
  const study = await studyById(context.store.db, message.study);
  if (!study) return none("the study is not there");
  const protocol = context.compiler.protocol(study);
  const { contact } = protocol;
  const { language } = message;
  const { privacy } = noticeAddresses(study.id, protocol, language);
  const notice = privacy === undefined ? {} : { privacy: context.origin() + privacy };
  const facts = { study: study.title[language] ?? study.title.en, contact, ...notice };
  const told = { message, study, facts, words: messageWords(language) };
  const written = await writers[message.recipient.kind](context, told);
  if ("why" in written) return { kind: written.failed ? "failed" : "none", why: written.why };
  const rendered = renderMessageText(written.text, told.words.signature(facts), language);
  const letter: Letter = {
    id: message.id,
    from: { name: contact.name, address: context.mailFrom ?? contact.email },
    replyTo: contact.email,
    to: written.to,
    messageId: messageIdOf(message, contact.email),
    headers: written.headers ?? {},
    ...rendered,
  };
  return { kind: "letter", letter };
}

/** The Message-ID of a message: the same whenever it is tried, and nothing of the recipient in it. */
export function messageIdOf(message: Pick<OutboxMessage, "id">, contactEmail: string): string {
  return `<${message.id}@${contactEmail.split("@")[1] ?? "localhost"}>`;
}

type Written =
  | {
      readonly to: string;
      readonly text: MessageText;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** `failed`: someone has to do by hand what no message can. */
  | { readonly why: string; readonly failed?: boolean };

const none = (why: string): Composed => ({ kind: "none", why });

async function toPerson(context: Composing, { message, study, facts, words }: Told): Promise<Written> {
  if (study.simulated) return { why: "simulated people get no mail" };
  const standing = await standingOf(context.store.db, study.id, message.recipient.id);
  const tells = message.template === "address_notice" && standing !== "erased";
  if (isOut(standing) && !tells) return { why: "the person has left the study" };
  if (message.template === "address_code" || message.template === "address_notice")
    return aboutAddress(context, { message, study, facts, words });
  const to = await emailOf(context.store.db, { study: study.id, id: message.recipient.id });
  if (to === undefined) return { why: "there is no e-mail address", failed: isContact(message.template) };
  if (message.template === "code") {
    const id = String(message.parameters.code);
    const holder = { study: study.id, person: message.recipient.id, id };
    if (!(await stillOpen(context, id))) return { why: "the code had run out or was replaced" };
    return {
      to,
      text: words.code({ ...facts, code: codeOf(context.linkKey, holder), minutes: CODE_MINUTES }),
    };
  }
  if (message.template === "inbox_answer") return inboxAnswer(context, to, { message, study, facts, words });
  if (message.template === "join_link" || message.template === "address_changed")
    return ownLink(context, to, { message, study, facts, words });
  if (standing !== "active") return { why: "the person wants no more messages" };
  if (message.resendOf === undefined && (await comesBack(context, message)))
    return { why: "mail to this address came back: ask for another one, or send it again", failed: true };
  const stop = context.origin() + stopPath(context.linkKey, message.id);
  const headers = stop.startsWith("https:") ? oneClick(stop) : {};
  if (message.template !== "results_out") {
    const template = promptTemplate(message.template);
    const of = { message, study, facts, words, stop };
    const written =
      template === undefined
        ? await contactText(context, of)
        : await promptText(context, { ...of, template });
    return "why" in written ? written : { to, headers, text: written.text };
  }
  const text = words.resultsOut({
    ...facts,
    address: `${context.origin()}/findings/${encodeURIComponent(study.id)}`,
    stop,
    corrected: Number(message.parameters.publication) > 1,
  });
  return { to, text, headers };
}

/**
 * To the new address a code, which shows that the person reads it; to the old one word that messages go elsewhere, and
 * not where. Both addresses are opened now.
 */
async function aboutAddress(context: Composing, { message, study, facts, words }: Told): Promise<Written> {
  const change = await addressChange(context.store.db, study.id, String(message.parameters.change));
  if (message.template === "address_code") {
    if (change?.to === undefined || change.state !== "waiting" || change.expiresAt <= context.now())
      return { why: "the code had run out or was replaced" };
    const code = codeOf(context.linkKey, change);
    return { to: change.to, text: words.addressCode({ ...facts, code, minutes: ADDRESS_CODE_MINUTES }) };
  }
  if (change?.from === undefined) return { why: "nobody is to be told at the old address any more" };
  const address = context.origin() + notMyChangePath(context.linkKey, message.id);
  return { to: change.from, text: words.addressNotice({ ...facts, address, days: OBJECTING_DAYS }) };
}

/** A person's own link: asked for at the public address of the study, or new with a new address; kept nowhere. */
async function ownLink(
  context: Composing,
  to: string,
  { message, study, facts, words }: Told,
): Promise<Written> {
  const person = await personById(context.store.db, study.id, message.recipient.id);
  if (!person) return { why: "the person is not there" };
  const address = context.origin() + linkPath(linkToken(context.linkKey, person));
  const say = message.template === "join_link" ? words.joinLink : words.addressChanged;
  return { to, text: say({ ...facts, address }) };
}

/** What the team answered to what this person wrote: opened now, and kept sealed. */
async function inboxAnswer(
  context: Composing,
  to: string,
  { message, study, facts, words }: Told,
): Promise<Written> {
  const answers = await inboxAnswers(context.store.db, study.id, message.recipient.id);
  const answer = answers.find(({ id }) => id === message.parameters.answer);
  if (answer === undefined) return { why: "the answer is not there" };
  return { to, text: words.inboxAnswer({ ...facts, paragraphs: answer.words.split(/\n{2,}/) }) };
}

async function toNewcomer(context: Composing, { message, study, facts, words }: Told): Promise<Written> {
  const wanted = { id: message.recipient.id, now: context.now() };
  const newcomer = await newcomerById(context.store.db, study.id, wanted);
  if (newcomer?.email === undefined) return { why: "the code had run out or was used" };
  const code = joinCodeOf(context.linkKey, newcomer);
  return { to: newcomer.email, text: words.joinCode({ ...facts, code, minutes: JOIN_CODE_MINUTES }) };
}

/** Whether mail to the address of a person came back; who asks for a code gets it all the same. */
async function comesBack({ store }: Composing, { study, recipient }: OutboxMessage): Promise<boolean> {
  return (await peopleWithReturns(store.db, study, [recipient.id])).has(recipient.id);
}

/** Mail programs show a button that stops messages; they may use it only over HTTPS and by POST (RFC 8058). */
function oneClick(stop: string): Readonly<Record<string, string>> {
  return { "List-Unsubscribe": `<${stop}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" };
}

const notInTeam = "the person does not belong to the team any more";

/** What the team is told at once about harm: nothing of what was written. */
function safetyText({ origin }: Composing, { message, study, facts, words }: Told): MessageText {
  const address = `${origin()}/console/#/studies/${encodeURIComponent(study.id)}/inbox`;
  if (message.template === "harm_reported") return words.harmReported({ ...facts, address });
  const { people, withinDays } = message.parameters;
  return words.safetyPaused({ ...facts, address, people: Number(people), withinDays: Number(withinDays) });
}

/** The link is made now and kept nowhere: who has the outbox has no link. */
async function toStaff(context: Composing, { message, study, facts, words }: Told): Promise<Written> {
  const email = message.recipient.id;
  const { template } = message;
  const isIn = (await membershipOf(context.store.db, study.id, email)) !== undefined;
  if (template === "harm_reported" || template === "safety_paused") {
    if (!isIn && email !== facts.contact.email.toLowerCase()) return { why: notInTeam };
    return { to: email, text: safetyText(context, { message, study, facts, words }) };
  }
  if (template === "retention_soon" || template === "retention_over") {
    if (!isIn && email !== facts.contact.email.toLowerCase()) return { why: notInTeam };
    const address = `${context.origin()}/console/#/studies/${encodeURIComponent(study.id)}/people`;
    const told = { keepUntil: String(message.parameters.keepUntil), isOver: template === "retention_over" };
    return { to: email, text: words.retention({ ...facts, address, ...told }) };
  }
  if (!isIn) return { why: notInTeam };
  const address = `${context.origin()}/console/#sign-in=${await context.staff.makeToken(email)}`;
  const say = message.template === "staff_invitation" ? words.staffInvitation : words.staffSignIn;
  return { to: email, text: say({ ...facts, address }) };
}

async function toReader(context: Composing, { message, study, facts, words }: Told): Promise<Written> {
  const { db } = context.store;
  const comment = await commentById(db, study.id, message.recipient.id);
  if (!comment || comment.email === "") return { why: "the comment has been removed" };
  const to = openEmail(context.commentKey, comment.id, comment.email);
  const address = ({ id }: Pick<CommentTable, "id">): string =>
    `${context.origin()}/comment/${commentToken(context.commentKey, id)}`;
  if (message.template === "comment_link") {
    return { to, text: words.commentLink({ ...facts, address: address(comment) }) };
  }
  const all = await commentsOfReader(db, { study: study.id, emailIndex: comment.email_index });
  const day = new Intl.DateTimeFormat(message.language === "nb" ? "nb-NO" : "en-GB", {
    dateStyle: "long",
    timeZone: "UTC",
  });
  const comments = all.map((each) => ({ date: day.format(each.created_at), address: address(each) }));
  return { to, text: words.commentLinks({ ...facts, comments }) };
}

type Writer = (context: Composing, told: Told) => Promise<Written>;

const writers: Readonly<Record<Recipient["kind"], Writer>> = {
  person: toPerson,
  comment: toReader,
  staff: toStaff,
  newcomer: toNewcomer,
};
