import { describe, expect, test } from "vitest";
import { minimize } from "./newton.ts";

describe("the optimiser", () => {
  test("finds the minimum of Rosenbrock's valley", () => {
    const found = minimize(
      (x, gradient) => {
        const [a, b] = [1 - x[0], x[1] - x[0] * x[0]];
        gradient[0] = -2 * a - 400 * x[0] * b;
        gradient[1] = 200 * b;
        return a * a + 100 * b * b;
      },
      Float64Array.of(-1.2, 1),
    );
    expect(found.converged).toBe(true);
    expect(Math.abs(found.x[0] - 1)).toBeLessThan(1e-7);
    expect(Math.abs(found.hessian[0] - 802)).toBeLessThan(1e-3);
  });

  test("leaves a saddle at zero, where a symmetric function has no slope", () => {
    // Even in its first argument, like a deviance in a standard deviation.
    const found = minimize(
      (x, gradient) => {
        gradient[0] = x[0] ** 3 - x[0];
        gradient[1] = 2 * x[1];
        return x[0] ** 4 / 4 - x[0] ** 2 / 2 + x[1] ** 2;
      },
      Float64Array.of(0, 1),
    );
    expect(found.converged).toBe(true);
    expect(Math.abs(Math.abs(found.x[0]) - 1)).toBeLessThan(1e-7);
    expect(found.value).toBeCloseTo(-0.25, 12);
  });

  test("goes back from a step to where the function does not exist", () => {
    const found = minimize((x, gradient) => {
      gradient[0] = 1 - 1 / x[0];
      return x[0] > 0 ? x[0] - Math.log(x[0]) : Number.POSITIVE_INFINITY;
    }, Float64Array.of(8));
    expect(found.converged).toBe(true);
    expect(Math.abs(found.x[0] - 1)).toBeLessThan(1e-6);
  });

  test("says so when there is no minimum", () => {
    const found = minimize((x, gradient) => {
      gradient[0] = -1;
      return -x[0];
    }, Float64Array.of(0));
    expect(found.converged).toBe(false);
  });

  test("has nothing to do without parameters", () => {
    expect(minimize(() => 3, new Float64Array(0)).value).toBe(3);
  });
});
