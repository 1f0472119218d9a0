import type { ImportLook, ImportRun } from "@longwave/api";
import type { Page } from "playwright-core";
import { locked, now, press, running, seen, staff, study } from "./console-fixtures.ts";
import type { DesignedState } from "./designed-state.ts";

const at = "/console/#/studies/try/people/import";
const runs = "GET /api/studies/try/imports";
const look = "POST /api/studies/try/imports/look";

const file: ImportLook = {
  rows: 6419,
  columns: [
    { name: "respondent_of_the_first_survey", kind: "text", examples: ["a-0001", "a-0002", "a-0003"] },
    { name: "wave", kind: "number", examples: ["1", "2", "3"] },
    { name: "pain_vrs", kind: "number", examples: ["0", "3", "9"] },
    { name: "shoe", kind: "number", examples: ["41"] },
  ],
  questions: [
    { name: "pain_vrs", words: "How much bodily pain have you had during the past four weeks?" },
    { name: "exercise_days", words: "On how many days did you exercise?" },
  ],
  problems: [],
  preview: [],
  before: false,
};
const withProblems: ImportLook = {
  ...file,
  problems: [
    {
      code: "dataset.unknown-code",
      where: "pain_vrs",
      expected: "the codes 0 (none), 1 (very mild), 2 (mild), 3 (moderate), 4 (severe), 5 (very severe)",
      found: "in column “pain_vrs”: 9 (2 rows)",
      remedy:
        "Say in a mapping what each stands for: columns: { pain_vrs: { column: pain_vrs, values: { 9: … } } }",
      rows: [3, 4021],
    },
  ],
};
const good: ImportLook = {
  ...file,
  before: true,
  token: "t",
  counts: {
    ...{ newPeople: 6000, knownPeople: 419, answers: 51_352, skipped: 80, late: 3, same: 12, different: 2 },
    waves: [
      { wave: "w1", forms: 6419 },
      { wave: "w2", forms: 4021 },
    ],
    leftAlone: ["shoe"],
  },
  preview: [
    { person: "a-0002", isNew: false, wave: "w1", answers: 8, skipped: 1, late: true, same: 5, different: 2 },
    { person: "a-0001", isNew: true, wave: "w1", answers: 8, skipped: 0, late: false, same: 0, different: 0 },
  ],
};
const run: ImportRun = {
  ...{ id: "r", fileHash: "4f".repeat(32), startedAt: now, startedBy: staff.email },
  ...{ state: "running", done: 21_000, total: 51_352 },
};
const stopped: ImportRun = {
  ...run,
  state: "failed",
  problem: {
    ...{ code: "import.stopped", title: "The import stopped on the way", status: 409 },
    expected: "the study as it was when the file was looked at",
    found: "one in the phase locked",
    remedy: "What was written by then stays.",
  },
};

const choose = (text: string) => async (page: Page) => {
  const panel = { name: "panel.csv", mimeType: "text/csv", buffer: Buffer.from("who,wave\n") };
  await page.getByLabel("Choose a CSV file").setInputFiles(panel);
  await seen(text)(page);
};

/** Every state of the page on which a panel is imported. */
export const importStates: readonly DesignedState[] = [
  {
    name: "import-empty",
    address: at,
    script: study(running, { [runs]: { body: [] } }),
    heading: "Import a panel",
    reach: seen("No file has been imported here."),
  },
  {
    name: "import-problems",
    address: at,
    script: study(running, { [runs]: { body: [] }, [look]: { body: withProblems } }),
    heading: "Import a panel",
    reach: choose("Rows 3, 4021."),
  },
  {
    name: "import-seen",
    address: at,
    script: study(running, { [runs]: { body: [stopped] }, [look]: { body: good } }),
    heading: "Import a panel",
    reach: async (page) => {
      await choose("What would be written")(page);
      await page.getByText("The first 2 forms").click();
      await press("Import 51,340 answers")(page);
      await seen("Tick the box first")(page);
    },
  },
  {
    name: "import-running",
    address: at,
    script: study(running, { [runs]: { body: [run, { ...run, id: "s", state: "stopped" }] } }),
    heading: "Import a panel",
    reach: seen("21,000 of 51,352 answers done."),
  },
  {
    name: "import-error",
    address: at,
    script: study(running, { [runs]: "no connection", [look]: "no connection" }),
    heading: "Import a panel",
  },
  {
    name: "import-locked",
    address: at.replace("try", "demo"),
    script: study(locked, { "GET /api/studies/demo/imports": { body: [] } }),
    heading: "Import a panel",
    reach: seen("before the lock"),
  },
];
