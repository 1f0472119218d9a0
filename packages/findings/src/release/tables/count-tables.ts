import type { CodebookEntry, DataColumn, Protocol } from "@longwave/study";
import type { ReleaseParts } from "../report.ts";
import { columnOf, idsOf } from "../values/table.ts";
import { answeredAt, type CountedBy, type ReleaseTable, releaseTables } from "./release-tables.ts";

/** The tables of a release: its people by what is told of them and by what the protocol reports by, and who answered when. */
export function countTables(protocol: Protocol, parts: ReleaseParts): readonly ReleaseTable[] {
  const { input, stay, values, variables, ladders, told } = parts;
  const quasi = ladders.flatMap(({ name }, variable): readonly CountedBy[] => {
    const rung = told[variable];
    if (rung === undefined || rung.categories.length === 1) return [];
    const order = [...rung.categories].sort((a, b) => a.place - b.place).map((category) => category.label);
    return [
      { name, order, categories: [...rung.codes].map((code) => rung.categories[code]?.label ?? "hidden") },
    ];
  });
  const strata = protocol.eligibility.stratifyReportsBy
    .filter((name) => variables.person.includes(name))
    .map((name) =>
      stratum(columnOf(values.personWave, name), idsOf(values.personWave), {
        people: stay,
        entry: input.dataset.codebook.find((entry) => entry.name === name),
      }),
    );
  const answered = protocol.waves.map((wave, place) => ({
    name: wave.id,
    order: ["answered", "did not answer"],
    categories: answeredAt(values.personWave, stay, place + 1),
  }));
  return releaseTables([...quasi, ...strata], answered, input.settings.minCell);
}

/** What does not change over the waves, by each person's first row. */
function stratum(
  column: DataColumn,
  ids: readonly string[],
  { people, entry }: { readonly people: readonly string[]; readonly entry: CodebookEntry | undefined },
): CountedBy {
  const labels = new Map((entry?.coding ?? []).map(({ value, label }) => [String(value), label]));
  const first = new Map<string, number | string | null>();
  ids.forEach((id, row) => {
    if (!first.has(id)) first.set(id, column.values[row] ?? null);
  });
  const words = (value: number | string | null | undefined): string => {
    if (value === null || value === undefined) return "not known";
    return labels.get(String(value)) ?? (value === 1 ? "yes" : value === 0 ? "no" : String(value));
  };
  return {
    name: column.name,
    order: [...labels.values()],
    categories: people.map((id) => words(first.get(id))),
  };
}
