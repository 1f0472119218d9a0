import type { PersonRecord } from "@longwave/study";
import type { Kysely } from "kysely";
import type { Tables } from "../schema.ts";
import { consentVersions } from "./consents.ts";
import { isNotErased } from "./departures.ts";
import { parsePerson } from "./people.ts";

/** Everyone in a study as a dataset needs them, in order of number; the erased are left out. */
export async function personRecords(db: Kysely<Tables>, study: string): Promise<readonly PersonRecord[]> {
  const rows = await db
    .selectFrom("person")
    .selectAll()
    .where("study", "=", study)
    .where(isNotErased(study, "person.id"))
    .orderBy("number")
    .execute();
  const consents = await consentVersions(db, study);
  return rows.map(parsePerson).map((person) => ({
    id: person.id,
    ...(consents.has(person.id) ? { consents: consents.get(person.id) ?? [] } : {}),
    invitedAt: person.invitedAt,
    ...(person.enrolledAt === undefined ? {} : { enrolledAt: person.enrolledAt }),
    ...(person.timeZone === undefined ? {} : { timeZone: person.timeZone }),
    ...(person.moves.length === 0 ? {} : { moves: person.moves }),
    ...(person.held.length === 0 ? {} : { held: person.held }),
    ...(person.language === undefined ? {} : { language: person.language }),
  }));
}
