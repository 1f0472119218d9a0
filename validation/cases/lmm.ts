import { readFileSync } from "node:fs";
import { createTable, filterTable, type LmmFit, type LmmOptions, lmm, type Table } from "@longwave/stats";
import type { CaseData, Comparison, ValidationCase } from "../case.ts";
import { bthebLong } from "../prepare/btheb.ts";
import { absolute, atLeast, fixture, indicator, readNumbers, relative, withColumns } from "../support.ts";

/** What lmerTest recorded of one fit. */
interface Numbers {
  readonly estimate: readonly number[];
  readonly stdError: readonly number[];
  readonly df: readonly number[];
  readonly theta: readonly number[];
  readonly sigma: number;
  readonly logLik: number;
  readonly AIC: number;
  readonly BIC: number;
}

/** A fit of the committed fixtures, as the tests of the package have it. */
interface Fixture {
  readonly name: string;
  readonly data: string;
  readonly formula: string;
  readonly method: "reml" | "ml";
  readonly options?: LmmOptions;
  readonly where?: string;
  readonly reference: {
    readonly fixed: readonly (readonly [string, number, number, number, number])[];
    readonly theta: readonly number[];
    readonly sigma: number;
    readonly logLik: number;
    readonly aic: number;
    readonly bic: number;
  };
}

const recorded = readNumbers<Readonly<Record<string, Readonly<Record<"REML" | "ML", Numbers>>>>>("lmm");
const fixtures: readonly Fixture[] = JSON.parse(
  readFileSync(
    new URL("../../packages/stats/src/testing/fixtures/lme4-reference.json", import.meta.url),
    "utf8",
  ),
);

/** The numbers of a fit beside lmerTest's; the order of the fixed effects is the reference's. */
function compared(fit: LmmFit, numbers: Numbers): Comparison[] {
  return [
    ...fit.fixed.flatMap(({ term, estimate, stdError, df }, j) => [
      relative(`${term} estimate`, [estimate, numbers.estimate[j] ?? Number.NaN], 2e-6),
      relative(`${term} standard error`, [stdError, numbers.stdError[j] ?? Number.NaN], 2e-6),
      relative(`${term} df`, [df ?? Number.NaN, numbers.df[j] ?? Number.NaN], 1e-3),
    ]),
    ...fit.theta.map((value, k) => absolute(`theta ${k + 1}`, [value, numbers.theta[k] ?? Number.NaN], 2e-5)),
    relative("residual SD", [fit.sigma, numbers.sigma], 1e-5),
    atLeast("log-likelihood", [fit.logLik, numbers.logLik], 1e-6),
    absolute("AIC", [fit.aic, numbers.AIC], 1e-5),
    absolute("BIC", [fit.bic, numbers.BIC], 1e-5),
  ];
}

interface Study {
  readonly id: string;
  readonly key: string;
  readonly model: string;
  readonly data: CaseData;
  readonly formula: string;
  readonly prepare?: (table: Table) => Table;
}

const nlme = (dataset: string): CaseData => ({ kind: "r-package", package: "nlme", dataset });

const studies: readonly Study[] = [
  {
    id: "dietox",
    key: "dietox_lmm",
    model: "random slope of time, pigs",
    data: { kind: "r-package", package: "geepack", dataset: "dietox" },
    formula: "Weight ~ Time + Cu + (1 + Time | Pig)",
  },
  {
    id: "oxboys",
    key: "oxboys_lmm",
    model: "quadratic growth with random quadratic, boys' height",
    data: nlme("Oxboys"),
    formula: "height ~ age + age2 + (1 + age + age2 | Subject)",
    prepare: (table) => withColumns(table, { age2: (value) => value("age") ** 2 }),
  },
  {
    id: "orthodont",
    key: "orthodont_lmm",
    model: "age by sex with random slope, jaw distance",
    data: nlme("Orthodont"),
    formula: "distance ~ age11 * male + (1 + age11 | Subject)",
    prepare: (table) => {
      const male = indicator(table, "Sex", "Male");
      const withMale = createTable({ ...table.columns, male });
      return withColumns(withMale, { age11: (value) => value("age") - 11 });
    },
  },
  {
    id: "btheb",
    key: "btheb_lmm",
    model: "depression trial with dropout, random intercept",
    data: { kind: "r-package", package: "HSAUR3", dataset: "BtheB" },
    formula: "bdi ~ pre + month + treatment + drug + length + (1 | id)",
    prepare: bthebLong,
  },
  {
    id: "mathachieve",
    key: "mathachieve_lmm",
    model: "within and between schools with random slope",
    data: nlme("MathAchieve"),
    formula: "MathAch ~ within(SES) * between(SES) + (1 + within(SES) | School)",
  },
  {
    id: "laborsupply-hybrid",
    key: "laborsupply_hybrid",
    model: "within and between people, hours and wage",
    data: { kind: "r-package", package: "plm", dataset: "LaborSupply" },
    formula: "lnhr ~ t + within(lnwg) + between(lnwg) + kids + disab + (1 | id)",
    prepare: (table) => withColumns(table, { t: (value) => value("year") - 1979 }),
  },
];

function studyCase({ id, key, model, data, formula, prepare }: Study, method: "reml" | "ml"): ValidationCase {
  const numbers = recorded[key]?.[method === "reml" ? "REML" : "ML"];
  if (numbers === undefined) throw new Error(`no numbers of ${key}`);
  return {
    id: `lmm-${id}-${method}`,
    model: `linear mixed model, ${model}, ${method === "reml" ? "REML" : "ML"}`,
    reference: "lme4 1.1-31, lmerTest 3.1-3",
    data,
    compare: (table) =>
      compared(lmm(formula, { kind: "rows", table: prepare?.(table) ?? table }, { method }), numbers),
  };
}

/** The columns that the R scripts compute. */
function prepared(name: string, table: Table): Table {
  if (name === "hunt_sim_6419") {
    const withMale = createTable({ ...table.columns, male: indicator(table, "sex", "male") });
    return withColumns(withMale, { age10: (value) => (value("age") - 50) / 10 });
  }
  if (name === "hivsn_crossover_pain") {
    const withAmit = createTable({ ...table.columns, amit: indicator(table, "treatment", "A") });
    return withColumns(withAmit, { p2: (value) => value("period") - 1 });
  }
  if (name === "ashar_backpain") return withColumns(table, { post: (value) => value("time") - 1 });
  return table;
}

function fixtureCase(recordedFit: Fixture, index: number): ValidationCase {
  const { name, data, formula, method, options, where, reference } = recordedFit;
  const { fixed, theta, sigma, logLik, aic, bic } = reference;
  const numbers = {
    estimate: fixed.map(([, estimate]) => estimate),
    stdError: fixed.map(([, , stdError]) => stdError),
    df: fixed.map(([, , , df]) => df),
    ...{ theta, sigma, logLik, AIC: aic, BIC: bic },
  };
  return {
    id: `lmm-${String(index + 1).padStart(2, "0")}-${data}-${method}`,
    model: `linear mixed model, ${name}`,
    reference: "lme4 1.1-31, lmerTest 3.1-3",
    data: fixture(data),
    compare(table) {
      const all = prepared(data, table);
      const used = where === undefined ? all : filterTable(all, where);
      return compared(lmm(formula, { kind: "rows", table: used }, { ...options, method }), numbers);
    },
  };
}

/** Linear mixed models with one grouping factor: 26 fits of committed data, and six data sets of R packages. */
export const cases: readonly ValidationCase[] = [
  ...fixtures.map(fixtureCase),
  ...studies.flatMap((study) => [studyCase(study, "reml"), studyCase(study, "ml")]),
];
