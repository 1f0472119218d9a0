import type { Page } from "playwright-core";
import { describe, expect, inject, test } from "vitest";
import {
  accessibilityProblems,
  newContext,
  picture,
  pictureForReadme,
  scrollsSideways,
  useBrowser,
  widths,
} from "../browser.ts";
import { needPublished } from "../published.ts";

const browser = useBrowser();
needPublished();

async function openFindings(page: Page): Promise<void> {
  await page.goto(`${inject("address")}/`);
  await page.getByRole("link", { name: "Findings" }).first().click();
  await page.locator("main li", { hasText: "Simulated people" }).getByRole("link").first().click();
  await page.getByRole("heading", { name: "The short answer" }).waitFor();
}

describe.each(widths)("a reader reads the findings $name", ({ viewport }) => {
  test("without JavaScript: the answer, three figures, the numbers, the limits and the downloads are all there", async () => {
    const context = await newContext(browser(), { viewport, javaScriptEnabled: false });
    const page = await context.newPage();
    await openFindings(page);
    const text = await page.locator("body").innerText();
    expect(text).toMatch(/simulated people/i);
    for (const heading of [
      "The short answer",
      "The numbers",
      "How it was done",
      "What it cannot say",
      "How to cite",
    ]) {
      expect(await page.getByRole("heading", { name: heading }).count(), heading).toBeGreaterThan(0);
    }
    expect(await page.locator("figure").count()).toBeGreaterThanOrEqual(3);
    expect(await scrollsSideways(page)).toBe(false);
    await context.close();
  });

  test.each(["light", "dark"] as const)("in %s, and axe finds nothing", async (colorScheme) => {
    const context = await newContext(browser(), { viewport });
    const page = await context.newPage();
    await page.emulateMedia({ colorScheme });
    await openFindings(page);
    await picture(page, `findings-${viewport.width}-${colorScheme}`);
    if (viewport.width === 1280 && colorScheme === "light") await pictureForReadme(page);
    expect(await accessibilityProblems(page)).toEqual([]);
    await context.close();
  });

  test("takes the bundle and a table home, and the address of this very version keeps working", async () => {
    const context = await newContext(browser(), { viewport });
    const page = await context.newPage();
    await openFindings(page);
    const addresses = await page
      .locator("a[href]")
      .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
    const bundle = addresses.find((href) => href.endsWith("publication.json"));
    const table = addresses.find((href) => href.endsWith(".csv"));
    expect(bundle).toBeDefined();
    expect(table).toBeDefined();
    const sealed = await (await page.request.get(bundle as string)).json();
    expect(sealed.study.simulated).toBe(true);
    expect(bundle as string).toContain(sealed.hash);
    expect(await (await page.request.get(table as string)).text()).toContain(",");
    const fixed = await page.goto((bundle as string).replace(/\/publication\.json$/, ""));
    expect(fixed?.status()).toBe(200);
    await context.close();
  });
});
