import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { inject } from "vitest";
import { totpAt } from "../packages/server/testing/totp.mjs";

const command = fileURLToPath(new URL("../packages/cli/bin/longwave.js", import.meta.url));

/** A fresh one-time link, as a second researcher gets it from the command line. */
export function signInLink(email: string): string {
  const port = new URL(inject("address")).port;
  const args = [command, "sign-in", "--email", email, "--data", inject("dataDir"), "--port", port];
  const printed = execFileSync(process.execPath, args, {
    encoding: "utf8",
    env: { ...process.env, DATABASE_URL: "" },
  });
  return /https?:\/\/\S+#sign-in=\S+/.exec(printed)?.[0] ?? "";
}

/** Opens a one-time link and arrives at the list of studies. */
export async function signIn(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Studies" }).waitFor();
}

/** Sets up the second factor on the account page, as an authenticator app would be used. */
export async function setUpSecondFactor(page: Page): Promise<void> {
  await page.goto(`${inject("address")}/console/#/account`);
  await page.getByRole("button", { name: "Set up the second factor" }).click();
  await page.getByRole("img", { name: /^Picture for the camera/ }).waitFor();
  const secret = await page.locator(".command code").innerText();
  await page.getByRole("textbox", { name: /^Code/ }).fill(totpAt(secret, Date.now()));
  await page.getByRole("button", { name: "Confirm the code" }).click();
  await page.getByText("Names are shown until").waitFor();
}
