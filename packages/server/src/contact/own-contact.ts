import { randomUUID } from "node:crypto";
import type { OwnContact, OwnContactChange } from "@longwave/api";
import { sameToken } from "../access/links.ts";
import { requireVisit, type Visit } from "../access/visits.ts";
import type { ServerContext } from "../context.ts";
import { refuse } from "../errors.ts";
import { noteMail } from "../joining/page.ts";
import { codeOf, digitsOf, VERIFIED_MS, wrongCode } from "../mail/one-time-code.ts";
import { participationOf } from "../participant/state.ts";
import {
  addAddressChange,
  addressChange,
  countChangesSince,
  latestAddressChange,
  moveChanges,
  takeChangeTry,
} from "../store/queries/address-changes.ts";
import { addMessages } from "../store/queries/outbox.ts";
import { contactOf, type Person, personById } from "../store/queries/people.ts";
import { peopleWithReturns } from "../store/queries/returned-mail.ts";
import { takeStudy } from "../store/queries/studies.ts";
import { verifyVisit } from "../store/queries/visits.ts";
import { changeContact, checkWanted, requireFree } from "./change.ts";

/** For how long the code that goes to a new address can be typed: a mailbox may be on another device. */
export const ADDRESS_CODE_MINUTES = 30;
const TRIES = 5;
const CHANGES_AN_HOUR = 5;
const HOUR_MS = 3_600_000;

type Changing = Pick<ServerContext, "store" | "now" | "mail" | "linkKey">;

/** How a person is reached, for the person. */
export async function ownContact(
  { store, now }: Pick<ServerContext, "store" | "now">,
  { study, id }: Pick<Person, "study" | "id">,
): Promise<OwnContact> {
  const { db } = store;
  const { name = null, email = null, phone = null } = await contactOf(db, { study, id });
  const waiting = await latestAddressChange(db, { study, person: id }, "waiting");
  const open = waiting !== undefined && waiting.expiresAt > now() ? waiting : undefined;
  return {
    ...{ name, email, phone },
    mailReturns: (await peopleWithReturns(db, study, [id])).has(id),
    ...(open?.to === undefined ? {} : { waiting: { email: open.to, until: open.expiresAt } }),
  };
}

/**
 * A person changes how they are reached: name and telephone at once; a new address when the code that now goes there
 * has been typed. The answer is the same whether somebody else has that address.
 *
 * @throws Refusal `contact.demonstration`, `contact.invalid`, `request.too-many`
 */
export async function changeOwnContact(
  context: ServerContext,
  { person, tokenHash }: Visit,
  wanted: OwnContactChange,
): Promise<OwnContact> {
  const { study } = await participationOf(context, person);
  if (study.tryIt || study.simulated) throw demonstration();
  checkWanted(wanted);
  const at = context.now();
  await context.store.db.transaction().execute(async (trx) => {
    await takeStudy(trx, person.study);
    const { email, ...rest } = wanted;
    const whose = { study: person.study, id: person.id };
    const known = (await contactOf(trx, whose)).email;
    const returns = (await peopleWithReturns(trx, person.study, [person.id])).has(person.id);
    const now = email === null ? { ...rest, email } : rest;
    await changeContact(context, trx, {
      person,
      wanted: now,
      actor: `person:${person.id}`,
      at,
      visit: tokenHash,
    });
    // The address they have is asked for a code again only when mail to it came back.
    if (typeof email !== "string" || (email === known && !returns)) return;
    const since = at - HOUR_MS;
    if ((await countChangesSince(trx, { study: person.study, person: person.id }, since)) >= CHANGES_AN_HOUR)
      throw enough();
    if (!noteMail(context, person.study, email)) throw enough();
    await askNewAddress(trx, { person, from: known, to: email, at });
  });
  context.mail.wake();
  return ownContact(context, person);
}

async function askNewAddress(
  trx: Parameters<typeof addAddressChange>[0],
  change: {
    readonly person: Person;
    readonly from: string | undefined;
    readonly to: string;
    readonly at: number;
  },
): Promise<void> {
  const { person, from, to, at } = change;
  const id = randomUUID();
  const whose = { study: person.study, person: person.id };
  await moveChanges(trx, whose, { from: ["waiting"], to: "dropped", at });
  const expiresAt = at + ADDRESS_CODE_MINUTES * 60_000;
  await addAddressChange(trx, { id, ...whose, state: "waiting", from, to, madeAt: at, expiresAt });
  await addMessages(trx, [
    {
      ...{ id: randomUUID(), key: `address-code:${id}`, study: person.study, template: "address_code" },
      ...{ parameters: { change: id }, recipient: { kind: "person", id: person.id } },
      ...{ language: person.language ?? "en", urgent: true, decidedAt: at, dueAt: at },
    },
  ]);
}

/**
 * Takes the code that was sent to a new address: from now on messages go there. Who has typed it can read the
 * registered channel, so the visit is verified as well.
 *
 * @throws Refusal `session.none`, `code.wrong`, `contact.address-taken`
 */
export async function confirmOwnEmail(
  context: Changing & Pick<ServerContext, "secureCookies">,
  request: Request,
  typed: string,
): Promise<{ readonly contact: OwnContact; readonly cookie: string | undefined }> {
  const { person, cookie, tokenHash } = await requireVisit(context, request);
  const at = context.now();
  const whose = { study: person.study, person: person.id };
  const right = await context.store.db.transaction().execute(async (trx) => {
    await takeStudy(trx, person.study);
    // The try counts whether it is right or wrong: a wrong one throws nothing in here.
    const id = await takeChangeTry(trx, whose, { now: at, most: TRIES });
    if (id === undefined || !sameToken(digitsOf(typed), digitsOf(codeOf(context.linkKey, { id, ...whose }))))
      return false;
    const change = await addressChange(trx, person.study, id);
    const current = await personById(trx, person.study, person.id);
    if (change?.to === undefined || current === undefined) return false;
    await requireFree(trx, current, change.to);
    await changeContact(context, trx, {
      ...{ person: current, wanted: { email: change.to }, actor: `person:${person.id}`, at },
      ...{ visit: tokenHash, confirmed: id },
    });
    await moveChanges(trx, whose, { from: ["waiting"], to: "dropped", at });
    await verifyVisit(trx, tokenHash, at + VERIFIED_MS);
    return true;
  });
  if (!right) throw wrongCode();
  context.mail.wake();
  return { contact: await ownContact(context, person), cookie };
}

function enough() {
  return refuse(
    "request.too-many",
    `at most ${CHANGES_AN_HOUR} new addresses an hour, and four messages a day to one`,
    "more",
    "Wait a while, or write to the study team.",
  );
}

function demonstration() {
  return refuse(
    "contact.demonstration",
    "a real study",
    "a demonstration, which keeps nobody's name or address",
    "Nothing to do: nothing is sent to anybody here.",
  );
}
