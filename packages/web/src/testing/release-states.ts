import type { ReleaseNumbers, Releases, ReleaseVersion, StudySummary } from "@longwave/api";
import type { Page } from "playwright-core";
import type { DesignedState } from "./designed-state.ts";
import type { Script } from "./stage.ts";

const now: number = Date.parse("2026-11-23T10:00:00Z");

const locked: StudySummary = {
  id: "demo",
  title: "Exercise and pain (simulated people)",
  phase: "locked",
  version: 1,
  moves: [],
  simulated: true,
  role: "owner",
  names: "shown",
  people: 6419,
  lock: { by: ["anna@example.org", "bo@example.org"], needed: 2, lockedAt: now },
};

const numbers: ReleaseNumbers = {
  people: 3648,
  removed: 4,
  rows: 14_301,
  kBefore: 1,
  k: 10,
  uniqueBefore: 3487,
  minCell: 10,
  hidden: 1210,
  hiddenShare: 0.055,
  told: [
    { name: "sex", how: "as answered", hidden: 132 },
    { name: "age", how: "in bands: under 40, 40 to 64, 65 or more", hidden: 199 },
    {
      name: "education",
      how: "merged: Up to 10 years of school / 11 to 13 years of school; University or college",
      hidden: 0,
    },
  ],
};

const first: ReleaseVersion = {
  number: 1,
  hash: "6599c4a1e30e2b7d6b1f0c9a8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c5b",
  madeAt: now,
  madeBy: "anna@example.org",
  upToSeq: 311_204,
  numbers,
  changes: [],
  recipients: [
    {
      id: "r1",
      name: "Dr. Ada Berg",
      organisation: "University of Bergen",
      purpose: "To check the same-week association with other models.",
      agreement: "2026/114",
      receivedAt: now,
      recordedAt: now,
      recordedBy: "anna@example.org",
    },
  ],
};

const second: ReleaseVersion = {
  ...first,
  number: 2,
  recipients: [],
  changes: ["People: 3,640, before 3,648.", "The study's own data are the same."],
};

const none: Releases = { agreed: 3702, k: 10, minCell: 10, versions: [] };
const draft: Releases["draft"] = {
  id: "d1",
  state: "ready",
  number: 2,
  startedAt: now,
  startedBy: "anna@example.org",
  numbers,
  changes: second.changes,
  warnings: [
    "Fewer than 10 people have left the data, or changed whether their answers may be shared, since version 1. Whoever has both versions can find them by comparing. Ask every recipient to delete the earlier one.",
  ],
};

function script(releases: Releases, summary: StudySummary = locked): Script {
  return {
    "GET /api/staff/me": { body: { id: "1", email: "anna@example.org", name: "Anna Example" } },
    "GET /api/studies/demo": { body: summary },
    "GET /api/studies/demo/releases": { body: releases },
  };
}

const seen = (text: string) => async (page: Page) => page.getByText(text).first().waitFor();
const address = "/console/#/studies/demo/release";
const heading = "Release";

/** Every state of the page for de-identified releases. */
export const releaseStates: readonly DesignedState[] = [
  {
    name: "release-not-yet",
    address,
    script: script(none, { ...locked, phase: "running" }),
    heading,
    reach: seen("Not yet."),
  },
  {
    name: "release-empty",
    address,
    script: script(none),
    heading,
    reach: seen("No version has been kept yet."),
  },
  {
    name: "release-wrong-floor",
    address,
    script: script(none),
    heading,
    reach: async (page) => {
      await page.getByLabel("Fewest people who look alike").fill("1");
      await seen("A whole number from 2 to 1000.")(page);
    },
  },
  {
    name: "release-making",
    address,
    script: script({
      ...none,
      draft: { ...draft, state: "making", number: 1, changes: [], warnings: [] },
    }),
    heading,
    reach: seen("The preview is being made."),
  },
  {
    name: "release-failed",
    address,
    script: script({
      ...none,
      draft: {
        id: "d1",
        state: "failed",
        number: 1,
        startedAt: now,
        startedBy: "anna@example.org",
        changes: [],
        warnings: [],
        problem: {
          code: "release.too-few",
          title: "Too few people agreed to sharing",
          expected: "at least 10 people who agreed to share their answers and answered at least once",
          found: "4",
          remedy: "Wait for more people, or do not release: so few would be pointed at.",
          status: 422,
        },
      },
    }),
    heading,
    reach: seen("The preview could not be made."),
  },
  {
    name: "release-ready",
    address,
    script: script({ ...none, draft, versions: [first] }),
    heading,
    reach: async (page) => {
      await page.getByText("How it is told who people are").first().click();
      await seen("in bands: under 40")(page);
    },
  },
  {
    name: "release-keep",
    address,
    script: script({ ...none, draft }),
    heading,
    reach: async (page) => {
      await page.getByRole("button", { name: "Keep as version 2" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "release-versions",
    address,
    script: script({ ...none, versions: [second, first] }),
    heading,
    reach: async (page) => {
      await page.getByText("Write down a recipient").first().click();
      await page.getByRole("button", { name: "Write down a recipient" }).first().click();
      await seen("This is needed.")(page);
    },
  },
];

const dataAddress = "/console/#/studies/demo/data";

/** Both states of the page for the study's own data: before the lock, and after. */
export const dataStates: readonly DesignedState[] = [
  {
    name: "data-not-yet",
    address: dataAddress,
    script: script(none, { ...locked, phase: "running" }),
    heading: "Data",
    reach: seen("Not yet."),
  },
  {
    name: "data-locked",
    address: dataAddress,
    script: script(none),
    heading: "Data",
    reach: seen("Download the data (zip)"),
  },
];
