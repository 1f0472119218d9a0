import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { StudyError, type StudyProblem } from "../errors.ts";
import { flagship, flagshipText } from "../testing/flagship.ts";
import { readProtocol } from "./read-protocol.ts";

/** The problems of the flagship text with one piece replaced. */
function problemsAfter(before: string, after: string): readonly StudyProblem[] {
  if (!flagshipText.includes(before)) throw new Error(`the text does not hold ${before}`);
  return problemsOf(flagshipText.replace(before, after));
}

function problemsOf(text: string): readonly StudyProblem[] {
  try {
    readProtocol(text, "study.yaml");
  } catch (error) {
    if (error instanceof StudyError) return error.problems;
    throw error;
  }
  return [];
}

function lineOf(piece: string): number {
  return flagshipText.slice(0, flagshipText.indexOf(piece)).split("\n").length;
}

describe("readProtocol", () => {
  test("reads the flagship study without a problem", () => {
    expect(readProtocol(flagshipText, "study.yaml")).toEqual(flagship);
  });

  test("refuses an unknown field, with its line and the nearest known name", () => {
    const [problem] = problemsAfter("replicationType: conceptual", "replicationTyp: conceptual");
    expect(problem).toMatchObject({
      code: "protocol.unknown-field",
      path: ["replicationTyp"],
      file: "study.yaml",
      line: lineOf("replicationType"),
      column: 1,
      remedy: "Did you mean “replicationType”?",
    });
  });

  test("lists every mistake at once, each at its own line", () => {
    const text = flagshipText
      .replace("version: 1.0.0", "version: one")
      .replace("languages: [en, nb]", "languages: [en, no]")
      .replace("      required: true", "      required: maybe");
    expect(problemsOf(text).map((problem) => problem.path)).toEqual([
      ["version"],
      ["languages", 1],
      ["consent", "ticks", 0, "required"],
    ]);
  });

  test.each([
    {
      what: "a missing field",
      before: "  rerun: By simulation before launch.\n",
      after: "",
      code: "protocol.missing-field",
      message: /power\.rerun/,
    },
    {
      what: "a value of another type",
      before: "closesDay: 42",
      after: "closesDay: soon",
      code: "protocol.wrong-type",
      message: /a number; found “soon”/,
    },
    {
      what: "a word that is not a choice",
      before: "role: safety",
      after: "role: saftey",
      code: "protocol.wrong-value",
      message: /Did you mean “safety”/,
    },
    {
      what: "a slip in the field that says which kind",
      before: "kind: scale",
      after: "knd: scale",
      code: "protocol.missing-field",
      message: /Rename “knd” to “kind”/,
    },
    {
      what: "words without a language",
      before: "title:\n  en: Exercise and pain over one year\n  nb: Mosjon og smerte gjennom ett år",
      after: "title: Exercise and pain",
      code: "protocol.wrong-type",
      message: /by language: \{ en: … \}/,
    },
    {
      what: "a model with both a formula and a base",
      before: 'base: H1, add: ["within',
      after: 'base: H1, formula: pain_vrs ~ 1, add: ["within',
      code: "protocol.wrong-value",
      message: /either formula \(with fallback\), or base with add/,
    },
    {
      what: "another schema",
      before: "schema: longwave.protocol/1",
      after: "schema: longwave.protocol/9",
      code: "protocol.wrong-schema",
      message: /longwave\.protocol\/1/,
    },
    {
      what: "a kind of item that does not exist",
      before: "kind: yes_no",
      after: "kind: yesno",
      code: "protocol.wrong-value",
      message: /yes_no/,
    },
    {
      what: "a battery nobody made",
      before: "safety: [harm]",
      after: "safty: [harm]",
      code: "protocol.unknown-name",
      message: /Did you mean “safty”/,
    },
    {
      what: "a condition on an unknown item",
      before: "askIf: ex_freq > 0",
      after: "askIf: ex_frequ > 0",
      code: "protocol.unknown-name",
      message: /Did you mean “ex_freq”/,
    },
    {
      what: "an expression with a slip",
      before: "expr: first(answered_year) - birth_year",
      after: "expr: first(answered_year - birth_year",
      code: "protocol.expression",
      message: /at character 33/,
    },
    {
      what: "a circle of derived variables",
      before: "expr: sex == 1",
      after: "expr: man == 1",
      code: "protocol.circular",
      message: /“man” needs itself/,
    },
    {
      what: "a name used twice",
      before: "- id: nrs_avg",
      after: "- id: pain_vrs",
      code: "protocol.duplicate",
      message: /“pain_vrs” again/,
    },
    {
      what: "a model with an unknown variable",
      before: "add: [pain_vrs_w1]",
      after: "add: [pain_w1]",
      code: "protocol.unknown-name",
      message: /“pain_w1”/,
    },
    {
      what: "windows that overlap",
      before: "opensDays: -7",
      after: "opensDays: -80",
      code: "protocol.windows-overlap",
      message: /when w1 closes/,
    },
    {
      what: "words without their translation",
      before: "title: { en: Would you like to take part?, nb: Vil du være med? }",
      after: "title: { en: Would you like to take part? }",
      code: "protocol.missing-translation",
      message: /Would you like/,
    },
  ])("names $what", ({ before, after, code, message }) => {
    const problems = problemsAfter(before, after);
    const text = new StudyError(problems).message;
    expect(problems.map((problem) => problem.code)).toContain(code);
    expect(text).toMatch(message);
    expect(text).toMatch(/^study\.yaml:\d+:\d+ /);
  });

  test("names the place where the text is not YAML", () => {
    const [problem] = problemsOf("schema: longwave.protocol/1\ntitle: {en: A, nb: B\nid: x\n");
    expect(problem).toMatchObject({ code: "protocol.not-readable", file: "study.yaml" });
    expect(problem.line).toBeGreaterThan(1);
  });

  test("says that an empty text is no study", () => {
    expect(problemsOf("")[0]).toMatchObject({ line: 1, column: 1 });
  });

  test("answers a text with any line lost with a protocol or with problems placed by line", () => {
    const lines = flagshipText.split("\n");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: lines.length - 1 }), (lost) => {
        const text = lines.filter((_, index) => index !== lost).join("\n");
        for (const problem of problemsOf(text)) {
          expect(problem.line).toBeGreaterThan(0);
          expect(problem.remedy).not.toBe("");
        }
      }),
      { numRuns: 15 },
    );
  });
});
