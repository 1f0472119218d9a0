import type { RemoveRequest, Staff, Standing } from "@longwave/api";
import type { ServerContext } from "../context.ts";
import { refuse } from "../errors.ts";
import { standingOf } from "../store/queries/departures.ts";
import { personById } from "../store/queries/people.ts";
import type { StudyRow } from "../store/queries/studies.ts";
import { leave } from "./leave.ts";

/**
 * Writes down that a person who asked the team has left, with the reason. Where they stand afterwards.
 *
 * @throws Refusal `person.not-found`
 */
export async function removePerson(
  context: ServerContext,
  { study, person }: { readonly study: StudyRow; readonly person: string },
  { way, reason }: RemoveRequest,
  staff: Staff,
): Promise<Standing> {
  const { db } = context.store;
  if (!(await personById(db, study.id, person)))
    throw refuse("person.not-found", "a person of this study", person, "Load the list of people again.");
  await leave(context, { study: study.id, person, way, reason, actor: `staff:${staff.email}` });
  return standingOf(db, study.id, person);
}
