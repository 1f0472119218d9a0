import { existsSync } from "node:fs";
import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderAll } from "./testing/render-all.ts";

const executablePath = [process.env.CHROMIUM, "/usr/bin/chromium", chromium.executablePath()].find(
  (path) => path !== undefined && existsSync(path),
);
/** Both widths and both schemes; the pages with most on them, in both languages, are seen in all four. */
const rich = ["findings", "findings-nb", "front"];
const views = [
  { width: 390, colorScheme: "light", only: undefined },
  { width: 1280, colorScheme: "dark", only: undefined },
  { width: 390, colorScheme: "dark", only: rich },
  { width: 1280, colorScheme: "light", only: rich },
] as const;

describe.skipIf(executablePath === undefined)("every public page, in a browser", () => {
  let browser: Browser;
  const pages = Object.entries(renderAll());

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: executablePath ?? "",
      args: ["--no-sandbox", "--disable-gpu"],
    });
  });
  afterAll(() => browser.close());

  test.each(views)(
    "has no fault that axe knows, and no sideways scroll, at $width px, $colorScheme",
    async (view) => {
      const context = await browser.newContext({
        viewport: { width: view.width, height: 900 },
        colorScheme: view.colorScheme,
        reducedMotion: "reduce",
      });
      const tab = await context.newPage();
      for (const [name, source] of pages.filter(([name]) => view.only?.includes(name) ?? true)) {
        await tab.setContent(source);
        await tab.evaluate(() => {
          for (const fold of document.querySelectorAll("details")) fold.open = true;
        });
        const { violations } = await new AxeBuilder({ page: tab }).setLegacyMode().analyze();
        const faults = violations.map(
          (fault) => `${name}: ${fault.id} ${fault.nodes.map((node) => node.html).join(" | ")}`,
        );
        expect(faults).toEqual([]);
        expect(await tab.evaluate(() => document.documentElement.scrollWidth), name).toBeLessThanOrEqual(
          view.width,
        );
      }
      await context.close();
    },
    240_000,
  );
});
