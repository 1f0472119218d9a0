/** People who answered the same waves. */
export interface MissingPattern {
  /** One entry a wave, in order; `null` for the rare patterns taken together. */
  readonly answered: readonly boolean[] | null;
  readonly people: number;
}

export interface MissingnessMapData {
  readonly waves: readonly string[];
  /** Any order; the caller merges patterns of fewer than ten people into one with `answered: null`. */
  readonly patterns: readonly MissingPattern[];
}
