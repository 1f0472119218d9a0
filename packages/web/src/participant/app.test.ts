import { mkdirSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { participantStates } from "../testing/participant-states.ts";
import { axeFindings, openBrowser, openStage, overflow } from "../testing/stage.ts";

let browser: Browser;
const pictures = process.env.LONGWAVE_PICTURES;

beforeAll(async () => {
  browser = await openBrowser();
  if (pictures !== undefined) mkdirSync(pictures, { recursive: true });
});
afterAll(() => browser.close());

const looks =
  pictures === undefined
    ? [{ width: 390 }]
    : [{ width: 390 }, { width: 1280, dark: true }, { width: 390, dark: true }, { width: 1280 }];

describe.each(looks)("at $width px, dark $dark", (look) => {
  test.each(participantStates)(
    "the state $name is designed, readable by machines and never scrolls sideways",
    async (state) => {
      const stage = await openStage(browser, state.address, state.script, look);
      try {
        await state.reach?.(stage.page);
        await stage.page.getByRole("heading", { level: 1, name: state.heading }).waitFor({ timeout: 5000 });
        if (pictures !== undefined) {
          const name = `${state.name}-${look.width}-${look.dark === true ? "dark" : "light"}.png`;
          await stage.page.screenshot({ path: `${pictures}/${name}`, fullPage: true });
        }
        expect(await axeFindings(stage.page)).toEqual([]);
        await stage.page.setViewportSize({ width: Math.min(look.width, 320), height: 800 });
        expect(await overflow(stage.page)).toBe(0);
        expect(stage.complaints).toEqual([]);
      } finally {
        await stage.context.close();
      }
    },
  );
});
