import { randomUUID } from "node:crypto";
import type { Kysely } from "kysely";
import { linkToken, tokenHash } from "../access/links.ts";
import type { ServerContext } from "../context.ts";
import { type Refusal, refuse } from "../errors.ts";
import { isEmail } from "../people/email.ts";
import {
  addAddressChange,
  moveChange,
  moveChanges,
  sealWrittenChange,
} from "../store/queries/address-changes.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { reconsiderContacts } from "../store/queries/contacts.ts";
import { addMessages } from "../store/queries/outbox.ts";
import { contactOf, type Person, personWithEmail, setLink } from "../store/queries/people.ts";
import { setContact, setSite } from "../store/queries/person-contact.ts";
import { unmarkAddress } from "../store/queries/returned-mail.ts";
import { carryVisitOver } from "../store/queries/visits.ts";
import type { Tables } from "../store/schema.ts";

const DAY_MS = 86_400_000;
/** For how long the old address can say that a change was not theirs. */
export const OBJECTING_DAYS = 30;

/** What is to be changed: left out, it stays; null takes it away. */
interface Wanted {
  readonly name?: string | null;
  readonly email?: string | null;
  readonly phone?: string | null;
  readonly site?: string | null;
}

/** A change to be carried out, by whom and when. */
interface Change {
  readonly person: Person;
  readonly wanted: Wanted;
  readonly actor: string;
  readonly at: number;
  readonly reason?: string;
  /** The visit in which the person made it, which goes on. */
  readonly visit?: string;
  /** The change of address that has been confirmed. */
  readonly confirmed?: string;
}

/**
 * Carries out a change of how a person is reached, inside a transaction that holds the study's row. With another
 * address comes a new link, sent there: the old mailbox keeps none that works. The old address is told.
 */
export async function changeContact(
  { linkKey }: Pick<ServerContext, "linkKey">,
  trx: Kysely<Tables>,
  change: Change,
): Promise<void> {
  const { person, wanted, at } = change;
  const before = await contactOf(trx, { study: person.study, id: person.id });
  const fields = changedFields(
    { ...before, ...(person.site === undefined ? {} : { site: person.site }) },
    wanted,
  );
  if (wanted.email === before.email && before.email !== undefined)
    await unmarkAddress(trx, person.study, person.id);
  if (fields.length === 0) return;
  const after = { ...before, ...wanted };
  const { name = null, email = null, phone = null } = after;
  await setContact(trx, person.study, { person: person.id, name, email, phone });
  if (fields.some(({ field }) => field === "site")) await setSite(trx, person, wanted.site ?? null);
  if (fields.some(({ field }) => field === "email"))
    await followAddress({ linkKey }, trx, { ...change, from: before.email, to: email ?? undefined });
  const id = randomUUID();
  const written = { id, fields, reason: change.reason ?? null };
  const sealed = await sealWrittenChange(trx, { study: person.study, person: person.id }, written);
  const names = fields.map(({ field }) => field).join(", ");
  await recordEvent(trx, {
    ...{ at, study: person.study, actor: change.actor, action: "contact.changed" },
    detail: { person: person.id, id, fields: names, sealed },
  });
}

type Field = keyof Wanted;

/** What differs from what was known. */
function changedFields(
  before: { readonly [F in Field]?: string },
  wanted: Wanted,
): readonly { readonly field: Field; readonly from: string | null; readonly to: string | null }[] {
  return (["name", "email", "phone", "site"] as const).flatMap((field) => {
    const [from, to] = [before[field] ?? null, wanted[field]];
    return to === undefined || to === from ? [] : [{ field, from, to }];
  });
}

/** What a new address brings with it: no mark of the old one, a new link, and word to both. */
async function followAddress(
  { linkKey }: Pick<ServerContext, "linkKey">,
  trx: Kysely<Tables>,
  change: Change & { readonly from: string | undefined; readonly to: string | undefined },
): Promise<void> {
  const { person, at, from, to, confirmed } = change;
  const whose = { study: person.study, person: person.id };
  await unmarkAddress(trx, person.study, person.id);
  // The team decides for good. A change by whoever holds the visit leaves objections to earlier ones open: it may be a thief's.
  if (change.actor.startsWith("staff:"))
    await moveChanges(trx, whose, { from: ["done", "disputed"], to: "settled", at });
  const id = confirmed ?? randomUUID();
  const expiresAt = at + OBJECTING_DAYS * DAY_MS;
  const done = { from: "waiting", to: "done", expires_at: expiresAt } as const;
  if (confirmed === undefined)
    await addAddressChange(trx, { id, ...whose, state: "done", from, to, madeAt: at, expiresAt });
  else await moveChange(trx, id, done);
  await moveChanges(trx, whose, { from: ["waiting"], to: "dropped", at });
  if (to !== undefined) await renewLink({ linkKey }, trx, person, change.visit);
  await reconsiderContacts(trx, { study: person.study, id: person.id }, at);
  const word = (template: "address_notice" | "address_changed") => ({
    ...{
      id: randomUUID(),
      key: `${template}:${id}`,
      study: person.study,
      template,
      parameters: { change: id },
    },
    recipient: { kind: "person", id: person.id } as const,
    ...{ language: person.language ?? "en", urgent: true, decidedAt: at, dueAt: at },
  });
  await addMessages(trx, [
    ...(from === undefined ? [] : [word("address_notice")]),
    ...(to === undefined ? [] : [word("address_changed")]),
  ]);
}

/** Makes every earlier link of a person useless, and ends their visits but the one in which it was asked for. */
export async function renewLink(
  { linkKey }: Pick<ServerContext, "linkKey">,
  trx: Kysely<Tables>,
  person: Pick<Person, "study" | "id" | "epoch">,
  visit?: string,
): Promise<void> {
  const { study, id } = person;
  const epoch = person.epoch + 1;
  await setLink(trx, person, { epoch, tokenHash: tokenHash(linkToken(linkKey, { study, id, epoch })) });
  if (visit !== undefined) await carryVisitOver(trx, visit, epoch);
}

/**
 * What was typed, without what cannot be right.
 *
 * @throws Refusal `contact.invalid`
 */
export function checkWanted(wanted: Wanted): void {
  const { email, phone } = wanted;
  if (typeof email === "string" && !isEmail(email))
    throw invalid("an e-mail address such as name@example.org", "Look whether a sign is missing in it.");
  if (typeof phone === "string" && !isPhone(phone))
    throw invalid("a telephone number of at least five figures", "Write figures, spaces and a + in front.");
}

function isPhone(text: string): boolean {
  return /^\+?[\d ()./-]+$/.test(text) && text.replace(/\D/g, "").length >= 5;
}

/** Nothing of what was typed is said again: replies are not for personal data. */
function invalid(expected: string, remedy: string): Refusal {
  return refuse("contact.invalid", expected, "something else", remedy);
}

/**
 * Two people of a study never have the same address: a lost link would go to one of them only.
 *
 * @throws Refusal `contact.address-taken`
 */
export async function requireFree(trx: Kysely<Tables>, person: Person, email: string): Promise<void> {
  const other = await personWithEmail(trx, person.study, email);
  if (other === undefined || other.id === person.id) return;
  throw refuse(
    "contact.address-taken",
    "an address that nobody else in this study has",
    "one that somebody has",
    "Use another address, or write to the study team.",
  );
}
