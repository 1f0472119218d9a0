import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
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
import { openFromFile } from "../open-study.ts";
import { needPublished } from "../published.ts";
import { setUpSecondFactor, signIn, signInLink } from "../sign-in.ts";

const protocol = fileURLToPath(new URL("../../protocols/exercise-and-pain.yaml", import.meta.url));

const browser = useBrowser();
needPublished();

const goTo = (page: Page, study: string, rest: string): Promise<unknown> =>
  page.goto(`${inject("address")}/console/#/studies/${study}${rest}`);

async function sign(page: Page, study: string): Promise<void> {
  await goTo(page, study, "/lock");
  await page.getByRole("button", { name: "Sign the lock" }).first().click();
  await page.getByRole("dialog").getByRole("button", { name: "Sign the lock" }).click();
}

async function runAnalysis(page: Page, study: string, button: string, done: string): Promise<string> {
  await goTo(page, study, "/analysis");
  await page.getByRole("button", { name: button }).click();
  await page.getByText(done).waitFor({ timeout: 60_000 });
  const [report] = await Promise.all([
    page.waitForEvent("popup"),
    page.getByRole("link", { name: "Open the report" }).click(),
  ]);
  await report.waitForLoadState();
  const text = await report.locator("body").innerText();
  expect(await accessibilityProblems(report), "the report").toEqual([]);
  await report.close();
  return text;
}

type Viewport = (typeof widths)[number]["viewport"];

/** A participant opens the personal link, agrees, answers three questions and closes the browser; returns the fourth. */
async function answerThree(link: string, viewport: Viewport): Promise<string> {
  const context = await newContext(browser(), { viewport });
  const page = await context.newPage();
  await page.goto(link);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("checkbox", { name: "I want to take part" }).check({ force: true });
  await page.getByRole("button", { name: "I agree, start" }).click();
  await page.getByRole("button", { name: "Next" }).waitFor();
  for (let question = 1; question <= 3; question += 1) await answerOneQuestion(page);
  const fourth = await questionOnScreen(page);
  await page.getByText("Saved.").first().waitFor({ state: "attached" });
  await context.close();
  return fourth;
}

describe("two researchers run a study", () => {
  test.each(widths)("from its text to a published page that anyone can read, $name", async ({ viewport }) => {
    const study = `journey-${viewport.width}`;
    const owner = await (await newContext(browser(), { viewport })).newPage();
    await signIn(owner, signInLink(`first-${viewport.width}@example.org`));
    await setUpSecondFactor(owner);
    await owner.getByRole("link", { name: "All studies" }).first().click();
    await openFromFile(owner, study, protocol);

    await owner
      .getByRole("textbox")
      .first()
      .fill("Kari Example, kari@example.org\nOla Example, ola@example.org\nnot an address, ola@example");
    await picture(owner, `console-add-people-${viewport.width}`);
    await owner.getByRole("button", { name: /^Add \d/ }).click();
    await owner.getByRole("heading", { name: "2 people added" }).waitFor();
    const links = (await owner.locator("main").innerText()).match(/https?:\/\/\S+\/p\/?#\S+/g) ?? [];
    expect(links.length, "each person has a link").toBeGreaterThanOrEqual(2);
    expect(await owner.locator("main").innerText()).toMatch(/1 line was not added/);

    const stoppedAt = await answerThree(links[0] as string, viewport);
    const phone = await newContext(browser(), { viewport });
    const participant = await phone.newPage();
    await participant.goto(links[0] as string);
    await participant.getByRole("button", { name: "Continue" }).click();
    await participant.getByRole("button", { name: "Next" }).waitFor();
    expect(await questionOnScreen(participant), "the link goes on where it stopped").toBe(stoppedAt);
    await answerToTheEnd(participant);
    await phone.close();

    const blind = await runAnalysis(owner, study, "Make the blind report", "The blind report is ready.");
    expect(blind).toMatch(/hidden|locked/i);
    expect(blind, "no estimate before the lock").not.toMatch(/95 ?% interval/);

    const colleague = `second-${viewport.width}@example.org`;
    await goTo(owner, study, "/team");
    await owner.getByLabel("E-mail address").fill(colleague);
    await owner.getByLabel("Role", { exact: true }).selectOption({ label: "Manager" });
    await owner.getByRole("button", { name: "Send the invitation" }).click();
    await owner.getByText(`${colleague} belongs to the team.`).waitFor();

    await sign(owner, study);
    await owner.getByText("You have signed.").waitFor();
    const second = await (await newContext(browser(), { viewport: viewport })).newPage();
    await signIn(second, signInLink(colleague));
    await sign(second, study);
    await second.getByText("The data are locked.").first().waitFor();

    await runAnalysis(owner, study, "Run the analysis", "The results are ready.");
    await goTo(owner, study, "/publish");
    await owner.getByRole("button", { name: "Publish the findings" }).click();
    await owner.getByRole("dialog").getByRole("button", { name: "Publish", exact: true }).click();
    await owner.getByText("The findings are public at").waitFor();

    const reader = await (await newContext(browser(), { viewport, javaScriptEnabled: false })).newPage();
    await reader.goto(`${inject("address")}/findings/${study}`);
    const page = await reader.locator("body").innerText();
    expect(page, "too few people to say anything, and the page says so").toMatch(
      /too few|not enough|could not/i,
    );
    await picture(reader, `findings-too-few-${viewport.width}`);
  });

  test("the link that the first start printed signs in once, and never again", async () => {
    const first = await (await newContext(browser(), { viewport: widths[1].viewport })).newPage();
    await signIn(first, inject("signInLink"));
    const second = await (await newContext(browser(), { viewport: widths[1].viewport })).newPage();
    await second.goto(inject("signInLink"));
    await second.getByRole("button", { name: "Sign in" }).click();
    await second.getByText("This link did not work.").waitFor();
  });

  test.each(widths)("and every page of the console is clean $name", async ({ viewport }) => {
    const page = await (await newContext(browser(), { viewport })).newPage();
    await signIn(page, signInLink(`look-${viewport.width}@example.org`));
    for (const [name, address] of Object.entries({
      studies: "/console/#/studies",
      overview: "/console/#/studies/exercise-and-pain",
      people: "/console/#/studies/exercise-and-pain/people",
      messages: "/console/#/studies/exercise-and-pain/messages",
      add: "/console/#/studies/exercise-and-pain/people/add",
      analysis: "/console/#/studies/exercise-and-pain/analysis",
      lock: "/console/#/studies/exercise-and-pain/lock",
      publish: "/console/#/studies/exercise-and-pain/publish",
      team: "/console/#/studies/exercise-and-pain/team",
      account: "/console/#/account",
    })) {
      await page.goto(inject("address") + address);
      await page.locator("main h1, main h2").first().waitFor();
      await page.waitForLoadState("networkidle");
      await picture(page, `console-${name}-${viewport.width}`);
      expect(await accessibilityProblems(page), name).toEqual([]);
      expect(await scrollsSideways(page), `${name} scrolls sideways`).toBe(false);
    }
  });
});
