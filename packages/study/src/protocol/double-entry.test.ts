import { describe, expect, test } from "vitest";
import { StudyError } from "../errors.ts";
import { flagshipText } from "../testing/flagship.ts";
import { readProtocol } from "../text/read-protocol.ts";
import { isTypedTwice } from "./double-entry.ts";

const withRule = (rule: string) => readProtocol(`${flagshipText}\ndoubleEntry: ${rule}\n`, "study.yaml");

function problemOf(rule: string): string {
  try {
    withRule(rule);
    return "";
  } catch (error) {
    if (error instanceof StudyError) return error.message;
    throw error;
  }
}

describe("typing forms twice as a setting of the study", () => {
  test("is of no form unless asked, of all, or of a share that is the same whenever it is looked at", () => {
    const forms = Array.from({ length: 2000 }, (_, n) => ({ person: `p${n}`, wave: "w1" }));
    const share = (rule: string): number => {
      const protocol = withRule(rule);
      return forms.filter((form) => isTypedTwice(protocol, form)).length / forms.length;
    };
    expect([share("{ of: none }"), share("{ of: all }")]).toEqual([0, 1]);
    expect(share("{ of: sample, share: 0.1 }")).toBeCloseTo(0.1, 1);
    expect(share("{ of: sample, share: 0.1 }")).toBe(share("{ of: sample, share: 0.1 }"));
    expect(isTypedTwice({ id: "x" }, { person: "a", wave: "w1" })).toBe(false);
  });

  test("is told to be wrong without a share, with one outside 0 and 1, or in another word", () => {
    expect(problemOf("{ of: sample }")).toMatch(/share/);
    expect(problemOf("{ of: sample, share: 1.5 }")).toMatch(/share/);
    expect(problemOf("{ of: some }")).toMatch(/of/);
  });
});
