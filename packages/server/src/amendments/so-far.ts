import type { Language } from "@longwave/api";
import type { Schedule, StudySoFar } from "@longwave/study";
import type { Kysely } from "kysely";
import { answeredQuestions } from "../store/queries/answers.ts";
import { contactFactsOf, peopleToPlan } from "../store/queries/contacts.ts";
import type { Tables } from "../store/schema.ts";

/** What has been answered and asked in a study so far, under the text in force and those before it. */
export async function studySoFar(
  db: Kysely<Tables>,
  study: string,
  {
    schedule,
    earlier,
    now,
  }: Pick<StudySoFar, "earlier"> & { readonly schedule: Schedule; readonly now: number },
): Promise<StudySoFar> {
  const answered = await answeredQuestions(db, study);
  const people = await contactFactsOf(db, study, await peopleToPlan(db, study), schedule.protocol);
  const begun = new Set(answered.map(({ wave }) => wave));
  const languages = new Set<Language>();
  for (const { enrolment, language } of people) {
    if (enrolment === undefined) continue;
    if (language !== undefined) languages.add(language);
    for (const { wave, opensAt } of schedule.enrolled(enrolment).windows) if (opensAt <= now) begun.add(wave);
  }
  return { earlier, answered: new Set(answered.map(({ item }) => item)), begun, languages };
}
