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

/** The farthest apart two results are in any number, relative to its size (to 1 for small ones), and where. */
function farthest(
  here: unknown,
  there: unknown,
  place = "result",
): { readonly apart: number; readonly place: string } {
  if (typeof here === "number" && typeof there === "number") {
    return { apart: Math.abs(here - there) / Math.max(1, Math.abs(here)), place };
  }
  if (typeof here !== "object" || typeof there !== "object" || here === null || there === null) {
    return { apart: here === there ? 0 : Number.POSITIVE_INFINITY, place };
  }
  const [one, other] = [Object.entries(here), Object.entries(there)];
  if (one.length !== other.length) return { apart: Number.POSITIVE_INFINITY, place };
  return one
    .map(([key, value]) => farthest(value, (there as Record<string, unknown>)[key], `${place}.${key}`))
    .reduce((most, each) => (each.apart > most.apart ? each : most), { apart: 0, place });
}

/** What two runs of the same arithmetic may differ by, where only the last bits of exp and log are each engine's own. */
const ALLOWED = 1e-7;

describe("the engine in Chromium gives the same digits as in Node", () => {
  test.each(engineCases)("$name", async ({ name, file, run }) => {
    const csv = readFileSync(new URL(file, root), "utf8");
    const here = JSON.parse(JSON.stringify(run({ kind: "rows", table: readCsv(csv) })));
    const there = await page.evaluate(([called, text]) => window.runEngineCase(called, text), [
      name,
      csv,
    ] as const);
    const { apart, place } = farthest(here, JSON.parse(there));
    expect(apart, place).toBeLessThan(ALLOWED);
  });
});
