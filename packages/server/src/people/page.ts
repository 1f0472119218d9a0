import {
  type PeoplePage,
  type PeopleQuery,
  type PersonNow,
  type PersonRow,
  personStates,
} from "@longwave/api";
import type { Inside } from "../access/gate.ts";
import { isOfSite, shownLabel } from "../access/names.ts";
import type { ServerContext } from "../context.ts";
import { waitingForms } from "../store/queries/entries.ts";
import { erasureRequestsOf } from "../store/queries/erasure.ts";
import { labelsOf, withLabels } from "../store/queries/people.ts";
import { peopleWithReturns } from "../store/queries/returned-mail.ts";
import { everyoneNow, type PersonNowRow } from "./everyone.ts";

const PEOPLE_A_PAGE = 50;

/**
 * One page of the people of a study, in the order they were added; no answers. Who is not shown names sees and finds
 * numbers, and who belongs to a site sees its people. Names are opened to search in them, else for the page alone.
 */
export async function peoplePage(
  context: ServerContext,
  inside: Pick<Inside, "study" | "member">,
  query: PeopleQuery,
): Promise<PeoplePage> {
  const everyone = await everyoneNow(context, inside);
  const isAsked = ({ askedAnewSince }: PersonNowRow): boolean => askedAnewSince !== undefined;
  const inState = everyone.filter(
    (each) =>
      (query.state === undefined || each.now === query.state) &&
      (query.consent === undefined || isAsked(each)),
  );
  const matching = await matchingOf(context, inside, inState, query.search);
  const after = Number(query.after ?? 0);
  const rest = matching.filter(({ person }) => person.number > after);
  const shown = rest.slice(0, PEOPLE_A_PAGE);
  const last = shown.at(-1);
  return {
    people: await present(context, inside, shown),
    ...(last && rest.length > shown.length ? { next: String(last.person.number) } : {}),
    total: matching.length,
    counts: countsOf(everyone),
    askedAnew: everyone.filter(isAsked).length,
    erasureRequests: await requestsOf(context, inside),
  };
}

async function matchingOf(
  { store }: ServerContext,
  { study, member }: Pick<Inside, "study" | "member">,
  people: readonly PersonNowRow[],
  search: string | undefined,
): Promise<readonly PersonNowRow[]> {
  const wanted = search?.trim().toLowerCase() ?? "";
  if (wanted === "") return people;
  const labelled = await withLabels(
    store.db,
    study.id,
    people.map(({ person }) => person),
  );
  return people.filter((_, index) => {
    const person = labelled[index];
    return person && shownLabel(member, person).toLowerCase().includes(wanted);
  });
}

function countsOf(everyone: readonly PersonNowRow[]): PeoplePage["counts"] {
  const counts = new Map<PersonNow, number>();
  for (const { now } of everyone) counts.set(now, (counts.get(now) ?? 0) + 1);
  return Object.fromEntries(personStates.map((state) => [state, counts.get(state) ?? 0])) as Record<
    PersonNow,
    number
  >;
}

async function present(
  context: ServerContext,
  { study, member }: Pick<Inside, "study" | "member">,
  people: readonly PersonNowRow[],
): Promise<readonly PersonRow[]> {
  const ids = people.map(({ person }) => person.id);
  const labels = new Map((await labelsOf(context.store.db, study.id, ids)).map((each) => [each.id, each]));
  const returns = await peopleWithReturns(context.store.db, study.id, ids);
  // Those typed in two ways come last, and stand.
  const forms = await waitingForms(context.store.db, study.id);
  const typing = new Map(forms.map(({ person, what }) => [person, what]));
  const { waves: ofStudy } = context.compiler.protocol(study);
  return people.flatMap(({ person, standing, waves, now }) => {
    const labelled = labels.get(person.id);
    if (!labelled) return [];
    return [
      {
        id: person.id,
        label: shownLabel(member, labelled),
        standing,
        invitedAt: person.invitedAt,
        ...(person.enrolledAt === undefined ? {} : { consentedAt: person.enrolledAt }),
        mailReturns: returns.has(person.id),
        ...typedAgain(typing.get(person.id)),
        // Who has not joined has no windows: every wave is still to come.
        waves: ofStudy.map(
          ({ id }) => waves.find(({ window }) => window.wave === id)?.state ?? ("not_yet" as const),
        ),
        now,
      },
    ];
  });
}

function typedAgain(typing: PersonRow["typing"]): Pick<PersonRow, "typing"> {
  return typing === undefined ? {} : { typing };
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
