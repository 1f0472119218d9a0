import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessibilityProblems, openChromium } from "../../../../e2e/chromium.ts";
import { renderAll } from "./testing/render-all.ts";

/** Both widths and both schemes; the pages with most on them, in both languages, are seen in all four. */
const rich = ["findings", "findings-nb", "front"];
const views = [
  { width: 390, colorScheme: "light", only: undefined },
  { width: 1280, colorScheme: "dark", only: undefined },
  { width: 390, colorScheme: "dark", only: rich },
  { width: 1280, colorScheme: "light", only: rich },
] as const;

describe("every public page, in a browser", () => {
  let browser: Browser;
  const pages = Object.entries(renderAll());

  beforeAll(async () => {
    browser = await openChromium();
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
        expect(await accessibilityProblems(tab), name).toEqual([]);
        expect(await tab.evaluate(() => document.documentElement.scrollWidth), name).toBeLessThanOrEqual(
          view.width,
        );
      }
      await context.close();
    },
    240_000,
  );
});
