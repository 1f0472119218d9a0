import type { LocalText } from "@longwave/study";

/** `value` when it is one of `allowed`; a row that holds anything else is damage, not a case to handle. */
export function oneOf<T extends string>(value: string, allowed: readonly T[], column: string): T {
  const found = allowed.find((each) => each === value);
  if (found !== undefined) return found;
  throw new Error(
    `${column} holds "${value}"; expected one of ${allowed.join(", ")}. The database was changed by hand.`,
  );
}

/** Opaque JSON text of a column, read whole. */
export function parseJson(text: string): unknown {
  return JSON.parse(text);
}

/** A text in the languages of a study. */
export function parseLocalText(text: string): LocalText {
  const value = parseJson(text);
  if (typeof value === "object" && value !== null && "en" in value && typeof value.en === "string") {
    return "nb" in value && typeof value.nb === "string" ? { en: value.en, nb: value.nb } : { en: value.en };
  }
  throw new Error(`study.title holds ${text.slice(0, 80)}; expected an object with the text "en".`);
}

/** A record of yes and no by name. */
export function parseTicks(text: string): Readonly<Record<string, boolean>> {
  const value = parseJson(text);
  if (typeof value !== "object" || value === null) throw new Error("consent.ticks does not hold an object.");
  return Object.fromEntries(Object.entries(value).map(([name, ticked]) => [name, ticked === true]));
}
