import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type axe from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";

/** Where a Chromium may be, best first: the shell without a window takes a third of the processor time. */
const places = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser"];

/** The Chromium named in CHROMIUM_PATH, or one as found on this machine. */
export async function openChromium(): Promise<Browser> {
  const executablePath =
    [process.env.CHROMIUM_PATH, ...places].find((path) => path !== undefined && existsSync(path)) ??
    chromium.executablePath();
  return chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
  });
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * What axe finds on a page as it stands, frames included, each finding as a line a person can act on.
 * axe is asked for violations only, which takes half the time of a full report.
 */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  for (const frame of page.frames()) {
    if (!(await frame.evaluate(() => "axe" in window))) await frame.evaluate(axeSource);
  }
  const violations = await page.evaluate(async () => {
    const { axe: loaded } = window as unknown as { axe: typeof axe };
    return (await loaded.run(document, { resultTypes: ["violations"] })).violations;
  });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, html, failureSummary }) =>
      [`${id}: ${target.join(" ")}`, html.slice(0, 160), failureSummary ?? ""].join(" — "),
    ),
  );
}
