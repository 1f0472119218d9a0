/*
 * One-time codes: how a participant shows that they can read the channel the study knows, before past answers,
 * contact data, export or erasure are opened (a personal link alone does not open them).
 *
 *   requestCode(context, person, purpose)      decides a code and its mail; tells nobody whether an address is known
 *   readOutCode(context, study, person, staff) the same for someone without e-mail: staff say it on the phone, audited
 *   redeemCode(context, request, typed)        checks what was typed and marks the visit as verified for 30 minutes
 *   requireVerified(context, request)          in access/visits.ts: the visit, or `session.not-verified`
 *
 * Eight digits, ten minutes, five tries, once; five codes an hour for each person. The code follows from the link key
 * and the row's id, so the store holds neither the code nor a hash that could be guessed back.
 */
import { createHmac, randomUUID } from "node:crypto";
import type { CodePurpose, Staff } from "@longwave/api";
import { sameToken } from "../access/links.ts";
import { hasLeft, requireVisit } from "../access/visits.ts";
import type { ServerContext } from "../context.ts";
import { type Refusal, refuse } from "../errors.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { isOut, standingOf } from "../store/queries/departures.ts";
import { addCode, countCodesSince, isCodeOpen, takeTry, useUpCode } from "../store/queries/one-time-codes.ts";
import { addMessages } from "../store/queries/outbox.ts";
import { emailOf, type Person, personById } from "../store/queries/people.ts";
import { unmarkAddress } from "../store/queries/returned-mail.ts";
import { type StudyRow, takeStudy } from "../store/queries/studies.ts";
import { verifyVisit } from "../store/queries/visits.ts";
import type { OneTimeCodeTable } from "../store/schema-messages.ts";

/** For how long a code can be used. */
export const CODE_MINUTES = 10;
const TRIES = 5;
const CODES_AN_HOUR = 5;
const HOUR_MS = 3_600_000;
/** For how long past answers and contact data are open after a code. */
export const VERIFIED_MS: number = 30 * 60_000;

/** The eight digits of a code, in two groups. */
export function codeOf(linkKey: Buffer, code: Pick<OneTimeCodeTable, "id" | "study" | "person">): string {
  const message = JSON.stringify(["code", code.study, code.person, code.id]);
  const number = createHmac("sha256", linkKey).update(message).digest().readUIntBE(0, 6) % 100_000_000;
  const digits = String(number).padStart(8, "0");
  return `${digits.slice(0, 4)} ${digits.slice(4)}`;
}

/** Whether a code can still be used, so that a late mail does not bring a dead one. */
export function stillOpen(context: Pick<ServerContext, "store" | "now">, id: string): Promise<boolean> {
  return isCodeOpen(context.store.db, id, context.now());
}

type Coding = Pick<ServerContext, "store" | "now" | "mail" | "linkKey">;

/**
 * Makes a code and decides the message with it. Whoever asks learns nothing about the address: without one the code
 * is made all the same and nothing is sent.
 *
 * @throws Refusal `request.too-many` when the person has asked for five within the hour.
 */
export async function requestCode(context: Coding, person: Person, purpose: CodePurpose): Promise<void> {
  const now = context.now();
  await context.store.db.transaction().execute(async (trx) => {
    await takeStudy(trx, person.study); // two requests at one moment must not leave two open codes
    const holder = { study: person.study, person: person.id };
    if ((await countCodesSince(trx, holder, now - HOUR_MS)) >= CODES_AN_HOUR) throw enoughCodes();
    const email = await emailOf(trx, person);
    const code = newCode({ ...holder, purpose }, email === undefined ? "none" : "email", now);
    await addCode(trx, code);
    if (email === undefined) return;
    await addMessages(trx, [
      {
        id: randomUUID(),
        key: `code:${code.id}`,
        study: person.study,
        template: "code",
        parameters: { code: code.id },
        recipient: { kind: "person", id: person.id },
        language: person.language ?? "en",
        urgent: true,
        decidedAt: now,
        dueAt: now,
      },
    ]);
  });
  context.mail.wake();
}

/**
 * A code for staff to say to a person who has no e-mail; written down in the audit.
 *
 * @throws Refusal `person.not-found`, `person.left`, `code.has-address`
 */
export async function readOutCode(
  context: Coding,
  study: StudyRow,
  id: string,
  { purpose, staff }: { readonly purpose: CodePurpose; readonly staff: Staff },
): Promise<{ readonly code: string; readonly minutes: number }> {
  const now = context.now();
  return context.store.db.transaction().execute(async (trx) => {
    await takeStudy(trx, study.id);
    if (!(await personById(trx, study.id, id)))
      throw refuse("person.not-found", "a person of this study", id, "Load the list of people again.");
    if (isOut(await standingOf(trx, study.id, id))) throw hasLeft();
    if (!study.tryIt && (await emailOf(trx, { study: study.id, id })) !== undefined) throw hasAddress();
    const code = newCode({ study: study.id, person: id, purpose }, "staff", now);
    await addCode(trx, code);
    await recordEvent(trx, {
      at: now,
      study: study.id,
      actor: `staff:${staff.email}`,
      action: "code.read-out",
      detail: { person: id, purpose },
    });
    return { code: codeOf(context.linkKey, code), minutes: CODE_MINUTES };
  });
}

/** Answers of one person are for that person: who can get a code by e-mail gets it nowhere else. */
function hasAddress() {
  return refuse(
    "code.has-address",
    "a person without an e-mail address",
    "one who has an address",
    "Let them ask for a code on their own page; it goes to their address.",
  );
}

function newCode(
  holder: Pick<OneTimeCodeTable, "study" | "person" | "purpose">,
  channel: string,
  now: number,
): OneTimeCodeTable {
  const expires = now + CODE_MINUTES * 60_000;
  return { id: randomUUID(), ...holder, channel, made_at: now, expires_at: expires, tries: 0, used_at: null };
}

/**
 * Marks the visit of a request as verified for 30 minutes when the typed code is the person's latest.
 *
 * @returns until when, and the cookie line of the visit when it was prolonged.
 * @throws Refusal `code.wrong`, `session.none`
 */
export async function redeemCode(
  context: Coding & Pick<ServerContext, "secureCookies">,
  request: Request,
  { purpose, typed }: { readonly purpose: CodePurpose; readonly typed: string },
): Promise<{ readonly verifiedUntil: number; readonly cookie: string | undefined }> {
  const { person, cookie, tokenHash } = await requireVisit(context, request);
  const now = context.now();
  const holder = { study: person.study, person: person.id, purpose };
  const verifiedUntil = now + VERIFIED_MS;
  const right = await context.store.db.transaction().execute(async (trx) => {
    // The try is written down whether it is right or wrong: nothing is thrown in here.
    const id = await takeTry(trx, holder, { now, most: TRIES });
    if (id === undefined || !sameToken(digitsOf(typed), digitsOf(codeOf(context.linkKey, { ...holder, id }))))
      return false;
    const used = await useUpCode(trx, id, now);
    if (used === undefined) return false;
    // A code that came by mail shows that mail arrives.
    if (used.channel === "email") await unmarkAddress(trx, person.study, person.id);
    await verifyVisit(trx, tokenHash, verifiedUntil);
    await recordEvent(trx, {
      at: now,
      study: person.study,
      actor: `person:${person.id}`,
      action: "visit.verified",
      detail: { purpose },
    });
    return true;
  });
  if (!right) throw wrongCode();
  return { verifiedUntil, cookie };
}

/** People type codes with spaces, dashes and dots. */
export function digitsOf(typed: string): string {
  return typed.replace(/[\s.\-–]/g, "");
}

/** The refusal of a code, which does not say what is wrong with it. */
export function wrongCode(): Refusal {
  return refuse(
    "code.wrong",
    `the ${CODE_MINUTES}-minute code of the latest message`,
    "another one, or one that has been used or has run out",
    "Look at the latest message and type the eight digits, or ask for a new code.",
  );
}

function enoughCodes() {
  return refuse(
    "request.too-many",
    `at most ${CODES_AN_HOUR} codes an hour`,
    "more",
    "Use the code of the latest message, or wait an hour.",
  );
}
