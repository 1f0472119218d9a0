import type { Table } from "@longwave/stats";

/** Where the data of a case come from: a file that this repository holds, or a data set of an R package. */
export type CaseData =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "r-package"; readonly package: string; readonly dataset: string };

/** One number of ours beside one of R's. */
export interface Comparison {
  /** What is compared, in words: "within(ex) estimate", "log-likelihood". */
  readonly quantity: string;
  readonly ours: number;
  readonly reference: number;
  readonly tolerance: number;
  /** A relative tolerance is a share of the reference; an absolute one is in its units. */
  readonly scale: "relative" | "absolute";
  /** Ours may be better converged: a log-likelihood passes when it is at least the reference less the tolerance. */
  readonly atLeast?: boolean;
}

/** One model on one data set, compared with the numbers that R recorded. */
export interface ValidationCase {
  /** Unique, for example "gee-ohio-exchangeable". */
  readonly id: string;
  /** The model in words, for example "gee binomial, exchangeable". */
  readonly model: string;
  /** The R function and package version that gave the reference, for example "geepack 1.3.9 geeglm". */
  readonly reference: string;
  readonly data: CaseData;
  /** Fits the model to the data and sets each number beside R's. */
  compare(table: Table): readonly Comparison[];
}

/** Whether a comparison holds. */
export function holds({ ours, reference, tolerance, scale, atLeast }: Comparison): boolean {
  const allowed = scale === "relative" ? tolerance * Math.abs(reference) : tolerance;
  const difference = ours - reference;
  return atLeast === true ? difference >= -allowed : Math.abs(difference) <= allowed;
}
