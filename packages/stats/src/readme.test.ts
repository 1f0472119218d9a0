import { readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as stats from "./index.ts";

const file = new URL("../README.md", import.meta.url);
const readme = readFileSync(file, "utf8");

/** The first JavaScript of the page, with its import turned into a reading of the package under test. */
function firstExample(): { readonly code: string; readonly names: string } {
  const [, source = ""] = /```js\n([\s\S]*?)```/.exec(readme) ?? [];
  const [line = "", names = ""] = /import \{(.+)\} from "@longwave\/stats";/.exec(source) ?? [];
  return { code: source.replace(line, ""), names };
}

test("the first example of the README runs, and prints what the page shows", () => {
  const { code, names } = firstExample();
  const printed: string[] = [];
  const run = new Function("stats", "console", `const {${names}} = stats;\n${code}`);
  run(stats, { log: (text: string) => printed.push(text) });
  const [block = "", shown = ""] = /```text\n([\s\S]*?)```/.exec(readme) ?? [];
  const output = `${printed.join("\n").trim()}\n`;
  if (process.env.UPDATE_DOCS === "1") {
    writeFileSync(
      file,
      readme.replace(block, () => `\`\`\`text\n${output}\`\`\``),
    );
  } else expect(output).toBe(shown);
});

test("every function that the README names is exported", () => {
  const [, table = ""] = /## What there is\n([\s\S]*?)## What it promises/.exec(readme) ?? [];
  const names = Array.from(table.matchAll(/`([^`]+)`/g), ([, text = ""]) =>
    text.replace(/\(.*/, "").split(" "),
  )
    .flat()
    .filter((name) => /^[a-z]\w+$/.test(name));
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => !(name in stats))).toEqual([]);
});
