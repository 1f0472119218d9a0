import type { NavLinks } from "./parts/layout.ts";

/** Addresses the page links to; the caller knows them, the bundle does not. */
export interface PageLinks extends NavLinks {
  readonly bundle: string;
  /** Address of a table by its file name, as `publicationTables` gives it: `estimates.csv`. */
  readonly table: (name: string) => string;
  /** Address of one figure as SVG; without it the picture itself is the link. */
  readonly figure?: (id: string) => string;
  /** Address of the R script that fits the models anew. */
  readonly replication?: string;
  /** Address of the script that adds comfort (copy, remembered folds). */
  readonly script?: string;
  readonly canonical?: string;
  readonly supersededBy?: string;
}
