import { type Estimated, estimate, problemModel, type RiclpmProblem } from "./estimate.ts";
import { fixedAtZero } from "./model.ts";
import {
  interceptTest,
  KINDS,
  lagsOverTime,
  likelihoodRatio,
  overGroups,
  waldEquality,
} from "./nested-tests.ts";
import type { EqualSet } from "./options.ts";
import type { RiclpmTest } from "./result.ts";

/** Whether the lags are the same from wave to wave: the model fitted beside the other one. */
function lagsTests(problem: RiclpmProblem, fitted: Estimated): RiclpmTest[] {
  const equal = problem.settings.lags === "equal";
  const other = estimate(problem, problemModel(problem, { lags: equal ? "free" : "equal" }));
  const [restricted, general] = equal ? [fitted, other] : [other, fitted];
  const name = "lags equal over time";
  return [
    likelihoodRatio(name, restricted.fit, general.fit),
    waldEquality(name, general.fit, lagsOverTime(general.model)),
  ];
}

/** Whether people differ in level at all: the model fitted beside those without a random intercept. */
function interceptTests(problem: RiclpmProblem, fitted: Estimated): RiclpmTest[] {
  const general = fitted.fit;
  const ofSeries = (["x", "y"] as const).map((series) => {
    const name = `RI${series}`;
    const without = fixedAtZero(
      fitted.model,
      ({ lhs, op, rhs }) => op === "~~" && (lhs === name || rhs === name),
    );
    const at = fitted.model.parameters.find(({ lhs, rhs }) => lhs === name && rhs === name);
    const variance = fitted.fit.estimates[at?.free ?? 0];
    const restricted = estimate(problem, without).fit;
    return interceptTest(`no random intercept of ${series}`, { restricted, general }, variance);
  });
  if (problem.settings.growth === "linear") return ofSeries;
  const clpm = estimate(problem, problemModel(problem, { randomIntercepts: false }));
  const both = likelihoodRatio("no random intercepts (CLPM)", clpm.fit, general);
  const note = "two variances at their border: the plain chi-square is conservative";
  return [...ofSeries, both.statistic === null ? both : { ...both, note }];
}

/** Whether groups share the lags, what moves together at one wave, and how people differ in level. */
function groupTests(problem: RiclpmProblem, fitted: Estimated): RiclpmTest[] {
  const held = problem.settings.equalAcrossGroups;
  const equal = held.includes("lags");
  const sets: EqualSet[] = equal ? held.filter((set) => set !== "lags") : [...held, "lags"];
  const other = estimate(problem, problemModel(problem, { equalAcrossGroups: sets }));
  const [restricted, general] = equal ? [fitted, other] : [other, fitted];
  const ratio = likelihoodRatio("lags equal over groups", restricted.fit, general.fit);
  const walds = Object.entries(KINDS).map(([kind, ofKind]) => {
    const { model, fit } = kind === "lags" ? general : fitted;
    const pairs = overGroups(model, ofKind);
    return pairs.length === 0 ? null : waldEquality(`${kind} equal over groups`, fit, pairs);
  });
  return [ratio, ...walds.filter((test) => test !== null)];
}

/** The tests that a reader of these models asks for, each beside its method. */
export function riclpmTests(problem: RiclpmProblem, fitted: Estimated): RiclpmTest[] {
  if (!fitted.fit.converged) return [];
  const { settings, setup } = problem;
  const grouped = setup.groups.length > 1;
  return [
    ...lagsTests(problem, fitted),
    ...(settings.randomIntercepts && !grouped ? interceptTests(problem, fitted) : []),
    ...(grouped ? groupTests(problem, fitted) : []),
  ];
}
