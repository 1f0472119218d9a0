import { expect, test } from "vitest";
// @ts-expect-error a plain script without types
import { findViolations } from "./check-floors.mjs";

const violations = (path: string, text: string): string[] => findViolations([{ path, text }]);

test("an import that points down the floors is allowed", () => {
  expect(violations("findings/src/plan/run.ts", 'import { lmm } from "@longwave/stats";')).toEqual([]);
});

test("an import that points up is named with the file", () => {
  expect(violations("stats/src/index.ts", 'import { seal } from "@longwave/findings";')).toEqual([
    "stats/src/index.ts imports @longwave/findings; stats stands below or beside findings.",
  ]);
});

test("findings may know a source by its type, never by its value", () => {
  expect(violations("findings/src/plan/run.ts", 'import type { Source } from "@longwave/source";')).toEqual(
    [],
  );
  expect(violations("findings/src/plan/run.ts", 'import { openFile } from "@longwave/source";')).toHaveLength(
    1,
  );
});

test("nothing imports past a front door", () => {
  expect(
    violations("cli/src/main.ts", 'import { x } from "@longwave/stats/src/table/table.ts";'),
  ).toHaveLength(1);
  expect(violations("cli/src/main.ts", 'import { x } from "../../stats/src/index.ts";')).toHaveLength(1);
});

test("what runs on the phone imports nothing but answering and preact", () => {
  expect(
    violations("web/src/participant/app.tsx", 'import type { ParticipantState } from "@longwave/api";'),
  ).toEqual([]);
  expect(
    violations("web/src/participant/app.tsx", 'import { createClient } from "@longwave/api";'),
  ).toHaveLength(1);
  expect(violations("study/src/answering/check.ts", 'import { z } from "zod";')).toHaveLength(1);
});

test("only the analyse page of web may carry the statistics", () => {
  const line = 'import { lmm } from "@longwave/stats";';
  expect(violations("web/src/analyse/run.ts", line)).toEqual([]);
  expect(violations("web/src/public/main.ts", line)).toHaveLength(1);
});

test("a pure package may not look at the clock, but may talk about it in a comment", () => {
  expect(violations("stats/src/a.ts", "const now = Date.now();")).toHaveLength(1);
  expect(violations("stats/src/a.ts", "// never Date.now()\nconst now = 1;")).toEqual([]);
});

test("a circle of files is named", () => {
  const files = [
    { path: "stats/src/a.ts", text: 'import { b } from "./b.ts";' },
    { path: "stats/src/b.ts", text: 'import { a } from "./a.ts";' },
  ];
  expect(findViolations(files)).toEqual(["a circle: stats/src/a.ts -> stats/src/b.ts -> stats/src/a.ts."]);
});
