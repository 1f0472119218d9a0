import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessibilityProblems, openChromium } from "../../../../e2e/chromium.ts";
import type { DesignedState } from "./designed-state.ts";
import type { Look, Stage } from "./stage.ts";
import { enlargeLetters, openStage, overflow } from "./stage.ts";

const pictures = process.env.LONGWAVE_PICTURES;
const build = fileURLToPath(new URL("../../build.mjs", import.meta.url));

/** Builds the apps when they have not been built. */
export function buildWhenMissing(app: "participant" | "console"): void {
  const page = fileURLToPath(new URL(`../../dist/${app}/index.html`, import.meta.url));
  if (!existsSync(page)) execFileSync(process.execPath, [build], { stdio: "inherit" });
}

/**
 * Tests of every state of an app in Chromium: its heading, axe, no sideways scrolling at 320 px (in the participant app
 * with letters at 200 % as well), no complaint.
 * With LONGWAVE_PICTURES=FOLDER it also takes a picture of each at two widths, light and dark.
 */
export function testStates(
  app: "participant" | "console",
  states: readonly DesignedState[],
  looks: readonly Look[],
): void {
  let browser: Browser;
  beforeAll(async () => {
    buildWhenMissing(app);
    browser = await openChromium();
    if (pictures !== undefined) mkdirSync(pictures, { recursive: true });
  });
  afterAll(() => browser.close());

  describe.each(pictures === undefined ? looks : allLooks)("at $width px, dark $dark", (look) => {
    test.each(states)(
      "the state $name is designed, readable by machines and never scrolls sideways",
      async (state) => {
        const stage = await openStage(browser, state.address, state.script, look);
        try {
          await state.reach?.(stage.page);
          await stage.page.getByRole("heading", { level: 1, name: state.heading }).waitFor({ timeout: 5000 });
          await picture(stage, `${app}-${state.name}`, look);
          expect(await accessibilityProblems(stage.page)).toEqual([]);
          await stage.page.setViewportSize({ width: Math.min(look.width, 320), height: 800 });
          expect(await overflow(stage.page)).toBe(0);
          // 320 px is a desk at 400 %; people who need it set larger letters on top.
          if (app === "participant") await enlargeLetters(stage.page);
          expect(await overflow(stage.page), "with letters at 200 %").toBe(0);
          expect(stage.complaints).toEqual([]);
        } finally {
          await stage.context.close();
        }
      },
    );
  });
}

const allLooks: readonly Look[] = [
  { width: 390 },
  { width: 390, dark: true },
  { width: 1280 },
  { width: 1280, dark: true },
];

async function picture(stage: Stage, name: string, look: Look): Promise<void> {
  if (pictures === undefined) return;
  const theme = look.dark === true ? "dark" : "light";
  await stage.page.screenshot({ path: `${pictures}/${name}-${look.width}-${theme}.png`, fullPage: true });
}
