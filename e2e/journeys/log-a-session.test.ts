import type { Page } from "playwright-core";
import { expect, inject, test } from "vitest";
import { answerOneQuestion, answerToTheEnd, questionOnScreen } from "../answering.ts";
import { accessibilityProblems, newContext, picture, scrollsSideways, useBrowser } from "../browser.ts";

const browser = useBrowser();
const phone = { viewport: { width: 390, height: 844 } };

/** A fresh person of the study that anyone may try, who has ticked that they may log sessions. */
async function takePart(page: Page): Promise<void> {
  await page.goto(`${inject("address")}/p/#try`);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("checkbox", { name: "I want to take part" }).check({ force: true });
  await page.getByRole("checkbox", { name: "I may log exercise sessions" }).check({ force: true });
  await page.getByRole("button", { name: "I agree, start" }).click();
  await page.getByRole("button", { name: "Next" }).waitFor();
}

/** Taps an answer with a finger, which goes on by itself. */
async function tap(page: Page, name: string): Promise<void> {
  await page
    .locator("label")
    .filter({ hasText: new RegExp(`^${name}$`) })
    .tap();
}

test("a person logs a session in two taps before and three after, by thumb and then by keyboard", async () => {
  const context = await newContext(browser(), { ...phone, hasTouch: true });
  const page = await context.newPage();
  await takePart(page);
  await answerToTheEnd(page);
  await page.getByRole("button", { name: "Log a session" }).tap();
  await page.getByRole("heading", { name: "What will you do?" }).waitFor();
  await picture(page, "session-kind");
  expect(await accessibilityProblems(page)).toEqual([]);
  await tap(page, "Walking");
  await page.getByRole("heading", { name: /Before you start/ }).waitFor();
  await tap(page, "4");
  await page.getByText("Saved.").waitFor();
  await picture(page, "session-begun");
  expect(await accessibilityProblems(page)).toEqual([]);

  await page.getByRole("button", { name: "Back to my page" }).tap();
  await page.reload();
  await page.getByRole("button", { name: /After the session you began today/ }).tap();
  await tap(page, "30");
  await page.getByRole("heading", { name: /How hard did it feel/ }).waitFor();
  await page.keyboard.press("5");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: /Just after/ }).waitFor();
  await page.keyboard.press("3");
  await page.keyboard.press("Enter");
  await page.getByText("Saved.").waitFor();
  await page.getByText(/We ask once more from/).waitFor();
  expect(await scrollsSideways(page)).toBe(false);
  await context.close();
});

test("answers given without a connection survive closing the page and arrive once, with their own times", async () => {
  const context = await newContext(browser(), phone);
  const page = await context.newPage();
  await takePart(page);
  await answerOneQuestion(page);
  await page.getByText("Saved.").waitFor();
  // The worker has kept the page once it answers for it.
  await page.waitForFunction(async () => {
    const names = await caches.keys();
    const kept = await Promise.all(
      names.map(async (name) => (await (await caches.open(name)).keys()).length),
    );
    return navigator.serviceWorker.controller !== null && kept.some((count) => count > 3);
  });

  await context.setOffline(true);
  await answerOneQuestion(page);
  await answerOneQuestion(page);
  await page.getByText(/2 answers are kept on this phone until .* not yet sent/).waitFor();
  await picture(page, "kept-on-the-phone");
  expect(await accessibilityProblems(page)).toEqual([]);
  const fourth = await questionOnScreen(page);
  await page.close();

  const again = await context.newPage();
  await again.goto(`${inject("address")}/p/`);
  await again.getByRole("button", { name: "Next" }).waitFor();
  expect(await questionOnScreen(again), "the page opens where it was closed").toBe(fourth);
  await again.getByText(/2 answers are kept on this phone/).waitFor();
  expect(await rowsOnThePhone(again)).toBe(1);

  const sent: string[] = [];
  again.on("response", async (response) => {
    if (response.url().endsWith("/api/participant/answers")) sent.push(await response.text());
  });
  await context.setOffline(false);
  await again.getByText("Saved.").waitFor();
  // The page may read an answer before this test does.
  const saved = () => sent.flatMap((text) => (JSON.parse(text) as { saved: unknown[] }).saved).length;
  await expect.poll(saved).toBe(2);
  await again.waitForFunction(readsNothing);
  await again.reload();
  await again.getByRole("button", { name: "Next" }).waitFor();
  expect(await questionOnScreen(again)).toBe(fourth);
  await context.close();
});

test("a whole round by keyboard alone", async () => {
  const context = await newContext(browser(), { viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await takePart(page);
  for (let question = 0; question < 80; question += 1) {
    const heading = await questionOnScreen(page);
    if (/thank you/i.test(heading)) break;
    await answerByKeyboard(page);
    await page.waitForFunction((before) => document.querySelector("h1")?.textContent !== before, heading);
    if (!(await page.getByRole("button", { name: "Next" }).isVisible()))
      await page.getByRole("heading", { name: /thank you/i }).waitFor();
  }
  expect(await page.getByRole("heading", { name: /thank you/i }).isVisible()).toBe(true);
  await context.close();
});

/** Reaches the first field with Tab as far as it takes, answers with keys, and goes on with Enter. */
async function answerByKeyboard(page: Page): Promise<void> {
  const kind = await page.evaluate(() => {
    const field = document.querySelector<HTMLInputElement>("main fieldset input, main fieldset textarea");
    return field === null ? "none" : field.type;
  });
  for (let step = 0; step < 12; step += 1) {
    await page.keyboard.press("Tab");
    const isField = await page.evaluate(() =>
      document.activeElement?.matches("main fieldset input, textarea"),
    );
    if (isField === true) break;
  }
  if (kind === "radio" || kind === "checkbox") await page.keyboard.press("Space");
  else await page.keyboard.type((await questionOnScreen(page)).includes("born") ? "1960" : "150");
  if (kind === "text") await page.keyboard.press("Enter");
  else await pressNext(page);
  const wrong = page.locator("#question-error");
  if (await wrong.isVisible()) await retypeSmaller(page);
}

async function pressNext(page: Page): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press("Tab");
    const label = await page.evaluate(() => document.activeElement?.textContent?.trim());
    if (label === "Next") break;
  }
  await page.keyboard.press("Enter");
}

async function retypeSmaller(page: Page): Promise<void> {
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("2");
  await page.keyboard.press("Enter");
}

function rowsOnThePhone(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const opening = indexedDB.open("longwave-kept", 1);
        opening.onsuccess = () => {
          const asked = opening.result.transaction("kept").objectStore("kept").getAll();
          asked.onsuccess = () => {
            const rows = asked.result as { key: CryptoKey }[];
            const locked = rows.filter(({ key }) => !key.extractable);
            opening.result.close();
            resolve(locked.length);
          };
        };
      }),
  );
}

function readsNothing(): Promise<boolean> {
  return new Promise((resolve) => {
    const opening = indexedDB.open("longwave-kept", 1);
    opening.onsuccess = () => {
      const asked = opening.result.transaction("kept").objectStore("kept").count();
      asked.onsuccess = () => {
        opening.result.close();
        resolve(asked.result === 0);
      };
    };
  });
}
