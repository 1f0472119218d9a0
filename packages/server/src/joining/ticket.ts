import { createHmac } from "node:crypto";
import type { EligibilityAnswers } from "@longwave/study";
import { sameToken } from "../access/links.ts";

/**
 * What a page hands to the next one: somebody has answered the questions and can take part. It travels in the form and
 * is signed, so that nothing is kept of anyone who goes no further.
 */
export interface Ticket {
  /** Becomes the id of the person, if they give no address: sent twice, it makes one person. */
  readonly id: string;
  readonly answers: EligibilityAnswers;
  readonly until: number;
}

/** A ticket as text for a form. */
export function signTicket(key: Buffer, study: string, ticket: Ticket): string {
  const text = Buffer.from(JSON.stringify(ticket)).toString("base64url");
  return `${text}.${markOf(key, study, text)}`;
}

/** The ticket in a form of this study; undefined when it was not made here or has run out. */
export function readTicket(
  key: Buffer,
  study: string,
  { text, now }: { readonly text: string; readonly now: number },
): Ticket | undefined {
  const [body = "", mark = ""] = text.split(".");
  if (!sameToken(mark, markOf(key, study, body))) return undefined;
  const ticket = JSON.parse(Buffer.from(body, "base64url").toString("utf8")) as Ticket;
  return ticket.until > now ? ticket : undefined;
}

function markOf(key: Buffer, study: string, body: string): string {
  const message = JSON.stringify(["join", study, body]);
  return createHmac("sha256", key).update(message).digest().subarray(0, 16).toString("base64url");
}
