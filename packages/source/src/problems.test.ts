import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { SOURCE_ERROR_CODES } from "./errors.ts";

const page = readFileSync(new URL("../../../docs/problems-source.md", import.meta.url), "utf8");

test.each(SOURCE_ERROR_CODES)("docs/problems-source.md explains %s", (code) => {
  expect(page).toContain(`\n### \`${code}\`\n`);
});
