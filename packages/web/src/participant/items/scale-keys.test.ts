import { describe, expect, test } from "vitest";
import { figureTyped } from "./scale-keys.ts";

const scale = { min: 0, max: 10 };

describe("the keys 0 to 9 on a 0 to 10 scale", () => {
  test("each figure answers at once", () => {
    expect(figureTyped("7", 0, scale, undefined)?.value).toBe(7);
  });
  test("1 then 0 within a second is 10; later it is 0", () => {
    const one = figureTyped("1", 0, scale, undefined);
    expect(figureTyped("0", 900, scale, one)?.value).toBe(10);
    expect(figureTyped("0", 1100, scale, one)?.value).toBe(0);
  });
  test("1 then 2 is 2: the scale has no 12", () => {
    expect(figureTyped("2", 100, scale, { value: 1, at: 0 })?.value).toBe(2);
  });
  test("other keys and figures outside the scale do nothing", () => {
    expect(figureTyped("Enter", 0, scale, undefined)).toBeUndefined();
    expect(figureTyped("9", 0, { min: 0, max: 5 }, undefined)).toBeUndefined();
  });
});
