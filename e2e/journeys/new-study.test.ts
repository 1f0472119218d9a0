import type { Page } from "playwright-core";
import { expect, inject, test } from "vitest";
import { answerOneQuestion, questionOnScreen } from "../answering.ts";
import {
  accessibilityProblems,
  newContext,
  picture,
  scrollsSideways,
  useBrowser,
  widths,
} from "../browser.ts";
import { setUpSecondFactor, signIn, signInLink } from "../sign-in.ts";

const browser = useBrowser();

/** Looks at the page as it stands, on a phone and at a desk: a picture, and nothing to scroll sideways; axe once. */
async function look(page: Page, name: string): Promise<void> {
  for (const { viewport } of widths) {
    await page.setViewportSize(viewport);
    await picture(page, `${name}-${viewport.width}`);
    expect(await scrollsSideways(page), `${name} scrolls sideways`).toBe(false);
  }
  // The participant's page in the frame is a page of its own: its landmarks stand beside those of the console.
  const found = (await accessibilityProblems(page)).filter((each) => !each.startsWith("landmark-unique"));
  expect(found, name).toEqual([]);
}

/** Puts words in the place of others in the editor, as somebody with a keyboard would. */
async function replaceInText(page: Page, before: string, after: string): Promise<void> {
  await page.getByLabel("Text of the study").click();
  await page.keyboard.press("Control+f");
  await page.getByRole("textbox", { name: "Find" }).selectText();
  await page.keyboard.type(before);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await page.keyboard.insertText(after);
}

test("a researcher comes from an empty console to a first answer", async () => {
  const study = "begun-here";
  const page = await (await newContext(browser(), { viewport: widths[1].viewport })).newPage();
  await signIn(page, signInLink("begins@example.org"));
  await setUpSecondFactor(page);
  await page.goto(`${inject("address")}/console/#/`);
  await page.getByRole("link", { name: "New study" }).click();
  await page.getByRole("radio", { name: /Active days and pain/ }).check();
  await look(page, "new-study");
  await page.getByLabel("Name in addresses").fill(study);
  await page.getByRole("button", { name: "Make the study" }).click();

  await page.getByText("No mistakes.").waitFor();
  await replaceInText(page, "closesDay: 28", "closesDay: soon");
  await page.getByRole("button", { name: /^Line \d+: recruitment\.closesDay/ }).click();
  await page.getByText("Not saved yet. What you typed is kept in this browser.").waitFor();
  expect(await page.getByRole("button", { name: "Open recruitment" }).getAttribute("aria-disabled")).toBe(
    "true",
  );
  await look(page, "write-mistake");
  await page.reload();
  await page.getByText("You typed this here earlier").waitFor();
  await replaceInText(page, "closesDay: soon", "closesDay: 35");
  await page.getByText("No mistakes.").waitFor();

  const phone = page.frameLocator("iframe");
  await phone.getByRole("checkbox", { name: "I want to take part" }).check({ force: true });
  await phone.getByRole("button", { name: "I agree, start" }).click();
  await phone.getByText("On average, how strong has your pain been").waitFor();
  await look(page, "write-preview");

  await page.getByLabel("Text of the study").focus();
  await page.keyboard.press("Control+s");
  await page.getByText("Saved.", { exact: true }).waitFor();
  await page.keyboard.press("Tab");
  expect(
    await page.evaluate(() => document.activeElement?.closest(".code-box")),
    "Tab leaves the text",
  ).toBeNull();
  await page.getByRole("button", { name: "Open recruitment" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Open recruitment" }).click();

  await page.getByLabel("Paste a list here").fill("Kari Example, kari@example.org");
  await page.getByRole("button", { name: /^Add \d/ }).click();
  await page.getByRole("heading", { name: "1 person added" }).waitFor();
  const [link = ""] = (await page.locator("main").innerText()).match(/https?:\/\/\S+\/p\/?#\S+/g) ?? [];
  const kari = await (await newContext(browser(), { viewport: widths[0].viewport })).newPage();
  await kari.goto(link);
  await kari.getByRole("button", { name: "Continue" }).click();
  await kari.getByRole("checkbox", { name: "I want to take part" }).check({ force: true });
  await kari.getByRole("button", { name: "I agree, start" }).click();
  await kari.getByRole("button", { name: "Next" }).waitFor();
  expect(await questionOnScreen(kari)).toContain("how strong has your pain been");
  await answerOneQuestion(kari);
  await kari.getByText("Saved.").first().waitFor({ state: "attached" });
});
