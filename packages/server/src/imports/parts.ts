import type { ImportedAnswer, ImportReading } from "@longwave/study";

/**
 * A reading in parts of whole people: each holds at most so many answers, or one person, and at most so many people,
 * since what they have answered already is looked up while the study waits.
 */
export function partsOf(
  reading: ImportReading,
  { answers: answersAtOnce, people: peopleAtOnce }: { readonly answers: number; readonly people: number },
): readonly ImportReading[] {
  const answers = byPerson<ImportedAnswer>(reading.answers);
  const waves = byPerson<ImportReading["waves"][number]>(reading.waves);
  const parts: ImportReading["people"][number][][] = [[]];
  let held = 0;
  for (const person of reading.people) {
    const own = answers.get(person.id)?.length ?? 0;
    const isFull = held + own > answersAtOnce || parts.at(-1)?.length === peopleAtOnce;
    if (held > 0 && isFull) {
      parts.push([]);
      held = 0;
    }
    parts.at(-1)?.push(person);
    held += Math.max(own, 1);
  }
  return parts.map((people) => ({
    ...reading,
    people,
    answers: people.flatMap(({ id }) => answers.get(id) ?? []),
    waves: people.flatMap(({ id }) => waves.get(id) ?? []),
  }));
}

function byPerson<Row extends { readonly person: string }>(
  rows: readonly Row[],
): ReadonlyMap<string, readonly Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const own = found.get(row.person);
    if (own === undefined) found.set(row.person, [row]);
    else own.push(row);
  }
  return found;
}
