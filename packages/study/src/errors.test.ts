import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { describePath, studyCodes } from "./errors.ts";

const room = fileURLToPath(new URL(".", import.meta.url));
const manual = readFileSync(new URL("../../../docs/problems-study.md", import.meta.url), "utf8");

test("every code is explained in docs/problems-study.md, and none that does not exist", () => {
  const explained = [...manual.matchAll(/^\| `([a-z]+\.[a-z-]+)` \|/gm)].map((match) => match[1]);
  expect(explained.sort()).toEqual([...studyCodes].sort());
});

test("every code in the list is used somewhere", () => {
  const files = readdirSync(room, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && file !== "errors.ts",
  );
  const source = files.map((file) => readFileSync(`${room}/${file}`, "utf8")).join("\n");
  expect(studyCodes.filter((code) => !source.includes(`"${code}"`))).toEqual([]);
});

test("a path is written as people write it", () => {
  expect(describePath(["waves", 0, "id"])).toBe("waves[0].id");
});
