/** A text in sections that becomes a page or Markdown. */
export interface ReportDocument {
  readonly title: string;
  /** Shown beside the title: a version, or that people are simulated. */
  readonly tags: readonly string[];
  readonly lead: readonly string[];
  readonly sections: readonly DocumentSection[];
}

export interface DocumentSection {
  readonly title: string;
  readonly blocks: readonly DocumentBlock[];
}

export type DocumentBlock =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly string[] }
  | { readonly kind: "code"; readonly lines: readonly string[] }
  | DocumentTable;

/** Columns after the first hold numbers unless they are named as words. */
export interface DocumentTable {
  readonly kind: "table";
  readonly name: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Places of columns that hold words. */
  readonly words?: readonly number[];
}

/** A paragraph. */
export function text(words: string): DocumentBlock {
  return { kind: "text", text: words };
}

/** A list, or nothing when it is empty. */
export function list(items: readonly string[]): readonly DocumentBlock[] {
  return items.length === 0 ? [] : [{ kind: "list", items }];
}
