import { type GeeFit, type LmmFit, parseFormula, type RandomEffects } from "@longwave/stats";
import {
  type EachPerson,
  geeFromPeople,
  lmmFromPeople,
  type PanelSums,
  personalSlope,
} from "@longwave/stats/from-sums";
import type { Typed } from "../arguments.ts";
import { type Estimator, readGeeOptions, readLmmOptions } from "./estimators.ts";

/** A fit that looks at each person, each of whom is known by sums. */
export interface PeopleFitter {
  /** What looks at each person. */
  readonly why: string;
  /** True when people have to be named. */
  readonly named: boolean;
  /** How often everybody is gone through, besides the sums of all. */
  readonly passes: number;
  fit(
    sums: PanelSums,
    each: EachPerson,
  ): Promise<{ readonly fit: LmmFit | GeeFit; readonly ranef: readonly RandomEffects[] | null }>;
}

/** What a fit is asked with. */
interface Asked {
  readonly formula: string;
  readonly estimator: Estimator;
  readonly typed: Typed;
}

/** How a fit that looks at each person is had from the sums of each; null where it does not, or rows are needed. */
export function peopleFitterOf({ formula, estimator, typed }: Asked, time: string): PeopleFitter | null {
  if (typed.text("fitted") !== undefined) return null;
  if (estimator === "lmm") return lmmFitter(typed, personalSlope(parseFormula(formula), time));
  if (estimator !== "gee") return null;
  const options = readGeeOptions(typed);
  const { family, se = "robust" } = options;
  if (family === "binomial" || se === "model" || se === "robust") return null;
  return {
    why: `--se ${se}, which corrects for the leverage of each person`,
    named: false,
    passes: 1,
    fit: async (sums, each) => ({ fit: await geeFromPeople(sums, options, each), ranef: null }),
  };
}

function lmmFitter(typed: Typed, slope: string | null): PeopleFitter | null {
  const options = readLmmOptions(typed);
  const { se = "model", df } = options;
  if (df === "kenward-roger") return null;
  const ranef = typed.text("ranef") !== undefined;
  const isPersonal = se === "cr2" || (se !== "model" && df !== "none");
  const reasons = [
    ...(slope === null ? [] : [`a random slope of ${slope}, which differs from person to person`]),
    ...(isPersonal
      ? [`--se ${se}${se === "cr2" ? "" : ` with degrees of freedom`}, for the leverage of each person`]
      : []),
    ...(ranef ? ["--ranef, the random effects of each person"] : []),
  ];
  if (reasons.length === 0) return null;
  return {
    why: reasons.join("; "),
    named: ranef,
    passes: slope !== null && (ranef || se !== "model") ? 2 : 1,
    fit: (sums, each) => lmmFromPeople(sums, options, each, { ranef }),
  };
}
