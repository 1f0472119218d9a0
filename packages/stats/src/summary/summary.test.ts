import { describe, expect, test } from "vitest";
import { pool } from "../missing/pool.ts";
import { re } from "../models/fe/random.ts";
import { lmm } from "../models/lmm/fit.ts";
import { createTable, numericColumn, selectRows } from "../table/columns.ts";
import { caseTable } from "../testing/cases.ts";
import { readFixture, rows } from "../testing/read-csv.ts";
import { encodeJson } from "./encode-json.ts";
import { fitToJson } from "./fit-to-json.ts";
import { printFit } from "./print-fit.ts";

const sleepstudy = rows(readFixture("sleepstudy"));

describe("the fit as JSON", () => {
  test("has the keys of the contract, in its order", () => {
    const json = fitToJson(lmm("Reaction ~ Days + (Days | Subject)", sleepstudy));
    expect(Object.keys(json)).toEqual(
      "formula estimator method nobs ngroups fixed random theta sigma logLik deviance aic bic converged singular warnings rows".split(
        " ",
      ),
    );
    expect(Object.keys(json.fixed[0])).toEqual(
      "term estimate stdError df statistic pValue lower upper".split(" "),
    );
    expect(Object.keys(json.random[0])).toEqual("group terms covariance stdDev correlation".split(" "));
    expect(json.ngroups).toEqual({ Subject: 18 });
  });

  test("what does not exist is null: degrees of freedom that were not asked for, correlations of nothing", () => {
    const normal = fitToJson(lmm("Reaction ~ Days + (1 | Subject)", sleepstudy, { df: "none" }));
    expect(normal.fixed[0].df).toBeNull();
    const plain = fitToJson(lmm("Reaction ~ Days", sleepstudy));
    expect(plain.estimator).toBe("lm");
    expect(plain.random).toEqual([]);
    const nan = lmm("Reaction ~ Days + (Days | Subject)", sleepstudy);
    const block = {
      ...nan.random[0],
      correlation: [
        [1, Number.NaN],
        [Number.NaN, 1],
      ],
    };
    expect(fitToJson({ ...nan, random: [block] }).random[0].correlation).toEqual([
      [1, null],
      [null, 1],
    ]);
  });

  test("a number that could not be computed is null, with a warning that names its term", () => {
    const fit = lmm("Reaction ~ Days + (1 | Subject)", sleepstudy);
    const fixed = [fit.fixed[0], { ...fit.fixed[1], df: Number.NaN }];
    const json = fitToJson({ ...fit, fixed });
    expect(json.fixed[1].df).toBeNull();
    expect(json.warnings.map(({ code }) => code)).toEqual(["fit.not-finite"]);
    expect(json.warnings[0].message).toContain("Days");
  });

  test("numbers that JSON has no word for become null, typed arrays become arrays", () => {
    const value = { a: Number.NaN, b: [Number.POSITIVE_INFINITY, 1], c: Float64Array.of(1, 2), d: undefined };
    expect(encodeJson(value)).toBe('{"a":null,"b":[null,1],"c":[1,2]}');
    expect(encodeJson({ a: 1 }, { indent: 2 })).toBe('{\n  "a": 1\n}');
  });
});

describe("the fit as text", () => {
  test("a mixed model reads like lme4's summary", () => {
    expect(printFit(lmm("Reaction ~ Days + (Days | Subject)", sleepstudy))).toMatchInlineSnapshot(`
      "Linear mixed model, REML
      Formula: Reaction ~ Days + (Days | Subject)
      Rows: 180, Subject: 18
      logLik -871.814, REML deviance 1743.628, AIC 1755.63, BIC 1774.79

      Random effects
       Group     Term         Variance  Std.Dev.   Corr
       Subject   (Intercept)  612.0899   24.7405
                 Days          35.0717    5.9221  0.066
       Residual               654.9410   25.5918

      Fixed effects (Satterthwaite degrees of freedom)
       Term         Estimate  Std.Error    df       t        p  95 % from        to
       (Intercept)  251.4051     6.8246  17.0  36.838  <0.0001   237.0065  265.8037
       Days          10.4673     1.5458  17.0   6.771  <0.0001     7.2060   13.7286
      "
    `);
  });

  test("a hybrid model says how many people inform it and how much they vary", () => {
    const panel = rows(caseTable("hunt_like"));
    expect(
      printFit(lmm("pain_o ~ within(ex) + between(ex) + (1 | id)", panel, { minRows: 2 })),
    ).toMatchInlineSnapshot(`
      "Linear mixed model, REML
      Formula: pain_o ~ within(ex) + between(ex) + (1 | id)
      Rows: 2445, id: 559; 517 of 3000 rows dropped for missing values; 38 rows of people with too few rows left out
      logLik -3221.669, REML deviance 6443.339, AIC 6453.34, BIC 6482.35

      Random effects
       Group     Term         Variance  Std.Dev.
       id        (Intercept)    0.7861    0.8866
       Residual                 0.5115    0.7152

      Fixed effects (Satterthwaite degrees of freedom)
       Term         Estimate  Std.Error      df       t        p  95 % from        to
       (Intercept)    2.0426    0.09874   554.3  20.686  <0.0001     1.8487    2.2366
       within(ex)    -0.1217    0.01811  1880.5  -6.722  <0.0001    -0.1573  -0.08622
       between(ex)   -0.1035    0.02751   552.4  -3.764   0.0002    -0.1576  -0.04951

      People with at least two rows: 559
      Within-person SD of within(ex): 0.9093
      "
    `);
  });

  test("an ordinary regression with a normal interval and its warning", () => {
    const weeks = rows(readFixture("myaiguide_p1_weekly"));
    expect(printFit(lmm("kneePain ~ wk + steps1000", weeks, { df: "none" }))).toMatchInlineSnapshot(`
      "Linear regression, REML
      Formula: kneePain ~ wk + steps1000
      Rows: 348
      logLik 222.295, REML deviance -444.589, AIC -436.59, BIC -421.18

      Residual
       Group     Term  Variance  Std.Dev.
       Residual         0.01489    0.1220

      Fixed effects (normal tests and intervals)
       Term           Estimate   Std.Error        z        p   95 % from          to
       (Intercept)      3.0267     0.02770  109.270  <0.0001      2.9724      3.0810
       wk           -0.0002770  0.00006698   -4.135  <0.0001  -0.0004083  -0.0001457
       steps1000    -0.0003549    0.004133   -0.086   0.9316   -0.008456    0.007746

      Note: Expected independent rows, as ordinary regression does; found no column that says whose each row is (--id, or a random term). Rows of one person, such as their days, are not independent, and standard errors are then usually too small. With several people add (1 | person); with one person read the intervals as too narrow. [lm.rows-not-independent]
      "
    `);
  });
});

describe("what only some models have", () => {
  const three = {
    kind: "rows",
    table: selectRows(readFixture("sleepstudy"), (row) => row % 10 < 3),
  } as const;
  const unstructured = lmm("Reaction ~ Days", three, {
    id: "Subject",
    residual: { type: "unstructured", time: "Days" },
  });

  test("a residual structure travels with its intervals, its waves and their standard deviations", () => {
    const { residual } = fitToJson(unstructured);
    expect(residual?.waves).toEqual([0, 1, 2]);
    expect(residual?.stdDevRatio).toEqual(unstructured.residual.stdDevRatio);
    for (const part of [residual?.parameters, residual?.lower, residual?.upper]) expect(part).toHaveLength(3);
    expect(Object.keys(residual ?? {})).toEqual(
      "type parameters unit time waves lower upper step range stdDevRatio".split(" "),
    );
    const ar1 = lmm("Reaction ~ Days", three, { id: "Subject", residual: { type: "ar1", time: "Days" } });
    expect(fitToJson(ar1).residual).toMatchObject({ type: "ar1", step: 1, waves: null, stdDevRatio: null });
  });

  test("a residual structure is printed with its intervals and standard deviations", () => {
    const text = printFit(unstructured);
    expect(text).toMatch(/Residual structure unstructured\(Days\): .*95 % interval: 0\.\d+ \(.* to .*\)/);
    expect(text).toMatch(/Residual SD of each Days relative to the first: 1\.0000, \d/);
  });

  test("fits pooled over imputations say how many, and what is missing", () => {
    const fits = [0, 1, 2].map((k) => {
      const part = selectRows(readFixture("sleepstudy"), (row) => row % 7 !== k);
      return lmm("Reaction ~ Days + (1 | Subject)", { kind: "rows", table: part });
    });
    const pooled = pool(fits);
    const json = fitToJson(pooled);
    expect(json).toMatchObject({ estimator: "pooled", pooledEstimator: "lmm", m: 3, singular: null });
    expect(json.fixed[1].fmi).toBe(pooled.fixed[1].fmi);
    expect(JSON.stringify(json)).not.toContain("NaN");
    const text = printFit(pooled);
    expect(text).toContain("Pooled over imputations, linear mixed model");
    expect(text).toContain("degrees of freedom of Barnard and Rubin");
    expect(text).toMatch(/Imputations: 3; .*\n Term +Missing information +Monte-Carlo error\n/);
  });

  test("random-effects regression shows both of its variances, and no within-person SD of what is constant", () => {
    const table = readFixture("sleepstudy");
    const ids = table.columns.Subject;
    const codes = ids.kind === "factor" ? ids.codes : ids.values;
    const group = numericColumn(Array.from(codes, (code) => code % 2));
    const fit = re("Reaction ~ Days + group", rows(createTable({ ...table.columns, group })), {
      id: "Subject",
    });
    const text = printFit(fit);
    expect(text).toMatch(/Person +\(Intercept\) +\d/);
    expect(text).toContain("Within-person SD of Days");
    expect(text).not.toContain("Within-person SD of group");
    expect(fitToJson(fit).variances).toEqual(fit.variances);
  });

  test("an estimate without a standard error is where a search stopped: it is neither printed nor written", () => {
    const fit = lmm("Reaction ~ Days + (1 | Subject)", rows(readFixture("sleepstudy")));
    const unknown = { stdError: NaN, statistic: NaN, pValue: NaN, lower: NaN, upper: NaN };
    const stopped = { ...fit, fixed: fit.fixed.map((row) => ({ ...row, ...unknown })) };
    expect(printFit(stopped)).not.toContain("NaN");
    expect(printFit(stopped)).not.toContain("251.4");
    expect(fitToJson(stopped).fixed[0].estimate).toBeNull();
    expect(fitToJson(stopped).warnings.map(({ code }) => code)).toContain("fit.not-finite");
  });
});
