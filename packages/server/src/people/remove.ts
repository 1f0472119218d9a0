import type { RemoveRequest, Standing } from "@longwave/api";
import type { Inside } from "../access/gate.ts";
import { requireOfSite } from "../access/names.ts";
import type { ServerContext } from "../context.ts";
import { standingOf } from "../store/queries/departures.ts";
import { personById } from "../store/queries/people.ts";
import { leave } from "./leave.ts";

/**
 * Writes down that a person who asked the team has left, with the reason. Where they stand afterwards.
 *
 * @throws Refusal `person.not-found`
 */
export async function removePerson(
  context: ServerContext,
  { study, staff, member }: Pick<Inside, "study" | "staff" | "member">,
  id: string,
  { way, reason }: RemoveRequest,
): Promise<Standing> {
  const { db } = context.store;
  const person = requireOfSite(member, await personById(db, study.id, id), id);
  await leave(context, { study: study.id, person: person.id, way, reason, actor: `staff:${staff.email}` });
  return standingOf(db, study.id, person.id);
}
