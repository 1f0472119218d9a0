import { createHmac, randomUUID } from "node:crypto";
import type { Language } from "@longwave/api";
import { type EligibilityAnswers, takesPeople } from "@longwave/study";
import type { Kysely } from "kysely";
import { linkPath, linkToken, sameToken, tokenHash } from "../access/links.ts";
import type { ServerContext } from "../context.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { isOut, standingOf } from "../store/queries/departures.ts";
import {
  addJoinedOpenly,
  addNewcomer,
  joinedOpenly,
  type Newcomer,
  type NewcomerFacts,
  newcomerById,
  outdatedNewcomers,
  removeNewcomer,
  takeNewcomerTry,
} from "../store/queries/newcomers.ts";
import { countAtDoor } from "../store/queries/open-link.ts";
import { addMessages, type NewMessage } from "../store/queries/outbox.ts";
import {
  addPeople,
  lastPersonNumber,
  type Person,
  personById,
  personWithEmail,
} from "../store/queries/people.ts";
import { type StudyRow, takeStudy } from "../store/queries/studies.ts";
import type { Tables } from "../store/schema.ts";

/** For how long a newcomer's code can be used. */
export const JOIN_CODE_MINUTES = 30;
const TRIES = 5;
const HOUR_MS = 3_600_000;
const AGAIN_MS = 10 * 60_000;

type Joining = Pick<ServerContext, "store" | "now" | "mail" | "linkKey" | "planner">;

/** The code of a newcomer: it follows from the link key, so the store holds neither it nor a hash to guess from. */
export function joinCodeOf(linkKey: Buffer, newcomer: Pick<Newcomer, "id" | "study">): string {
  const message = JSON.stringify(["join-code", newcomer.study, newcomer.id]);
  const number = createHmac("sha256", linkKey).update(message).digest().readUIntBE(0, 6) % 100_000_000;
  const digits = String(number).padStart(8, "0");
  return `${digits.slice(0, 4)} ${digits.slice(4)}`;
}

/**
 * Someone gives an address: a message with a code goes to it, or with their own link when they take part already. The
 * caller learns nothing of which.
 *
 * @param mayMail  false when the address has had enough messages today: then nothing is sent, and nothing said.
 * @returns the id under which the code is taken.
 */
export async function askToJoin(
  context: Joining,
  study: StudyRow,
  {
    facts,
    language,
    mayMail,
  }: {
    readonly facts: NewcomerFacts & { readonly email: string };
    readonly language: Language;
    readonly mayMail: boolean;
  },
): Promise<string> {
  const id = randomUUID();
  const now = context.now();
  await forgetOutdated(context);
  await context.store.db.transaction().execute(async (trx) => {
    const person = await personWithEmail(trx, study.id, facts.email);
    const expiresAt = now + JOIN_CODE_MINUTES * 60_000;
    await addNewcomer(trx, { ...facts, id, study: study.id, known: person?.id, expiresAt, madeAt: now });
    await countAtDoor(trx, study.id, { what: "code", at: now });
    const out = person !== undefined && isOut(await standingOf(trx, study.id, person.id));
    if (!mayMail || out) return;
    const common = { id: randomUUID(), study: study.id, language, parameters: {}, urgent: true } as const;
    const when = { decidedAt: now, dueAt: now };
    const message: NewMessage =
      person === undefined
        ? {
            ...common,
            ...when,
            key: `join-code:${id}`,
            template: "join_code",
            recipient: { kind: "newcomer", id },
          }
        : linkMessage(person, { language, at: now });
    await addMessages(trx, [message]);
  });
  context.mail.wake();
  return id;
}

/** A message with a person's own link; at most one an hour, however often it is asked for. */
function linkMessage(
  person: Pick<Person, "study" | "id">,
  { language, at }: { readonly language: Language; readonly at: number },
): NewMessage {
  return {
    id: randomUUID(),
    key: `join-link:${person.study}:${person.id}:${Math.floor(at / HOUR_MS)}`,
    study: person.study,
    template: "join_link",
    parameters: {},
    recipient: { kind: "person", id: person.id },
    language,
    urgent: true,
    decidedAt: at,
    dueAt: at,
  };
}

/**
 * Decides a message with the link of whoever takes part with an address, at most one an hour; none to anybody else.
 * Whoever asks learns nothing of that.
 */
export async function mailOwnLink(
  context: Joining,
  study: StudyRow,
  {
    email,
    language,
    mayMail,
  }: { readonly email: string; readonly language: Language; readonly mayMail: boolean },
): Promise<void> {
  const at = context.now();
  await context.store.db.transaction().execute(async (trx) => {
    const person = await personWithEmail(trx, study.id, email);
    if (!person || !mayMail || isOut(await standingOf(trx, study.id, person.id))) return;
    await addMessages(trx, [linkMessage(person, { language: person.language ?? language, at })]);
  });
  context.mail.wake();
}

/** Takes the code of a newcomer; the path of their personal link, or undefined when the code does not fit. */
export async function confirmNewcomer(
  context: Joining,
  study: StudyRow,
  { id, typed, language }: { readonly id: string; readonly typed: string; readonly language: Language },
): Promise<string | undefined> {
  const now = context.now();
  const person = await context.store.db.transaction().execute(async (trx) => {
    // The try counts whether it is right or wrong: nothing is thrown in here.
    if (!(await takeNewcomerTry(trx, id, { now, most: TRIES }))) return undefined;
    const newcomer = await newcomerById(trx, study.id, { id, now });
    if (newcomer?.email === undefined) return undefined;
    const code = joinCodeOf(context.linkKey, newcomer);
    if (!sameToken(typed.replace(/\D/g, ""), code.replace(/\D/g, ""))) return undefined;
    if (!(await removeNewcomer(trx, id))) return undefined;
    const { phase, pausedAt } = await takeStudy(trx, study.id);
    // The same address may have been confirmed twice: who can read it is that person.
    const known = await personWithEmail(trx, study.id, newcomer.email);
    if (known) return isOut(await standingOf(trx, study.id, known.id)) ? undefined : known;
    // It may have been paused or locked since the page was shown.
    if (!takesPeople({ phase, paused: pausedAt !== undefined })) return undefined;
    const joined = await addOpenly(context, trx, { study, id, facts: newcomer, at: now });
    await addMessages(trx, [linkMessage(joined, { language, at: now })]);
    return joined;
  });
  context.mail.wake();
  return person && linkPath(linkToken(context.linkKey, person));
}

/**
 * Someone joins without an address; the path of their personal link. The same ticket sent twice, as by a second press
 * of the button, gives the same link for ten minutes and nothing after that.
 */
export async function joinAtOnce(
  context: Joining,
  study: StudyRow,
  { id, facts }: { readonly id: string; readonly facts: NewcomerFacts },
): Promise<string | undefined> {
  const at = context.now();
  const person = await context.store.db.transaction().execute(async (trx) => {
    const { phase, pausedAt } = await takeStudy(trx, study.id);
    const known = await personById(trx, study.id, id);
    if (known === undefined)
      return takesPeople({ phase, paused: pausedAt !== undefined })
        ? addOpenly(context, trx, { study, id, facts, at })
        : undefined;
    const joined = (await joinedOpenly(trx, study.id, [id])).get(id);
    return joined !== undefined && at - joined.at < AGAIN_MS ? known : undefined;
  });
  return person && linkPath(linkToken(context.linkKey, person));
}

/** Adds a person who came by the open link. Inside a transaction that holds the study's row. */
async function addOpenly(
  { linkKey }: Pick<Joining, "linkKey">,
  trx: Kysely<Tables>,
  {
    study,
    id,
    facts,
    at,
  }: {
    readonly study: StudyRow;
    readonly id: string;
    readonly facts: { readonly name?: string; readonly email?: string; readonly answers: EligibilityAnswers };
    readonly at: number;
  },
): Promise<{ readonly study: string; readonly id: string; readonly epoch: number }> {
  const holder = { study: study.id, id, epoch: 1 };
  const { name, email, answers } = facts;
  const number = (await lastPersonNumber(trx, study.id)) + 1;
  const contact = { ...(name === undefined ? {} : { name }), ...(email === undefined ? {} : { email }) };
  const token = tokenHash(linkToken(linkKey, holder));
  await addPeople(trx, study.id, [{ id, number, tokenHash: token, invitedAt: at, ...contact }]);
  await addJoinedOpenly(trx, holder, { at, answers });
  await recordEvent(trx, { at, study: study.id, actor: `person:${id}`, action: "person.joined-openly" });
  return holder;
}

/** Forgets everyone whose code has run out: the rows, and the keys that opened them. */
export async function forgetOutdated(context: Pick<ServerContext, "store" | "now">): Promise<void> {
  const { db, vault } = context.store;
  for (const { id, study } of await outdatedNewcomers(db, context.now())) {
    const gone = await removeNewcomer(db, id);
    if (gone && !(await personById(db, study, id))) await vault.destroy(study, [id]);
  }
}
