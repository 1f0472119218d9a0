import type { Kysely } from "kysely";
import type { Tables } from "../schema.ts";
import type { Person } from "./people.ts";
import { type Contact, sealContacts } from "./sealed.ts";

/** Puts what is known of how to reach a person in the place of what was known before. */
export async function setContact(db: Kysely<Tables>, study: string, contact: Contact): Promise<void> {
  const [row] = await sealContacts(db, study, [contact]);
  if (row === undefined) return;
  await db
    .insertInto("person_contact")
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(["study", "person"]).doUpdateSet({
        name: row.name,
        email: row.email,
        phone: row.phone,
        email_index: row.email_index,
        sealed: row.sealed,
      }),
    )
    .execute();
}

/** Moves a person to another site, or to none. */
export async function setSite(
  db: Kysely<Tables>,
  person: Pick<Person, "study" | "id">,
  site: string | null,
): Promise<void> {
  await db
    .updateTable("person")
    .set({ site })
    .where("study", "=", person.study)
    .where("id", "=", person.id)
    .execute();
}

/** The sites of a study: those of its team and those of its people, in order of name. */
export async function sitesOf(db: Kysely<Tables>, study: string): Promise<readonly string[]> {
  const ofPeople = await db
    .selectFrom("person")
    .select("site")
    .distinct()
    .where("study", "=", study)
    .where("site", "is not", null)
    .execute();
  const ofTeam = await db
    .selectFrom("membership")
    .select("site")
    .where("study", "=", study)
    .where("site", "is not", null)
    .execute();
  const sites = [...ofPeople, ...ofTeam].flatMap(({ site }) => (site === null ? [] : [site]));
  return [...new Set(sites)].sort();
}

/** Who in a study has an e-mail address. */
export async function peopleWithAddress(db: Kysely<Tables>, study: string): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom("person_contact")
    .select("person")
    .where("study", "=", study)
    .where("email", "is not", null)
    .execute();
  return new Set(rows.map(({ person }) => person));
}
