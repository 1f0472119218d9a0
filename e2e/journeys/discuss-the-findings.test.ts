import type { Page } from "playwright-core";
import { describe, expect, inject, test } from "vitest";
import {
  accessibilityProblems,
  newContext,
  picture,
  scrollsSideways,
  useBrowser,
  widths,
} from "../browser.ts";
import { addComments } from "../many-comments.ts";
import { needPublished } from "../published.ts";
import { signIn, signInLink } from "../sign-in.ts";

const browser = useBrowser();
needPublished();

async function openFindings(page: Page): Promise<void> {
  await page.goto(`${inject("address")}/findings/exercise-and-pain`);
  await page.getByRole("heading", { name: "What readers say" }).waitFor();
}

async function write(page: Page, comment: { name: string; body: string }): Promise<void> {
  await page.getByLabel("Name", { exact: true }).fill(comment.name);
  await page.getByLabel("E-mail").fill(`${comment.name.toLowerCase().replaceAll(" ", ".")}@example.org`);
  await page.getByLabel("Comment", { exact: true }).fill(comment.body);
  await page.getByLabel(/What kind of exercise/).fill("walking");
  await page.getByLabel(/agree to them/).check();
  await page.getByRole("button", { name: "Send comment" }).click();
}

describe.each(widths)("readers talk under the findings $name", ({ name: where, viewport }) => {
  const reader = `Reader ${where === "on a phone" ? "Phone" : "Desk"}`;
  const body = `For me it only ups the pain (${where}).`;

  test("without JavaScript: a form that lacks something comes back whole, then the comment waits", async () => {
    const context = await newContext(browser(), { viewport, javaScriptEnabled: false });
    const page = await context.newPage();
    await openFindings(page);
    await page.getByLabel("Comment", { exact: true }).fill(body);
    await page.getByRole("button", { name: "Send comment" }).click();
    await page.getByText("This is not sent yet.").waitFor();
    expect(await page.getByLabel("Comment", { exact: true }).inputValue()).toBe(body);
    await write(page, { name: reader, body });
    await page.getByRole("heading", { name: /waits for a person/ }).waitFor();
    await context.close();
  });

  test("the team finds it in the console, shows it and answers; axe finds nothing on either page", async () => {
    const context = await newContext(browser(), { viewport });
    const page = await context.newPage();
    await signIn(page, signInLink(`moderator-${viewport.width}@example.org`));
    await page.goto(`${inject("address")}/console/#/studies/exercise-and-pain/discussion`);
    const card = page.getByRole("article", { name: `Comment by ${reader}` });
    await card.waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await card.getByRole("button", { name: "Show", exact: true }).click();
    await card.waitFor({ state: "detached" });
    await page.getByLabel("Shown").check();
    await card.getByRole("button", { name: "Answer as the study team" }).click();
    await card.getByLabel("The team's answer").fill("Thank you for telling us.");
    await card.getByRole("button", { name: "Send" }).click();
    await page.getByText("Thank you for telling us.").first().waitFor();

    await openFindings(page);
    await page.getByText(body, { exact: true }).waitFor();
    await page.getByText("Study team").first().waitFor();
    await page.getByText("speaks of: walking").first().waitFor();
    expect(await scrollsSideways(page)).toBe(false);
    expect(await accessibilityProblems(page)).toEqual([]);
    await picture(page, `discussion-${viewport.width}`);
    await context.close();
  });

  test("a reader known by an earlier comment is shown at once, and removes the comment again", async () => {
    const context = await newContext(browser(), { viewport });
    const page = await context.newPage();
    await openFindings(page);
    await write(page, { name: reader, body: `Less pain for me these days (${where}).` });
    await page.getByRole("heading", { name: "Your comment is shown." }).waitFor();
    const address = page.url();
    await openFindings(page);
    await page.getByText(`Less pain for me these days (${where}).`, { exact: true }).waitFor();
    await page.goto(address);
    await page.getByRole("button", { name: "Remove my comment" }).click();
    await page.getByRole("heading", { name: "Your comment has been removed." }).waitFor();
    await openFindings(page);
    expect(await page.getByText(`Less pain for me these days (${where}).`, { exact: true }).count()).toBe(0);
    await context.close();
  });
});

describe("whatever is written", () => {
  const attack = `"><script>window.hacked=1</script><img src=x onerror="window.hacked=1">' http://x.example/"onmouseover="window.hacked=1" javascript:window.hacked=1`;

  test("runs nothing in name, kind, words, answer or feed, and leads nowhere unmarked", async () => {
    const context = await newContext(browser(), { viewport: widths[1].viewport, javaScriptEnabled: true });
    const page = await context.newPage();
    await openFindings(page);
    await page.getByLabel("Name", { exact: true }).fill(attack.slice(0, 80));
    await page.getByLabel("E-mail").fill("attack@example.org");
    await page.getByLabel("Comment", { exact: true }).fill(attack);
    await page.getByLabel(/What kind of exercise/).fill(attack.slice(0, 40));
    await page.getByLabel(/agree to them/).check();
    await page.getByRole("button", { name: "Send comment" }).click();
    await page.getByRole("heading", { name: /waits for a person/ }).waitFor();
    expect(await page.evaluate(() => "hacked" in window)).toBe(false);

    await signIn(page, signInLink("attacked@example.org"));
    const api = `${inject("address")}/api/studies/exercise-and-pain/comments`;
    const waiting = (await (await page.request.get(`${api}?state=pending`)).json()) as {
      id: string;
      body: string;
    }[];
    const id = waiting.find(({ body }) => body.includes("hacked"))?.id ?? "";
    const headers = { origin: inject("address") };
    await page.request.post(`${api}/${id}/decision`, { data: { decision: "approve" }, headers });
    await page.request.post(api, { data: { body: attack, parent: id }, headers });
    await page.goto(`${inject("address")}/console/#/studies/exercise-and-pain/discussion`);
    await page.getByLabel("Shown").check();
    await page.getByText("window.hacked=1").first().waitFor();
    expect(await page.evaluate(() => "hacked" in window)).toBe(false);

    for (const query of [
      "",
      `?kind=${encodeURIComponent(attack.slice(0, 40).toLowerCase())}`,
      `?thread=${id}`,
      `?reply=${id}`,
    ]) {
      await page.goto(`${inject("address")}/findings/exercise-and-pain${query}`);
      await page.locator(`#comment-${id}`).waitFor();
      await page.locator(`#comment-${id} a[href^=http]`).hover();
      expect(await page.evaluate(() => "hacked" in window), query).toBe(false);
      const links = page.locator(".comment a[href^=http]");
      for (const link of await links.all())
        expect(await link.getAttribute("rel")).toBe("nofollow ugc noopener noreferrer");
      expect(
        await page.locator(".discussion script, .discussion img, .discussion [onmouseover]").count(),
      ).toBe(0);
    }
    const feed = await page.goto(`${inject("address")}/findings/exercise-and-pain/comments.atom`);
    expect(feed?.headers()["content-type"]).toContain("application/atom+xml");
    expect(await feed?.text()).not.toContain("<script");
    await page.request.post(`${api}/${id}/decision`, {
      data: { decision: "reject", reason: "A test." },
      headers,
    });
    await context.close();
  });

  test("a thousand comments stand on pages that can be turned without JavaScript, and axe finds nothing", async () => {
    const context = await newContext(browser(), { viewport: widths[0].viewport, javaScriptEnabled: true });
    const page = await context.newPage();
    await signIn(page, signInLink("many@example.org"));
    const api = `${inject("address")}/api/studies/exercise-and-pain/comments`;
    const headers = { origin: inject("address") };
    await addComments(1000, async (data) => {
      const answer = await page.request.post(api, { data, headers });
      return (await answer.json()) as { id: string };
    });
    await openFindings(page);
    expect(await accessibilityProblems(page)).toEqual([]);
    await context.close();

    const plain = await newContext(browser(), { viewport: widths[0].viewport, javaScriptEnabled: false });
    const reader = await plain.newPage();
    await openFindings(reader);
    await reader.getByText(/^1,?\d{3} comments/).waitFor();
    expect(await reader.locator(".threads > li").count()).toBe(25);
    await reader.getByText("Comment 998.").waitFor();
    await reader.getByRole("link", { name: "Older comments" }).click();
    await reader.getByText("Page 2 of").waitFor();
    expect(await reader.getByText("Comment 998.").count()).toBe(0);
    expect(await reader.locator(".threads > li").count()).toBe(25);
    expect(await scrollsSideways(reader)).toBe(false);
    await plain.close();
  });
});
