import type { Page } from "playwright-core";
import type { DesignedState } from "./designed-state.ts";
import { exampleSessions, sessionsAt } from "./example-sessions.ts";
import { betweenWaves } from "./example-state.ts";
import type { Script } from "./stage.ts";
import { keepsAll } from "./stage.ts";

const state = "GET /api/participant/state";
const answers = "POST /api/participant/answers";
const press = (name: string) => (page: Page) => page.getByRole("button", { name }).click();

const logging: Script = {
  [state]: { body: { ...betweenWaves, sessions: exampleSessions } },
  [answers]: { body: keepsAll },
};

async function tap(page: Page, name: string): Promise<void> {
  await page
    .locator("label")
    .filter({ hasText: new RegExp(`^${name}$`) })
    .click();
}

async function logBefore(page: Page): Promise<void> {
  await press("Log a session")(page);
  await tap(page, "Walking");
  await page.getByRole("heading", { name: "Before you start" }).waitFor();
  await tap(page, "3");
}

/** Every state of logging sessions, and of this phone. */
export const sessionStates: readonly DesignedState[] = [
  {
    name: "sessions-waiting",
    address: "/p",
    script: { [state]: { body: { ...betweenWaves, sessions: sessionsAt(Date.now()) } } },
    heading: "Nothing to answer",
  },
  {
    name: "session-kind",
    address: "/p",
    script: logging,
    heading: "What will you do?",
    reach: press("Log a session"),
  },
  {
    name: "session-nothing-chosen",
    address: "/p",
    script: logging,
    heading: "What will you do?",
    reach: async (page) => {
      await press("Log a session")(page);
      await press("Next")(page);
      await page.getByText("Choose one answer").waitFor();
    },
  },
  {
    name: "session-rating",
    address: "/p",
    script: logging,
    heading: "Before you start",
    reach: async (page) => {
      await press("Log a session")(page);
      await tap(page, "Exercises from a physiotherapist");
    },
  },
  {
    name: "session-before-done",
    address: "/p",
    script: logging,
    heading: "That was all for now",
    reach: async (page) => {
      await logBefore(page);
      await page.getByText("Saved.").waitFor();
    },
  },
  {
    name: "session-minutes",
    address: "/p",
    script: logging,
    heading: "For how many minutes?",
    reach: async (page) => {
      await logBefore(page);
      await press("Back to my page")(page);
      await page.getByRole("button", { name: /After the session/ }).click();
    },
  },
  {
    name: "session-kept-on-the-phone",
    address: "/p",
    script: { ...logging, [answers]: "no connection" },
    heading: "That was all for now",
    reach: async (page) => {
      await logBefore(page);
      await page.getByText("2 answers are kept on this phone until").waitFor();
    },
  },
  {
    name: "signed-out",
    address: "/p",
    script: { [state]: { body: betweenWaves }, "POST /api/participant/sign-out": { status: 204 } },
    heading: "You are signed out",
    reach: async (page) => {
      await press("Help")(page);
      await press("Sign out on this phone")(page);
    },
  },
];
