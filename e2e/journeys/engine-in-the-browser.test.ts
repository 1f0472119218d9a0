import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openFile } from "@longwave/source";
import type { Page } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  cohortTexts,
  type Numbers,
  sameAnswerCases,
} from "../../packages/source/src/testing/same-answer-cases.ts";
import { sumUp } from "../../packages/source/src/testing/sum-up.ts";
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

describe("the browser gives the answer that every other place gives, from rows and from sums made elsewhere", () => {
  const folder = mkdtempSync(join(tmpdir(), "longwave-test-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const csv = readFileSync(new URL("examples/r-simulated-cohort/cohort.csv", root), "utf8");

  /** As between all sources: what a search finds on a flat surface to 1e-6, everything else to 1e-9. */
  function expectSame(found: Numbers, wanted: Numbers): void {
    const { loose, ...exact } = wanted;
    const { loose: ours, ...others } = found;
    const [strict, flat] = [farthest(exact, others), farthest(loose, ours)];
    expect(strict.apart, strict.place).toBeLessThan(1e-9);
    expect(flat.apart, flat.place).toBeLessThan(1e-6);
  }

  test.each(Object.entries(cohortTexts(csv)))("%s data", async (name, text) => {
    const file = join(folder, `${name}.csv`);
    writeFileSync(file, text);
    const source = await openFile(file);
    for (const asked of sameAnswerCases) {
      const given = { csv: text, summed: await sumUp(asked, [source]) };
      const wanted = JSON.parse(JSON.stringify(asked.rows({ kind: "rows", table: readCsv(text) })));
      const there = await page.evaluate(([called, all]) => window.runSameAnswer(called, all), [
        asked.name,
        given,
      ] as const);
      const { rows, sums } = JSON.parse(there) as { readonly rows: Numbers; readonly sums: Numbers };
      expectSame(rows, wanted);
      expectSame(sums, wanted);
    }
    await source.close();
  });
});
