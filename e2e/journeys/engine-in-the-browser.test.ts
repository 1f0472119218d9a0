import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { build } from "vite";
import { beforeAll, describe, expect, test } from "vitest";
import { readCsv } from "../../validation/read-csv.ts";
import { useBrowser } from "../browser.ts";
import { engineCases } from "../engine/fits.ts";

const root = new URL("../../", import.meta.url);
const browser = useBrowser();
let page: Page;

/** The engine and its cases as one script, as a page would load it. */
async function bundle(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: "error",
    resolve: { conditions: ["@longwave/source", "module", "browser", "import", "default"] },
    build: {
      write: false,
      lib: {
        entry: fileURLToPath(new URL("../engine/in-the-page.ts", import.meta.url)),
        formats: ["iife"],
        name: "engine",
      },
    },
  });
  const [{ output }] = Array.isArray(result) ? result : [result as never];
  return output[0].code;
}

beforeAll(async () => {
  page = await (await browser().newContext()).newPage();
  await page.addScriptTag({ content: await bundle() });
});

describe("the engine in Chromium gives the same digits as in Node", () => {
  test.each(engineCases)("$name", async ({ name, file, run }) => {
    const csv = readFileSync(new URL(file, root), "utf8");
    const here = JSON.stringify(run({ kind: "rows", table: readCsv(csv) }));
    const there = await page.evaluate(([called, text]) => window.runEngineCase(called, text), [
      name,
      csv,
    ] as const);
    expect(here.length).toBeGreaterThan(50);
    expect(there).toBe(here);
  });
});
