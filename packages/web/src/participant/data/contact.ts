import type { OwnContact } from "@longwave/api";
import type { ContactMistake, ContactPage, TypedContact } from "../state/contact-page.ts";
import { mistakeIn } from "../state/contact-page.ts";
import type { OwnPage } from "../state/own-page.ts";
import type { Opening } from "./opening.ts";
import { withSession } from "./opening.ts";
import { isUnverified, refusalOf } from "./own-page.ts";
import type { Reply } from "./server.ts";
import { troubleOf } from "./server.ts";

type CodeAsked = Extract<OwnPage, { readonly kind: "code" }>;

/** What the page of how people are reached can do; each gives the page that comes next. */
export interface ContactActions {
  readonly load: () => Promise<ContactPage>;
  readonly askForCode: () => Promise<ContactPage>;
  readonly typeCode: (code: string, asked: CodeAsked) => Promise<ContactPage>;
  readonly save: (typed: TypedContact, contact: OwnContact) => Promise<ContactPage>;
  readonly confirm: (code: string, contact: OwnContact) => Promise<ContactPage>;
}

/** The ways to change how one is reached, by the server of this page. */
export function contactActions(opening: Opening): ContactActions {
  return {
    load: () => load(opening),
    askForCode: () => askForCode(opening),
    typeCode: (code, asked) => typeCode(opening, code, asked),
    save: (typed, contact) => save(opening, typed, contact),
    confirm: (code, contact) => confirm(opening, code, contact),
  };
}

async function load(opening: Opening): Promise<ContactPage> {
  const reply = await withSession(opening, () => opening.world.server.ownContact());
  if (reply.kind === "ok") return { kind: "form", contact: reply.value };
  return failed(reply);
}

type Failed = Exclude<Reply<unknown>, { kind: "ok" }>;

function failed(reply: Failed): ContactPage {
  if (isUnverified(reply)) return { kind: "code", asked: { kind: "code" } };
  return { kind: "trouble", trouble: troubleOf(reply) };
}

async function askForCode(opening: Opening): Promise<ContactPage> {
  const reply = await withSession(opening, () => opening.world.server.requestCode());
  if (reply.kind === "ok") return { kind: "code", asked: { kind: "code", minutes: reply.value.minutes } };
  return codeRefused(reply, { kind: "code" });
}

async function typeCode(opening: Opening, code: string, before: CodeAsked): Promise<ContactPage> {
  const { refusal: _earlier, ...asked } = before;
  if (!/\d/.test(code)) return { kind: "code", asked: { ...asked, refusal: "empty" } };
  const reply = await withSession(opening, () => opening.world.server.redeemCode(code));
  return reply.kind === "ok" ? load(opening) : codeRefused(reply, asked);
}

function codeRefused(reply: Failed, asked: CodeAsked): ContactPage {
  const refusal = refusalOf(reply);
  return refusal === undefined ? failed(reply) : { kind: "code", asked: { ...asked, refusal } };
}

/** Sends what differs from what is known; an address whose mail comes back is sent again, to get a code there. */
async function save(opening: Opening, typed: TypedContact, contact: OwnContact): Promise<ContactPage> {
  const mistake = mistakeIn(typed);
  if (mistake !== undefined) return { kind: "form", contact, mistake };
  const changed = Object.fromEntries(
    (["name", "email", "phone"] as const).flatMap((field) => {
      const value = typed[field].trim() === "" ? null : typed[field].trim();
      const again = field === "email" && contact.mailReturns && value !== null;
      return value === contact[field] && !again ? [] : [[field, value]];
    }),
  );
  const reply = await withSession(opening, () => opening.world.server.changeContact(changed));
  if (reply.kind === "ok") return { kind: "form", contact: reply.value, done: "saved" };
  return notSaved(reply, contact);
}

async function confirm(opening: Opening, code: string, contact: OwnContact): Promise<ContactPage> {
  if (!/\d/.test(code)) return { kind: "form", contact, mistake: "wrongCode" };
  const reply = await withSession(opening, () => opening.world.server.confirmEmail(code));
  if (reply.kind !== "ok") return notSaved(reply, contact);
  // The link in memory has been replaced by the one on its way to the new address; this visit goes on without.
  opening.token.current = undefined;
  return { kind: "form", contact: reply.value, done: "moved" };
}

const mistakes: Readonly<Record<string, ContactMistake>> = {
  "contact.invalid": "wrongEmail",
  "contact.address-taken": "taken",
  "request.too-many": "tooMany",
  "code.wrong": "wrongCode",
  "request.invalid": "wrongCode",
};

function notSaved(reply: Failed, contact: OwnContact): ContactPage {
  if (isUnverified(reply)) return failed(reply);
  const mistake = reply.kind === "problem" ? mistakes[reply.code] : undefined;
  return mistake === undefined
    ? { kind: "form", contact, trouble: troubleOf(reply) }
    : { kind: "form", contact, mistake };
}
