import type { Hypothesis, PlanModel, PlannedAnalysis } from "../protocol/plan-types.ts";
import { claimsOf } from "./claims.ts";
import type { PlanFormulas } from "./formulas.ts";
import type { DataPlan, PlanAnswer } from "./types.ts";

/** The most waves the lag model of two series is asked for by itself: each adds two columns to it. */
const MOST_LAGGED = 10;

/** What a plan asks: what it says, or all that its groups and waves allow. */
function answersOf({ answers, by }: DataPlan, waves: number): readonly PlanAnswer[] {
  if (answers !== undefined) return answers;
  const lagged = waves >= 3 && waves <= MOST_LAGGED;
  return [
    "same-time",
    ...(by === undefined ? [] : ["groups" as const]),
    ...(lagged ? ["lags" as const] : []),
    "between",
  ];
}

const labels = {
  sameTime: { en: "At the same time", nb: "Samtidig" },
  groups: { en: "Two groups", nb: "To grupper" },
  forward: { en: "What comes next?", nb: "Hva kommer etter?" },
  backward: { en: "The other way round", nb: "Den andre veien" },
  between: { en: "Compared with other people", nb: "Sammenlignet med andre" },
} as const;

const signs = { less: -1, more: 1, either: 0 } as const;

/** The hypotheses behind the answers asked, numbered in order; the first model is the one others build on. */
export function defaultHypotheses(
  plan: DataPlan,
  formulas: PlanFormulas,
  waves: number,
): readonly Hypothesis[] {
  const { x, y, group } = formulas;
  const claims = claimsOf(plan);
  const expectedSign = signs[plan.expect];
  const common = { family: "confirmatory", bounds: y, expectedSign } as const;
  const main: PlanModel = { family: "lmm", formula: formulas.mixed, fallback: formulas.fallback };
  const panel: PlanModel = { family: "ri_clpm", x, y, lags: "equal", covariates: formulas.lagCovariates };
  // Of two values a standard deviation means nothing: one against the other does.
  const two = plan.exposure.range[0] === 0 && plan.exposure.range[1] === 1;
  const within = `within(${x})`;
  const product = `${within}:${group ?? ""}`;
  const made: Readonly<Record<PlanAnswer, readonly Omit<Hypothesis, "id">[]>> = {
    "same-time": [
      {
        ...common,
        label: labels.sameTime,
        claim: claims.sameTime,
        model: main,
        test: { kind: "term", term: within, per: two ? "unit" : "within_sd" },
      },
    ],
    groups: [
      {
        ...common,
        expectedSign: 0,
        label: labels.groups,
        claim: claims.groups,
        model: { family: "lmm", formula: formulas.byGroup, fallback: formulas.fallback },
        test: {
          kind: "difference",
          term: product,
          slopes: { first: { [within]: 1 }, second: { [within]: 1, [product]: 1 } },
          per: two ? "unit" : "within_sd",
        },
      },
    ],
    lags: [
      {
        ...common,
        bounds: "std_cross_lag",
        label: labels.forward,
        claim: claims.forward,
        model: panel,
        test: { kind: "path", path: "x->y" },
      },
      {
        ...common,
        bounds: "std_cross_lag",
        expectedSign: 0,
        label: labels.backward,
        claim: claims.backward,
        model: panel,
        test: { kind: "path", path: "y->x" },
      },
    ],
    between: [
      {
        ...common,
        label: labels.between,
        claim: claims.between,
        model: main,
        test: { kind: "term", term: `between(${x})`, per: "between_sd" },
      },
    ],
  };
  return answersOf(plan, waves)
    .flatMap((answer) => made[answer])
    .map((hypothesis, index) => ({ id: `H${index + 1}`, ...hypothesis }));
}

/** Models of the lags that are shown for comparison only, where lags are asked. */
export function lagComparisons({ x, y, lagCovariates }: PlanFormulas): readonly PlannedAnalysis[] {
  return [
    {
      id: "C1",
      what: {
        en: "Lagged paths without a level of each person's own: cross-lagged panel model",
        nb: "Krysslag uten et eget nivå for hver person: CLPM",
      },
      label: {
        en: "For comparison only: without a level of a person's own, lasting differences between people are mixed into the lags.",
        nb: "Bare til sammenligning: uten et eget nivå for hver person blandes varige forskjeller mellom folk inn.",
      },
      model: { family: "clpm", x, y, lags: "equal", covariates: lagCovariates },
    },
    {
      id: "C2",
      what: {
        en: "Fixed effects with the value of the wave before",
        nb: "Faste effekter med verdien fra runden før",
      },
      label: {
        en: "For comparison only: with few waves a person's own mean holds later answers, so the lag is biased when the other direction is there too.",
        nb: "Bare til sammenligning: med få runder rommer en persons eget gjennomsnitt senere svar, så sammenhengen blir skjev når den andre retningen også finnes.",
      },
      model: { family: "fe_lag", x, y, covariates: ["factor(wave)"] },
    },
  ];
}
