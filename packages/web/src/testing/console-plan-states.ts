import type { ReportingAnswer } from "@longwave/api";
import {
  cancelledRun,
  doneRun,
  entry,
  locked,
  lostData,
  now,
  planRecord,
  press,
  running,
  seen,
  study,
} from "./console-fixtures.ts";
import type { DesignedState } from "./designed-state.ts";

const reportingAnswer: ReportingAnswer = {
  blind: false,
  madeAt: now,
  items: [
    { id: "12a", section: "Methods", topic: "Analysis", state: "filled" },
    { id: "13a", section: "Results", topic: "Numbers of people", state: "filled" },
    { id: "5", section: "Methods", topic: "Setting", state: "partly" },
    { id: "18", section: "Discussion", topic: "Key results", state: "unfilled" },
  ],
  markdown: "# Reporting list",
};

/** The states of the plan with departures from it, of cancelled runs and of runs on fewer data. */
export const planStates: readonly DesignedState[] = [
  {
    name: "analysis-cancelled",
    address: "/console/#/studies/demo/analysis",
    script: study(locked, {
      "GET /api/studies/demo/runs/r1": { body: cancelledRun },
      "GET /api/studies/demo/runs": { body: [cancelledRun, doneRun] },
    }),
    heading: "Analysis",
    reach: seen("The run was cancelled."),
  },
  {
    name: "analysis-smaller-data",
    address: "/console/#/studies/demo/analysis",
    script: study(locked, {
      "GET /api/studies/demo/runs/r1": { body: doneRun },
      "POST /api/studies/demo/runs": {
        status: 409,
        body: {
          code: "run.smaller-data",
          title: "There are fewer data than last time",
          status: 409,
          expected: "at least the 577 answers of 112 people in the last finished run (2026-11-01)",
          found: "10 answers of 4 people",
          remedy: "Look for them first.",
        },
      },
    }),
    heading: "Analysis",
    reach: async (page) => {
      await press("Run it again")(page);
      await seen("There are fewer data than last time.")(page);
      await press("Run on the smaller data")(page);
      await seen("Give a reason.")(page);
    },
  },
  {
    name: "plan",
    address: "/console/#/studies/demo/plan",
    script: study(locked, {
      "GET /api/studies/demo/plan": {
        body: { ...planRecord, dataLockedAt: now, deviations: [lostData, entry] },
      },
    }),
    heading: "Plan",
    reach: seen("Age entered the model as a curve"),
  },
  {
    name: "plan-empty",
    address: "/console/#/studies/try/plan",
    script: study(running),
    heading: "Plan",
    reach: seen("No departures are listed."),
  },
  {
    name: "plan-error",
    address: "/console/#/studies/try/plan",
    script: study(running, { "GET /api/studies/try/plan": "no connection" }),
    heading: "Plan",
    reach: seen("This could not be fetched."),
  },
  {
    name: "plan-listed",
    address: "/console/#/studies/try/plan",
    script: study(running, {
      "POST /api/studies/try/deviations": {
        status: 201,
        body: {
          entry: {
            ...entry,
            what: "Exercise reduces pain, so we asked more often.",
            timing: "before_data_seen",
          },
          warnings: [
            '"reduces" is a word of cause, which these models cannot support; the published page repeats your words.',
          ],
        },
      },
    }),
    heading: "Plan",
    reach: async (page) => {
      await press("List it for good")(page);
      await seen("This is needed.")(page);
      await page.getByLabel("Which part of the plan").fill("recruitment");
      await page
        .getByLabel("What was, or will be, done otherwise")
        .fill("Exercise reduces pain, so we asked more often.");
      await page.getByLabel("Why").fill("Few answered.");
      await press("List it for good")(page);
      await page.getByRole("dialog").getByRole("button", { name: "List it", exact: true }).click();
      await seen("The departure is listed.")(page);
    },
  },
  {
    name: "reporting",
    address: "/console/#/studies/demo/reporting",
    script: study(locked, { "GET /api/studies/demo/reporting": { body: reportingAnswer } }),
    heading: "Reporting list",
    reach: seen("Download as Markdown"),
  },
  {
    name: "reporting-empty",
    address: "/console/#/studies/try/reporting",
    script: study(running, {
      "GET /api/studies/try/reporting": {
        status: 409,
        body: {
          code: "run.not-finished",
          title: "The run has no report",
          status: 409,
          expected: "a run that is done",
          found: "none",
          remedy: "Run the analysis, then open the list.",
        },
      },
    }),
    heading: "Reporting list",
    reach: seen("There is no list yet."),
  },
];
