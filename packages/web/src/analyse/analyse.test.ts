import { lintCausal } from "@longwave/findings";
import { describe, expect, test } from "vitest";
import { analyse } from "./data/analysis.ts";
import { type Choices, guessChoices, NO_CHOICES } from "./data/choices.ts";
import { EXAMPLE_NAME, exampleCsv } from "./data/example.ts";
import { modelFormula } from "./data/formula.ts";
import { plainNote } from "./data/notes.ts";
import { rCode } from "./data/r-code.ts";
import {
  betweenSentence,
  CAUTION,
  countSentence,
  groupSentence,
  laterSentence,
  leadSentence,
  sizeSentence,
  withinSentence,
} from "./data/sentences.ts";
import { FileProblem, readTable } from "./data/table-file.ts";
import * as text from "./text/en.ts";

const example = readTable(exampleCsv());
const choices = guessChoices(example);

describe("a file", () => {
  test("may use commas, semicolons or tabs, and say NA for a missing value", () => {
    for (const separator of [",", ";", "\t"]) {
      const lines = ["id,wave,x", "a,1,2.5", "a,2,NA", "b,1,"].map((line) => line.replaceAll(",", separator));
      const { table, columns } = readTable(lines.join("\r\n"));
      expect(table.nrows).toBe(3);
      expect(columns.map(({ kind, missing }) => [kind, missing])).toEqual([
        ["text", 0],
        ["number", 0],
        ["number", 2],
      ]);
    }
  });

  test.each([
    ["", "found an empty file"],
    ["id,wave,x\n", "found an empty file"],
    ["a;b\n1;2\n", "at least three columns"],
    ["id,x,x\n1,2,3\n", '"x" twice'],
    ["id,,x\n1,2,3\n", "found none for column 2"],
  ])("%j is refused with what to do", (content, words) => {
    expect(() => readTable(content)).toThrow(FileProblem);
    expect(() => readTable(content)).toThrow(words);
  });
});

describe("what the columns are", () => {
  test("is guessed from names and from what varies within a person", () => {
    expect(choices).toEqual({
      person: "id",
      time: "wave",
      exposure: "exercise",
      outcome: "pain",
      group: "",
    });
    const steps = "subject,base_exercise,steps,pain\n1,5,10,2\n1,5,12,3\n2,4,9,1\n2,4,8,0\n";
    expect(guessChoices(readTable(steps)).exposure).toBe("steps");
  });

  test("becomes a formula in the words of longwave fit, with unusual names in backticks", () => {
    const { table } = readTable("id,wave,my pain,steps,arm\n1,1,2,3,0\n1,2,3,4,0\n2,1,1,5,1\n2,2,0,2,1\n");
    const odd: Choices = { person: "id", time: "wave", outcome: "my pain", exposure: "steps", group: "arm" };
    expect(modelFormula(table, odd, true)).toBe(
      "`my pain` ~ (within(steps) + between(steps)) * factor(arm) + factor(wave) + (1 | id)",
    );
    expect(modelFormula(table, { ...odd, time: "", group: "" }, false)).toBe(
      "`my pain` ~ within(steps) + between(steps) + (1 | id)",
    );
  });
});

describe("the answer", () => {
  const analysis = analyse(example.table, choices);

  test("of the example is the truth it was simulated from: together at the same wave, no lag either way", () => {
    expect(analysis.within.upper).toBeLessThan(0);
    expect(leadSentence(analysis)).toMatch(/tended to be lower/);
    if (analysis.later.kind !== "answered") throw new Error(analysis.later.why);
    for (const { lower, upper } of analysis.later.directions) expect(lower < 0 && upper > 0).toBe(true);
  });

  test("speaks of association in every sentence", () => {
    const file = readTable(
      exampleCsv()
        .trim()
        .split("\n")
        .map((line, row) => `${line},${row === 0 ? "sex" : Number(line.split(",")[0]) % 2 ? "woman" : "man"}`)
        .join("\n"),
    );
    const withGroups = analyse(file.table, { ...guessChoices(file), group: "sex" });
    const { groups, later } = withGroups;
    if (groups === null || later.kind !== "answered") throw new Error("Expected groups and directions.");
    const sentences = [
      leadSentence(withGroups),
      sizeSentence(withGroups),
      plainNote({ code: "lmm.singular", message: "" }, choices),
      plainNote({ code: "lmm.few-groups", message: "" }, choices),
      withinSentence(withGroups),
      betweenSentence(withGroups),
      countSentence(withGroups),
      groupSentence(groups, withGroups.choices),
      ...later.directions.map((direction) => laterSentence(direction, withGroups.choices)),
      CAUTION,
      ...Object.values(text).flatMap((part) =>
        Object.values(part).filter((word) => typeof word === "string"),
      ),
    ];
    for (const sentence of sentences) expect(lintCausal(sentence, "en")).toEqual([]);
    expect(groups.slopes.map(({ label }) => label)).toEqual(["man", "woman"]);
  });

  test("without an occasion column says what to choose to ask about later", () => {
    const { later } = analyse(example.table, { ...choices, time: "" });
    expect(later).toEqual({
      kind: "not-asked",
      why: "Choose the column with the occasion to ask what follows what.",
    });
  });

  test("comes with R code that names the file and the columns", () => {
    const code = rCode(example, choices, EXAMPLE_NAME);
    expect(code).toContain(`read.csv("${EXAMPLE_NAME}"`);
    expect(code).toContain("lmer(pain ~ x_within + x_between + factor(wave) + (1 | id), data = d)");
    expect(code).toContain("wx5 ~ a*wx4 + b*wy4; wy5 ~ c*wx4 + d*wy4");
  });

  test("says how large a difference is beside what is usual for one person", () => {
    expect(sizeSentence(analysis)).toMatch(
      /^For a usual change of exercise, the difference is \d+ % of how much pain usually moves within a person\.$/,
    );
    const unclear = { ...analysis, within: { ...analysis.within, lower: -0.1, upper: 0.2 } };
    expect(sizeSentence(unclear)).toMatch(/anything from \d+ % of .+ downwards to \d+ % upwards fits/);
  });

  test("comes with R code that reads decimal commas, dates and old encodings as the page does", () => {
    const file = readTable("id;dato;x;y\na;5.1.2024;1,5;NA\na;6.1.2024;2,5;3\n", "windows-1252");
    const code = rCode(file, { person: "id", time: "dato", exposure: "x", outcome: "y", group: "" }, "f.csv");
    expect(code).toContain(
      'read.csv("f.csv", sep = ";", fileEncoding = "windows-1252", na.strings = c("", "NA"),',
    );
    expect(code).toContain('all[["x"]] <- as.numeric(sub(",", ".", all[["x"]], fixed = TRUE))');
    expect(code).toContain('as.POSIXct(all[["dato"]], tz = "UTC"');
  });

  test("is refused for one person, and for people with one row each, with what to do", () => {
    const alone = readTable(`id,x,y\n${[1, 2, 3, 4].map((day) => `a,${day},${day % 3}`).join("\n")}\n`);
    const parts: Choices = { person: "id", time: "", exposure: "x", outcome: "y", group: "" };
    expect(() => analyse(alone.table, parts)).toThrow(/found one person in "id".*personal\(\)/);
    const once = readTable("id,x,y\na,1,2\nb,2,3\nc,3,1\n");
    expect(() => analyse(once.table, parts)).toThrow(/3 different values of "id" in as many rows/);
  });

  test("about later is withheld when the lagged model gives a value that cannot be", () => {
    const rows = Array.from({ length: 8 }, (_, person) =>
      [1, 2, 3].map((wave) =>
        [person, wave, (person * 5 + wave * 3) % 7, (person * 3 + wave * wave * 2) % 5].join(","),
      ),
    ).flat();
    const { table } = readTable(`id,wave,x,y\n${rows.join("\n")}\n`);
    const { later } = analyse(table, { person: "id", time: "wave", exposure: "x", outcome: "y", group: "" });
    expect(later.kind).toBe("not-answered");
  });

  test("to choices that cannot be analysed is an error that says why", () => {
    expect(() =>
      analyse(example.table, { ...NO_CHOICES, person: "id", exposure: "id", outcome: "pain" }),
    ).toThrow(/vary within people/);
  });
});
