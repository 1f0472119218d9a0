import { randomBytes } from "node:crypto";
import { type Problem, problem } from "@longwave/api";
import type { ServerContext } from "../context.ts";
import { type Refusal, refuse } from "../errors.ts";
import { letterCodeHash } from "../letters/letter-code.ts";
import { isOut, standingOf } from "../store/queries/departures.ts";
import { useUpLetterCode } from "../store/queries/letter-codes.ts";
import { type Person, personById, personByToken } from "../store/queries/people.ts";
import { addVisit, openVisit, prolongVisit, removeVisit } from "../store/queries/visits.ts";
import type { VisitTable } from "../store/schema.ts";
import { readCookie, setCookie, visitCookie } from "./cookies.ts";
import { linkToken, sameToken, tokenHash } from "./links.ts";

const VISIT_MS = 12 * 3_600_000;

/** A participant at the door, and the cookie line to send when the visit was prolonged. */
export interface Visit {
  readonly person: Person;
  readonly cookie: string | undefined;
  /** Until when (ms UTC) past answers may be shown: a one-time code has been typed. Undefined when none has. */
  readonly verifiedUntil: number | undefined;
  readonly tokenHash: string;
  /** The one wave that may be written, and since when; undefined for a visit by personal link. */
  readonly only: OnlyWave | undefined;
}

/** What a visit by the code of a letter is for: it writes this wave and shows nothing from before it began. */
export interface OnlyWave {
  readonly wave: string;
  readonly since: number;
}

/**
 * Exchanges the token of a personal link for a visit of 12 hours.
 *
 * @throws Refusal `session.link-unknown` for a token that is not in use, `person.left`.
 */
export async function startVisit(context: ServerContext, token: string): Promise<Visit> {
  const person = await personByToken(context.store.db, tokenHash(token));
  if (!person || !sameToken(token, linkToken(context.linkKey, person))) throw unknownLink();
  if (isOut(await standingOf(context.store.db, person.study, person.id))) throw hasLeft();
  return beginVisit(context, person);
}

/**
 * Exchanges the code of a letter, which then is used up, for a visit of 12 hours that is for one wave alone.
 *
 * @throws Refusal `letter.code-unknown` for a code that is not in use, `person.left`.
 */
export async function startVisitByLetter(context: ServerContext, typed: string): Promise<Visit> {
  const hash = letterCodeHash(context.linkKey, typed);
  const code = await useUpLetterCode(context.store.db, hash, context.now());
  const person = code && (await personById(context.store.db, code.study, code.person));
  if (!code || !person || person.epoch !== code.epoch) throw unknownCode();
  if (isOut(await standingOf(context.store.db, person.study, person.id))) throw hasLeft();
  return beginVisit(context, person, code.wave);
}

async function beginVisit(context: ServerContext, person: Person, wave?: string): Promise<Visit> {
  const secret = randomBytes(32).toString("base64url");
  const now = context.now();
  const row = {
    token_hash: tokenHash(secret),
    study: person.study,
    person: person.id,
    epoch: person.epoch,
    expires_at: now + VISIT_MS,
    verified_until: null,
    wave: wave ?? null,
    began_at: now,
  };
  await addVisit(context.store.db, row, now);
  return {
    person,
    cookie: visitLine(context, secret),
    verifiedUntil: undefined,
    tokenHash: row.token_hash,
    only: onlyOf(row),
  };
}

function onlyOf({ wave, began_at }: Pick<VisitTable, "wave" | "began_at">): OnlyWave | undefined {
  return wave === null ? undefined : { wave, since: began_at ?? 0 };
}

/** The refusal of anything that is not about the wave of a visit by letter. */
export function otherThanLetter(only: OnlyWave, found: string): Problem {
  return problem("session.one-wave", {
    expected: `wave ${only.wave}, which the code of the letter is for`,
    found,
    remedy: "Open the personal link for it: the square in the letter holds it.",
  });
}

/**
 * The participant whose visit the request's cookie names; use prolongs it, at most once a minute.
 *
 * @throws Refusal `session.none` when there is none, it has run out, or the link has been rotated since; `person.left`.
 */
export async function requireVisit(
  context: Pick<ServerContext, "store" | "now" | "secureCookies">,
  request: Request,
): Promise<Visit> {
  const secret = readCookie(request, visitCookie(context.secureCookies));
  if (!secret) throw noVisit("no cookie of a visit");
  const now = context.now();
  const hash = tokenHash(secret);
  const open = await openVisit(context.store.db, hash, now);
  if (!open) throw noVisit("a visit that has ended");
  const { visit, person, standing } = open;
  if (isOut(standing)) throw hasLeft();
  const until = visit.verified_until;
  const verifiedUntil = until !== null && until > now ? until : undefined;
  const found = { person, verifiedUntil, tokenHash: hash, only: onlyOf(visit) };
  if (visit.expires_at - now > VISIT_MS - 60_000) return { ...found, cookie: undefined };
  await prolongVisit(context.store.db, hash, now + VISIT_MS);
  return { ...found, cookie: visitLine(context, secret) };
}

/**
 * The visit of a participant who has typed a one-time code on this device within the last half hour: what past
 * answers, contact data, export and erasure ask for.
 *
 * @throws Refusal `session.none`, `session.not-verified`
 */
export async function requireVerified(
  context: Pick<ServerContext, "store" | "now" | "secureCookies">,
  request: Request,
): Promise<Visit> {
  const visit = await requireVisit(context, request);
  if (visit.verifiedUntil !== undefined) return visit;
  throw refuse(
    "session.not-verified",
    "a visit in which a one-time code has been typed within half an hour",
    "a visit by personal link alone",
    "Ask for a code, type it, and try again.",
  );
}

/** Ends the visit that the request's cookie names, if there is one; returns the line that drops the cookie. */
export async function endVisit(context: ServerContext, request: Request): Promise<string> {
  const secret = readCookie(request, visitCookie(context.secureCookies));
  if (secret) await removeVisit(context.store.db, tokenHash(secret));
  return setCookie(visitCookie(context.secureCookies), "", {
    maxAgeSeconds: 0,
    secure: context.secureCookies,
  });
}

function visitLine(context: Pick<ServerContext, "secureCookies">, secret: string): string {
  return setCookie(visitCookie(context.secureCookies), secret, {
    maxAgeSeconds: VISIT_MS / 1000,
    secure: context.secureCookies,
  });
}

/** The refusal of whoever has left the study. */
export function hasLeft(): Refusal {
  return refuse(
    "person.left",
    "a person who takes part",
    "one who has left the study",
    "Nothing to do. To ask for something, write to the study team.",
  );
}

function unknownLink() {
  return refuse(
    "session.link-unknown",
    "the personal link from your latest message",
    "a link that is not in use",
    "Open the link again from the latest message, or ask the study for a new one.",
  );
}

function unknownCode() {
  return refuse(
    "letter.code-unknown",
    "the code of your latest letter",
    "a code that is not in use, has been used, or has run out",
    "Look at the letter once more; a code works once. The square in the letter works again and again.",
  );
}

function noVisit(found: string) {
  return refuse(
    "session.none",
    "an open visit",
    found,
    "Open your personal link again; your answers are kept.",
  );
}
