import { describe, expect, test } from "vitest";
import { parseFormula } from "../../formula/parse.ts";
import { modelFrame } from "../../frame/model-frame.ts";
import { createRandom } from "../../random/random.ts";
import { ordinalTable } from "../../testing/ordinal.ts";
import { negativeLogLik } from "./objective.ts";
import { createCriterion } from "./optimum.ts";
import { setupCategorical } from "./setup.ts";
import { createWorkspace, parameterCount } from "./workspace.ts";

const truth = { people: 25, waves: 4, thresholds: [-1, 0.5, 2], effect: 0.7, sd: 1.5, slopeSd: 0.5, seed: 3 };
const ordinal = ordinalTable(truth);
const binary = ordinalTable({ ...truth, thresholds: [0] });

function criterionOf(formula: string, nodes: number) {
  const model = formula.startsWith("y01") ? "glmm" : "clmm";
  const outcome = model === "glmm" ? "binary" : "category";
  const table = model === "glmm" ? binary : ordinal;
  const frame = modelFrame(parseFormula(formula.replace("y01", "y")), table, { outcome });
  const setup = setupCategorical(frame, model);
  return createCriterion(setup.rows, setup.random?.places ?? [], nodes);
}

function valueAt(criterion: ReturnType<typeof criterionOf>, psi: Float64Array) {
  const gradient = new Float64Array(psi.length);
  const value = negativeLogLik(criterion, createWorkspace(criterion), psi, { gradient });
  return { value, gradient };
}

describe.each([
  "y ~ x + z + (1 | id)",
  "y ~ x + z + (1 + x | id)",
  "y ~ x + z + (1 + x || id)",
  "y ~ z + (0 + x | id)",
  "y ~ x + z",
  "y01 ~ x + z + (1 | id)",
  "y01 ~ 0 + x + z + (1 + x | id)",
])("the gradient of the approximated likelihood of %s", (formula) => {
  test.each([1, 2, 9])("is that of finite differences with %i nodes", (nodes) => {
    const criterion = criterionOf(formula, nodes);
    const random = createRandom(nodes);
    const psi = Float64Array.from({ length: parameterCount(criterion) }, () => 0.7 * random.normal());
    const { gradient } = valueAt(criterion, psi);
    const differences = psi.map((_, i) => {
      const at = (h: number) =>
        valueAt(
          criterion,
          psi.map((value, j) => (i === j ? value + h : value)),
        ).value;
      const h = 1e-3;
      return (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
    });
    gradient.forEach((value, i) => {
      expect(Math.abs(value - differences[i])).toBeLessThan(1e-7 * Math.max(1, Math.abs(value)));
    });
  });
});

test("the products of the scores add up to what the gradient says", () => {
  const criterion = criterionOf("y ~ x + (1 | id)", 5);
  const n = parameterCount(criterion);
  const gradient = new Float64Array(n);
  const products = new Float64Array(n * n);
  negativeLogLik(criterion, createWorkspace(criterion), new Float64Array(n).fill(0.3), {
    gradient,
    products,
  });
  // Cauchy and Schwarz: (sum of s)^2 <= people * sum of s^2.
  for (let i = 0; i < n; i++) {
    expect(gradient[i] ** 2).toBeLessThanOrEqual(truth.people * products[i * n + i]);
    for (let j = 0; j < n; j++) expect(products[i * n + j]).toBeCloseTo(products[j * n + i], 9);
  }
});

test("thresholds beyond what can be computed give an infinite value instead of a wrong one", () => {
  const criterion = criterionOf("y ~ x", 1);
  expect(valueAt(criterion, Float64Array.of(500, 0, 0, 0)).value).toBe(Number.POSITIVE_INFINITY);
  expect(valueAt(criterion, Float64Array.of(0, -800, 0, 0)).value).toBe(Number.POSITIVE_INFINITY);
});

/** log of the integral over both effects of every person, on a fine grid that follows no mode. */
function integralOnGrid(psi: Float64Array): number {
  const { rows } = criterionOf("y ~ x + z + (1 + x | id)", 1);
  const thresholds = [Number.NEGATIVE_INFINITY, psi[0], 0, 0, Number.POSITIVE_INFINITY];
  for (let k = 1; k < 3; k++) thresholds[k + 1] = thresholds[k] + Math.exp(psi[k]);
  const logistic = (x: number) => 1 / (1 + Math.exp(-x));
  const step = 0.08;
  let total = 0;
  for (let g = 0; g + 1 < rows.starts.length; g++) {
    let sum = 0;
    for (let u = -7; u <= 7; u += step) {
      for (let v = -7; v <= 7; v += step) {
        let density = (Math.exp(-(u * u + v * v) / 2) / (2 * Math.PI)) * step * step;
        for (let i = rows.starts[g]; i < rows.starts[g + 1]; i++) {
          const [z0, z1] = [rows.z[2 * i], rows.z[2 * i + 1]];
          const fixed = psi[3] * rows.x[2 * i] + psi[4] * rows.x[2 * i + 1];
          const eta = fixed + z0 * psi[5] * u + z1 * (psi[6] * u + psi[7] * v);
          const cell = rows.category[i];
          density *= logistic(thresholds[cell + 1] - eta) - logistic(thresholds[cell] - eta);
        }
        sum += density;
      }
    }
    total += Math.log(sum);
  }
  return total;
}

test("the approximated likelihood of two random effects approaches the integral on a grid", () => {
  const psi = Float64Array.of(-1, 0.4, 0.5, 0.7, 0.3, 1.5, 0.3, 0.8);
  const exact = integralOnGrid(psi);
  const error = (nodes: number) =>
    Math.abs(-valueAt(criterionOf("y ~ x + z + (1 + x | id)", nodes), psi).value - exact);
  expect(error(9)).toBeLessThan(2e-4);
  expect(error(25)).toBeLessThan(1e-7);
  expect(error(25)).toBeLessThan(error(3));
});
