export interface InfluencePlotData {
  /** What is measured, for example "Cook's distance". */
  readonly measure: string;
  /** One person or row each; any order; the twenty largest are drawn. */
  readonly points: readonly { readonly label: string; readonly value: number }[];
  /** A customary line to look beyond; none when absent. */
  readonly threshold?: number;
}
