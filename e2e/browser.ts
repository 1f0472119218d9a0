import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { openChromium } from "./chromium.ts";

export { accessibilityProblems } from "./chromium.ts";

/** The two widths every journey is walked at: a phone and a desk. */
export const widths = [
  { name: "on a phone", viewport: { width: 390, height: 844 } },
  { name: "at a desk", viewport: { width: 1280, height: 900 } },
] as const;

const pictures = fileURLToPath(new URL("../.cache/pictures/", import.meta.url));

/** One Chromium for the journeys of a file, opened before the first and closed after the last. */
export function useBrowser(): () => Browser {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openChromium();
  });
  afterAll(() => browser.close());
  return () => browser;
}

/** A fresh person's browser; what the pages ask of another address than ours is refused. */
export async function newContext(
  browser: Browser,
  options: {
    viewport: { width: number; height: number };
    javaScriptEnabled?: boolean;
    hasTouch?: boolean;
    extraHTTPHeaders?: Record<string, string>;
  },
): Promise<BrowserContext> {
  const context = await browser.newContext({
    ...options,
    timezoneId: "Europe/Oslo",
    locale: "en-GB",
    reducedMotion: "reduce",
  });
  await context.route(/.*/, (route) => (isOurs(route.request().url()) ? route.continue() : route.abort()));
  return context;
}

function isOurs(url: string): boolean {
  return /^(https?:\/\/(127\.0\.0\.1|localhost)[:/]|data:|blob:|about:)/.test(url);
}

/** A picture of the whole page to look at, under .cache/pictures. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}

/** The picture in the README, taken anew when LONGWAVE_UPDATE_PICTURES is set: a test run leaves the clone as it was. */
export async function pictureForReadme(page: Page): Promise<void> {
  if (!process.env.LONGWAVE_UPDATE_PICTURES) return;
  const path = fileURLToPath(new URL("../docs/pictures/findings.png", import.meta.url));
  await page.screenshot({ path, clip: { x: 0, y: 0, width: 1280, height: 1080 }, fullPage: true });
}

/** Whether the page can be scrolled sideways, which no page may at any width. */
export function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}
