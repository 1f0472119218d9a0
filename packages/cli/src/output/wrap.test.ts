import { describe, expect, test } from "vitest";
import { commandHelp, programHelp } from "../help.ts";
import { readableWidth, wrapSentences, wrapWords } from "./wrap.ts";

describe("text for a terminal", () => {
  test("is broken between words, and a word longer than the line stands alone", () => {
    expect(wrapWords("one two three", 7)).toEqual(["one two", "three"]);
    expect(wrapWords("see /a/very/long/path now", 6)).toEqual(["see", "/a/very/long/path", "now"]);
  });

  test("takes the width of the terminal within reason, and 80 where it says none", () => {
    expect([undefined, 0, 12, 72, 300].map(readableWidth)).toEqual([80, 80, 40, 72, 100]);
  });

  test("keeps tables, formulas, JSON and progress bars in one piece", () => {
    for (const line of [
      " Term         Estimate  Std.Error",
      "Formula: pain ~ within(ex) + between(ex) + (1 | id)",
      '{"a": 1, "b": 2, "c": 3}',
      "\r[####----] 4/8 doing the sums",
    ]) {
      expect(wrapSentences(line, 20)).toBe(line);
    }
    expect(wrapSentences("Note: a variance is 0.\n\n Group  Term\n", 14)).toBe(
      "Note: a\nvariance is 0.\n\n Group  Term\n",
    );
  });
});

describe("help", () => {
  test.each(["fit", "riclpm", "power", "analyse", "simulate", "serve"] as const)(
    "of %s fits 80 columns, apart from command lines to copy",
    async (name) => {
      const commands = {
        fit: async () => (await import("../commands/fit.ts")).fit,
        riclpm: async () => (await import("../commands/riclpm.ts")).riclpm,
        power: async () => (await import("../commands/power.ts")).power,
        analyse: async () => (await import("../commands/analyse.ts")).analyse,
        simulate: async () => (await import("../commands/simulate.ts")).simulate,
        serve: async () => (await import("../commands/serve.ts")).serve,
      };
      const help = commandHelp((await commands[name]()).description);
      const toRead = help.split("\n").filter((line) => !line.startsWith("  longwave "));
      expect(toRead.filter((line) => line.length > 80)).toEqual([]);
    },
  );

  test("of the program fits 80 columns", () => {
    expect(
      programHelp()
        .split("\n")
        .filter((line) => line.length > 80),
    ).toEqual([]);
  });
});
