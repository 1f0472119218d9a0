import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { consoleBlocks } from "./testing/console-blocks.ts";
import { longwave } from "./testing/memory-io.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const PAGES = [
  "docs/command-line.md",
  "examples/ashar-back-pain/README.md",
  "examples/hivsn-crossover-pain/README.md",
  "examples/myaiguide-knee-pain/README.md",
  "examples/r-simulated-cohort/README.md",
] as const;

/** Pages of docs/ are typed at the top of the clone, those of an example in its folder; paths stay as typed. */
const folderOf = (page: string) =>
  page.startsWith("docs/") ? relative(process.cwd(), root) || "." : `${root}${dirname(page)}/`;

/** Numbers of JSON to nine digits: the last ones may differ from one processor to another. */
function comparable(output: string): unknown {
  if (!output.startsWith("{")) return output;
  return JSON.parse(output, (_, value) => (typeof value === "number" ? Number(value.toPrecision(9)) : value));
}

/** After a change to what is printed, UPDATE_DOCS=1 writes the new outputs into the pages, for review as a diff. */
const update = process.env.UPDATE_DOCS === "1";

function rewrite(page: string, shown: string, printed: string): void {
  const text = readFileSync(`${root}${page}`, "utf8");
  writeFileSync(
    `${root}${page}`,
    text.replace(shown, () => printed),
  );
}

describe.each(PAGES)("%s", (page) => {
  const blocks = consoleBlocks(readFileSync(`${root}${page}`, "utf8"));

  test("shows at least one command", () => {
    expect(blocks.length).toBeGreaterThan(0);
  });

  test.each(blocks.map((block) => [block.command, block] as const))(
    "shows what %s prints",
    async (_, block) => {
      const { stdout, stderr } = await longwave(folderOf(page), ...block.args);
      if (update) rewrite(page, `${block.typed}\n${block.output}`, `${block.typed}\n${stdout}${stderr}`);
      else expect(comparable(stdout + stderr)).toEqual(comparable(block.output));
    },
  );
});

test.each(["ashar-back-pain", "hivsn-crossover-pain", "myaiguide-knee-pain"])(
  "examples/%s names the source of its data and ships their licence",
  (name) => {
    const readme = readFileSync(`${root}examples/${name}/README.md`, "utf8");
    expect(readme).toMatch(/\n## Source and licence\n/);
    expect(readme).toMatch(/commit\s`[0-9a-f]{40}`/);
    expect(existsSync(`${root}examples/${name}/LICENSE.txt`)).toBe(true);
  },
);
