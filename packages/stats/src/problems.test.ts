import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ERROR_CODES, errorAt } from "./errors.ts";
import { WARNING_CODES } from "./warnings.ts";

const page = readFileSync(new URL("../../../docs/problems.md", import.meta.url), "utf8");

test.each([...ERROR_CODES, ...WARNING_CODES])("the code %s is explained in docs/problems.md", (code) => {
  expect(page).toContain(`**\`${code}\`**`);
});

test("an error in a text shows the text with a caret under the place", () => {
  const error = errorAt("formula.syntax", "Expected x.", { text: "y ~ +", position: 4 });
  expect(error.message).toBe("Expected x.\n  y ~ +\n      ^");
  expect(error.position).toBe(4);
});
