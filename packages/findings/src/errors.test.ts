import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { findingsProblemCodes } from "./errors.ts";

const page = readFileSync(new URL("../../../docs/problems-findings.md", import.meta.url), "utf8");

test.each(findingsProblemCodes)("docs/problems-findings.md explains %s", (code) => {
  expect(page).toContain(`### \`${code}\``);
});
