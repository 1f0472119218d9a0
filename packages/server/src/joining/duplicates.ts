import type { DuplicateMark, LikelyDuplicate } from "@longwave/api";
import type { EligibilityAnswers, Protocol } from "@longwave/study";
import type { Inside } from "../access/gate.ts";
import { isOfSite, requireOfSite } from "../access/names.ts";
import type { ServerContext } from "../context.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { duplicateMarks, markDuplicate } from "../store/queries/duplicates.ts";
import { joinedOpenly } from "../store/queries/newcomers.ts";
import { type NamedPerson, peopleWithNames, personById } from "../store/queries/people.ts";

/**
 * People who may be one: they have the same name, and no two years of birth are known that differ. Names are opened in
 * memory, as when staff search; the address is no sign, since two people never have the same one.
 */
export async function likelyDuplicates(
  context: ServerContext,
  { study, member }: Pick<Inside, "study" | "member">,
): Promise<readonly LikelyDuplicate[]> {
  const { db } = context.store;
  const born = bornQuestion(context.compiler.protocol(study));
  const joined = await joinedOpenly(db, study.id);
  const marks = await duplicateMarks(db, study.id);
  const people = (await peopleWithNames(db, study.id)).filter(({ site }) => isOfSite(member, site));
  const yearOf = (id: string): number | undefined => yearIn(joined.get(id)?.answers, born);
  return pairs(people).flatMap(([person, other]) => {
    const [one, two] = [yearOf(person.id), yearOf(other.id)];
    if (one !== undefined && two !== undefined && one !== two) return [];
    const verdict = marks.get(`${person.id} ${other.id}`);
    return [
      {
        person: shown(person),
        other: shown(other),
        ...(one !== undefined && one === two ? { bornIn: one } : {}),
        ...(verdict === undefined ? {} : { verdict }),
      },
    ];
  });
}

function shown({ id, name, number }: NamedPerson): LikelyDuplicate["person"] {
  return { id, label: name, number };
}

function bornQuestion(protocol: Protocol): string | undefined {
  return protocol.recruitment.open?.questions.find(({ kind }) => kind === "year_of_birth")?.id;
}

function yearIn(answers: EligibilityAnswers | undefined, question: string | undefined): number | undefined {
  const year = question === undefined ? undefined : answers?.[question];
  return typeof year === "number" ? year : undefined;
}

/** Every two people of the same name, the one with the lower number first. */
function pairs(people: readonly NamedPerson[]): readonly (readonly [NamedPerson, NamedPerson])[] {
  const named = new Map<string, NamedPerson[]>();
  for (const person of people) {
    const name = person.name.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
    named.set(name, [...(named.get(name) ?? []), person]);
  }
  return [...named.values()].flatMap((same) =>
    same.flatMap((person, index) => same.slice(index + 1).map((other) => [person, other] as const)),
  );
}

/**
 * Keeps what a manager says of two people. Nobody is merged: answers of two links stay two people's.
 *
 * @throws Refusal `person.not-found`
 */
export async function markTwo(
  context: ServerContext,
  { study, member, staff }: Pick<Inside, "study" | "member" | "staff">,
  { person: one, other: two, verdict }: DuplicateMark,
): Promise<readonly LikelyDuplicate[]> {
  const { db } = context.store;
  const people = [];
  for (const id of [one, two]) people.push(requireOfSite(member, await personById(db, study.id, id), id));
  const [first, second] = people.sort((a, b) => a.number - b.number).map(({ id }) => id);
  const at = context.now();
  const by = `staff:${staff.email}`;
  await db.transaction().execute(async (trx) => {
    const pair = { study: study.id, person: first ?? one, other: second ?? two };
    await markDuplicate(trx, { ...pair, verdict, marked_at: at, marked_by: by });
    // Not whom: after one of the two is erased nothing may say that the other is the same person.
    await recordEvent(trx, {
      ...{ at, study: study.id, actor: by },
      ...{ action: "people.compared", detail: { verdict } },
    });
  });
  return likelyDuplicates(context, { study, member });
}
