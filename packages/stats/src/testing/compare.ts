import { expect } from "vitest";

/** Asserts that `actual` is within `tolerance` of `expected`, relative to the expected size. */
export function expectRelative(actual: number | null, expected: number, tolerance: number, what = ""): void {
  const error = Math.abs((actual ?? Number.NaN) - expected);
  const allowed = tolerance * Math.abs(expected) + 1e-300;
  expect(error <= allowed, `${what}: ${actual} is not within ${tolerance} (relative) of ${expected}`).toBe(
    true,
  );
}

/** Asserts that `actual` is within `tolerance` of `expected`, in units of the number. */
export function expectAbsolute(actual: number | null, expected: number, tolerance: number, what = ""): void {
  const error = Math.abs((actual ?? Number.NaN) - expected);
  expect(error <= tolerance, `${what}: ${actual} is not within ${tolerance} of ${expected}`).toBe(true);
}
