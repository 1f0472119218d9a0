import {
  createTable,
  numericColumn,
  type PersonalFit,
  type PersonalOptions,
  personal,
  type Table,
} from "@longwave/stats";
import type { Comparison, ValidationCase } from "../case.ts";
import { fixture, readNumbers, relative } from "../support.ts";

interface GlsNumbers {
  readonly estimate: readonly number[];
  readonly stdError: readonly number[];
  readonly sigma: number;
  readonly phi: number | null;
  readonly logLik: number;
  readonly aic: number;
  readonly nobs: number;
}

type ByMethod = Readonly<Record<"reml" | "ml", GlsNumbers>>;

const recorded = readNumbers<{
  readonly weekly: Readonly<Record<"ols" | "ar1" | "car1", ByMethod>>;
  readonly ovary: { readonly ar1: ByMethod };
}>("personal-recorded");
const daily = readNumbers<Readonly<Record<"ar1" | "car1", ByMethod>>>("personal");

/** nlme stops its search for the correlation at about 1e-7; ours goes on to the maximum. */
function compareFit(fit: PersonalFit, reference: GlsNumbers, tolerance: number): Comparison[] {
  const beside = (quantity: string, pair: Parameters<typeof relative>[1], factor = 1) =>
    relative(`${fit.method} ${quantity}`, pair, tolerance * factor);
  const [phi] = fit.residual.parameters;
  return [
    ...fit.fixed.flatMap((row, j) => [
      beside(`${row.term} estimate`, [row.estimate, reference.estimate[j]]),
      beside(`${row.term} standard error`, [row.stdError, reference.stdError[j]]),
    ]),
    beside("residual SD", [fit.sigma, reference.sigma]),
    ...(reference.phi === null ? [] : [beside("correlation", [phi, reference.phi])]),
    { ...beside("log-likelihood", [fit.logLik, reference.logLik]), tolerance: 1e-8, atLeast: true },
    beside("log-likelihood", [fit.logLik, reference.logLik], 0.01),
    beside("AIC", [fit.aic, reference.aic], 0.01),
    beside("rows used", [fit.nobs, reference.nobs]),
  ];
}

interface Study {
  readonly formula: string;
  readonly options: PersonalOptions;
  readonly tolerance: number;
}

function compareBoth(table: Table, study: Study, reference: ByMethod): Comparison[] {
  return (["reml", "ml"] as const).flatMap((method) =>
    compareFit(
      personal(study.formula, { kind: "rows", table }, { ...study.options, method }),
      reference[method],
      study.tolerance,
    ),
  );
}

function values(table: Table, name: string): readonly number[] {
  const column = table.columns[name];
  if (column?.kind === "numeric") return [...column.values];
  if (column?.kind === "factor") return Array.from(column.codes, (code) => Number(column.levels[code]));
  throw new Error(`no column ${name}`);
}

/** The first 500 days without one in seven; `hour` sets them at unequal distances. */
function firstDays(table: Table): Table {
  const day = values(table, "day");
  const kept = [...day.keys()].filter((row) => (day[row] ?? 0) < 500 && (day[row] ?? 0) % 7 !== 3);
  const take = (name: string) => numericColumn(kept.map((row) => values(table, name)[row]));
  return createTable({
    day: take("day"),
    hour: numericColumn(kept.map((row) => (day[row] ?? 0) + 0.25 * ((day[row] ?? 0) % 3))),
    kneePain: take("kneePain"),
    steps1000: take("steps1000"),
  });
}

/** Ovary numbers each mare's rows in their order and enters time as one wave of a sine. */
function ovary(table: Table): Table {
  const mare = values(table, "Mare");
  const counts = new Map<number, number>();
  const k = mare.map((id) => {
    counts.set(id, (counts.get(id) ?? 0) + 1);
    return counts.get(id) ?? 0;
  });
  const time = values(table, "Time");
  return createTable({
    mare: numericColumn(mare),
    k: numericColumn(k),
    sine: numericColumn(time.map((t) => Math.sin(2 * Math.PI * t))),
    cosine: numericColumn(time.map((t) => Math.cos(2 * Math.PI * t))),
    follicles: numericColumn(values(table, "follicles")),
  });
}

const DAILY = "validation/data/myaiguide_p1_daily.csv";

function weeklyCase(key: "ols" | "ar1" | "car1", residual: "iid" | "ar1" | "car1"): ValidationCase {
  const study = {
    formula: "kneePain ~ wk + steps1000",
    options: { time: "wk", residual, df: "residual" as const },
    tolerance: key === "ols" ? 1e-9 : 1e-6,
  };
  return {
    id: `personal-weekly-${residual}`,
    model: `one person's weeks, ${residual} residuals`,
    reference: "nlme 3.1-162 gls",
    data: fixture("myaiguide_p1_weekly"),
    compare: (table) => compareBoth(table, study, recorded.weekly[key]),
  };
}

function dailyCase(residual: "ar1" | "car1", time: string): ValidationCase {
  const study = {
    formula: "kneePain ~ steps1000 + day",
    options: { time, residual, df: "residual" as const },
    tolerance: 1e-6,
  };
  return {
    id: `personal-daily-${residual}`,
    model: `one person's days with gaps, ${residual} residuals`,
    reference: "nlme 3.1-162 gls",
    data: { kind: "file", path: DAILY },
    compare: (table) => compareBoth(firstDays(table), study, daily[residual]),
  };
}

/** Regression with residuals correlated in time beside nlme::gls. */
export const cases: readonly ValidationCase[] = [
  weeklyCase("ols", "iid"),
  weeklyCase("ar1", "ar1"),
  weeklyCase("car1", "car1"),
  dailyCase("ar1", "day"),
  dailyCase("car1", "hour"),
  {
    id: "personal-ovary-ar1",
    model: "eleven mares' series with one set of coefficients, ar1 residuals",
    reference: "nlme 3.1-162 gls",
    data: { kind: "r-package", package: "nlme", dataset: "Ovary" },
    compare: (table) =>
      compareBoth(
        ovary(table),
        {
          formula: "follicles ~ sine + cosine",
          options: { time: "k", residual: "ar1", id: "mare", df: "residual" },
          tolerance: 1e-5,
        },
        recorded.ovary.ar1,
      ),
  },
];
