import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { feedbackHash } from "@longwave/study";
import { readProtocol } from "@longwave/study/text";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { answerToTheEnd } from "../answering.ts";
import {
  accessibilityProblems,
  newContext,
  picture,
  scrollsSideways,
  useBrowser,
  widths,
} from "../browser.ts";
import { openRoom, type Room } from "../moved-clock.ts";

const browser = useBrowser();
const protocolFile = new URL("../../protocols/exercise-and-pain.yaml", import.meta.url);
const DAY = 86_400_000;

let room: Room;
beforeAll(async () => {
  room = await openRoom(reviewed());
});
afterAll(() => room.close());

function reviewed(): string {
  const text = readFileSync(protocolFile, "utf8");
  const hash = feedbackHash(readProtocol(text, "protocol.yaml"));
  const review = `review: { status: reviewed, reviewedBy: A. Reviewer, reviewedOn: "2026-01-01", hash: ${hash} }`;
  return text.replace(/review:\n {4}status: working\n {4}note: [^\n]*/, review);
}

/** The messages in the outbox folder. */
function letters(): readonly string[] {
  const outbox = join(room.dataDir, "outbox");
  return existsSync(outbox) ? readdirSync(outbox).filter((name) => name.endsWith(".eml")) : [];
}

/** The code of the one message that was not there before; the clock of the test goes back, so names tell no order. */
async function codeAfter(before: readonly string[]): Promise<string> {
  const added = (): readonly string[] => letters().filter((name) => !before.includes(name));
  await expect.poll(() => added().length, { timeout: 30_000 }).toBe(1);
  const text = readFileSync(join(room.dataDir, "outbox", added()[0] ?? ""), "utf8");
  return /^\d{4} \d{4}\r?$/m.exec(text)?.[0].trim() ?? "";
}

async function typeCode(page: Page): Promise<void> {
  const before = letters();
  await page.getByRole("button", { name: "Send me a code" }).click();
  const code = await codeAfter(before);
  await page.getByRole("textbox", { name: /^Code/ }).fill(code);
  await page.getByRole("button", { name: "Show my answers" }).click();
}

describe.each(widths)("a person sees their own answers $name", ({ name, viewport }) => {
  test("after each round, by a code from the outbox, and takes a copy of everything", async () => {
    const answer = await room.post("/api/studies/pain/people", {
      text: `Kari ${viewport.width}, kari${viewport.width}@example.org`,
    });
    const { added } = (await answer.json()) as { added: { link: string }[] };
    const path = new URL(added[0]?.link ?? "", room.url);
    const context = await newContext(browser(), { viewport });
    const page = await context.newPage();
    const look = async (what: string): Promise<void> => {
      await picture(page, `own-answers-${what}-${viewport.width}`);
      expect(await accessibilityProblems(page), `${what} ${name}`).toEqual([]);
      expect(await scrollsSideways(page), `${what} scrolls sideways ${name}`).toBe(false);
    };
    await page.goto(`${room.url}${path.pathname}${path.hash}`);
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByRole("checkbox", { name: "I want to take part" }).check({ force: true });
    await page.getByRole("button", { name: "I agree, start" }).click();
    await answerToTheEnd(page);
    await page.getByRole("button", { name: "Your own answers" }).click();
    await page.getByText("we need to know that it is you").waitFor();
    await look("code");
    await typeCode(page);
    await page.getByText("Not enough yet to compare: 1 of 2 answers.").first().waitFor();

    room.clock.now += 91 * DAY;
    await page.goto("about:blank");
    await page.goto(`${room.url}${path.pathname}${path.hash}`);
    await page.getByRole("button", { name: "Your own answers" }).click();
    await page.getByRole("heading", { name: "Your own answers wait a little" }).waitFor();
    await look("locked");
    await page.getByRole("button", { name: "Back to the questions" }).click();
    await page.getByRole("radio", { name: "Mild", exact: true }).check({ force: true });
    await page.getByRole("button", { name: "Next" }).click();
    await answerToTheEnd(page);
    await page.getByRole("button", { name: "Your own answers" }).click();
    await typeCode(page);
    await page.getByText("Your pain was 2 steps higher than in March 2026.").waitFor();
    await page.getByText("more than one person's answers usually vary by chance").waitFor();
    await page.getByText("Reviewed by A. Reviewer").waitFor();
    await page.getByText("Show as a table").first().click();
    expect(await page.getByRole("row", { name: "June 2026 Mild" }).isVisible()).toBe(true);
    await look("record");

    const copyOf = async (button: string): Promise<string> => {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: button }).click(),
      ]);
      return readFileSync(await download.path(), "utf8");
    };
    const copy = JSON.parse(await copyOf("Copy for a computer (JSON)")) as {
      format: string;
      answers: { wave: string; item: string; answer: string }[];
    };
    expect(copy.format).toBe("longwave.own-copy/1");
    const pain = copy.answers.filter(({ item }) => item === "pain_vrs");
    expect(pain.map(({ wave, answer: given }) => `${wave} ${given}`)).toEqual(["w1 None", "w2 Mild"]);
    expect(await copyOf("Copy to read")).toContain("What the study keeps about you");
    await context.close();
    room.clock.now -= 91 * DAY;
  });
});
