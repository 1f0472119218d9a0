import { describe, expect, test } from "vitest";
import { countText, intervalText, limitText, numberText, pValueText } from "./numbers.ts";

describe("numbers in sentences", () => {
  test("carry a true minus sign, and none on a rounded zero", () => {
    expect(numberText(-0.114, "en")).toBe("\u22120.11");
    expect(numberText(-0.0001, "en")).toBe("0.000");
    expect(numberText(-12.34, "nb")).toBe("\u221212,3");
  });

  test("share the decimals of the estimate within an interval", () => {
    const interval = { value: -0.041, lower: -0.0468, upper: -0.0352 };
    expect(intervalText(interval, "en")).toBe("\u22120.041 (\u22120.047 to \u22120.035)");
    expect(intervalText(interval, "nb")).toBe("\u22120,041 (\u22120,047 til \u22120,035)");
  });

  test("set thousands apart and leave small counts alone", () => {
    expect([countText(6419, "en"), countText(999, "en"), countText(1234567, "en")]).toEqual([
      ...["6,419", "999", "1,234,567"],
    ]);
    expect(countText(6419, "nb")).toBe("6\u00a0419");
  });

  test("write limits as the plan does, and p-values as papers do", () => {
    expect([limitText(0.5, "en"), limitText(0.03, "nb")]).toEqual(["0.5", "0,03"]);
    expect([pValueText(0.00004), pValueText(0.0412), pValueText(1)]).toEqual([
      ...["p < .001", "p = .041", "p = 1.000"],
    ]);
  });
});
