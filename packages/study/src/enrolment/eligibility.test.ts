import { describe, expect, test } from "vitest";
import { StudyError } from "../errors.ts";
import { parseProtocol } from "../protocol/parse.ts";
import type { OpenRecruitment } from "../protocol/recruitment-types.ts";
import { flagship } from "../testing/flagship.ts";
import { checkEligibleAnswers } from "./eligibility.ts";

const open: OpenRecruitment = {
  about: [{ en: "About." }],
  name: "optional",
  email: "optional",
  questions: [
    { id: "born", kind: "year_of_birth", text: { en: "In which year were you born?" } },
    { id: "adult", kind: "yes_no", text: { en: "Are you 18 or older?" } },
    {
      id: "region",
      kind: "choice",
      text: { en: "Where do you live?" },
      options: [
        { value: 1, text: { en: "North" } },
        { value: 2, text: { en: "South" } },
      ],
    },
  ],
  rules: [
    { id: "adult", eligibleWhen: "age >= 18 and adult", reason: { en: "18 or older." } },
    { id: "north", eligibleWhen: "region == 1", reason: { en: "Only the north." } },
  ],
};
const check = (born: string, adult: string, region: string) =>
  checkEligibleAnswers(open, { born, adult, region }, 2026);

describe("the questions of an open link", () => {
  test("let in whom no rule turns away, with the year of birth", () => {
    expect(check("1956", "yes", "1")).toEqual({
      kind: "eligible",
      answers: { born: 1956, adult: true, region: 1 },
      bornIn: 1956,
    });
  });

  test("name the first rule that turns somebody away", () => {
    expect(check("2010", "yes", "2")).toMatchObject({ kind: "ineligible", rule: { id: "adult" } });
    expect(check("1956", "no", "1")).toMatchObject({ rule: { id: "adult" } });
    expect(check("1956", "yes", "2")).toMatchObject({ rule: { id: "north" } });
  });

  test("name every question without an answer that fits", () => {
    expect(check("1890", "maybe", "3")).toEqual({
      kind: "unanswered",
      questions: ["born", "adult", "region"],
    });
    expect(check("2027", "yes", "1")).toEqual({ kind: "unanswered", questions: ["born"] });
    expect(checkEligibleAnswers(open, {}, 2026).kind).toBe("unanswered");
  });
});

describe("a study text with an open link", () => {
  const problemsOf = (changed: Partial<OpenRecruitment>): readonly (readonly [string, string])[] => {
    const text = { ...flagship, recruitment: { ...flagship.recruitment, open: { ...open, ...changed } } };
    try {
      parseProtocol({ ...text, languages: ["en"] });
      return [];
    } catch (error) {
      if (!(error instanceof StudyError)) throw error;
      return error.problems.map(({ code, path }) => [code, path.join(".")]);
    }
  };

  test("is accepted when every rule names what is asked", () => {
    expect(problemsOf({})).toEqual([]);
  });

  test("has its mistakes told in place", () => {
    const at = "recruitment.open";
    const rule = { id: "r", eligibleWhen: "edad >= 18", reason: { en: "x" } };
    const [born, adult] = open.questions;
    if (born === undefined || adult === undefined) throw new Error("the example has three questions");
    expect(problemsOf({ rules: [rule, rule] })).toContainEqual(["protocol.duplicate", `${at}.rules.1.id`]);
    expect(problemsOf({ rules: [rule] })).toEqual([["protocol.unknown-name", `${at}.rules.0.eligibleWhen`]]);
    expect(problemsOf({ rules: [{ ...rule, eligibleWhen: "age >=" }] })).toEqual([
      ["protocol.expression", `${at}.rules.0.eligibleWhen`],
    ]);
    expect(problemsOf({ questions: [born, { ...born, id: "age" }], rules: [] })).toEqual([
      ["protocol.duplicate", `${at}.questions.1.id`],
      ["protocol.wrong-value", `${at}.questions.1.kind`],
    ]);
    // Where no year is asked, nothing is known of an age.
    expect(problemsOf({ questions: [adult], rules: [{ ...rule, eligibleWhen: "age > 18" }] })).toHaveLength(
      1,
    );
    expect(problemsOf({ email: "not_asked" })).toEqual([["protocol.wrong-value", `${at}.email`]]);
  });
});
