import { describe, expect, inject, test } from "vitest";
import { answerOneQuestion, answerToTheEnd, questionOnScreen } from "../answering.ts";
import {
  accessibilityProblems,
  newContext,
  picture,
  scrollsSideways,
  useBrowser,
  widths,
} from "../browser.ts";

const browser = useBrowser();

describe.each(widths)("a person takes part $name", ({ name, viewport }) => {
  test("from the front door through consent and wave 1, closing the browser half way", async () => {
    const address = inject("address");
    const context = await newContext(browser(), { viewport });
    const page = await context.newPage();
    const look = async (what: string): Promise<void> => {
      await picture(page, `take-part-${what}-${viewport.width}`);
      expect(await accessibilityProblems(page), `${what} ${name}`).toEqual([]);
      expect(await scrollsSideways(page), `${what} scrolls sideways ${name}`).toBe(false);
    };

    await page.goto(`${address}/`);
    await look("front");
    await page
      .getByRole("link", { name: /take part/i })
      .first()
      .click();
    await page
      .getByRole("button", { name: /continue|start|try/i })
      .first()
      .waitFor();
    await look("landing");
    await page
      .getByRole("button", { name: /continue|start|try/i })
      .first()
      .click();

    await page.getByRole("checkbox", { name: "I want to take part" }).waitFor();
    expect(page.url(), "the key has left the address bar").not.toMatch(/#.{10}/);
    const boxes = page.getByRole("checkbox");
    for (const box of await boxes.all())
      expect(await box.isChecked(), "nothing is ticked beforehand").toBe(false);
    await look("consent");
    await page.getByRole("button", { name: "I agree, start" }).click();
    await look("consent-missing");
    await boxes.first().check({ force: true });
    await page.getByRole("button", { name: "I agree, start" }).click();

    await page.getByRole("button", { name: "Next" }).waitFor();
    const link = await context.storageState();
    await look("first-question");
    await answerOneQuestion(page);
    await answerOneQuestion(page);
    const third = await questionOnScreen(page);
    await page.getByText("Saved.").first().waitFor({ state: "attached" });
    await context.close();

    const again = await newContext(browser(), { viewport });
    await again.addCookies(link.cookies);
    const resumed = await again.newPage();
    await resumed.goto(`${address}/p/`);
    await resumed.getByRole("button", { name: "Next" }).waitFor();
    expect(await questionOnScreen(resumed), "goes on where it stopped").toBe(third);

    await answerToTheEnd(resumed);
    expect(await resumed.getByRole("heading", { name: /thank you/i }).isVisible()).toBe(true);
    expect(await resumed.locator("main").innerText()).toMatch(/20\d\d/);
    await picture(resumed, `take-part-thanks-${viewport.width}`);
    expect(await accessibilityProblems(resumed)).toEqual([]);
    await again.close();
  });
});
