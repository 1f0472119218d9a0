import { filterTable, type LmmOptions, lmm, robust, type Table } from "@longwave/stats";
import type { CaseData, Comparison, ValidationCase } from "../case.ts";
import { fixture, readNumbers, relative, valuesOf, withColumns } from "../support.ts";

/** Standard errors and Satterthwaite's degrees of freedom of clubSandwich, beside the estimates. */
interface RobustNumbers {
  readonly estimate: readonly number[];
  readonly errors: Readonly<
    Record<"CR0" | "CR1" | "CR2", { readonly stdError: readonly number[]; readonly df: readonly number[] }>
  >;
}

type Key =
  | "huntMl"
  | "huntSlope"
  | "sleepstudyIntercept"
  | "sleepstudySlope"
  | "orthodont"
  | "ashar"
  | "hivsn"
  | "hivsnNested"
  | "huntCar1"
  | "huntAr1"
  | "cohort300"
  | "laborSupplyHybrid"
  | "laborSupplyPooled"
  | "cohort";

const recorded = readNumbers<Readonly<Record<Key, RobustNumbers>>>("lmm-robust");

interface RobustStudy {
  readonly key: Key;
  readonly name: string;
  readonly data: CaseData;
  readonly formula: string;
  readonly options?: LmmOptions;
  /** True where the reference is a fit of nlme, whose optimum is known less exactly. */
  readonly loose?: true;
  readonly prepare?: (table: Table) => Table;
}

/** The first people of those with two complete rows or more, by number. */
function firstPeople(table: Table, count: number): Table {
  const [id, pain, exercise] = ["id", "pain_vrs", "ex_index"].map((name) => valuesOf(table, name));
  const complete = new Map<number, number>();
  for (let row = 0; row < table.nrows; row++) {
    const seen = Number.isFinite(pain?.[row]) && Number.isFinite(exercise?.[row]);
    const person = id?.[row] ?? Number.NaN;
    if (seen) complete.set(person, (complete.get(person) ?? 0) + 1);
  }
  const people = [...complete].filter(([, rows]) => rows >= 2).map(([person]) => person);
  const last = people.sort((a, b) => a - b)[count - 1];
  return filterTable(table, `id <= ${last}`);
}

const male = (table: Table) => withColumns(table, { male: (value) => value("sex") });
const years = (table: Table) => withColumns(table, { yrs: (value) => value("time") / 365.25 });
const crossover = (table: Table) =>
  withColumns(table, {
    amit: (value) => 1 - value("treatment"),
    p2: (value) => value("period") - 1,
  });
const cohort = { data: fixture("hunt_sim_6419"), prepare: male, options: { minRows: 2 } };
const laborSupply: CaseData = { kind: "r-package", package: "plm", dataset: "LaborSupply" };
const sleepstudy: CaseData = { kind: "r-package", package: "lme4", dataset: "sleepstudy" };

const studies: readonly RobustStudy[] = [
  {
    key: "huntMl",
    name: "hunt-ml",
    data: fixture("hunt_like"),
    formula: "pain_o ~ within(ex) + between(ex) + sex + age10 + edu + smoke + yrs + (1 | id)",
    options: { method: "ml" },
    prepare: (table) =>
      withColumns(table, {
        age10: (value) => (value("age") - 50) / 10,
        yrs: (value) => value("time") / 365.25,
      }),
  },
  {
    key: "huntSlope",
    name: "hunt-slope",
    data: fixture("hunt_like"),
    formula: "pain_o ~ within(ex) * sex + between(ex) + (1 + within(ex) | id)",
  },
  {
    key: "ashar",
    name: "ashar",
    data: fixture("ashar_backpain"),
    formula: "pain_avg ~ post * factor(group) + (1 | id)",
    prepare: (table) =>
      filterTable(withColumns(table, { post: (value) => value("time") - 1 }), "is_patient == 1"),
  },
  {
    key: "hivsn",
    name: "hivsn",
    data: fixture("hivsn_crossover_pain"),
    formula: "pain ~ amit * week_in_period + p2 + (1 | id)",
    prepare: crossover,
  },
  {
    key: "hivsnNested",
    name: "hivsn-nested",
    data: fixture("hivsn_crossover_pain"),
    formula: "pain ~ amit * week_in_period + p2 + (1 | id) + (1 | id:period)",
    prepare: crossover,
  },
  {
    key: "huntCar1",
    name: "hunt-car1",
    data: fixture("hunt_like"),
    formula: "pain_o ~ within(ex) + between(ex) + sex + (1 | id)",
    options: { residual: { type: "car1", time: "yrs" } },
    prepare: years,
    loose: true,
  },
  {
    key: "huntAr1",
    name: "hunt-ar1",
    data: fixture("hunt_like"),
    formula: "pain_o ~ within(ex) + between(ex) + sex",
    options: { id: "id", residual: { type: "ar1", time: "wave" } },
    loose: true,
  },
  {
    key: "cohort300",
    name: "cohort-300",
    ...cohort,
    formula:
      "pain_vrs ~ wave + male + age + within(ex_index) + between(ex_index) + within(ex_index):male + (1 + wave | id)",
    prepare: (table) => male(firstPeople(table, 300)),
  },
  {
    key: "cohort",
    name: "cohort",
    ...cohort,
    formula:
      "pain_vrs ~ wave + male + age + within(ex_index) + between(ex_index) + within(ex_index):male + (1 | id)",
  },
  {
    key: "sleepstudyIntercept",
    name: "sleepstudy-intercept",
    data: sleepstudy,
    formula: "Reaction ~ Days + (1 | Subject)",
  },
  {
    key: "sleepstudySlope",
    name: "sleepstudy-slope",
    data: sleepstudy,
    formula: "Reaction ~ Days + (Days | Subject)",
  },
  {
    key: "orthodont",
    name: "orthodont",
    data: { kind: "r-package", package: "nlme", dataset: "Orthodont" },
    formula: "distance ~ age11 * male + (1 + age11 | Subject)",
    // Levels of Sex in code-point order are Female, Male.
    prepare: (table) =>
      withColumns(table, { male: (value) => value("Sex"), age11: (value) => value("age") - 11 }),
  },
  {
    key: "laborSupplyHybrid",
    name: "laborsupply-hybrid",
    data: laborSupply,
    formula: "lnhr ~ t + within(lnwg) + between(lnwg) + kids + disab + (1 | id)",
    prepare: (table) => withColumns(table, { t: (value) => value("year") - 1979 }),
  },
  {
    key: "laborSupplyPooled",
    name: "laborsupply-ols",
    data: laborSupply,
    formula: "lnhr ~ lnwg + kids + disab",
    options: { id: "id" },
  },
];

// The sandwich is closed form, but stands on two optimisers' variances: those of lme4 to about 1e-6.
function comparisons(study: RobustStudy, raw: Table): Comparison[] {
  const { key, formula, options, prepare } = study;
  const factor = study.loose === true ? 100 : 1;
  const data = { kind: "rows", table: prepare?.(raw) ?? raw } as const;
  const fit = lmm(formula, data, options ?? {});
  const { estimate, errors } = recorded[key];
  return (["CR0", "CR1", "CR2"] as const).flatMap((type) => {
    const found = robust(fit, data, type === "CR0" ? "cr0" : type === "CR1" ? "cr1" : "cr2");
    return found.fixed.flatMap((row, j) => [
      ...(type === "CR2"
        ? [relative(`${row.term} estimate`, [row.estimate, estimate[j]], factor * 1e-5)]
        : []),
      relative(
        `${row.term} standard error, ${type}`,
        [row.stdError, errors[type].stdError[j]],
        factor * 1e-6,
      ),
      relative(`${row.term} df, ${type}`, [row.df, errors[type].df[j]], factor * 1e-5),
    ]);
  });
}

export const cases: readonly ValidationCase[] = studies.map((study) => ({
  id: `lmm-robust-${study.name}`,
  model: `cluster-robust: ${study.formula}`,
  reference: "lme4 and clubSandwich vcovCR, coef_test",
  data: study.data,
  compare: (raw) => comparisons(study, raw),
}));
