import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { describe, expect, inject, test } from "vitest";
import { accessibilityProblems, newContext, scrollsSideways, useBrowser } from "../browser.ts";
import { openFromFile } from "../open-study.ts";
import { setUpSecondFactor, signIn, signInLink } from "../sign-in.ts";

const protocol = fileURLToPath(new URL("../../protocols/exercise-and-pain.yaml", import.meta.url));
const browser = useBrowser();
const study = "journey-door";
const EMAIL = "kari-door@example.org";

/** The code in the newest letter to an address, in the folder where letters lie without a mail server. */
async function mailedCode(address: string): Promise<string> {
  const folder = join(inject("dataDir"), "outbox");
  for (let tries = 0; tries < 100; tries++) {
    for (const name of readdirSync(folder).sort().reverse()) {
      const letter = readFileSync(join(folder, name), "utf8");
      const code = letter.includes(address) ? /^\d{4} \d{4}\r?$/m.exec(letter)?.[0] : undefined;
      if (code) return code.trim();
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no code was mailed to ${address}`);
}

/** A study of real people whose link is open. */
async function openDoor(staff: Page): Promise<void> {
  await signIn(staff, signInLink("door@example.org"));
  await setUpSecondFactor(staff);
  await staff.goto(`${inject("address")}/console/#/`);
  await openFromFile(staff, study, protocol);
  await staff.goto(`${inject("address")}/console/#/studies/${study}/recruitment`);
  await staff.getByRole("button", { name: "Open the link" }).click();
  await staff.getByText("anyone who has the address can join").waitFor();
}

const choose = async (page: Page, group: string, answer: string): Promise<void> =>
  page.getByRole("group", { name: group }).getByRole("radio", { name: answer }).check();

describe("someone who was not invited", () => {
  test("joins by the open link, writes to the team, and is read there", async () => {
    const staff = await (await newContext(browser(), { viewport: { width: 1280, height: 900 } })).newPage();
    await openDoor(staff);

    // The public pages need no script.
    const plain = await newContext(browser(), {
      viewport: { width: 390, height: 844 },
      javaScriptEnabled: false,
    });
    const page = await plain.newPage();
    await page.goto(`${inject("address")}/join/${study}`);
    await choose(page, "Are you 18 years or older?", "No");
    await choose(page, "Can you read e-mail", "Yes");
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByText("The study is for people who are 18 or older.").waitFor();

    await page.goto(`${inject("address")}/join/${study}`);
    await choose(page, "Are you 18 years or older?", "Yes");
    await choose(page, "Can you read e-mail", "Yes");
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByLabel("Your name").fill("Kari Nordmann");
    await page.getByLabel("Your e-mail address").fill(EMAIL);
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByLabel("The code from the message").fill(await mailedCode(EMAIL));
    await page.getByRole("button", { name: "Go on" }).click();
    const link = (await page.getByRole("link", { name: "Read on and decide" }).getAttribute("href")) ?? "";
    await plain.close();

    const phone = await (await newContext(browser(), { viewport: { width: 390, height: 844 } })).newPage();
    await phone.goto(link);
    await phone.getByRole("button", { name: "Continue" }).click();
    await phone.getByRole("link", { name: "Privacy notice" }).waitFor();
    await phone.getByRole("checkbox", { name: "I want to take part" }).check({ force: true });
    await phone.getByRole("button", { name: "I agree, start" }).click();
    await phone.getByRole("button", { name: "Next" }).waitFor();
    await phone.getByRole("button", { name: "Write to the study team" }).click();
    await phone.getByRole("radio", { name: "A question" }).check({ force: true });
    await phone.getByLabel("Your message").fill("May I answer on my daughter's phone?");
    expect(await accessibilityProblems(phone)).toEqual([]);
    expect(await scrollsSideways(phone)).toBe(false);
    await phone.getByRole("button", { name: "Send", exact: true }).click();
    await phone.getByRole("heading", { name: "Your message has arrived" }).waitFor();
    await phone.getByRole("button", { name: "Back to where I was" }).click();
    await phone.getByRole("button", { name: "Next" }).waitFor();

    await staff.goto(`${inject("address")}/console/#/studies/${study}/inbox`);
    await staff.getByText("May I answer on my daughter's phone?").waitFor();
    expect(await staff.getByText("Kari Nordmann").count()).toBe(1);
    await staff.getByRole("button", { name: /^Answer by e-mail/ }).click();
    await staff.getByRole("textbox", { name: "Answer by e-mail" }).fill("Yes, with your own link.");
    await staff.getByRole("button", { name: "Send the answer" }).click();
    await staff.getByText("Answered by e-mail").waitFor();
    await staff.goto(`${inject("address")}/console/#/studies/${study}/recruitment`);
    await staff.getByText("1 person consented").waitFor();
    await staff.getByText("1 time", { exact: true }).waitFor();
  });
});
