import { currentZone, isTimeZone } from "@longwave/study";
import type { ServerContext } from "../context.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { reconsiderContacts } from "../store/queries/contacts.ts";
import { addMove } from "../store/queries/moves.ts";
import { type Person, personById } from "../store/queries/people.ts";
import { takeStudy } from "../store/queries/studies.ts";

/**
 * Follows a person who opens their link in another time zone: waves that have not opened begin on days of the new place,
 * and messages keep to its nights. What is open stays as it was. A zone that does not exist is left alone.
 */
export async function followMove(context: ServerContext, person: Person, timeZone: string): Promise<Person> {
  const known = currentZone(person);
  if (known === undefined || known === timeZone || !isTimeZone(timeZone)) return person;
  const at = context.now();
  const { study } = person;
  return context.store.db.transaction().execute(async (trx) => {
    await takeStudy(trx, study);
    const current = (await personById(trx, study, person.id)) ?? person;
    await addMove(trx, current, { at, timeZone });
    await reconsiderContacts(trx, current, at);
    await recordEvent(trx, { at, study, actor: `person:${person.id}`, action: "time-zone.moved" });
    return { ...current, moves: [...current.moves, { at, timeZone }] };
  });
}
