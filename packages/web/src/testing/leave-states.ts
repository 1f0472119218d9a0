import type { Page } from "playwright-core";
import type { DesignedState } from "./designed-state.ts";
import { betweenWaves } from "./example-state.ts";
import type { Script } from "./stage.ts";

const press = (name: string) => (page: Page) => page.getByRole("button", { name }).click();
const unverified = { status: 403, body: { code: "session.not-verified" } };
const member: Script = {
  "GET /api/participant/state": {
    body: { ...betweenWaves, study: { ...betweenWaves.study, tryIt: false, simulated: false } },
  },
};
const openLeave = press("Stop or leave the study");
const chooseWay = (name: string) => async (page: Page) => {
  await openLeave(page);
  await page.getByRole("radio", { name }).check();
  await press("Continue")(page);
};
const left = { id: "0f2b6a4e-5a7e-4a40-9d0e-0f1f6a1c1d11", at: betweenWaves.now };

/** Stopping and leaving: the three ways, the question, the code that erasing needs, and the receipt. */
export const leaveStates: readonly DesignedState[] = [
  { name: "leave", address: "/p", script: member, heading: "Stop or leave", reach: openLeave },
  {
    name: "leave-erase",
    address: "/p",
    script: member,
    heading: "Leave, and erase everything?",
    reach: chooseWay("erase everything"),
  },
  {
    name: "leave-code",
    address: "/p",
    script: { ...member, "POST /api/participant/leave": unverified },
    heading: "First, a code",
    reach: async (page) => {
      await chooseWay("erase everything")(page);
      await press("Yes, erase everything")(page);
    },
  },
  {
    name: "leave-done",
    address: "/p",
    script: { ...member, "POST /api/participant/leave": { body: { ...left, way: "stop_keep" } } },
    heading: "You have left the study",
    reach: async (page) => {
      await chooseWay("let my answers stay")(page);
      await press("Yes, leave the study")(page);
    },
  },
];
