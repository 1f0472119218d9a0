import type { NavLinks } from "./parts/layout.ts";

/** What a figure can be fetched as: the drawing, or a picture for places that take none. */
export type FigureFile = "svg" | "png";

/** Addresses the page links to; the caller knows them, the bundle does not. */
export interface PageLinks extends NavLinks {
  readonly bundle: string;
  /** Address of a table by its file name, as `publicationTables` gives it: `estimates.csv`. */
  readonly table: (name: string) => string;
  /** Address of one figure as a file; without it the drawing itself is the link, and there is no picture. */
  readonly figure?: (id: string, kind: FigureFile) => string;
  /** Address of the R script that fits the models anew. */
  readonly replication?: string;
  /** Address of the citation as CITATION.cff. */
  readonly citation?: string;
  /** Address of the citation as a BibTeX file. */
  readonly bibtex?: string;
  /** Whole address of the picture that goes with a link to this page; readers of links need it whole. */
  readonly preview?: string;
  /** Addresses of the reporting list (STROBE). */
  readonly reporting?: { readonly html: string; readonly markdown: string };
  /** Address of the script that adds comfort (copy, remembered folds). */
  readonly script?: string;
  readonly canonical?: string;
  readonly supersededBy?: string;
  /** Address of the page that this one replaces. */
  readonly replaces?: string;
}
