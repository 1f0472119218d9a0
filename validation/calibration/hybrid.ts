import {
  drawHybrid,
  type HybridTruth,
  type LmmOptions,
  lmm,
  panelTable,
  type Random,
  type Replicate,
} from "@longwave/stats";

/** Five waves, an ICC of 0.66 and a within-person slope of -0.1: the design that the other cells vary. */
export const usual: HybridTruth = {
  waves: 5,
  within: -0.1,
  between: -0.3,
  slopeStdDev: 0,
  exposureWithin: 1,
  exposureBetween: 1,
  interceptStdDev: 1,
  residualStdDev: Math.sqrt(0.34 / 0.66),
};

/** How one within-between data set is drawn and analysed. */
export interface HybridDesign {
  readonly truth: HybridTruth;
  readonly people: number;
  readonly random: string;
  readonly term?: string;
  readonly options?: LmmOptions;
}

/** One replicate of a within-between design by the linear mixed model. */
export function hybridReplicate(design: HybridDesign, source: Random): Replicate | null {
  const table = panelTable(drawHybrid(design.truth, design.people, source));
  const formula = `y ~ within(x) + between(x) + ${design.random}`;
  const fit = lmm(formula, { kind: "rows", table }, design.options);
  const row = fit.fixed.find(({ term }) => term === (design.term ?? "within(x)"));
  if (!fit.converged || row === undefined) return null;
  return { ...row, pValue: row.pValue ?? Number.NaN };
}
