import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const room = dirname(fileURLToPath(import.meta.url));

test("what runs on the phone imports nothing from outside its own folder", () => {
  const files = readdirSync(room, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && !file.endsWith(".test.ts"),
  );
  expect(files.length).toBeGreaterThan(5);
  for (const file of files) {
    const text = readFileSync(join(room, file), "utf8");
    for (const [, target] of text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)) {
      expect(target, `${file} imports ${target}`).toMatch(/^\.\.?\//);
      expect(resolve(dirname(join(room, file)), target).startsWith(room), `${file} imports ${target}`).toBe(
        true,
      );
    }
  }
});
