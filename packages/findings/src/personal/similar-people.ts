import type { DataColumn, Dataset, Language, Protocol } from "@longwave/study";

/** How many people gave each answer to each question at each wave, by code: counts, and nobody's row. */
type Counts = ReadonlyMap<string, ReadonlyMap<string | number, number>>;

/** The people of a published dataset in groups of similar ones. */
export interface SimilarPeople {
  readonly upToSeq: number;
  /** The group of each person of the dataset; "" where a variable that makes groups is missing. */
  readonly groupOf: ReadonlyMap<string, string>;
  /** Counts by group, question and wave number; "" holds everyone. */
  readonly counts: ReadonlyMap<string, Counts>;
}

/** Counts the answers of a published dataset by groups of people who agree on every variable of `by`. */
export function similarPeople(
  dataset: Dataset,
  rules: { readonly by: readonly string[]; readonly items: readonly string[] },
): SimilarPeople {
  const table = dataset.personWave;
  const column = (name: string): DataColumn | undefined => table.columns.find((each) => each.name === name);
  const ids = column("id")?.values ?? [];
  const waves = column("wave")?.values ?? [];
  const by = rules.by.map((name) => column(name)?.values ?? []);
  const items = rules.items.map((name) => [name, column(name)?.values ?? []] as const);
  const groupOf = new Map<string, string>();
  const counts = new Map<string, Map<string, Map<string | number, number>>>();
  for (let row = 0; row < table.nrows; row++) {
    const group = groupKey(by.map((values) => values[row] ?? null));
    groupOf.set(String(ids[row]), group);
    for (const [name, values] of items) {
      const code = values[row] ?? null;
      if (code === null) continue;
      const cell = cellKey(name, Number(waves[row]));
      for (const each of new Set([group, ""])) addOne(counts, each, cell, code);
    }
  }
  return { upToSeq: dataset.upToSeq, groupOf, counts };
}

function groupKey(codes: readonly (string | number | null)[]): string {
  return codes.some((code) => code === null) ? "" : JSON.stringify(codes);
}

/** The place of a question at a wave (1 is the first) in the counts. */
export function cellKey(item: string, wave: number): string {
  return `${item} ${wave}`;
}

function addOne(
  counts: Map<string, Map<string, Map<string | number, number>>>,
  group: string,
  cell: string,
  code: string | number,
): void {
  const cells = counts.get(group) ?? new Map<string, Map<string | number, number>>();
  const answers = cells.get(cell) ?? new Map<string | number, number>();
  answers.set(code, (answers.get(code) ?? 0) + 1);
  cells.set(cell, answers);
  counts.set(group, cells);
}

/** A group in words: "Women, 40 to 64". */
export function groupText(
  protocol: Protocol,
  by: readonly string[],
  group: string,
  language: Language,
): string {
  const codes = JSON.parse(group) as readonly (string | number)[];
  return by
    .map((name, index) => {
      const derived = protocol.derived.find((each) => each.name === name);
      const text = derived?.labels?.find(({ value }) => value === codes[index])?.text;
      return text === undefined ? String(codes[index]) : (text[language] ?? text.en);
    })
    .join(", ");
}
