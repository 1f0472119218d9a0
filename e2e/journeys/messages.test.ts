import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import {
  accessibilityProblems,
  newContext,
  picture,
  scrollsSideways,
  useBrowser,
  widths,
} from "../browser.ts";
import { signIn, signInLink } from "../sign-in.ts";

const browser = useBrowser();
const STUDY = "exercise-and-pain";

/** The newest message in the folder that stands in for a mail server, as text. */
function newestMessage(): string {
  const folder = join(inject("dataDir"), "outbox");
  const name = readdirSync(folder).sort().at(-1) ?? "";
  return readFileSync(join(folder, name), "utf8").replace(/=\r\n/g, "").replaceAll("=3D", "=");
}

test.each(widths)(
  "a reader who lost the link to a comment gets it by e-mail, and the team sees that it went, $name",
  async ({ viewport }) => {
    const email = `lost-${viewport.width}@example.org`;
    // An address of their own, as behind a proxy: readers of other journeys have used up what one address may send.
    const extraHTTPHeaders = { "x-forwarded-for": `198.51.100.${viewport.width % 200}` };
    const context = await newContext(browser(), { viewport, javaScriptEnabled: false, extraHTTPHeaders });
    const reader = await context.newPage();
    await reader.goto(`${inject("address")}/findings/${STUDY}#write`);
    await reader.getByLabel("Name", { exact: true }).fill("Reader");
    await reader.getByLabel("E-mail").fill(email);
    await reader.getByLabel("Comment", { exact: true }).fill("Walking is what I do on bad days.");
    await reader.getByLabel(/I have read the terms/).check();
    await reader.getByRole("button", { name: "Send comment" }).click();
    await reader.getByRole("heading", { name: /Your comment waits/ }).waitFor();
    const address = reader.url();

    await reader.goto(`${inject("address")}/findings/${STUDY}`);
    await reader.getByRole("link", { name: "Lost the link to your comment?" }).click();
    await picture(reader, `lost-link-${viewport.width}`);
    expect(await accessibilityProblems(reader)).toEqual([]);
    await reader.getByLabel("E-mail").fill(email);
    await reader.getByRole("button", { name: "Send me the links" }).click();
    await reader.getByRole("heading", { name: "Look into your e-mail." }).waitFor();
    await expect.poll(newestMessage, { timeout: 20_000 }).toContain(`To: ${email}`);
    await expect.poll(newestMessage, { timeout: 20_000 }).toContain("The links to your comments");
    expect(newestMessage()).toContain(new URL(address).pathname);

    const team = await (await newContext(browser(), { viewport })).newPage();
    await signIn(team, signInLink(`messages-${viewport.width}@example.org`));
    await team.goto(`${inject("address")}/console/#/studies/${STUDY}/messages`);
    await team.getByText("Nothing leaves this machine").waitFor();
    const first = team.getByRole("article").first();
    expect(await first.innerText()).toMatch(/Sent\s+Links to comments, asked for to a reader who commented/);
    expect(await team.locator("main").innerText()).not.toContain(email);
    await picture(team, `console-messages-${viewport.width}`);
    expect(await accessibilityProblems(team)).toEqual([]);
    expect(await scrollsSideways(team)).toBe(false);
    await team.getByRole("radio", { name: /^Failed/ }).focus();
    await team.keyboard.press("Space");
    await team.getByText("Nothing has failed.").waitFor();
  },
);
