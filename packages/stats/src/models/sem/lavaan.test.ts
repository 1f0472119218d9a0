import { describe, expect, test } from "vitest";
import { expectAbsolute, expectRelative } from "../../testing/compare.ts";
import { readFixture, readReference } from "../../testing/read-csv.ts";
import { widen } from "../../testing/sem-models.ts";
import { semData } from "./data.ts";
import { fitSem } from "./fit.ts";
import type { SemFit, SemModel, SemOperator, SemRows } from "./model.ts";

type TableRow = readonly [
  lhs: string,
  op: SemOperator,
  rhs: string,
  group: number,
  free: number | null,
  fixed: number | null,
  estimate: number,
  stdError: number,
];

interface LavaanCase {
  readonly name: string;
  readonly group: string | null;
  readonly covariates: readonly string[];
  readonly complete: boolean;
  readonly observed: readonly string[];
  readonly latent: readonly string[];
  readonly patterns: number;
  readonly rows: readonly TableRow[];
  readonly fit: Readonly<Record<string, number>>;
  readonly expectedStdError?: readonly number[];
  readonly robustStdError?: readonly number[];
  readonly scaled?: Readonly<Record<string, number>>;
}

const { cases } = readReference<{ readonly cases: readonly LavaanCase[] }>("sem-lavaan");

const wide = widen(readFixture("hunt_like"), {
  ...{ x: "ex", y: "pain_c", id: "id", wave: "wave", waves: [1, 2, 3, 4, 5] },
  constant: ["sex", "age"],
});

/** The columns that lavaan had: `agem` is age, unknown for every seventh person. */
function rowsOf(reference: LavaanCase): SemRows {
  const column = (name: string): Float64Array => {
    if (name !== "agem") return wide.columns[wide.names.indexOf(name)];
    return column("age").map((value, i) => (wide.ids[i] % 7 === 0 ? Number.NaN : value));
  };
  const names = [...reference.observed, ...reference.covariates];
  const columns = names.map(column);
  const sex = column("sex");
  const waves = wide.columns.slice(0, 10);
  const groups = Int32Array.from(sex, (value, i) => {
    if (reference.complete && waves.some((wave) => Number.isNaN(wave[i]))) return -1;
    return reference.group === null ? 0 : value;
  });
  return { names, columns, groups, labels: reference.group === null ? [""] : ["women", "men"] };
}

/** lavaan's table with start values that know nothing of its solution. */
function modelOf(reference: LavaanCase): SemModel {
  const start = { "~": 0.1, "~1": 2, "=~": 1 };
  const value = ([lhs, op, rhs, , , fixed]: TableRow): number => {
    if (fixed !== null) return fixed;
    if (op === "~~") return lhs === rhs ? 1 : 0;
    return start[op];
  };
  return {
    observed: [...reference.observed, ...reference.covariates],
    latent: reference.latent,
    groups: reference.group === null ? [""] : ["women", "men"],
    fixedCovariates: reference.covariates,
    parameters: reference.rows.map((row) => {
      const [lhs, op, rhs, group, free] = row;
      return { lhs, op, rhs, group, free, value: value(row) };
    }),
  };
}

/** Standard errors of the table's rows, zero for fixed ones, each within `tolerance` of lavaan's. */
function expectErrors(
  fit: SemFit,
  reference: LavaanCase,
  theirs: readonly number[],
  tolerance: number,
): void {
  reference.rows.forEach(([lhs, op, rhs, , free], i) => {
    if (free !== null)
      expectRelative(fit.stdErrors?.[free] ?? null, theirs[i], tolerance, `${lhs} ${op} ${rhs}`);
  });
}

describe.each(cases)("$name, beside lavaan", (reference) => {
  const model = modelOf(reference);
  const rows = rowsOf(reference);
  const data = semData(rows, { fixedCovariates: reference.covariates });
  const fit = fitSem(model, data, { se: "observed", level: 0.95 });

  test("estimates and standard errors from observed information agree", () => {
    expect(fit.converged).toBe(true);
    expect(fit.admissible).toBe(true);
    expect(fit.patterns).toBe(reference.patterns);
    for (const [lhs, op, rhs, , free, , estimate, stdError] of reference.rows) {
      if (free === null) continue;
      // lavaan stops at a relative gain of 1e-10: a thousandth of a standard error or less is left.
      expectAbsolute(fit.estimates[free], estimate, 1e-3 * stdError, `${lhs} ${op} ${rhs}`);
      expectRelative(fit.stdErrors?.[free] ?? null, stdError, 1e-4, `error of ${lhs} ${op} ${rhs}`);
    }
  });

  test("likelihoods, tests and indices of fit agree", () => {
    const theirs = reference.fit;
    const within = (ours: number | null, name: string, tolerance: number) =>
      expectAbsolute(ours, theirs[name], tolerance, name);
    expect([fit.nobs, fit.df, fit.baselineDf]).toEqual([theirs.ntotal, theirs.df, theirs["baseline.df"]]);
    expect(fit.nparameters).toBe(theirs.npar);
    within(fit.logLik, "logl", 1e-6);
    within(fit.logLikSaturated, "unrestricted.logl", 1e-6);
    within(fit.chiSquare, "chisq", 2e-6);
    within(fit.pValue, "pvalue", 1e-6);
    within(fit.baselineChiSquare, "baseline.chisq", 1e-4);
    within(fit.cfi, "cfi", 1e-6);
    within(fit.tli, "tli", 1e-6);
    within(fit.rmsea, "rmsea", 1e-6);
    // lavaan finds the limits to about 1e-4 of the noncentrality.
    within(fit.rmseaLower, "rmsea.ci.lower", 1e-5);
    within(fit.rmseaUpper, "rmsea.ci.upper", 1e-5);
    within(fit.srmr, "srmr", 1e-6);
    within(fit.aic, "aic", 1e-5);
    within(fit.bic, "bic", 1e-5);
  });

  test.runIf(reference.expectedStdError !== undefined)(
    "standard errors from expected information agree",
    () => {
      const expected = fitSem(model, data, { se: "expected", level: 0.95 });
      expectErrors(expected, reference, reference.expectedStdError ?? [], 1e-4);
    },
  );

  test("robust standard errors and the scaled test agree with MLR", () => {
    const robust = fitSem(model, data, { se: "robust", level: 0.95, rows });
    expectErrors(robust, reference, reference.robustStdError ?? [], 2e-4);
    expectRelative(robust.scalingFactor, reference.scaled?.["chisq.scaling.factor"] ?? Number.NaN, 1e-5);
    expectRelative(robust.chiSquareScaled, reference.scaled?.["chisq.scaled"] ?? Number.NaN, 1e-5);
    expectAbsolute(robust.pValueScaled, reference.scaled?.["pvalue.scaled"] ?? Number.NaN, 1e-5);
  });
});
