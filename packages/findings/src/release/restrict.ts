import type { Random } from "@longwave/stats";
import type { Dataset } from "@longwave/study";
import { columnOf, idsOf, rowsOf } from "./values/table.ts";

/** The people who agreed and answered at least once, in an order drawn at random. */
export function drawOrder(
  dataset: Dataset,
  agreed: ReadonlySet<string>,
  random: Pick<Random, "integer">,
): readonly string[] {
  // Sorted first, so that the order drawn does not depend on the order of a file.
  const people = [...new Set(idsOf(dataset.personWave))].filter((id) => agreed.has(id)).sort();
  for (let last = people.length - 1; last > 0; last -= 1) {
    const other = random.integer(last + 1);
    [people[last], people[other]] = [people[other] ?? "", people[last] ?? ""];
  }
  return people;
}

/** The tables with the rows of these people only, in their order; within a person by wave, sessions in their order. */
export function restrictTo(
  tables: Pick<Dataset, "person" | "personWave" | "event">,
  people: readonly string[],
): Pick<Dataset, "person" | "personWave" | "event"> {
  const rank = new Map(people.map((id, place) => [id, place]));
  const order = (ids: readonly string[], within: readonly (number | string | null)[]): readonly number[] =>
    ids
      .flatMap((id, row) => (rank.has(id) ? [row] : []))
      .sort(
        (a, b) =>
          (rank.get(ids[a] ?? "") ?? 0) - (rank.get(ids[b] ?? "") ?? 0) ||
          Number(within[a] ?? 0) - Number(within[b] ?? 0) ||
          a - b,
      );
  const sorted = (name: "person" | "personWave" | "event", by: string) =>
    rowsOf(tables[name], order(idsOf(tables[name]), columnOf(tables[name], by).values));
  return {
    person: sorted("person", "waves_answered"),
    personWave: sorted("personWave", "wave"),
    event: sorted("event", "answered_at"),
  };
}
