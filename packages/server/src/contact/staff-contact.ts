import type { ContactChange, PersonContact } from "@longwave/api";
import type { Inside } from "../access/gate.ts";
import { requireOfSite } from "../access/names.ts";
import { hasLeft } from "../access/visits.ts";
import type { ServerContext } from "../context.ts";
import { refuse } from "../errors.ts";
import { likelyDuplicates } from "../joining/duplicates.ts";
import { latestAddressChange, moveChanges, writtenChanges } from "../store/queries/address-changes.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { isOut, standingOf } from "../store/queries/departures.ts";
import { contactOf, type Person, personById } from "../store/queries/people.ts";
import { sitesOf } from "../store/queries/person-contact.ts";
import { peopleWithReturns } from "../store/queries/returned-mail.ts";
import { takeStudy } from "../store/queries/studies.ts";
import { changeContact, checkWanted, requireFree } from "./change.ts";

/**
 * How a person is reached, and what was changed of it.
 *
 * @throws Refusal `person.not-found`
 */
export async function personContact(
  context: ServerContext,
  inside: Pick<Inside, "study" | "member">,
  id: string,
): Promise<PersonContact> {
  const { study, member } = inside;
  const { db } = context.store;
  const person = requireOfSite(member, await personById(db, study.id, id), id);
  const whose = { study: study.id, person: id };
  const { name = null, email = null, phone = null } = await contactOf(db, { study: study.id, id });
  const erased = (await standingOf(db, study.id, id)) === "erased";
  const disputed = erased ? undefined : await latestAddressChange(db, whose, "disputed");
  const pairs = await likelyDuplicates(context, inside);
  return {
    ...{ name, email, phone, site: person.site ?? null },
    mailReturns: (await peopleWithReturns(db, study.id, [id])).has(id),
    disputed: disputed
      ? {
          at: disputed.settledAt ?? disputed.madeAt,
          from: disputed.from ?? null,
          to: disputed.to ?? null,
        }
      : null,
    sites: member.site === undefined ? await sitesOf(db, study.id) : [],
    history: erased
      ? []
      : (await writtenChanges(db, whose)).map(({ at, actor, fields, reason }) => ({
          ...{ at, fields, reason },
          by: actor.startsWith("staff:") ? actor.slice("staff:".length) : "person",
        })),
    duplicates: pairs.filter(({ person: one, other }) => one.id === id || other.id === id),
  };
}

/**
 * Staff change how a person is reached, or their site, with a reason; an address settles a change in doubt. The new
 * address gets a new link at once, and the old one is told.
 *
 * @throws Refusal `person.not-found`, `person.left`, `contact.invalid`, `contact.address-taken`, `staff.not-allowed`
 */
export async function changePersonContact(
  context: ServerContext,
  inside: Pick<Inside, "study" | "staff" | "member">,
  id: string,
  { reason, ...wanted }: ContactChange,
): Promise<PersonContact> {
  const { study, staff, member } = inside;
  checkWanted(wanted);
  const at = context.now();
  const actor = `staff:${staff.email}`;
  await context.store.db.transaction().execute(async (trx) => {
    await takeStudy(trx, study.id);
    const person = requireOfSite(member, await personById(trx, study.id, id), id);
    if (isOut(await standingOf(trx, study.id, id))) throw hasLeft();
    if (movesAway(wanted.site, person) && member.site !== undefined) throw otherSite();
    if (typeof wanted.email === "string") await requireFree(trx, person, wanted.email);
    const whose = { study: study.id, person: id };
    const decides = wanted.email !== undefined; // a name or a telephone number says nothing of whose the address is
    if (decides && (await latestAddressChange(trx, whose, "disputed"))) {
      await moveChanges(trx, whose, { from: ["disputed"], to: "settled", at });
      await recordEvent(trx, {
        ...{ at, study: study.id, actor, action: "contact.settled" },
        detail: { person: id },
      });
    }
    await changeContact(context, trx, { person, wanted, actor, at, reason });
  });
  context.mail.wake();
  context.planner.wake();
  return personContact(context, inside, id);
}

function movesAway(site: string | null | undefined, person: Person): boolean {
  return site !== undefined && (site ?? undefined) !== person.site;
}

function otherSite() {
  return refuse(
    "staff.not-allowed",
    "a member of the team who belongs to no one site",
    "one who belongs to a site",
    "Ask somebody who works with all sites to move the person.",
  );
}
