/** What a column of a file holds: nothing that is taken, a place, something about people, or the answer to a question. */
export type Meaning = string;

/** Meanings beside questions, by the names that the mapping has for them. */
export const places = ["id", "wave", "late"] as const;
/** Columns about people. */
export const aboutPeople = ["consentedOn", "answeredOn", "timeZone", "language", "name", "email"] as const;

const isAboutPeople = (meaning: Meaning): boolean => (aboutPeople as readonly string[]).includes(meaning);

/** What a file's columns hold by their names alone: a column named as a question answers it. */
export function meaningsByName(
  columns: readonly { readonly name: string }[],
  questions: readonly { readonly name: string }[],
): ReadonlyMap<string, Meaning> {
  const known = new Set<string>([...places, ...questions.map(({ name }) => name)]);
  const usual = new Map([
    ["enrolled_day", "consentedOn"],
    ["answered_day", "answeredOn"],
  ]);
  return new Map(
    columns.flatMap(({ name }) => {
      const meaning = known.has(name) ? name : usual.get(name);
      return meaning === undefined ? [] : [[name, meaning] as const];
    }),
  );
}

/** A mapping of columns as the text of a map.yaml. */
export function mappingText(meanings: ReadonlyMap<string, Meaning>): string {
  const lines = (wanted: (meaning: Meaning) => boolean): readonly string[] =>
    [...meanings]
      .filter(([, meaning]) => wanted(meaning))
      .map(([column, meaning]) => `  ${meaning}: ${JSON.stringify(column)}`);
  const columns = lines((meaning) => !isAboutPeople(meaning));
  const people = lines(isAboutPeople);
  return [
    ...(columns.length === 0 ? ["columns: {}"] : ["columns:", ...columns]),
    ...(people.length === 0 ? [] : ["people:", ...people]),
    "",
  ].join("\n");
}
