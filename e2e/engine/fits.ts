import {
  clmm,
  createRandom,
  detectablePeople,
  type FitData,
  fe,
  fitImputations,
  gee,
  impute,
  lmm,
  personal,
  pool,
  power,
  riclpm,
  type Table,
  wideTable,
} from "@longwave/stats";

/** One call of the engine, on a table of this repository, whose numbers must not depend on where it runs. */
export interface EngineCase {
  readonly name: string;
  readonly file: string;
  run(data: FitData): unknown;
}

const COHORT = "packages/stats/src/testing/fixtures/hunt_sim_6419.csv";
const PEOPLE = "packages/stats/src/testing/fixtures/hunt_like.csv";
const TRIAL = "packages/stats/src/testing/fixtures/hivsn_crossover_pain.csv";
const HYBRID = "pain_vrs ~ wave + sex + age + within(ex_index) + between(ex_index)";

/** The same imputed, fitted and pooled from one seed. */
function imputed(table: Table): unknown {
  const panel = wideTable(table, { id: "id", time: "wave", varying: ["pain_c", "ex"], person: [] });
  const imputations = impute(panel, { m: 3, iterations: 3, seed: 7 });
  return pool(
    fitImputations(imputations, (data) => lmm("pain_c ~ within(ex) + between(ex) + (1 | id)", data)),
    { dfComplete: 2000 },
  );
}

/** Every model of the package, each once. */
export const engineCases: readonly EngineCase[] = [
  { name: "lmm, random intercept", file: COHORT, run: (data) => lmm(`${HYBRID} + (1 | id)`, data) },
  { name: "lmm, wave slope", file: COHORT, run: (data) => lmm(`${HYBRID} + (1 + wave | id)`, data) },
  {
    name: "lmm, within-person slope, CR2",
    file: COHORT,
    run: (data) => lmm(`${HYBRID} + (1 + within(ex_index) | id)`, data, { se: "cr2", minRows: 2 }),
  },
  {
    name: "lmm, AR(1) residuals",
    file: COHORT,
    run: (data) => lmm(`${HYBRID} + (1 | id)`, data, { residual: { type: "ar1", time: "wave" } }),
  },
  {
    name: "lmm, Kenward-Roger",
    file: TRIAL,
    run: (data) => lmm("pain ~ treatment + period + (1 | id)", data, { df: "kenward-roger" }),
  },
  {
    name: "fe",
    file: COHORT,
    run: (data) => fe("pain_vrs ~ ex_index + factor(wave)", data, { id: "id", se: "arellano" }),
  },
  {
    name: "gee, exchangeable",
    file: COHORT,
    run: (data) => gee(HYBRID, data, { id: "id", correlation: "exchangeable" }),
  },
  {
    name: "riclpm, free lags, robust",
    file: COHORT,
    run: (data) =>
      riclpm({ x: "ex_index", y: "pain_vrs", id: "id", time: "wave" }, data, { se: "robust", tests: false }),
  },
  {
    name: "clmm, nine nodes",
    file: PEOPLE,
    run: (data) => clmm("pain_o ~ within(ex) + between(ex) + (1 | id)", data),
  },
  {
    name: "personal, AR(1)",
    file: "packages/stats/src/testing/fixtures/myaiguide_p1_weekly.csv",
    run: (data) => personal("kneePain ~ wk + steps1000", data, { time: "wk", residual: "ar1" }),
  },
  { name: "imputation and pooling from a seed", file: PEOPLE, run: ({ table }) => imputed(table) },
  {
    name: "power from a seed",
    file: PEOPLE,
    run: () => {
      const truth = {
        waves: 4,
        icc: 0.5,
        autoregression: { x: 0.2, y: 0.2 },
        xToY: -0.1,
        yToX: 0,
        withinCorrelation: -0.1,
        betweenCorrelation: -0.2,
      };
      return [
        detectablePeople(truth, { path: "x-to-y" }),
        power({ model: "riclpm", truth }, { people: 200, replicates: 5, seed: 1 }),
        createRandom(3).normal(),
      ];
    },
  },
];
