export interface ResidualPlotData {
  /** Standardised residuals in order beside the quantiles of a normal law. */
  readonly quantiles: readonly { readonly theoretical: number; readonly residual: number }[];
  readonly points: readonly { readonly fitted: number; readonly residual: number }[];
}
