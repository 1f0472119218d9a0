import type { PeoplePage, PeopleQuery, PersonRow, Standing } from "@longwave/api";
import type { Inside } from "../access/gate.ts";
import { isOfSite, shownLabel } from "../access/names.ts";
import type { ServerContext } from "../context.ts";
import { wavesOf } from "../participant/state.ts";
import { progressOfMany } from "../store/queries/answers.ts";
import { departuresOf, isOut } from "../store/queries/departures.ts";
import { erasureRequestsOf } from "../store/queries/erasure.ts";
import { type LabelledPerson, labelsOf, peopleWithLabels } from "../store/queries/people.ts";
import { peopleWithReturns } from "../store/queries/returned-mail.ts";
import type { StudyRow } from "../store/queries/studies.ts";

const PEOPLE_A_PAGE = 50;

/**
 * One page of the people of a study, in the order they were added; no answers. Who is not shown names sees and finds
 * numbers, and who belongs to a site sees its people.
 */
export async function peoplePage(
  context: ServerContext,
  { study, member }: Pick<Inside, "study" | "member">,
  query: PeopleQuery,
): Promise<PeoplePage> {
  const { db } = context.store;
  const search = query.search?.trim().toLowerCase() ?? "";
  const everyone = await peopleWithLabels(db, study.id);
  const matching = everyone
    .filter(({ site }) => isOfSite(member, site))
    .map((person) => ({ ...person, label: shownLabel(member, person) }))
    .filter(({ label }) => label.toLowerCase().includes(search));
  const after = Number(query.after ?? 0);
  const rest = matching.filter(({ number }) => number > after);
  const shown = rest.slice(0, PEOPLE_A_PAGE);
  const last = shown.at(-1);
  return {
    people: await presentPeople(context, study, shown),
    ...(last && rest.length > shown.length ? { next: String(last.number) } : {}),
    total: matching.length,
    erasureRequests: await requestsOf(context, { study, member }),
  };
}

async function requestsOf(
  { store }: ServerContext,
  { study, member }: Pick<Inside, "study" | "member">,
): Promise<PeoplePage["erasureRequests"]> {
  const requests = await erasureRequestsOf(store.db, study.id);
  const ids = requests.map(({ person }) => person);
  const people = new Map((await labelsOf(store.db, study.id, ids)).map((person) => [person.id, person]));
  return requests.flatMap(({ person: id, askedAt }) => {
    const person = people.get(id);
    if (!person || !isOfSite(member, person.site)) return [];
    return [{ id, label: shownLabel(member, person), askedAt }];
  });
}

async function presentPeople(
  context: ServerContext,
  study: StudyRow,
  people: readonly LabelledPerson[],
): Promise<readonly PersonRow[]> {
  const protocol = context.compiler.protocol(study);
  const { db } = context.store;
  const ids = people.map(({ id }) => id);
  const progress = await progressOfMany(db, study.id, ids);
  const left = await departuresOf(db, study.id, ids);
  const standingIn = (id: string): Standing => left.get(id)?.standing ?? "active";
  const returns = await peopleWithReturns(db, study.id, ids);
  const now = context.now();
  const none = { started: new Set<string>(), finished: new Map<string, number>() };
  return people.map((person) => ({
    id: person.id,
    label: person.label,
    standing: standingIn(person.id),
    invitedAt: person.invitedAt,
    ...(person.enrolledAt === undefined ? {} : { consentedAt: person.enrolledAt }),
    mailReturns: returns.has(person.id),
    waves: statesOf(
      wavesOf(
        { person, protocol },
        {
          ...(progress.get(person.id) ?? none),
          withdrawnAt: isOut(standingIn(person.id)) ? left.get(person.id)?.at : undefined,
        },
        now,
      ),
      protocol.waves.length,
    ),
  }));
}

/** A person who has not enrolled has no windows: every wave is still to come. */
function statesOf(waves: ReturnType<typeof wavesOf>, count: number): PersonRow["waves"] {
  if (waves.length > 0) return waves.map(({ state }) => state);
  return Array.from({ length: count }, () => "not_yet" as const);
}
