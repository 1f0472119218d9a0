import { createTable, type LmmOptions, numericColumn, type Table } from "@longwave/stats";
import type { CaseData } from "./case.ts";
import { longKnee } from "./gee-studies.ts";
import { addIndicator, fixture, inTurn, valuesOf, withColumns } from "./support.ts";

/** One model with a residual structure. */
export interface ResidualStudy {
  readonly id: string;
  readonly model: string;
  readonly reference: string;
  readonly numbers: string;
  readonly data: CaseData;
  readonly formula: string;
  readonly options: LmmOptions;
  readonly prepare?: (table: Table) => Table;
  /** As good as the optimiser of the reference; 1e-6 where its stopping rule could be tightened. */
  readonly tolerance?: number;
}

/** The number of each row among those of its group, in the order of the table. */
function counted(name: string, group: string) {
  return (table: Table): Table => {
    const column = table.columns[group];
    const codes: ArrayLike<number> = column?.kind === "factor" ? column.codes : valuesOf(table, group);
    const seen = new Map<number, number>();
    const made = Array.from(codes, (code) => {
      seen.set(code, (seen.get(code) ?? 0) + 1);
      return seen.get(code) ?? 0;
    });
    return createTable({ ...table.columns, [name]: numericColumn(made) });
  };
}

/** lavaan's Demo.growth has one row for each person. */
function longGrowth(table: Table): Table {
  const waves = [1, 2, 3, 4];
  const stacked = (value: (row: number, wave: number) => number) =>
    numericColumn(
      Array.from({ length: table.nrows * waves.length }, (_, i) =>
        value(Math.floor(i / waves.length), i % waves.length),
      ),
    );
  return createTable({
    id: stacked((row) => row),
    time: stacked((_, wave) => wave),
    y: stacked((row, wave) => valuesOf(table, `t${wave + 1}`)[row] ?? Number.NaN),
  });
}

const nlmeData = (dataset: string): CaseData => ({ kind: "r-package", package: "nlme", dataset });

const cohort = {
  data: fixture("hunt_sim_6419"),
  prepare: addIndicator("male", "sex", "male"),
};
const simFixed =
  "pain_vrs ~ wave + male + age + within(ex_index) + between(ex_index) + within(ex_index):male";
const hivsn = {
  data: fixture("hivsn_crossover_pain"),
  prepare: inTurn(addIndicator("amit", "treatment", "A"), (table) =>
    withColumns(table, { p2: (value) => value("period") - 1 }),
  ),
  formula: "pain ~ amit * week_in_period + p2 + (1 | id)",
};
const weekly = {
  data: fixture("myaiguide_p1_weekly"),
  prepare: (table: Table) => withColumns(table, { one: () => 1 }),
  formula: "kneePain ~ wk + steps1000",
};
const orthodont = {
  data: nlmeData("Orthodont"),
  prepare: inTurn(addIndicator("male", "Sex", "Male"), (table) =>
    withColumns(table, { occ: (value) => (value("age") - 6) / 2 }),
  ),
};
const rats = { data: nlmeData("BodyWeight") };
const mares = {
  data: nlmeData("Ovary"),
  prepare: inTurn(counted("k", "Mare"), (table) =>
    withColumns(table, {
      s: (value) => Math.sin(2 * Math.PI * value("Time")),
      c: (value) => Math.cos(2 * Math.PI * value("Time")),
    }),
  ),
};
const knee = {
  data: { kind: "r-package", package: "catdata", dataset: "knee" } as const,
  prepare: inTurn(longKnee, (table) =>
    withColumns(table, {
      trt: (value) => value("Th") - 1,
      age10: (value) => (value("Age") - 30) / 10,
    }),
  ),
};
const kneeFixed = "pain ~ day * trt + Sex + age10";

/** The models with residual structures, each with what it is compared to. */
export const residualStudies: readonly ResidualStudy[] = [
  {
    ...cohort,
    id: "residual-sim-lme-ar1",
    numbers: "simLmeAr1",
    model: "random intercept and AR(1)",
    reference: "nlme 3.1.162 lme corAR1",
    formula: `${simFixed} + (1 | id)`,
    options: { minRows: 2, residual: { type: "ar1", time: "wave" } },
    tolerance: 1e-5,
  },
  {
    ...cohort,
    id: "residual-sim-lme-car1",
    numbers: "simLmeCar1",
    model: "random intercept and CAR(1)",
    reference: "nlme 3.1.162 lme corCAR1",
    formula: `${simFixed} + (1 | id)`,
    options: { minRows: 2, residual: { type: "car1", time: "wave" } },
  },
  {
    ...cohort,
    id: "residual-sim-lme-variances",
    numbers: "simLmeVariances",
    model: "random intercept, a variance for each sex",
    reference: "nlme 3.1.162 lme varIdent",
    formula: `${simFixed} + (1 | id)`,
    options: { minRows: 2, residual: { type: "variances", time: "male" } },
  },
  {
    ...cohort,
    id: "residual-sim-gls-ar1",
    numbers: "simGlsAr1",
    model: "AR(1) without a random part",
    reference: "nlme 3.1.162 gls corAR1",
    formula: simFixed,
    options: { minRows: 2, id: "id", residual: { type: "ar1", time: "wave" } },
  },
  {
    id: "residual-hunt-car1",
    numbers: "huntCar1",
    model: "random intercept and CAR(1) over years",
    reference: "nlme 3.1.162 lme corCAR1",
    data: fixture("hunt_like"),
    prepare: inTurn(
      (table) => withColumns(table, { age10: (value) => (value("age") - 50) / 10 }),
      (table) => withColumns(table, { yrs: (value) => value("time") / 365.25 }),
    ),
    formula: "pain_o ~ within(ex) + between(ex) + sex + age10 + edu + smoke + yrs + (1 | id)",
    options: { residual: { type: "car1", time: "yrs" } },
  },
  {
    ...hivsn,
    id: "residual-hivsn-car1",
    numbers: "hivsnCar1",
    model: "random intercept and CAR(1) over weeks",
    reference: "nlme 3.1.162 lme corCAR1",
    options: { residual: { type: "car1", time: "week" } },
  },
  {
    ...hivsn,
    id: "residual-hivsn-variances",
    numbers: "hivsnVariances",
    model: "random intercept, a variance for each treatment",
    reference: "nlme 3.1.162 lme varIdent",
    options: { residual: { type: "variances", time: "amit" } },
  },
  {
    ...weekly,
    id: "residual-weekly-ar1",
    numbers: "weeklyAr1",
    model: "one person's weeks with AR(1)",
    reference: "nlme 3.1.162 gls corAR1",
    options: { id: "one", residual: { type: "ar1", time: "wk" } },
  },
  {
    ...weekly,
    id: "residual-weekly-car1",
    numbers: "weeklyCar1",
    model: "one person's weeks with CAR(1)",
    reference: "nlme 3.1.162 gls corCAR1",
    options: { id: "one", residual: { type: "car1", time: "wk" } },
  },
  {
    ...orthodont,
    id: "residual-orthodont-ar1",
    numbers: "orthodontAr1",
    model: "AR(1) without a random part",
    reference: "nlme 3.1.162 gls corAR1",
    formula: "distance ~ age * male",
    options: { id: "Subject", residual: { type: "ar1", time: "age" } },
  },
  {
    ...orthodont,
    id: "residual-orthodont-toeplitz",
    numbers: "orthodontToeplitz",
    model: "Toeplitz",
    reference: "nlme 3.1.162 gls corARMA(p = 3), four waves",
    formula: "distance ~ age * male",
    options: { id: "Subject", residual: { type: "toeplitz", time: "age" } },
    tolerance: 1e-4,
  },
  {
    ...orthodont,
    id: "residual-orthodont-unstructured",
    numbers: "orthodontUnstructured",
    model: "unstructured",
    reference: "nlme 3.1.162 gls corSymm with varIdent",
    formula: "distance ~ age * male",
    options: { id: "Subject", residual: { type: "unstructured", time: "age" } },
    tolerance: 1e-4,
  },
  {
    ...orthodont,
    id: "residual-orthodont-variances-sex",
    numbers: "orthodontVariancesSex",
    model: "random intercept, a variance for each sex",
    reference: "nlme 3.1.162 lme varIdent",
    formula: "distance ~ age * male + (1 | Subject)",
    options: { residual: { type: "variances", time: "male" } },
  },
  {
    ...orthodont,
    id: "residual-orthodont-variances",
    numbers: "orthodontVariances",
    model: "random intercept, a variance for each wave",
    reference: "nlme 3.1.162 lme varIdent",
    formula: "distance ~ age * male + (1 | Subject)",
    options: { residual: { type: "variances", time: "age" } },
    tolerance: 1e-5,
  },
  {
    ...rats,
    id: "residual-bodyweight-lme-car1",
    numbers: "bodyweightLmeCar1",
    model: "random intercept and CAR(1)",
    reference: "nlme 3.1.162 lme corCAR1",
    formula: "weight ~ Time * factor(Diet) + (1 | Rat)",
    options: { residual: { type: "car1", time: "Time" } },
    tolerance: 1e-5,
  },
  {
    ...rats,
    id: "residual-bodyweight-gls-car1",
    numbers: "bodyweightGlsCar1",
    model: "CAR(1) without a random part",
    reference: "nlme 3.1.162 gls corCAR1",
    formula: "weight ~ Time * factor(Diet)",
    options: { id: "Rat", residual: { type: "car1", time: "Time" } },
    tolerance: 1e-5,
  },
  {
    ...mares,
    id: "residual-ovary-lme-ar1",
    numbers: "ovaryLmeAr1",
    model: "random intercept and AR(1)",
    reference: "nlme 3.1.162 lme corAR1",
    formula: "follicles ~ s + c + (1 | Mare)",
    options: { residual: { type: "ar1", time: "k" } },
  },
  {
    ...mares,
    id: "residual-ovary-gls-ar1",
    numbers: "ovaryGlsAr1",
    model: "AR(1) without a random part",
    reference: "nlme 3.1.162 gls corAR1",
    formula: "follicles ~ s + c",
    options: { id: "Mare", residual: { type: "ar1", time: "k" } },
  },
  {
    ...knee,
    id: "residual-knee-ar1",
    numbers: "kneeAr1",
    model: "AR(1) without a random part",
    reference: "nlme 3.1.162 gls corAR1",
    formula: kneeFixed,
    options: { id: "id", residual: { type: "ar1", time: "occasion" } },
  },
  {
    ...knee,
    id: "residual-knee-car1",
    numbers: "kneeCar1",
    model: "CAR(1) over days without a random part",
    reference: "nlme 3.1.162 gls corCAR1",
    formula: kneeFixed,
    options: { id: "id", residual: { type: "car1", time: "day" } },
    tolerance: 1e-5,
  },
  {
    ...knee,
    id: "residual-knee-unstructured",
    numbers: "kneeUnstructured",
    model: "unstructured",
    reference: "nlme 3.1.162 gls corSymm with varIdent",
    formula: kneeFixed,
    options: { id: "id", residual: { type: "unstructured", time: "occasion" } },
    tolerance: 1e-3,
  },
  {
    ...knee,
    id: "residual-knee-lme-car1",
    numbers: "kneeLmeCar1",
    model: "random intercept (of no variance) and CAR(1)",
    reference: "nlme 3.1.162 lme corCAR1",
    formula: `${kneeFixed} + (1 | id)`,
    options: { residual: { type: "car1", time: "day" } },
    tolerance: 1e-5,
  },
  {
    id: "residual-demo-growth",
    numbers: "demoGrowth",
    model: "latent growth as a mixed model with a variance for each wave",
    reference: "lavaan 0.6.14 growth()",
    data: { kind: "r-package", package: "lavaan", dataset: "Demo.growth" },
    prepare: longGrowth,
    formula: "y ~ time + (1 + time | id)",
    options: { residual: { type: "variances", time: "time" } },
    tolerance: 1e-4,
  },
];
