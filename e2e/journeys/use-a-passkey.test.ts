import type { Page } from "playwright-core";
import { expect, inject, test } from "vitest";
import { accessibilityProblems, newContext, picture, useBrowser } from "../browser.ts";
import { signIn, signInLink } from "../sign-in.ts";

const browser = useBrowser();
const EMAIL = "passkey@example.org";

/** A device that asks for a finger, which is always given. */
async function plugInDevice(page: Page): Promise<void> {
  const client = await page.context().newCDPSession(page);
  await client.send("WebAuthn.enable");
  await client.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

test("a researcher adds a passkey, shows it as second factor the next time, and takes it away", async () => {
  const context = await newContext(browser(), { viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await plugInDevice(page);
  const account = `${inject("address")}/console/#/account`;
  await signIn(page, signInLink(EMAIL));
  await page.goto(account);
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByText("Give the device a name.").waitFor();
  await page.getByRole("textbox", { name: /^Name of the device/ }).fill("My laptop");
  await page.getByRole("button", { name: "Add a passkey" }).click();
  await page.getByText("not used since").waitFor();
  await page.getByText("Names are shown until").waitFor();
  await picture(page, "account-passkey");
  expect(await accessibilityProblems(page)).toEqual([]);

  await context.clearCookies();
  await signIn(page, signInLink(EMAIL));
  await page.goto(account);
  await page.getByRole("button", { name: "Use a passkey" }).click();
  await page.getByText("Names are shown until").waitFor();
  await page.getByRole("button", { name: "Remove the passkey My laptop" }).click();
  await page.getByText("You have none yet.").waitFor();
  await page.getByText("You have not set it up yet.").waitFor();
  await context.close();
});
