import { readFileSync } from "node:fs";
import {
  type FitData,
  filterTable,
  fitImputations,
  impute,
  lmm,
  type PooledFit,
  pool,
  pooledJointTest,
  type Table,
  wideTable,
} from "@longwave/stats";
import type { Comparison, ValidationCase } from "../case.ts";
import { bthebLong } from "../prepare/btheb.ts";
import { absolute, fixture, readNumbers, relative } from "../support.ts";

interface PooledNumbers {
  readonly term: string;
  readonly estimate: number;
  readonly within: number;
  readonly between: number;
  readonly total: number;
  readonly df: number;
  readonly r: number;
  readonly fmi: number;
}

interface JointNumbers {
  readonly f: number;
  readonly df2: number;
  readonly pValue: number;
}

const numbers = readNumbers<{
  readonly small: { readonly n: number; readonly k: number; readonly pooled: readonly PooledNumbers[] };
  readonly lm: {
    readonly pooled: readonly { readonly df: number; readonly fmi: number }[];
    readonly pValue: readonly number[];
  };
  readonly d1: { readonly infinite: JointNumbers; readonly finite: JointNumbers };
  readonly large: { readonly m: number; readonly pooled: readonly PooledNumbers[] };
}>("missing");

const MODEL = "pain_c ~ within(ex) + between(ex) + sex + age + wave";

/** One table for each imputation kept in the file. */
function imputedTables(table: Table): FitData[] {
  return [1, 2, 3, 4, 5].map((k) => ({ kind: "rows", table: filterTable(table, `\`.imp\` == ${k}`) }));
}

function poolRows(fit: PooledFit, reference: readonly PooledNumbers[]): Comparison[] {
  return fit.fixed.flatMap((row, j) => {
    const r = reference[j];
    if (r === undefined) return [];
    return [
      relative(`${row.term} estimate`, [row.estimate, r.estimate], 1e-6),
      relative(`${row.term} variance within`, [row.within, r.within], 1e-5),
      relative(`${row.term} variance between`, [row.between, r.between], 1e-5),
      relative(`${row.term} standard error`, [row.stdError, Math.sqrt(r.total)], 1e-5),
      relative(`${row.term} df`, [row.df, r.df], 1e-4),
      relative(`${row.term} increase in variance`, [row.relativeIncrease, r.r], 1e-4),
      relative(`${row.term} missing information`, [row.fmi, r.fmi], 1e-4),
    ];
  });
}

function comparePooled(table: Table): Comparison[] {
  const fits = imputedTables(table).map((data) => lmm(`${MODEL} + (1 | id)`, data));
  const { n, k, pooled } = numbers.small;
  return poolRows(pool(fits, { dfComplete: n - k }), pooled);
}

function compareJoint(table: Table): Comparison[] {
  const fits = imputedTables(table).map((data) => lmm(MODEL, data, { id: "id" }));
  const pooled = pool(fits);
  const terms = ["within(ex)", "between(ex)"];
  const { infinite, finite } = numbers.d1;
  const large = pooledJointTest(pooled, terms, { dfComplete: null });
  const small = pooledJointTest(pooled, terms);
  return [
    ...pooled.fixed.flatMap((row, j) => [
      relative(`${row.term} df`, [row.df, numbers.lm.pooled[j]?.df], 1e-7),
      relative(`${row.term} p`, [row.pValue, numbers.lm.pValue[j]], 1e-6),
      relative(`${row.term} missing information`, [row.fmi, numbers.lm.pooled[j]?.fmi], 1e-7),
    ]),
    relative("D1 of two slopes", [large.statistic, infinite.f], 1e-7),
    relative("D1 denominator df, large sample", [large.dfDenominator, infinite.df2], 1e-7),
    relative("D1 p, large sample", [large.pValue, infinite.pValue], 1e-6),
    relative("D1 denominator df, small sample", [small.dfDenominator, finite.df2], 1e-7),
    relative("D1 p, small sample", [small.pValue, finite.pValue], 1e-6),
  ];
}

/** Two programs' imputations differ by chance: estimates within four of its standard errors, the rest roughly. */
function compareImputed(table: Table): Comparison[] {
  const panel = wideTable(table, {
    id: "id",
    time: "wave",
    varying: ["pain_c", "ex"],
    person: ["sex", "age", "edu", "smoke"],
  });
  const { m, pooled } = numbers.large;
  const fits = fitImputations(impute(panel, { m, seed: 20240502 }), (data) =>
    lmm(`${MODEL} + (1 | id)`, data),
  );
  return pool(fits).fixed.flatMap((row, j) => {
    const r = pooled[j];
    if (r === undefined) return [];
    const chance = Math.sqrt((row.between + r.between) / m);
    return [
      absolute(`${row.term} estimate`, [row.estimate, r.estimate], 4 * chance),
      relative(`${row.term} standard error`, [row.stdError, Math.sqrt(r.total)], 0.1),
    ];
  });
}

/** A table of the complete-case slope beside the imputed one would hide which rows each uses; the counts say it. */
function compareBtheb(table: Table): Comparison[] {
  const long = bthebLong(table);
  const panel = wideTable(long, {
    id: "id",
    time: "month",
    varying: ["bdi"],
    person: ["pre", "drug", "length", "treatment"],
  });
  const fits = fitImputations(impute(panel, { m: 40, iterations: 20, seed: 4219 }), (data) =>
    lmm("bdi ~ pre + month + treatment + drug + length + (1 | id)", data),
  );
  const reference = readBtheb();
  return pool(fits, { dfComplete: 394 }).fixed.flatMap((row, j) => {
    const r = reference[j];
    if (r === undefined) return [];
    const chance = Math.sqrt(row.between / 40 + r.b / 20);
    return [
      absolute(`${row.term} estimate`, [row.estimate, r.qbar], 4 * chance),
      relative(`${row.term} standard error`, [row.stdError, Math.sqrt(r.t)], 0.2),
    ];
  });
}

interface BthebNumbers {
  readonly qbar: number;
  readonly b: number;
  readonly t: number;
}

function readBtheb(): readonly BthebNumbers[] {
  const file = new URL(
    "../../packages/stats/src/testing/fixtures/btheb-pooled-reference.json",
    import.meta.url,
  );
  const { pooled } = JSON.parse(readFileSync(file, "utf8")) as { readonly pooled: readonly BthebNumbers[] };
  return pooled;
}

/** Pooling to the digit on kept imputations, and our imputations beside those of mice. */
export const cases: readonly ValidationCase[] = [
  {
    id: "pool-hunt-like-lmm",
    model: "five imputations of 80 simulated people, linear mixed models pooled by Rubin's rules",
    reference: "mice 3.15.0 pool.scalar with lme4 1.1-31",
    data: { kind: "file", path: "validation/data/hunt_like_imputed5.csv" },
    compare: comparePooled,
  },
  {
    id: "pool-hunt-like-d1",
    model: "the same imputations, regressions pooled, joint Wald test of two slopes",
    reference: "mice 3.15.0 pool, mitml 0.4-4 testModels D1",
    data: { kind: "file", path: "validation/data/hunt_like_imputed5.csv" },
    compare: compareJoint,
  },
  {
    id: "impute-hunt-like",
    model: "50 imputations by chained equations of 600 simulated people, within-between model pooled",
    reference: "mice 3.15.0, 50 imputations; tolerance four Monte-Carlo errors",
    data: fixture("hunt_like"),
    compare: compareImputed,
  },
  {
    id: "impute-btheb",
    model: "40 imputations by chained equations of BtheB, mixed model pooled",
    reference: "mice 3.15.0, 20 imputations; tolerance four Monte-Carlo errors",
    data: { kind: "r-package", package: "HSAUR3", dataset: "BtheB" },
    compare: compareBtheb,
  },
];
