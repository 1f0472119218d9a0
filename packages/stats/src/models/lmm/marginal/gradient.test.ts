import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { minimize } from "../../../optimize/newton.ts";
import { createRandom, type Random } from "../../../random/random.ts";
import {
  mergePatterns,
  type PatternPart,
  type PatternSums,
  reducePatterns,
} from "../../../sums/pattern-sums.ts";
import { reduce } from "../../../sums/reduce.ts";
import { expectRelative } from "../../../testing/compare.ts";
import { unpackInto } from "../fixed-state.ts";
import { createWorkspace, devianceGradient as oldGradient, profiledDeviance } from "../objective.ts";
import type { CorrelatedType } from "../residual-options.ts";
import { devianceGradient, evaluate, type MarginalCriterion } from "./criterion.ts";
import { findMarginalOptimum } from "./optimum.ts";
import type { Positions } from "./positions.ts";
import { productDerivatives } from "./solution.ts";
import { residualModel, toeplitzCorrelations } from "./structures.ts";

const TYPES: readonly CorrelatedType[] = ["ar1", "car1", "toeplitz", "unstructured", "variances"];
const WAVES = 4;

/** People seen at two to four of four waves, with an intercept and a slope of time; some at times of their own. */
function simulatedPart(random: Random, own: boolean): PatternPart {
  const columns: number[][] = [[], [], [], []];
  const z: number[][] = [[], []];
  const positions: number[] = [];
  const groups: number[] = [];
  const people = 14;
  for (let person = 0; person < people; person++) {
    const level = random.normal();
    const last = person < 3 ? WAVES : 2 + Math.floor(random.uniform() * (WAVES - 1));
    for (let wave = 0; wave < last; wave++) {
      const time = own ? wave + 0.3 * random.uniform() : wave;
      const x = random.normal();
      positions.push(time);
      groups.push(person);
      columns[0].push(1);
      columns[1].push(time);
      columns[2].push(x);
      columns[3].push(0.3 * x + level + random.normal());
      z[0].push(1);
      z[1].push(time - 1.5);
    }
  }
  return {
    columns: columns.map((column) => Float64Array.from(column)),
    random: z.map((column) => Float64Array.from(column)),
    groups: Int32Array.from(groups),
    ngroups: people,
    positions: Float64Array.from(positions),
  };
}

function criterionOf(part: PatternPart, type: CorrelatedType, reml: boolean): MarginalCriterion {
  const sums = reducePatterns(part);
  const { codes, count } = { codes: part.groups, count: part.ngroups };
  const positions: Positions = {
    values: part.positions,
    step: 1,
    waves: [0, 1, 2, 3],
    people: { codes, count },
  };
  const nu = reml ? sums.nobs - (sums.m - 1) : sums.nobs;
  const places = { row: Int32Array.of(0, 1, 1), column: Int32Array.of(0, 0, 1) };
  return { sums, places, residual: residualModel(type, positions), reml, nu };
}

function value(criterion: MarginalCriterion, x: Float64Array): number {
  return evaluate(criterion, x)?.deviance ?? Number.NaN;
}

function differencedGradient(criterion: MarginalCriterion, x: Float64Array): Float64Array {
  return x.map((at, k) => {
    const h = 1e-4 * Math.max(1, Math.abs(at));
    const moved = (by: number) =>
      value(
        criterion,
        x.map((other, j) => (j === k ? other + by : other)),
      );
    return (8 * (moved(h) - moved(-h)) - (moved(2 * h) - moved(-2 * h))) / (12 * h);
  });
}

const inUnit = fc.double({ min: -0.8, max: 0.8, noNaN: true });

function checkGradients(criterionAt: (seed: number, reml: boolean) => MarginalCriterion): void {
  const draws = fc.array(inUnit, { minLength: 16, maxLength: 16 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.boolean(), draws, (seed, reml, values) => {
      const criterion = criterionAt(seed, reml);
      const x = Float64Array.from(values.slice(0, 3 + criterion.residual.count));
      const evaluation = evaluate(criterion, x);
      if (evaluation === null) throw new Error("not positive definite");
      const gradient = devianceGradient(criterion, evaluation);
      differencedGradient(criterion, x).forEach((slope, k) => {
        expect(Math.abs(gradient[k] - slope)).toBeLessThan(1e-6 * Math.max(1, Math.abs(slope)));
      });
    }),
    { numRuns: 25 },
  );
}

test("the deviance of people with times of their own has the gradient that differences give", () => {
  checkGradients((seed, reml) => criterionOf(simulatedPart(createRandom(seed), true), "car1", reml));
});

/** A by every row and column at x, m x m. */
function productsAt(criterion: MarginalCriterion, x: Float64Array): Float64Array {
  const evaluation = evaluate(criterion, x);
  if (evaluation === null) throw new Error("not positive definite");
  const full = new Float64Array(criterion.sums.m ** 2);
  unpackInto(full, evaluation.fixed.a, criterion.sums.m, criterion.sums.m);
  return full;
}

test.each(TYPES)(
  "the derivatives of the cross-products with residuals of type %s are those of differences",
  (type) => {
    const part = simulatedPart(createRandom(5), false);
    const together = criterionOf(part, type, true);
    const alone = { ...together, sums: mergePatterns(onePersonEach(part)) };
    const x = Float64Array.from({ length: 3 + together.residual.count }, (_, k) => 0.3 - 0.07 * (k % 4));
    for (const criterion of [together, alone]) {
      const evaluation = evaluate(criterion, x);
      if (evaluation === null) throw new Error("not positive definite");
      productDerivatives({ criterion, evaluation, x }).forEach((slope, k) => {
        const moved = (by: number) =>
          productsAt(
            criterion,
            x.map((at, j) => (j === k ? at + by : at)),
          );
        const [up, down] = [moved(1e-5), moved(-1e-5)];
        slope.forEach((value, e) => {
          expect(Math.abs(value - (up[e] - down[e]) / 2e-5)).toBeLessThan(
            1e-5 * Math.max(1, Math.abs(value)),
          );
        });
      });
    }
  },
);

test("independent residuals reach the optimum of the engine for independent residuals", () => {
  const part = simulatedPart(createRandom(12), false);
  const blocks = [{ group: "id", names: ["(Intercept)", "time"], start: 0 }];
  const oneWave = { ...part, positions: new Float64Array(part.positions.length) };
  const { sums, nu } = criterionOf(oneWave, "variances", true);
  const people = { codes: part.groups, count: part.ngroups };
  const residual = residualModel("variances", { values: oneWave.positions, step: 1, waves: [0], people });
  const found = findMarginalOptimum({ sums, reml: true, nu, residual }, blocks);
  const places = { row: Int32Array.of(0, 1, 1), column: Int32Array.of(0, 0, 1) };
  const old = { sums: reduce(part), places, reml: true, nu };
  const work = createWorkspace(old);
  const lowest = minimize(
    (theta, gradient) => {
      const deviance = profiledDeviance(old, work, theta);
      gradient.set(oldGradient(old, work));
      return deviance;
    },
    Float64Array.of(1, 0, 1),
  );
  expectRelative(found?.evaluation.deviance ?? null, lowest.value, 1e-10);
});

test("a correlation of zero gives the deviance of independent residuals", () => {
  const part = simulatedPart(createRandom(7), false);
  const { places, nu, ...criterion } = criterionOf(part, "ar1", true);
  const independent = { sums: reduce(part), places, reml: true, nu };
  const theta = Float64Array.of(0.9, 0.2, 0.5);
  const expected = profiledDeviance(independent, createWorkspace(independent), theta);
  expectRelative(value({ ...criterion, places, nu }, Float64Array.of(...theta, 0)), expected, 1e-12);
});

describe.each(TYPES)("the deviance with residuals of type %s", (type) => {
  test("has the gradient that differences give", () => {
    checkGradients((seed, reml) => criterionOf(simulatedPart(createRandom(seed), false), type, reml));
  });

  test("is the same row by row as from sums of patterns, and from parts that are merged", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const part = simulatedPart(createRandom(seed), false);
        const criterion = criterionOf(part, type, true);
        const x = Float64Array.from({ length: 3 + criterion.residual.count }, (_, k) => 0.4 - 0.1 * (k % 5));
        const parts = [0, 1].map((half) => reducePatterns(someRows(part, half)));
        const merged = { ...criterion, sums: mergePatterns(parts) };
        const alone = { ...criterion, sums: mergePatterns(onePersonEach(part)) };
        expectRelative(value(merged, x), value(criterion, x), 1e-12);
        expectRelative(value(alone, x), value(criterion, x), 1e-12);
        const single = evaluate(alone, x);
        const together = evaluate(criterion, x);
        if (single === null || together === null) throw new Error("not positive definite");
        const expected = devianceGradient(criterion, together);
        devianceGradient(alone, single).forEach((slope, k) => {
          expect(Math.abs(slope - expected[k])).toBeLessThan(1e-9 * Math.max(1, Math.abs(expected[k])));
        });
      }),
      { numRuns: 15 },
    );
  });
});

/** The rows of people whose number is even or odd. */
function someRows(part: PatternPart, half: number): PatternPart {
  return selected(part, (person) => person % 2 === half);
}

/** Each person in a part of their own, which keeps their rows as a series. */
function onePersonEach(part: PatternPart): PatternSums[] {
  return Array.from({ length: part.ngroups }, (_, person) =>
    reducePatterns(selected(part, (other) => other === person)),
  );
}

function selected(part: PatternPart, keep: (person: number) => boolean): PatternPart {
  const rows = [...part.groups.keys()].filter((i) => keep(part.groups[i]));
  const numbers = [...new Set(rows.map((i) => part.groups[i]))];
  const take = (column: Float64Array) => Float64Array.from(rows, (i) => column[i]);
  return {
    columns: part.columns.map(take),
    random: part.random.map(take),
    groups: Int32Array.from(rows, (i) => numbers.indexOf(part.groups[i])),
    ngroups: numbers.length,
    positions: take(part.positions),
  };
}

test("partial autocorrelations always give a positive definite Toeplitz matrix, and the first is the first correlation", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 1, maxLength: 6 }),
      (draws) => {
        const { values } = toeplitzCorrelations(Float64Array.from(draws));
        expect(values[1]).toBeCloseTo(Math.tanh(draws[0]), 12);
        for (const correlation of values) expect(Math.abs(correlation)).toBeLessThanOrEqual(1 + 1e-12);
      },
    ),
  );
});
