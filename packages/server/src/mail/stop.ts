import { createHmac } from "node:crypto";
import type { Language } from "@longwave/api";
import { linkToken, sameToken, tokenHash } from "../access/links.ts";
import type { ServerContext } from "../context.ts";
import { leave } from "../people/leave.ts";
import { anyMessageById, type OutboxMessage } from "../store/queries/outbox.ts";
import { personById, setLink } from "../store/queries/people.ts";
import { takeStudy } from "../store/queries/studies.ts";

type Purpose = "stop" | "not-me" | "not-my-change";

/** The address that stops messages: of one message, not of the person, and good for nothing else. */
export function stopPath(linkKey: Buffer, message: string): string {
  return pathOfMessage(linkKey, "stop", message);
}

/** The address under which someone says that a message was not for them, or that the person has died. */
export function notMePath(linkKey: Buffer, message: string): string {
  return pathOfMessage(linkKey, "not-me", message);
}

/** An address that belongs to one message and one purpose. */
export function pathOfMessage(linkKey: Buffer, purpose: Purpose, message: string): string {
  return `/${purpose}/${message}.${markOf(linkKey, purpose, message)}`;
}

function markOf(linkKey: Buffer, purpose: Purpose, message: string): string {
  const text = JSON.stringify([purpose, message]);
  return createHmac("sha256", linkKey).update(text).digest().subarray(0, 16).toString("base64url");
}

/** To whom a message went that an address belongs to, and the language of the address's pages. */
interface Addressed {
  readonly study: string;
  readonly person: string;
  readonly language: Language;
}

/** Whose messages an address is about; undefined when it is not one of ours. */
export async function addressedBy(
  context: Pick<ServerContext, "store" | "linkKey">,
  purpose: Purpose,
  token: string,
): Promise<Addressed | undefined> {
  const message = await messageBehind(context, purpose, token);
  if (message?.recipient.kind !== "person") return undefined;
  return { study: message.study, person: message.recipient.id, language: message.language };
}

/** The message that an address belongs to; undefined when it is not one of ours. */
export async function messageBehind(
  context: Pick<ServerContext, "store" | "linkKey">,
  purpose: Purpose,
  token: string,
): Promise<OutboxMessage | undefined> {
  const [id = "", mark = ""] = token.split(".");
  if (!sameToken(mark, markOf(context.linkKey, purpose, id))) return undefined;
  return anyMessageById(context.store.db, id);
}

/** From now on the person gets only what they ask for; what waits for them is cancelled. */
export async function stopFor(
  context: Pick<ServerContext, "store" | "now" | "log" | "mail">,
  { study, person }: Addressed,
): Promise<void> {
  await leave(context, { study, person, way: "stop_contact", actor: `person:${person}` });
}

/** Why nobody should have been written to. */
export type NotMe = "wrong_person" | "deceased";

/**
 * Ends all contact with someone who is not the person, or with the family of one who has died, and makes the link in
 * the message useless, so that nobody else answers in their name. Answers are kept; the team sees the reason.
 */
export async function endContact(
  context: Pick<ServerContext, "store" | "now" | "log" | "mail" | "linkKey">,
  { study, person }: Addressed,
  why: NotMe,
): Promise<void> {
  await leave(context, { study, person, way: "stop_contact", actor: `person:${person}`, reason: why });
  await context.store.db.transaction().execute(async (trx) => {
    await takeStudy(trx, study);
    const found = await personById(trx, study, person);
    if (!found) return;
    const epoch = found.epoch + 1;
    const token = linkToken(context.linkKey, { study, id: person, epoch });
    await setLink(trx, found, { epoch, tokenHash: tokenHash(token) });
  });
}
