import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../random/random.ts";
import { expectAbsolute, expectRelative } from "../../testing/compare.ts";
import { modelOf, riclpmTable, type TableRow } from "../../testing/sem-models.ts";
import { mergeSem, reduceSem, semData, semDataFromSums } from "./data.ts";
import { fitSem, semScorePoints } from "./fit.ts";
import { impliedDerivatives, impliedMoments } from "./implied.ts";
import type { SemFit, SemModel, SemRows } from "./model.ts";
import { type SemProblem, semPoint } from "./objective.ts";
import { mergeScores, reduceScores } from "./scores.ts";
import { semStructure } from "./structure.ts";

// A fixed seed: a failure found once stays found, and no run fails by chance.
fc.configureGlobal({ seed: 65279 });

const seeds = fc.integer({ min: 1, max: 1_000_000 });
const start = { vx: 2, vy: 2, mx: 0.5, my: 0.5 };

/** People with traits, carried-over deviations and gaps: x1..xT, then y1..yT. */
function panel(seed: number, { people = 150, waves = 3, missing = 0.15 } = {}): SemRows {
  const random = createRandom(seed);
  const columns = Array.from({ length: 2 * waves }, () => new Float64Array(people).fill(Number.NaN));
  for (let i = 0; i < people; i++) {
    const [trait, other] = [random.normal(), random.normal()];
    let [x, y] = [random.normal(), random.normal()];
    for (let t = 0; t < waves; t++) {
      [x, y] = [0.3 * x + 0.1 * y + random.normal(), 0.1 * x + 0.3 * y + random.normal()];
      if (t === 0 || random.uniform() > missing) columns[t][i] = 1 + trait + x;
      if (t === 0 || random.uniform() > missing) columns[waves + t][i] = 0.5 * trait + other + y;
    }
  }
  const name = (letter: string) => Array.from({ length: waves }, (_, t) => `${letter}${t + 1}`);
  return { names: [...name("x"), ...name("y")], columns, groups: new Int32Array(people), labels: [""] };
}

function subset(rows: SemRows, keep: readonly number[]): SemRows {
  return {
    ...rows,
    columns: rows.columns.map((column) => Float64Array.from(keep, (i) => column[i])),
    groups: Int32Array.from(keep, (i) => rows.groups[i]),
  };
}

function shuffledIndices(count: number, seed: number): number[] {
  const random = createRandom(seed);
  const order = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

function fitted(model: SemModel, rows: SemRows): SemFit {
  return fitSem(model, semData(rows), { se: "observed", level: 0.95 });
}

/** Loadings, loops of regressions, intercepts and equalities at once, with a mean for a latent variable. */
const FACTOR_ROWS: TableRow[] = [
  ["f", "=~", "x1", 1, 1],
  ["f", "=~", "x2", "load", 0.8],
  ["f", "=~", "x3", "load", 0.8],
  ["g", "=~", "y1", 1, 1],
  ["g", "=~", "y2", null, 0.7],
  ["g", "=~", "y3", null, 0.9],
  ["f", "~", "g", null, 0.3],
  ["f", "~~", "f", null, 1],
  ["g", "~~", "g", null, 1],
  ["f", "~1", "", null, 0.4],
  ["g", "~1", "", null, 0.2],
  ["x2", "~1", "", null, 0.1],
  ["x3", "~1", "", null, 0.1],
  ["y2", "~1", "", null, 0],
  ["y3", "~1", "", null, 0],
  ["x2", "~", "y1", null, 0.1],
  ["x1", "~~", "y1", null, 0.1],
  ...["x1", "x2", "x3", "y1", "y2", "y3"].map((name): TableRow => [name, "~~", name, null, 1]),
];
const FACTORS = modelOf(["x1", "x2", "x3", "y1", "y2", "y3"], ["f", "g"], FACTOR_ROWS);
const RICLPM = riclpmTable({ waves: 3, start });
const EQUAL = riclpmTable({ waves: 3, equalLags: true, start });

function jittered(problem: SemProblem, seed: number): Float64Array {
  const random = createRandom(seed);
  return problem.structure.start.map((value) => value + 0.1 * (random.uniform() - 0.5));
}

/** Central differences of a function of all parameters, one row for each. */
function differences(f: (theta: Float64Array) => Float64Array, theta: Float64Array): Float64Array[] {
  return Array.from(theta, (value, i) => {
    const step = 1e-5 * Math.max(1, Math.abs(value));
    const at = (size: number) => f(theta.map((element, j) => (i === j ? element + size : element)));
    const [above, below] = [at(step), at(-step)];
    return above.map((element, e) => (element - below[e]) / (2 * step));
  });
}

describe("derivatives of the likelihood", () => {
  test.each([
    ["an RI-CLPM", RICLPM],
    ["equal lags", EQUAL],
    ["two factors", FACTORS],
  ])("the gradient and the observed information of %s are those of differences", (_, model) => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const problem = { structure: semStructure(model), data: semData(panel(seed, { missing: 0.3 })) };
        const theta = jittered(problem, seed);
        const at = (x: Float64Array) => semPoint(problem, x, "observed");
        const point = at(theta);
        const slopes = differences((x) => Float64Array.of(at(x)?.logLik ?? Number.NaN), theta);
        slopes.forEach(([slope], i) => {
          expectAbsolute(point?.gradient[i] ?? null, slope, 1e-5 * (1 + Math.abs(slope)));
        });
        const curvature = differences((x) => at(x)?.gradient ?? new Float64Array(theta.length), theta);
        curvature.forEach((row, i) => {
          row.forEach((value, j) => {
            const ours = point?.information?.[i * theta.length + j] ?? null;
            expectAbsolute(ours, -value, 1e-5 * (100 + Math.abs(value)));
          });
        });
      }),
      { numRuns: 5 },
    );
  });

  test("the derivatives of implied moments, latent ones too, are those of differences", () => {
    const theta = Float64Array.from(semStructure(FACTORS).start);
    const [derivatives] = impliedDerivatives(FACTORS, Array.from(theta));
    const { variables } = impliedMoments(FACTORS, Array.from(theta))[0];
    const [f, y2] = [variables.indexOf("f"), variables.indexOf("y2")];
    const moments = (x: Float64Array) => {
      const { mean, covariance } = impliedMoments(FACTORS, Array.from(x))[0];
      return Float64Array.of(mean[f], covariance[f][y2], covariance[f][f]);
    };
    differences(moments, theta).forEach((row, i) => {
      expectAbsolute(derivatives.mean("f")[i], row[0], 1e-8);
      expectAbsolute(derivatives.covariance("f", "y2")[i], row[1], 1e-8);
      expectAbsolute(derivatives.covariance("f", "f")[i], row[2], 1e-8);
    });
    expect(() => derivatives.mean("nobody")).toThrow(/found "nobody"/);
    expect(() => impliedMoments(modelOf(["x"], [], [["x", "~", "x", 1, 0]]), [])).toThrow(/a loop/);
  });
});

describe("a structure does not depend on how the data are written down", () => {
  test("sums of parts, merged, are the sums of the whole", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const rows = panel(seed);
        const shift = rows.columns.map(() => 0.25);
        const options = { shift: Float64Array.from(shift) };
        const order = shuffledIndices(150, seed);
        const parts = [order.slice(0, 40), order.slice(40, 41), order.slice(41)];
        const merged = mergeSem(parts.map((part) => reduceSem(subset(rows, part), options)));
        const [together] = semDataFromSums(merged);
        const [whole] = semData(rows, options);
        expect(together.nobs).toBe(whole.nobs);
        whole.patterns.forEach((pattern, i) => {
          expect(together.patterns[i].observed).toEqual(pattern.observed);
          pattern.covariance.forEach((value, e) => {
            expectAbsolute(together.patterns[i].covariance[e], value, 1e-12);
          });
          pattern.mean.forEach((value, e) => {
            expectAbsolute(together.patterns[i].mean[e], value, 1e-12);
          });
        });
      }),
      { numRuns: 10 },
    );
    const sums = reduceSem(panel(1));
    expect(() => mergeSem([sums, { ...sums, labels: ["other"] }])).toThrow(/the same variables and groups/);
    expect(() => mergeSem([])).toThrow(/different ones or none/);
  });

  test("parts with shifts of their own give the fit of the whole to nine digits", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const rows = panel(seed);
        const order = shuffledIndices(150, seed);
        const parts = [order.slice(0, 60), order.slice(60)].map((part) => reduceSem(subset(rows, part)));
        const options = { se: "observed", level: 0.95 } as const;
        const fit = fitSem(EQUAL, semData(rows), options);
        const data = semDataFromSums(mergeSem(parts));
        const merged = fitSem(EQUAL, data, options);
        expectRelative(merged.logLik, fit.logLik, 1e-11);
        fit.estimates.forEach((value, i) => {
          const error = fit.stdErrors?.[i] ?? Number.NaN;
          expectAbsolute(merged.estimates[i], value, 1e-9 * error);
          expectRelative(merged.stdErrors?.[i] ?? null, error, 1e-9);
        });
      }),
      { numRuns: 10 },
    );
  });

  test("robust standard errors need the rows once more, and the parts of that reading add up too", () => {
    const rows = panel(21);
    const order = shuffledIndices(150, 4);
    const parts = [order.slice(0, 60), order.slice(60)].map((part) => subset(rows, part));
    const data = semDataFromSums(mergeSem(parts.map((part) => reduceSem(part))));
    const { estimates } = fitSem(EQUAL, data, { se: "observed", level: 0.95 });
    const points = semScorePoints(EQUAL, data, estimates);
    const scores = mergeScores(parts.map((part) => reduceScores(points, part)));
    const merged = fitSem(EQUAL, data, { se: "robust", level: 0.95, scores });
    const whole = fitSem(EQUAL, semData(rows), { se: "robust", level: 0.95, rows });
    expectRelative(merged.scalingFactor, whole.scalingFactor ?? Number.NaN, 1e-9);
    whole.stdErrors?.forEach((error, i) => {
      expectRelative(merged.stdErrors?.[i] ?? null, error, 1e-9);
    });
    expect(() => mergeScores([])).toThrow(/different ones or none/);
  });

  test("the order of the rows changes nothing beyond rounding", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const rows = panel(seed);
        const fit = fitted(EQUAL, rows);
        const again = fitted(EQUAL, subset(rows, shuffledIndices(150, seed)));
        expectRelative(again.logLik, fit.logLik, 1e-12);
        fit.estimates.forEach((value, i) => {
          expectAbsolute(again.estimates[i], value, 1e-9);
          expectRelative(again.stdErrors?.[i] ?? null, fit.stdErrors?.[i] ?? Number.NaN, 1e-8);
        });
      }),
      { numRuns: 10 },
    );
  });

  test("units and origins of the variables rescale estimates and leave tests alone", () => {
    const units = fc.constantFrom(1e-8, 1e-3, 365.25, 1e8);
    fc.assert(
      fc.property(seeds, units, units, fc.constantFrom(0, 2013, -5e5), (seed, a, b, shift) => {
        const rows = panel(seed, { people: 300 });
        const columns = rows.columns.map((column, j) =>
          column.map((value) => (j < 3 ? a * (value + shift) : b * value)),
        );
        const units = { vx: 2 * a * a, vy: 2 * b * b, mx: a * (0.5 + shift), my: 0.5 * b };
        const fit = fitted(EQUAL, rows);
        const other = fitted(riclpmTable({ waves: 3, equalLags: true, start: units }), { ...rows, columns });
        expect(other.converged).toBe(fit.converged);
        expectRelative(other.chiSquare, fit.chiSquare ?? Number.NaN, 1e-5);
        expectAbsolute(other.srmr, fit.srmr ?? Number.NaN, 1e-6);
        EQUAL.parameters.forEach(({ lhs, op, rhs, free }) => {
          if (free === null || op === "~1") return;
          const unit = (name: string) => (name.includes("x") ? a : b);
          const factor = op === "~" ? unit(lhs) / unit(rhs) : unit(lhs) * unit(rhs);
          expectAbsolute(other.estimates[free] / factor, fit.estimates[free], 1e-6);
          expectRelative((other.stdErrors?.[free] ?? 0) / factor, fit.stdErrors?.[free] ?? Number.NaN, 1e-5);
        });
      }),
      { numRuns: 15 },
    );
  });
});

describe("identities", () => {
  test("with complete rows the likelihood is that of the one covariance matrix", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const [group] = semData(panel(seed, { missing: 0 }));
        const fit = fitSem(EQUAL, [group], { se: "expected", level: 0.95 });
        const observed = fitSem(EQUAL, [group], { se: "observed", level: 0.95 });
        expect(group.patterns.length).toBe(1);
        // The saturated model of one pattern is its own moments: log|S| + p.
        const { covariance, count } = group.patterns[0];
        const saturated = modelOf(
          EQUAL.observed,
          [],
          EQUAL.observed.flatMap((name, i): TableRow[] => [
            [name, "~1", "", null, 1],
            ...EQUAL.observed
              .slice(0, i + 1)
              .map((other): TableRow => [name, "~~", other, null, name === other ? 3 : 0]),
          ]),
        );
        const free = fitSem(saturated, [group], { se: "observed", level: 0.95 });
        expect(free.df).toBe(0);
        expectAbsolute(free.chiSquare, 0, 1e-6);
        expect(free.pValue).toBeNull();
        expectRelative(free.logLik, fit.logLikSaturated ?? Number.NaN, 1e-12);
        free.implied[0].covariance.flat().forEach((value, e) => {
          expectAbsolute(value, covariance[e], 1e-7);
        });
        expect(observed.logLik).toBe(fit.logLik);
        expect(count).toBe(fit.nobs);
      }),
      { numRuns: 5 },
    );
  });

  test("two groups with the same rows and equal parameters are one group twice", () => {
    const rows = panel(7);
    const order = Array.from({ length: 300 }, (_, i) => i % 150);
    const doubled = {
      ...subset(rows, order),
      groups: Int32Array.from(order, (_, i) => (i < 150 ? 0 : 1)),
      labels: ["first", "second"],
    };
    const one = fitted(EQUAL, rows);
    const two = fitted(
      riclpmTable({ waves: 3, equalLags: true, start, groups: ["first", "second"] }),
      doubled,
    );
    expectRelative(two.logLik, 2 * one.logLik, 1e-12);
    expectRelative(two.chiSquare, 2 * (one.chiSquare ?? Number.NaN), 1e-7);
    expectRelative(two.rmsea, (one.rmsea ?? Number.NaN) * 1, 1);
    one.estimates.forEach((value, i) => {
      expectAbsolute(two.estimates[i], value, 1e-8);
      expectAbsolute(two.estimates[one.nparameters + i], value, 1e-8);
      expectRelative(two.stdErrors?.[i] ?? null, one.stdErrors?.[i] ?? Number.NaN, 1e-7);
    });
  });

  test("with equal lags and the residuals of a stationary process every wave has the same covariance", () => {
    // Sigma = Phi Sigma Phi' + Psi, so that Cov(w_t, w_(t-k)) = Phi^k Sigma.
    const [a, b, c, d] = [0.3, -0.1, 0.05, 0.4];
    const [vx, vxy, vy] = [1, 0.2, 1.5];
    const psi = {
      xx: vx - (a * a * vx + 2 * a * b * vxy + b * b * vy),
      xy: vxy - (a * c * vx + (a * d + b * c) * vxy + b * d * vy),
      yy: vy - (c * c * vx + 2 * c * d * vxy + d * d * vy),
    };
    const lags = { wxwx: a, wxwy: b, wywx: c, wywy: d };
    const at = ({ lhs, op, rhs, value }: SemModel["parameters"][number]): number => {
      const kind = lhs.slice(0, 2) + rhs.slice(0, 2);
      if (op === "~") return lags[kind as keyof typeof lags];
      if (op !== "~~" || lhs.startsWith("RI")) return value;
      const first = lhs.endsWith("1");
      if (kind === "wxwx") return first ? vx : psi.xx;
      return kind === "wywy" ? (first ? vy : psi.yy) : first ? vxy : psi.xy;
    };
    const model = riclpmTable({ waves: 4, start });
    const estimates: number[] = [];
    for (const parameter of model.parameters) {
      if (parameter.free !== null) estimates[parameter.free] = at(parameter);
    }
    const [{ variables, covariance }] = impliedMoments(model, estimates);
    const between = (first: string, second: string) =>
      covariance[variables.indexOf(first)][variables.indexOf(second)];
    for (const t of [1, 2, 3, 4]) {
      expectAbsolute(between(`wx${t}`, `wx${t}`), vx, 1e-14);
      expectAbsolute(between(`wx${t}`, `wy${t}`), vxy, 1e-14);
      expectAbsolute(between(`wy${t}`, `wy${t}`), vy, 1e-14);
      // The random intercepts add their covariance to that of the deviations.
      expectAbsolute(between(`x${t}`, `x${t}`), vx + start.vx / 2, 1e-14);
    }
    for (const t of [2, 3, 4]) {
      expectAbsolute(between(`wy${t}`, `wx${t - 1}`), c * vx + d * vxy, 1e-14);
    }
    const twice = { xx: a * a + b * c, xy: a * b + b * d };
    expectAbsolute(between("wx4", "wx2"), twice.xx * vx + twice.xy * vxy, 1e-14);
  });

  test("a random intercept fixed at zero is the cross-lagged panel model", () => {
    const rows = panel(11);
    const isIntercept = (name: string) => name.startsWith("RI");
    const fixed = EQUAL.parameters.map((p) =>
      p.op === "~~" && isIntercept(p.lhs) ? { ...p, free: null, value: 0 } : p,
    );
    // Numbered anew, without gaps.
    const used = [...new Set(fixed.flatMap(({ free }) => free ?? []))];
    const parameters = fixed.map((p) => ({ ...p, free: p.free === null ? null : used.indexOf(p.free) }));
    const zero = fitted({ ...EQUAL, parameters }, rows);
    const clpm = fitted(riclpmTable({ waves: 3, equalLags: true, clpm: true, start }), rows);
    expectRelative(zero.logLik, clpm.logLik, 1e-12);
    expect(zero.df).toBe(clpm.df);
  });

  test("the intervals and errors do not need the start values", () => {
    fc.assert(
      fc.property(seeds, fc.double({ min: 0.05, max: 20, noNaN: true }), (seed, size) => {
        const rows = panel(seed, { people: 300 });
        const far = { vx: 2 * size, vy: 2 / size, mx: 10 * size, my: -5 };
        const fit = fitted(EQUAL, rows);
        const other = fitted(riclpmTable({ waves: 3, equalLags: true, start: far }), rows);
        expect(other.converged).toBe(true);
        expectRelative(other.logLik, fit.logLik, 1e-10);
      }),
      { numRuns: 15 },
    );
  });
});
