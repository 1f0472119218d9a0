import { clmm, type FitData, gee, lmm, type RiclpmOptions, riclpm } from "@longwave/stats";
import { largeCohort, readCohort, readCompleteCohort } from "./cohort.ts";

/** What a model is held to: a ratio to R's fit, or seconds. */
export type Target = { readonly times: number } | { readonly seconds: number };

/** One model: our call, R's call and what is asked of the two. */
export interface BenchModel {
  readonly name: string;
  readonly target: Target;
  readonly data: () => FitData;
  readonly ours: (data: FitData) => unknown;
  /** R's call, given the frames that r.ts prepares; null where R does not finish or takes a minute. */
  readonly r: { readonly call: string; readonly package: string; readonly runs: number } | null;
  /** R's median in seconds when it was recorded (see README.md), for machines without R. */
  readonly recorded: number | null;
}

const fixed = "pain_vrs ~ wave + sex + age + within(ex_index) + between(ex_index) + within(ex_index):sex";
const rFixed = "pain_vrs ~ wave + sex + age + w + b + w:sex";
const rows = { minRows: 2 };

function mixed(name: string, random: readonly [string, string], times: number, recorded: number): BenchModel {
  return {
    name,
    target: { times },
    data: readCohort,
    ours: (data) => lmm(`${fixed} + ${random[0]}`, data, rows),
    r: { call: `lmer(${rFixed} + ${random[1]}, long)`, package: "lme4", runs: 9 },
    recorded,
  };
}

function panel(
  name: string,
  options: RiclpmOptions,
  [equal, recorded]: readonly [string, number],
): BenchModel {
  const call = `lavaan(riclpm(${equal}), wide, missing = "ml", meanstructure = TRUE, int.ov.free = TRUE)`;
  return {
    name,
    target: { times: 10 },
    data: readCompleteCohort,
    ours: (data) => riclpm({ x: "ex_index", y: "pain_vrs", id: "id", time: "wave" }, data, options),
    r: { call, package: "lavaan", runs: 7 },
    recorded,
  };
}

/** The models of the table, in its order. */
export const models: readonly BenchModel[] = [
  mixed("lmm, random intercept", ["(1 | id)", "(1 | id)"], 50, 0.14),
  mixed("lmm, wave slope", ["(1 + wave | id)", "(1 + wave | id)"], 50, 0.28),
  mixed("lmm, slope of within(x)", ["(1 + within(ex_index) | id)", "(1 + w | id)"], 4, 0.24),
  {
    name: "lmm, AR(1) residuals",
    target: { times: 100 },
    data: readCohort,
    ours: (data) => lmm(`${fixed} + (1 | id)`, data, { ...rows, residual: { type: "ar1", time: "wave" } }),
    r: {
      call: `lme(${rFixed}, random = ~ 1 | id, correlation = corAR1(form = ~ wave | id), data = long)`,
      package: "nlme",
      runs: 5,
    },
    recorded: 1.19,
  },
  panel("RI-CLPM, free", { tests: false }, ["FALSE", 0.56]),
  panel("RI-CLPM, equal lags and residuals", { tests: false, lags: "equal", residuals: "equal" }, [
    "TRUE",
    0.51,
  ]),
  {
    name: "GEE, exchangeable",
    target: { times: 20 },
    data: readCohort,
    ours: (data) => gee(fixed, data, { id: "id", ...rows }),
    r: {
      call: `geeglm(${rFixed}, id = id, data = long, corstr = 'exchangeable')`,
      package: "geepack",
      runs: 9,
    },
    recorded: 0.16,
  },
  {
    name: "clmm, 9 nodes",
    target: { seconds: 1 },
    data: readCohort,
    ours: (data) => clmm(`${fixed} + (1 | id)`, data, rows),
    r: null,
    recorded: null,
  },
  {
    name: "lmm, slope of within(x), 641,900 people",
    target: { seconds: 4 },
    data: largeCohort,
    ours: (data) => lmm(`${fixed} + (1 + within(ex_index) | id)`, data, rows),
    r: null,
    recorded: 37.42,
  },
];
