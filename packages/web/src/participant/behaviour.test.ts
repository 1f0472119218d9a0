import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openChromium } from "../../../../e2e/chromium.ts";
import { exampleAnswers, exampleForm } from "../testing/example-form.ts";
import { afterWave, beforeConsent, inWave, publicStudies } from "../testing/example-state.ts";
import { buildWhenMissing } from "../testing/gallery.ts";
import type { Script, Stage } from "../testing/stage.ts";
import { keepsAll, openStage } from "../testing/stage.ts";

let browser: Browser;
beforeAll(async () => {
  buildWhenMissing("participant");
  browser = await openChromium();
});
afterAll(() => browser.close());

const answers = "POST /api/participant/answers";
const open: Script = { "GET /api/participant/state": { body: inWave }, [answers]: { body: keepsAll } };

async function on(address: string, script: Script, act: (stage: Stage) => Promise<void>): Promise<void> {
  const stage = await openStage(browser, address, script, { width: 390 });
  try {
    await act(stage);
  } finally {
    await stage.context.close();
  }
}

const next = (page: Page) => page.getByRole("button", { name: "Next" }).click();
const sent = (stage: Stage) =>
  stage.requests
    .filter(({ address }) => address === answers)
    .flatMap(
      ({ body }) => (body as { answers: { id: string; replaces?: string; payload: unknown }[] }).answers,
    );

describe("a personal link", { timeout: 20_000 }, () => {
  test("is exchanged on the press of the button and not before, and leaves the address bar", () =>
    on(
      "/p#ABCDEFGHIJKLMNOPQRSTUV",
      {
        "GET /api/studies/public": { body: publicStudies },
        "POST /api/participant/session": { body: beforeConsent },
      },
      async ({ page, requests }) => {
        await page.getByText("Exercise and pain (try it)").waitFor();
        expect(requests.map(({ address }) => address)).toEqual(["GET /api/studies/public"]);
        await page.getByRole("button", { name: "Continue" }).click();
        await page.getByRole("heading", { name: "Would you like to take part?" }).waitFor();
        expect(requests.at(-1)).toEqual({
          address: "POST /api/participant/session",
          body: { token: "ABCDEFGHIJKLMNOPQRSTUV", timeZone: "Europe/Oslo" },
        });
        expect(page.url()).toMatch(/\/p$/);
      },
    ));
});

describe("the door for anyone", { timeout: 20_000 }, () => {
  const address = "http://localhost:4999/p#ABCDEFGHIJKLMNOPQRSTUV";
  const script: Script = {
    "GET /api/studies/public": { body: publicStudies },
    "POST /api/try": { body: { link: "/p#ABCDEFGHIJKLMNOPQRSTUV" } },
    "POST /api/participant/session": { body: inWave },
    [answers]: { body: keepsAll },
  };
  test("makes a personal link on the press of the button, goes on as with one, and shows it to come back", () =>
    on("/p/#try=try", script, async ({ page, requests }) => {
      await page.getByText("Nothing you answer is used.").waitFor();
      expect(requests.map((request) => request.address)).toEqual(["GET /api/studies/public"]);
      await page.getByRole("button", { name: "Continue" }).click();
      await page.getByRole("heading", { name: /How much bodily pain/ }).waitFor();
      expect(requests.slice(1, 3)).toEqual([
        { address: "POST /api/try", body: { study: "try" } },
        {
          address: "POST /api/participant/session",
          body: { token: "ABCDEFGHIJKLMNOPQRSTUV", timeZone: "Europe/Oslo" },
        },
      ]);
      expect(page.url()).not.toContain("#");
      await page.getByRole("button", { name: "Stop here, finish later" }).click();
      expect(await page.getByRole("link", { name: address }).getAttribute("href")).toBe(address);
    }));

  test("stands beside the words about one's own link when a page is opened without any", () =>
    on(
      "/p",
      { ...script, "GET /api/participant/state": { status: 401, body: { code: "session.none" } } },
      async ({ page }) => {
        await page.getByRole("link", { name: "Try the demonstration" }).click();
        await page.getByRole("heading", { name: "Try taking part" }).waitFor();
        await page.getByRole("button", { name: "Continue" }).waitFor();
      },
    ));
});

describe("the consent page", { timeout: 20_000 }, () => {
  const script: Script = {
    "GET /api/participant/state": { body: beforeConsent },
    "POST /api/participant/consent": { body: inWave },
  };
  test("has nothing ticked, names the box that is needed, and sends each box as it stands", () =>
    on("/p", script, async ({ page, requests }) => {
      await page.getByRole("button", { name: "I agree, start" }).click();
      await page.getByRole("link", { name: /I want to take part/ }).click();
      const box = page.getByRole("checkbox", { name: /I want to take part/ });
      await expect.poll(() => box.evaluate((element) => element === document.activeElement)).toBe(true);
      await page.keyboard.press("Space");
      await page.getByRole("button", { name: "I agree, start" }).click();
      await page.getByRole("heading", { name: /How much bodily pain/ }).waitFor();
      expect(requests.at(-1)?.body).toMatchObject({
        hash: "example-hash",
        language: "en",
        timeZone: "Europe/Oslo",
        ticks: { take_part: true, reminders: false, share: false },
      });
    }));

  test("asks for its words in the other language, and unticks what was ticked under these", () => {
    const form = {
      ...beforeConsent.consent.form,
      language: "nb",
      hash: "nb-hash",
      title: "Vil du være med?",
    };
    const norsk = { ...beforeConsent, language: "nb", consent: { form } };
    return on(
      "/p",
      { ...script, "GET /api/participant/state?language=nb": { body: norsk } },
      async ({ page }) => {
        await page.getByRole("checkbox", { name: /I want to take part/ }).check();
        await page.getByRole("radio", { name: "Norsk" }).check();
        await page.getByRole("heading", { name: "Vil du være med?" }).waitFor();
        expect(await page.getByRole("checkbox", { checked: true }).count()).toBe(0);
        expect(await page.locator("html").getAttribute("lang")).toBe("nb");
      },
    );
  });
});

describe("answering by keyboard", { timeout: 20_000 }, () => {
  test("arrows choose, Enter goes on, the focus is on the new question, its place in the title", () =>
    on("/p", open, async (stage) => {
      const { page } = stage;
      await page.getByRole("radio", { name: "None" }).focus();
      await page.keyboard.press("Space");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      await page.getByText("Saved.").waitFor();
      expect(sent(stage)).toMatchObject([{ item: "pain", payload: { kind: "value", value: 2 } }]);
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: /On average/ }).waitFor();
      await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
      expect(await page.title()).toContain("Question 2 of 7");
      await page.keyboard.press("1");
      await page.keyboard.press("0");
      expect(await page.getByRole("radio", { name: "10, Pain as bad as you can imagine" }).isChecked()).toBe(
        true,
      );
    }));
});

describe("without a connection", { timeout: 20_000 }, () => {
  test("answers stay on the page, are sent again with the same id, and only then are called saved", () =>
    on(
      "/p",
      { ...open, [answers]: ["no connection", { status: 503, body: {} }, { body: keepsAll }] },
      async (stage) => {
        const { page } = stage;
        await page.getByRole("radio", { name: "Mild", exact: true }).check();
        await page.getByText("1 answer is kept on this phone until").waitFor();
        expect(await page.getByText("Saved.").count()).toBe(0);
        await next(page);
        await page.getByRole("heading", { name: /On average/ }).waitFor();
        await page.getByText("Saved.").waitFor({ timeout: 10_000 });
        const ids = sent(stage).map(({ id }) => id);
        expect(ids).toHaveLength(3);
        expect(new Set(ids).size).toBe(1);
      },
    ));
});

describe("going back", { timeout: 20_000 }, () => {
  test("by the button or the browser shows the earlier answer, and another choice replaces it", () =>
    on("/p", open, async (stage) => {
      const { page } = stage;
      await page.getByRole("radio", { name: "Moderate" }).check();
      await next(page);
      await page.getByRole("heading", { name: /On average/ }).waitFor();
      await page.goBack();
      await page.getByRole("heading", { name: /How much bodily pain/ }).waitFor();
      expect(await page.getByRole("radio", { name: "Moderate" }).isChecked()).toBe(true);
      await page.getByRole("radio", { name: "Severe", exact: true }).check();
      await next(page);
      await page.getByRole("heading", { name: /On average/ }).waitFor();
      await expect.poll(() => sent(stage).length).toBe(2);
      const [first, second] = sent(stage);
      expect(second).toMatchObject({ replaces: first?.id, payload: { kind: "value", value: 4 } });
      await page.getByRole("button", { name: "Back" }).click();
      expect(await page.getByRole("radio", { name: "Severe", exact: true }).isChecked()).toBe(true);
    }));

  test("Help keeps what stands in a field", () => {
    const given = Object.fromEntries(Object.entries(exampleAnswers).slice(0, 3));
    const current = { form: exampleForm, answers: given, answerIds: {} };
    return on(
      "/p",
      { ...open, "GET /api/participant/state": { body: { ...inWave, current } } },
      async ({ page }) => {
        await page.getByRole("textbox").fill("45");
        await page.getByRole("button", { name: "Help" }).click();
        await page.getByRole("heading", { name: "Help" }).waitFor();
        await page.getByRole("button", { name: "Back to where I was" }).click();
        expect(await page.getByRole("textbox").inputValue()).toBe("45");
      },
    );
  });
});

describe("the last question", { timeout: 20_000 }, () => {
  test("finishes the wave once every answer is saved; the date goes into a calendar file", () => {
    const { remark: _last, ...given } = exampleAnswers;
    const current = { form: exampleForm, answers: given, answerIds: {} };
    const script: Script = {
      ...open,
      "GET /api/participant/state": { body: { ...inWave, current } },
      "POST /api/participant/finish": { body: afterWave },
    };
    return on("/p", script, async ({ page, requests }) => {
      await page.getByRole("textbox").fill("It rained a lot.");
      await next(page);
      await page.getByText("Next time we ask is from Monday 15 February 2027.").waitFor();
      expect(requests.slice(-2).map(({ address }) => address)).toEqual([
        answers,
        "POST /api/participant/finish",
      ]);
      const download = page.waitForEvent("download");
      await page.getByRole("link", { name: "Add the date to my calendar" }).click();
      const file = readFileSync(await (await download).path(), "utf8");
      expect(file).toContain("DTSTART;VALUE=DATE:20270215");
    });
  });
});
