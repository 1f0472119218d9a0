import { refuse } from "../errors.ts";
import type { Person } from "../store/queries/people.ts";
import type { Member } from "./gate.ts";

/** Whether a person of this site is among those whom a member of staff sees one by one. */
export function isOfSite(member: Pick<Member, "site">, site: string | undefined): boolean {
  return member.site === undefined || member.site === site;
}

/** What a member of staff is shown of who somebody is: the label, or the number that says nothing. */
export function shownLabel(
  member: Pick<Member, "names" | "site">,
  person: Pick<Person, "number" | "site"> & { readonly label: string },
): string {
  const shown = member.names === "shown" && isOfSite(member, person.site);
  return shown ? person.label : `Person ${person.number}`;
}

/**
 * The person, if a member of staff may deal with them: of another site they are as if they did not exist.
 *
 * @throws Refusal `person.not-found`
 */
export function requireOfSite(member: Pick<Member, "site">, person: Person | undefined, id: string): Person {
  if (person && isOfSite(member, person.site)) return person;
  throw refuse("person.not-found", "a person of this study", id, "Load the list of people again.");
}
