/** A text that was typed and not saved, with the name of the text it was made from. */
export interface UnsavedText {
  readonly text: string;
  readonly base: string;
}

const place = (study: string): string => `longwave-unsaved-${study}`;

/** What this browser keeps of a study's text; undefined when there is nothing, or nothing can be kept. */
export function unsavedText(study: string): UnsavedText | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place(study)) ?? "null");
    if (typeof kept !== "object" || kept === null) return undefined;
    const { text, base } = kept as Partial<UnsavedText>;
    return typeof text === "string" && typeof base === "string" ? { text, base } : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a text until it is saved; false when this browser keeps nothing. */
export function keepUnsaved(study: string, unsaved: UnsavedText | undefined): boolean {
  try {
    if (unsaved === undefined) localStorage.removeItem(place(study));
    else localStorage.setItem(place(study), JSON.stringify(unsaved));
    return true;
  } catch {
    return false;
  }
}
