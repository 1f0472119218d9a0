/** A column of numbers; `missing[i]` is 1 where row `i` was not observed (its value is then NaN and is never read). */
export interface NumericColumn {
  readonly kind: "numeric";
  readonly values: Float64Array;
  readonly missing: Uint8Array;
}

/** A column of categories; `codes[i]` indexes `levels`; `missing[i]` is 1 where row `i` was not observed. */
export interface FactorColumn {
  readonly kind: "factor";
  readonly codes: Int32Array;
  readonly levels: readonly string[];
  readonly missing: Uint8Array;
}

export type Column = NumericColumn | FactorColumn;

/** Named columns of equal length `nrows`. */
export interface Table {
  readonly nrows: number;
  readonly columns: Readonly<Record<string, Column>>;
}

/**
 * What a source hands a model: rows today. Pushed-down sums will be a second `kind`;
 * whoever asks for a fit passes this on and need not know which it got.
 */
export type FitData = { readonly kind: "rows"; readonly table: Table };
