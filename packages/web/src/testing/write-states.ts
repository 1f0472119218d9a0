import type { Page } from "playwright-core";
import type { DesignedState } from "./designed-state.ts";
import { betweenWaves } from "./example-state.ts";
import type { Script } from "./stage.ts";

const press = (name: string) => (page: Page) => page.getByRole("button", { name, exact: true }).click();
const member: Script = {
  "GET /api/participant/state": {
    body: {
      ...betweenWaves,
      study: {
        ...betweenWaves.study,
        help: "If your pain is new and severe, contact your health service now.",
        notices: { privacy: "/about/try/privacy", terms: "/about/try/terms" },
      },
    },
  },
};
const write = async (page: Page): Promise<void> => {
  await press("Write to the study team")(page);
};

/** Writing to the study team: empty, and sent. */
export const writeStates: readonly DesignedState[] = [
  {
    name: "write",
    address: "/p",
    script: member,
    heading: "Write to the study team",
    reach: async (page) => {
      await write(page);
      await press("Send")(page);
      await page.getByText("Choose what it is about.").waitFor();
    },
  },
  {
    name: "write-done",
    address: "/p",
    script: { ...member, "POST /api/participant/inbox": { body: { at: betweenWaves.now } } },
    heading: "Your message has arrived",
    reach: async (page) => {
      await write(page);
      await page.getByRole("radio", { name: "A question" }).check();
      await page.getByLabel("Your message").fill("Can I answer on my daughter's phone?");
      await press("Send")(page);
    },
  },
];
