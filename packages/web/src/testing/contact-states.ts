import type { OwnContact } from "@longwave/api";
import type { Page } from "playwright-core";
import type { DesignedState } from "./designed-state.ts";
import { betweenWaves } from "./example-state.ts";
import type { Script } from "./stage.ts";

const press = (name: string) => (page: Page) => page.getByRole("button", { name, exact: true }).click();
const known: OwnContact = {
  name: "Kari Testperson",
  email: "kari@example.org",
  phone: null,
  mailReturns: true,
};
const waiting = { email: "kari@new.example.org", until: betweenWaves.now + 1_800_000 };
const member: Script = {
  "GET /api/participant/state": {
    body: { ...betweenWaves, study: { ...betweenWaves.study, tryIt: false, simulated: false } },
  },
  "GET /api/participant/contact": { body: known },
};
const open = press("Look, and change it");

/** Where somebody is reached: behind a code, as it stands, and with a new address that waits for its code. */
export const contactStates: readonly DesignedState[] = [
  {
    name: "contact-code",
    address: "/p",
    script: {
      ...member,
      "GET /api/participant/contact": { status: 403, body: { code: "session.not-verified" } },
    },
    heading: "How we reach you",
    reach: async (page) => {
      await open(page);
      await page.getByText("we need to know that it is you").waitFor();
    },
  },
  {
    name: "contact",
    address: "/p",
    script: member,
    heading: "How we reach you",
    reach: async (page) => {
      await open(page);
      await page.getByLabel("Telephone").fill("12");
      await press("Save")(page);
      await page.getByText("at least five of them").waitFor();
    },
  },
  {
    name: "contact-new-address",
    address: "/p",
    script: {
      ...member,
      "POST /api/participant/contact": { body: { ...known, mailReturns: false, waiting } },
    },
    heading: "How we reach you",
    reach: async (page) => {
      await open(page);
      await page.getByLabel("E-mail").fill(waiting.email);
      await press("Save")(page);
      await page.getByRole("heading", { name: "Type the code from your new address" }).waitFor();
    },
  },
];
