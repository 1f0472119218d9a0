/** Addresses the page links to; the caller knows them, the bundle does not. */
export interface PageLinks {
  readonly home?: string;
  readonly findings?: string;
  readonly takePart?: string;
  readonly console?: string;
  readonly bundle: string;
  readonly table: (name: string) => string;
  /** Address of one figure as SVG; without it the picture itself is the link. */
  readonly figure?: (id: string) => string;
  /** Address of the script that adds comfort (copy, remembered folds). */
  readonly script?: string;
  readonly canonical?: string;
  readonly supersededBy?: string;
}
