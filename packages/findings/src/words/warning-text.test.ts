import { WARNING_CODES } from "@longwave/stats";
import { expect, test } from "vitest";
import { lintCausal } from "./lint-causal.ts";
import { warningText } from "./warning-text.ts";

test("every warning of the engine has a sentence in Norwegian, without a causal word", () => {
  for (const code of WARNING_CODES) {
    const { text, language } = warningText({ code, message: "Expected a; found b." }, "nb");
    expect(language, code).toBe("nb");
    expect(text, code).toMatch(/^[\p{Lu}«].*\.$/u);
    expect(lintCausal(text, "nb"), text).toEqual([]);
  }
});

test("keeps the names of columns and groups that the engine gives", () => {
  const few = { code: "lmm.few-groups", message: 'Expected at least 10 groups; found 4 of "site".' };
  expect(warningText(few, "nb").text).toContain("(«site»)");
  const rank = {
    code: "lmm.rank-deficient",
    message: "Expected columns that each add something; found man, age constant or determined by the others.",
  };
  expect(warningText(rank, "nb").text).toMatch(/^«man, age» er konstant/);
});

test("keeps the engine's words where there is no translation, and says that they are English", () => {
  const unknown = { code: "later.version", message: "Something new." };
  expect(warningText(unknown, "nb")).toEqual({ text: "Something new.", language: "en" });
  expect(warningText(unknown, "en")).toEqual({ text: "Something new.", language: "en" });
});
