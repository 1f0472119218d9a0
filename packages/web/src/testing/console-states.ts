import { addPeopleStates } from "./console-add-people-states.ts";
import {
  calendar,
  contact,
  doneRun,
  emptyFlow,
  locked,
  me,
  people,
  person,
  personCalendar,
  press,
  published,
  running,
  runningRun,
  seen,
  study,
  today,
} from "./console-fixtures.ts";
import { inboxStates } from "./console-inbox-states.ts";
import { planStates } from "./console-plan-states.ts";
import { recruitmentStates } from "./console-recruitment-states.ts";
import type { DesignedState } from "./designed-state.ts";
import type { Script } from "./stage.ts";

const beginnings: Script = {
  ...me,
  "GET /api/studies": { body: [running] },
  "GET /api/templates": {
    body: [
      {
        id: "two-waves",
        title: "Active days and pain",
        about: "Two waves half a year apart: everybody is asked twice.",
        text: "schema: longwave.protocol/1\nid: two-waves\n",
      },
    ],
  },
};

/** Every state of the console that staff can meet. */
export const consoleStates: readonly DesignedState[] = [
  {
    name: "signed-out",
    address: "/console/",
    script: {
      "GET /api/staff/me": { status: 401, body: problem("staff.not-signed-in", "You are not signed in") },
    },
    heading: "You are not signed in",
  },
  { name: "sign-in", address: "/console/#sign-in=abcdef", script: {}, heading: "Sign in" },
  {
    name: "sign-in-failed",
    address: "/console/#sign-in=abcdef",
    script: {
      "POST /api/staff/sign-in": {
        status: 401,
        body: problem("staff.sign-in-invalid", "This sign-in link has been used or is too old"),
      },
    },
    heading: "Sign in",
    reach: async (page) => {
      await press("Sign in")(page);
      await seen("This link did not work.")(page);
    },
  },
  {
    name: "studies",
    address: "/console/",
    script: { ...me, "GET /api/studies": { body: [running, locked] } },
    heading: "Studies",
    reach: seen("6,419 people"),
  },
  {
    name: "studies-empty",
    address: "/console/",
    script: { ...me, "GET /api/studies": { body: [] } },
    heading: "Studies",
    reach: seen("No studies yet."),
  },
  {
    name: "studies-error",
    address: "/console/",
    script: { ...me, "GET /api/studies": "no connection" },
    heading: "Studies",
    reach: seen("This could not be fetched."),
  },
  {
    name: "new-study",
    address: "/console/#/new",
    script: beginnings,
    heading: "New study",
    reach: seen("everybody is asked twice"),
  },
  {
    name: "new-study-mistakes",
    address: "/console/#/new",
    script: {
      ...beginnings,
      "POST /api/studies": {
        status: 422,
        body: {
          code: "study.protocol-invalid",
          title: "The study text has mistakes",
          status: 422,
          expected: "a study text that follows longwave.protocol/1",
          found:
            "protocol.yaml:4 (titel): no such field. Write title.\nprotocol.yaml:31 (waves[1].opensDays): expected a whole number, found “soon”.",
          remedy: "Mend these places and send the text again.",
        },
      },
    },
    heading: "New study",
    reach: async (page) => {
      await page.getByLabel("Name in addresses").fill("sleep");
      await page.getByRole("button", { name: "Make the study" }).click();
      await seen("Mend these places and send the text again.")(page);
    },
  },
  {
    name: "today",
    address: "/console/#/studies/try",
    script: study(running, { "GET /api/studies/try/today": { body: today } }),
    heading: "Today",
    reach: seen("7 forms begun and not gone on with"),
  },
  {
    name: "today-empty",
    address: "/console/#/studies/try",
    script: study(running, {
      "GET /api/studies/try/today": { body: { ...today, items: [], waves: [], deadlines: [] } },
    }),
    heading: "Today",
    reach: seen("Nothing needs you now."),
  },
  {
    name: "overview",
    address: "/console/#/studies/demo/progress",
    script: study(locked),
    heading: "Progress",
    reach: seen("Who takes part"),
  },
  {
    name: "overview-empty",
    address: "/console/#/studies/try/progress",
    script: study(running, { "GET /api/studies/try/flow": { body: emptyFlow } }),
    heading: "Progress",
    reach: seen("Nothing has happened yet."),
  },
  {
    name: "person",
    address: "/console/#/studies/try/person/1",
    script: study(running, {
      "GET /api/studies/try/people/1": { body: person },
      "GET /api/studies/try/people/1/contact": { body: contact },
    }),
    heading: "Person",
    reach: async (page) => {
      await seen("had answers entered")(page);
      await page.getByText("What was changed before").click();
      await page.getByRole("button", { name: "Change", exact: true }).click();
      await page.getByRole("button", { name: "Save the change" }).click();
      await seen("Write why, in a few words.")(page);
    },
  },
  {
    name: "people",
    address: "/console/#/studies/try/people",
    script: study(running, { "GET /api/studies/try/people": { body: people } }),
    heading: "People",
    reach: seen("Person 5"),
  },
  {
    name: "people-empty",
    address: "/console/#/studies/try/people",
    script: study(running, {
      "GET /api/studies/try/people": { body: { ...people, people: [], total: 0, erasureRequests: [] } },
    }),
    heading: "People",
    reach: seen("No people yet."),
  },
  {
    name: "people-new-link",
    address: "/console/#/studies/try/people",
    script: study(running, { "GET /api/studies/try/people": { body: people } }),
    heading: "People",
    reach: async (page) => {
      await page.getByRole("button", { name: "New link for Person 3" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "people-calendar",
    address: "/console/#/studies/try/people",
    script: study(running, {
      "GET /api/studies/try/people": { body: people },
      "GET /api/studies/try/people/3/calendar": { body: personCalendar },
    }),
    heading: "People",
    reach: async (page) => {
      await page.getByRole("button", { name: "Calendar of Person 3" }).click();
      await seen("Last day of wave 5")(page);
    },
  },
  {
    name: "calendar",
    address: "/console/#/studies/try/calendar",
    script: study(running, { "GET /api/studies/try/calendar": { body: calendar } }),
    heading: "Calendar",
    reach: seen("Message about wave 2"),
  },
  {
    name: "calendar-empty",
    address: "/console/#/studies/try/calendar",
    script: study(running, { "GET /api/studies/try/calendar": { body: { asOf: 0, days: [] } } }),
    heading: "Calendar",
    reach: seen("Nothing is to come."),
  },
  ...addPeopleStates,
  {
    name: "analysis-none",
    address: "/console/#/studies/try/analysis",
    script: study(running),
    heading: "Analysis",
    reach: seen("No run yet."),
  },
  {
    name: "analysis-running",
    address: "/console/#/studies/try/analysis",
    script: study(running, {
      "POST /api/studies/try/runs": { status: 201, body: { ...runningRun, state: "queued" } },
      "GET /api/studies/try/runs/r2": { body: runningRun },
    }),
    heading: "Analysis",
    reach: async (page) => {
      await press("Make the blind report")(page);
      await seen("Counting answers by wave")(page);
    },
  },
  {
    name: "analysis-done",
    address: "/console/#/studies/demo/analysis",
    script: study(locked, { "GET /api/studies/demo/runs/r1": { body: doneRun } }),
    heading: "Analysis",
    reach: seen("The results are ready."),
  },
  ...planStates,
  ...recruitmentStates,
  ...inboxStates,
  {
    name: "lock",
    address: "/console/#/studies/try/lock",
    script: study({ ...running, lock: { by: ["bo@example.org"], needed: 2 } }),
    heading: "Lock the data",
    reach: async (page) => {
      await press("Sign the lock")(page);
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "lock-waiting",
    address: "/console/#/studies/try/lock",
    script: study({ ...running, lock: { by: ["anna@example.org"], needed: 2 } }),
    heading: "Lock the data",
    reach: seen("You have signed."),
  },
  {
    name: "locked",
    address: "/console/#/studies/demo/lock",
    script: study(locked),
    heading: "Lock the data",
    reach: seen("The data are locked."),
  },
  {
    name: "publish-not-yet",
    address: "/console/#/studies/try/publish",
    script: study(running),
    heading: "Publish",
    reach: seen("Not yet."),
  },
  {
    name: "publish",
    address: "/console/#/studies/demo/publish",
    script: study(locked, { "GET /api/studies/demo/runs/r1": { body: doneRun } }),
    heading: "Publish",
    reach: seen("What will be published"),
  },
  {
    name: "publish-again",
    address: "/console/#/studies/demo/publish",
    script: study(published, { "GET /api/studies/demo/runs/r1": { body: doneRun } }),
    heading: "Publish",
    reach: async (page) => {
      await press("Publish the findings")(page);
      await seen("Say what changed, one change a line.")(page);
    },
  },
];

function problem(code: string, title: string): object {
  return {
    code,
    title,
    expected: "a link that has not been used",
    found: "one that has",
    remedy: "Ask for a new link.",
    status: 401,
  };
}
