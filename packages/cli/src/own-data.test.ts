import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { consoleBlocks } from "./testing/console-blocks.ts";
import { longwave, temporaryFolder } from "./testing/memory-io.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const page = `${root}docs/your-own-data.md`;
const folder = temporaryFolder();
const plan = join(folder, "plan.yaml");

/** What the page tells its reader to change before the report. */
function fillIn(): void {
  const text = readFileSync(plan, "utf8")
    .replace("negligible: FILL-IN", "negligible: 0.1")
    .replace("noticeable: FILL-IN", "noticeable: 0.5")
    .replace("{ female: female, male: male }", "{ female: women, male: men }");
  writeFileSync(plan, text);
}

// UPDATE_DOCS=1 writes what is printed into the page, as docs.test.ts does for the others.
test("docs/your-own-data.md goes from a CSV to a report that can be verified, as it shows", async () => {
  copyFileSync(`${root}examples/r-simulated-cohort/cohort.csv`, join(folder, "cohort.csv"));
  const blocks = consoleBlocks(readFileSync(page, "utf8"));
  expect(blocks).toHaveLength(4);
  for (const [index, block] of blocks.entries()) {
    if (index === 2) fillIn();
    const { stdout, stderr } = await longwave(folder, ...block.args);
    const printed = (stdout + stderr).replaceAll(`${folder}/`, "").replace(/(undle) [0-9a-f]{12}/, "$1 …");
    if (process.env.UPDATE_DOCS === "1") {
      const shown = `$ ${block.typed}\n${block.output}\`\`\``;
      writeFileSync(
        page,
        readFileSync(page, "utf8").replace(shown, () => `$ ${block.typed}\n${printed}\`\`\``),
      );
    } else expect(printed).toBe(block.output);
  }
}, 120_000);
