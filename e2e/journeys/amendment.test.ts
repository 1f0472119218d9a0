import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { describe, expect, inject, test } from "vitest";
import { accessibilityProblems, newContext, picture, scrollsSideways, useBrowser } from "../browser.ts";
import { openFromFile } from "../open-study.ts";
import { setUpSecondFactor, signIn, signInLink } from "../sign-in.ts";

const text = readFileSync(new URL("../../protocols/exercise-and-pain.yaml", import.meta.url), "utf8");
const study = "amended";
const desk = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };
const browser = useBrowser();

/** The second round is a week longer, and the consent says so. */
const amended = text
  .replace(/^version: 1\.0\.0/m, "version: 1.1.0")
  .replace("closesDays: 21", "closesDays: 28")
  .replace(
    /^consent:\n {2}version: 1\n/m,
    'consent:\n  version: 2\n  whenDeclined: stay\n  changes: [{ en: "The second round is open a week longer.", nb: "Andre runde er åpen en uke lenger." }]\n',
  );

const goTo = async (page: Page, rest: string): Promise<void> => {
  await page.goto(`${inject("address")}/console/#/studies/${study}${rest}`);
  await page.locator("main h1").first().waitFor();
};

async function clean(page: Page, name: string): Promise<void> {
  await picture(page, name);
  expect(await accessibilityProblems(page), name).toEqual([]);
  expect(await scrollsSideways(page), `${name} scrolls sideways`).toBe(false);
}

/** A study of one's own with one person; gives their link. */
async function openStudy(owner: Page): Promise<string> {
  await owner.getByRole("link", { name: "All studies" }).first().click();
  await openFromFile(owner, study, { text });
  await owner.getByLabel("Paste a list here").fill("Gro Example, gro@example.org");
  await owner.getByRole("button", { name: /^Add \d/ }).click();
  await owner.getByRole("heading", { name: "1 person added" }).waitFor();
  return /https?:\/\/\S+\/p\/?#\S+/.exec(await owner.locator("main").innerText())?.[0] ?? "";
}

describe("an amendment", () => {
  test("is looked at, saved with a reason, and put to a participant who consents anew", async () => {
    const owner = await (await newContext(browser(), { viewport: desk })).newPage();
    await signIn(owner, signInLink("amend@example.org"));
    await setUpSecondFactor(owner);
    const link = await openStudy(owner);
    const gro = await (await newContext(browser(), { viewport: phone, hasTouch: true })).newPage();
    await gro.goto(link);
    await gro.getByRole("button", { name: "Continue" }).click();
    await gro.getByRole("checkbox", { name: "I want to take part" }).check({ force: true });
    await gro.getByRole("button", { name: "I agree, start" }).click();
    await gro.getByRole("button", { name: "Next" }).waitFor();

    await goTo(owner, "/changes");
    await owner.getByLabel("The new text").fill(amended.replace("version: 1.1.0", "version: 1.0.0"));
    await owner.getByRole("button", { name: "Look at the effect" }).click();
    await owner.getByText("a version after 1.0.0").waitFor();
    await owner.getByLabel("The new text").fill(amended);
    await owner.getByRole("button", { name: "Look at the effect" }).click();
    await owner.getByRole("heading", { name: "What version 1.1.0 would do" }).waitFor();
    await owner.getByText("Are asked to consent anew: 1 person.").waitFor();
    await clean(owner, "amendment-effect-1280");
    await owner.getByRole("button", { name: "Save the amendment" }).click();
    await owner.getByText("Say why.").waitFor();
    await owner.getByLabel("Why").fill("More people need time to answer.");
    await owner.getByRole("button", { name: "Save the amendment" }).click();
    await owner.getByText("Saved as version 2.").waitFor();
    await clean(owner, "amendment-saved-1280");
    await owner.setViewportSize(phone);
    await clean(owner, "amendment-saved-390");

    await gro.reload();
    await gro.getByRole("heading", { name: "Something has changed" }).waitFor();
    await gro.getByText("The second round is open a week longer.").waitFor();
    await clean(gro, "consent-again-390");
    await gro.getByRole("checkbox", { name: "I want to take part" }).check({ force: true });
    await gro.getByRole("button", { name: "I agree, go on" }).click();
    await gro.getByRole("button", { name: "Next" }).waitFor();

    await goTo(owner, "/messages");
    expect(await owner.locator("main").innerText(), "nothing is sent by saving").not.toContain("Gro");
    await goTo(owner, "/settings");
    await owner
      .getByRole("form", { name: "Pause the study" })
      .getByLabel("Why")
      .fill("A report is looked into.");
    await owner.getByRole("button", { name: "Pause the study" }).click();
    await owner.getByRole("button", { name: "Go on" }).waitFor();
    await clean(owner, "settings-390");
    await owner.setViewportSize(desk);
    await clean(owner, "settings-1280");
    await gro.reload();
    await gro.getByText("The study is paused.").waitFor();
    await clean(gro, "paused-390");
  });
});
