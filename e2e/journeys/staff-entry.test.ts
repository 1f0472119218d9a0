import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { describe, expect, inject, test } from "vitest";
import { accessibilityProblems, newContext, picture, scrollsSideways, useBrowser } from "../browser.ts";
import { openFromFile } from "../open-study.ts";
import { setUpSecondFactor, signIn, signInLink } from "../sign-in.ts";

const protocol = fileURLToPath(new URL("../../protocols/exercise-and-pain.yaml", import.meta.url));
const study = "staff-entry";
const viewport = { width: 1280, height: 900 };
const browser = useBrowser();

const goTo = (page: Page, rest: string): Promise<unknown> =>
  page.goto(`${inject("address")}/console/#/studies/${study}${rest}`);

async function member(email: string): Promise<Page> {
  const page = await (await newContext(browser(), { viewport })).newPage();
  await signIn(page, signInLink(email));
  await setUpSecondFactor(page);
  await page.getByRole("link", { name: "All studies" }).first().click();
  return page;
}

async function openStudy(page: Page): Promise<void> {
  await openFromFile(page, study, protocol);
  await page.getByLabel("Paste a list here").fill("Gro Paper");
  await page.getByRole("button", { name: /^Add \d/ }).click();
  await page.getByRole("heading", { name: "1 person added" }).waitFor();
}

/** Gro has no device: she signs on paper, which is written down, and gets a receipt. */
async function agree(page: Page): Promise<void> {
  await goTo(page, "/people");
  await page.getByRole("link", { name: "Gro Paper" }).click();
  await page.getByRole("link", { name: "Consent on paper" }).click();
  await page.getByRole("button", { name: "Write it down" }).click();
  await page.getByText("Say who saw it signed.").waitFor();
  await page.getByRole("checkbox", { name: /take part/ }).check();
  const day = page.getByLabel("Day beside the signature");
  await day.fill((await day.getAttribute("max")) ?? "");
  await page.getByLabel("Who of the team saw it signed").fill("Nurse Berg");
  await picture(page, "console-consent-paper-1280");
  await page.getByRole("button", { name: "Write it down" }).click();
  await page.getByText("This is your copy to keep.").waitFor();
  expect(await accessibilityProblems(page), "a receipt").toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await scrollsSideways(page)).toBe(false);
  await picture(page, "console-consent-receipt-390");
  await page.setViewportSize(viewport);
}

/** Types the whole form with the keyboard alone: the first thing that fits, or what `instead` says for a place. */
async function typeForm(page: Page, instead: Readonly<Record<number, string>> = {}): Promise<number> {
  await page.locator("[data-typed]").first().focus();
  for (let place = 0; place < 80; place += 1) {
    const codes = await page.evaluate(() => {
      const field = document.activeElement;
      return field instanceof HTMLInputElement && "typed" in field.dataset
        ? (document.getElementById(`${field.id}-codes`)?.textContent ?? "")
        : undefined;
    });
    if (codes === undefined) return place;
    await page.keyboard.type(instead[place] ?? /^\d+/.exec(codes)?.[0] ?? "no");
    await page.keyboard.press("Enter");
  }
  throw new Error("the form has no end");
}

async function openForm(page: Page): Promise<void> {
  await goTo(page, "/people");
  await page.getByRole("link", { name: "Gro Paper" }).click();
  await page.getByRole("link", { name: /answers of Wave 1/ }).click();
}

/** The owner asks about an answer by keyboard; the typist finds it in Today and explains; the owner closes it. */
async function askAndAnswer(owner: Page, typist: Page): Promise<void> {
  await owner.getByText("Ask about an answer").focus();
  await owner.keyboard.press("Enter");
  await owner.getByLabel("What do you want to know?").fill("Is the wave right?");
  await owner.getByRole("button", { name: "Open the query" }).press("Enter");
  await owner.getByText("The query is open.").waitFor();
  await goTo(typist, "");
  await typist.getByRole("link", { name: "Answer them" }).click();
  await typist.getByRole("button", { name: /^Explain: / }).click();
  await typist.getByLabel("Explanation").fill("Yes, the date is on the form.");
  await typist.getByRole("button", { name: "Save" }).click();
  await typist.getByText("No queries here.").waitFor();
  await typist.getByLabel("Show").selectOption({ label: "Answered (1)" });
  await typist.getByText("Yes, the date is on the form.").waitFor();
  expect(await accessibilityProblems(typist), "data").toEqual([]);
  await picture(typist, "console-data-1280");
  await goTo(owner, "/data?show=answered");
  await owner.getByRole("button", { name: /^Close: / }).press("Enter");
  await owner.getByRole("button", { name: "Close", exact: true }).press("Enter");
  await owner.getByText("No queries here.").waitFor();
  expect(await scrollsSideways(owner)).toBe(false);
  await picture(owner, "console-data-390");
  await goTo(owner, "/progress");
  await owner.getByText("Wave 1: 1 finished of 1 person").waitFor();
  expect(await scrollsSideways(owner)).toBe(false);
  expect(await accessibilityProblems(owner), "progress").toEqual([]);
  await picture(owner, "console-waves-390");
  await owner.setViewportSize(viewport);
  await picture(owner, "console-waves-1280");
}

describe("two members of staff enter a form that came by post", () => {
  test("by keyboard, twice, choose between what differs, and correct an answer with a reason", async () => {
    const owner = await member("entry-owner@example.org");
    await openStudy(owner);
    await agree(owner);
    await goTo(owner, "/team");
    await owner.getByLabel("E-mail address").fill("entry-typist@example.org");
    await owner.getByLabel("Role", { exact: true }).selectOption({ label: "Data entry" });
    await owner.getByRole("button", { name: "Send the invitation" }).click();
    await owner.getByText("belongs to the team.").waitFor();

    await openForm(owner);
    await owner.getByLabel("A colleague types this form again").check();
    const questions = await typeForm(owner, { 1: "nonsense" });
    await owner.keyboard.press("Enter");
    await owner.getByText("Say on which day the person answered.").first().waitFor();
    const day = owner.getByLabel("Day on which the person answered");
    await day.fill((await day.getAttribute("max")) ?? "");
    await owner.getByRole("button", { name: "Save and finish" }).click();
    await owner.getByText("One answer cannot be read.").waitFor();
    expect(await accessibilityProblems(owner), "a form being typed").toEqual([]);
    await picture(owner, "console-entry-1280");
    await owner.locator("[aria-invalid=true]").fill("1");
    await owner.keyboard.press("Control+Enter");
    await owner.getByText("The form is done.").waitFor();
    expect(await accessibilityProblems(owner), "a form that is done").toEqual([]);

    const typist = await member("entry-typist@example.org");
    await openForm(typist);
    await typist.getByRole("heading", { name: "Type this form again" }).waitFor();
    expect(await typist.locator("main").innerText(), "the second one sees nothing").not.toContain("Read as");
    expect(await typeForm(typist, { 1: "1", 2: "-" })).toBe(questions);
    await typist.keyboard.press("Enter");
    await typist.getByText("One question was typed in two ways").waitFor();
    expect(await accessibilityProblems(typist), "differences").toEqual([]);
    await picture(typist, "console-entry-differences-1280");
    await typist.getByLabel("Reason", { exact: false }).first().fill("read again on the form");
    await typist.getByRole("button", { name: /^Take the second answer/ }).click();
    await typist.getByText(/The second was taken/).waitFor();

    await openForm(owner);
    await owner
      .getByRole("button", { name: /^Correct: / })
      .first()
      .click();
    await owner.getByLabel("Right answer").fill("-");
    await owner.getByLabel("Reason for the correction").fill("the page was torn");
    await owner.getByRole("button", { name: "Save the correction" }).click();
    await owner.getByText(/corrected .* by entry-owner@example.org: the page was torn/).waitFor();
    await owner.setViewportSize({ width: 390, height: 844 });
    expect(await scrollsSideways(owner)).toBe(false);
    await picture(owner, "console-entry-390");
    await goTo(owner, "/people");
    await owner.getByRole("link", { name: "Gro Paper" }).click();
    await owner.getByText("answered or skipped").first().waitFor();
    expect(await accessibilityProblems(owner), "a person").toEqual([]);
    await picture(owner, "console-person-390");
    await askAndAnswer(owner, typist);
  });
});
