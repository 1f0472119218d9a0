import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PeoplePage } from "@longwave/api";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { answerOneQuestion, answerToTheEnd } from "../answering.ts";
import { accessibilityProblems, newContext, scrollsSideways, useBrowser } from "../browser.ts";
import { openRoom, type Room } from "../moved-clock.ts";

const browser = useBrowser();
const phone = { viewport: { width: 390, height: 844 } };
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const protocol = readFileSync(new URL("../../protocols/exercise-and-pain.yaml", import.meta.url), "utf8");

let room: Room;
beforeAll(async () => {
  room = await openRoom(protocol);
});
afterAll(() => room.close());

interface Mail {
  readonly subject: string;
  readonly text: string;
}

/** The messages that came since the last look. */
const seen = new Set<string>();
async function newMail(): Promise<readonly Mail[]> {
  await room.server.deliverMail();
  const outbox = join(room.dataDir, "outbox");
  const names = readdirSync(outbox).filter((name) => name.endsWith(".eml") && !seen.has(name));
  return names.map((name) => {
    seen.add(name);
    const text = readFileSync(join(outbox, name), "utf8")
      .replace(/=\r?\n/g, "")
      .replace(/=3D/g, "=");
    return { subject: /^Subject: (.*)$/m.exec(text)?.[1]?.trim() ?? "", text };
  });
}

/** The message that comes first within some days. */
async function nextMail(days: number): Promise<Mail> {
  for (let day = 0; day < days; day++) {
    room.clock.now += DAY;
    const [mail] = await newMail();
    if (mail) return mail;
  }
  throw new Error(`no message within ${days} days`);
}

/** The code of the message that comes next. */
async function codeFromMail(): Promise<string> {
  const codes: string[] = [];
  await expect
    .poll(async () => {
      for (const { text } of await newMail()) codes.push(/^\d{4} \d{4}\r?$/m.exec(text)?.[0].trim() ?? "");
      return codes.length;
    })
    .toBe(1);
  return codes[0] ?? "";
}

/** Opens the personal link of a message, as a tap in a mail program does. */
async function openLinkOf(page: Page, { text }: Pick<Mail, "text">): Promise<void> {
  const link = /https?:\/\/\S+\/p\/?#[\w-]+/.exec(text)?.[0] ?? "";
  await page.goto("about:blank");
  await page.goto(link.replace(/^https?:\/\/[^/]+/, room.url));
  await page.getByRole("button", { name: "Continue" }).click();
}

test("a participant's year: an invitation, five rounds by the link of each message, one finished after a nudge, and the last thanks", async () => {
  await room.post("/api/studies/pain/people", { text: "Kari, kari@example.org", invite: true });
  const context = await newContext(browser(), phone);
  const page = await context.newPage();
  const [invitation, ...others] = await newMail();
  expect(others).toEqual([]);
  if (!invitation) throw new Error("nobody was invited");
  await openLinkOf(page, invitation);
  await page.getByRole("checkbox", { name: "I want to take part" }).check({ force: true });
  await page.getByRole("checkbox", { name: /remind/i }).check({ force: true });
  await page.getByRole("button", { name: "I agree, start" }).click();
  await answerToTheEnd(page);

  const subjects: string[] = [];
  for (let round = 2; round <= 5; round++) {
    const mail = await nextMail(100);
    subjects.push(mail.subject);
    await openLinkOf(page, mail);
    await page.getByRole("button", { name: "Next" }).waitFor();
    if (round === 3) {
      await answerOneQuestion(page);
      await page.getByText("Saved.").first().waitFor({ state: "attached" });
      const nudge = await nextMail(4);
      subjects.push(nudge.subject);
      await openLinkOf(page, nudge);
    }
    await answerToTheEnd(page);
  }
  expect(subjects).toHaveLength(5);
  expect(subjects[2]).toMatch(/^Not finished yet/);
  expect(await accessibilityProblems(page)).toEqual([]);
  expect(await scrollsSideways(page)).toBe(false);
  room.clock.now += 60 * DAY;
  expect(await newMail(), "nothing after the last round").toEqual([]);
  await context.close();
});

test.each([
  ["Stop the messages", "Yes, stop the messages", "You get no more messages", "no_contact"],
  ["Leave, and let my answers stay", "Yes, leave the study", "You have left the study", "withdrawn"],
  [
    "Leave, and erase everything about me",
    "Yes, erase everything",
    "Everything about you is erased",
    "erased",
  ],
] as const)("leaving by “%s”, from the middle of the questions", async (way, yes, done, standing) => {
  const name = `Ola ${standing}`;
  const text = `${name}, ${standing}@example.org`;
  const { added } = (await (await room.post("/api/studies/pain/people", { text })).json()) as {
    added: { id: string; link: string }[];
  };
  await newMail();
  const context = await newContext(browser(), phone);
  const page = await context.newPage();
  await openLinkOf(page, { text: added[0]?.link ?? "" });
  await page.getByRole("checkbox", { name: "I want to take part" }).check({ force: true });
  await page.getByRole("button", { name: "I agree, start" }).click();
  await answerOneQuestion(page);
  await page.getByRole("button", { name: "Stop or leave the study" }).click();
  await page.locator("label.way").filter({ hasText: way }).click();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: yes }).click();
  if (standing === "erased") {
    await page.getByRole("button", { name: "Send me a code" }).click();
    await page.getByRole("textbox", { name: /^Code/ }).fill(await codeFromMail());
    await page.getByRole("button", { name: "Erase everything" }).click();
  }
  await page.getByRole("heading", { name: done }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  const { people } = (await (await room.get("/api/studies/pain/people")).json()) as PeoplePage;
  expect(people.at(-1)?.standing).toBe(standing);
  await context.close();
});
