import type { PersonPage } from "@longwave/api";
import type { Inside } from "../access/gate.ts";
import { requireOfSite, shownLabel } from "../access/names.ts";
import type { ServerContext } from "../context.ts";
import { participationIn, wavesOf } from "../participant/state.ts";
import { progressOf } from "../store/queries/answers.ts";
import { departuresOf, isOut } from "../store/queries/departures.ts";
import { questionsAnswered, waitingForms } from "../store/queries/entries.ts";
import { labelsOf, personById } from "../store/queries/people.ts";
import { storyOf } from "./story.ts";

/**
 * One person, where they stand in every wave, and all that happened to them; no answers.
 *
 * @throws Refusal `person.not-found`
 */
export async function personPage(
  context: ServerContext,
  { study, member }: Pick<Inside, "study" | "member">,
  id: string,
): Promise<PersonPage> {
  const { db } = context.store;
  const person = requireOfSite(member, await personById(db, study.id, id), id);
  const [labelled] = await labelsOf(db, study.id, [id]);
  const left = (await departuresOf(db, study.id, [id])).get(id);
  const standing = left?.standing ?? "active";
  const progress = await progressOf(db, person);
  const participation = await participationIn(context, study, person);
  const withdrawnAt = isOut(standing) ? left?.at : undefined;
  const answered = await questionsAnswered(db, person);
  const waiting = await waitingForms(db, study.id, id);
  return {
    id,
    label: labelled ? shownLabel(member, labelled) : "",
    number: person.number,
    standing,
    invitedAt: person.invitedAt,
    consentedAt: person.enrolledAt ?? null,
    timeZone: person.timeZone ?? null,
    language: person.language ?? null,
    site: person.site ?? null,
    waves: wavesOf(context, participation, { ...progress, withdrawnAt }, context.now()).map(
      ({ id: wave, state, opensAt, closesAt }) => ({
        wave,
        state,
        opensAt,
        closesAt,
        answered: answered.get(wave) ?? 0,
        double: waiting.find((form) => form.wave === wave)?.what ?? null,
      }),
    ),
    events: await storyOf(context, person, progress.finished),
  };
}
