import {
  calendar,
  doneRun,
  emptyFlow,
  flow,
  locked,
  me,
  people,
  personCalendar,
  press,
  published,
  running,
  runningRun,
  seen,
  staff,
  study,
} from "./console-fixtures.ts";
import { planStates } from "./console-plan-states.ts";
import type { DesignedState } from "./designed-state.ts";

/** A list of everybody who could take part. */
const register =
  "name;email;sex;age band\nKari Example;kari@example.org;woman;40 to 64\nOla Example;ola@example.org;man;65 and over";

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
    name: "open-study-mistakes",
    address: "/console/#/open",
    script: {
      ...me,
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
    heading: "Open a study",
    reach: async (page) => {
      await page.getByLabel("Or paste its text here").fill("schema: longwave.protocol/1\ntitel: Sleep");
      await page.getByRole("button", { name: "Open the study" }).click();
      await seen("Mend these places and send the text again.")(page);
    },
  },
  {
    name: "open-study-done",
    address: "/console/#/open",
    script: {
      ...me,
      "POST /api/studies": {
        status: 201,
        body: {
          study: running,
          languages: ["en"],
          waiting: [{ language: "nb", instruments: ["vrs_pain", "peg"] }],
          warnings: [
            '"reduces" in the claim of H1 is a word of cause, which these models cannot support; the published page repeats it.',
          ],
        },
      },
    },
    heading: "Open a study",
    reach: async (page) => {
      await page.getByLabel("Or paste its text here").fill("schema: longwave.protocol/1");
      await page.getByRole("button", { name: "Open the study" }).click();
      await page.getByRole("link", { name: "Add people" }).waitFor();
    },
  },
  {
    name: "overview",
    address: "/console/#/studies/demo",
    script: study(locked),
    heading: "Overview",
    reach: seen("Who takes part"),
  },
  {
    name: "overview-empty",
    address: "/console/#/studies/try",
    script: study(running, { "GET /api/studies/try/flow": { body: emptyFlow } }),
    heading: "Overview",
    reach: seen("Nothing has happened yet."),
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
      "GET /api/studies/try/people": { body: { people: [], total: 0, erasureRequests: [] } },
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
  {
    name: "add-people",
    address: "/console/#/studies/try/people/add",
    script: study(running),
    heading: "Add people",
    reach: async (page) => {
      await page
        .getByLabel("Paste a list here")
        .fill(
          "name,email\nKari Example,kari@example.org\nOla Example;ola@example\nno-name@example.org\nKari again,kari@example.org",
        );
      await seen("2 people understood, 2 lines to look at.")(page);
    },
  },
  {
    name: "people-added",
    address: "/console/#/studies/try/people/add",
    script: study(running, {
      "POST /api/studies/try/people": {
        status: 201,
        body: {
          added: [
            { id: "a", label: "Kari Example", link: "http://localhost:4040/p#ABCDEFGHIJKLMNOPQRSTUV" },
            { id: "b", label: "Person 130", link: "http://localhost:4040/p#BCDEFGHIJKLMNOPQRSTUVW" },
          ],
          problems: [
            {
              line: 3,
              text: "Ola Example;ola@example",
              expected: "an e-mail address such as kari@example.org",
              remedy: "Add the ending, such as .org.",
            },
          ],
        },
      },
    }),
    heading: "Add people",
    reach: async (page) => {
      await page.getByLabel("Paste a list here").fill("Kari Example,kari@example.org");
      await press("Add 1 person")(page);
      await page.getByRole("heading", { name: "2 people added" }).waitFor();
    },
  },
  {
    name: "draw-people",
    address: "/console/#/studies/try/people/add",
    script: study(running),
    heading: "Add people",
    reach: async (page) => {
      await page.getByLabel("Paste a list here").fill(register);
      await page.getByLabel("Draw some of them at random").check();
      await page.getByLabel("How many to draw").fill("0");
      await page.getByLabel("Seed").fill("2026");
      await page.getByLabel("age band").check();
      await press("Draw and add")(page);
      await seen("Write a whole number from 1 to 10,000.")(page);
    },
  },
  {
    name: "people-drawn",
    address: "/console/#/studies/try/people/add",
    script: study(running, {
      "POST /api/studies/try/people": {
        status: 201,
        body: {
          added: [{ id: "a", label: "Kari Example", link: "http://localhost:4040/p#ABCDEFGHIJKLMNOPQRSTUV" }],
          problems: [],
          draw: {
            frame: 2,
            frameHash: "befd50513294ea9712261f9d0faba3f041a743cd8852f9d80f022c6cc3a9d17e",
            seed: "2026",
            by: ["sex", "age band"],
            strata: [
              { stratum: "man · 65 and over", frame: 1, drawn: 0 },
              { stratum: "woman · 40 to 64", frame: 1, drawn: 1 },
            ],
          },
        },
      },
    }),
    heading: "Add people",
    reach: async (page) => {
      await page.getByLabel("Paste a list here").fill(register);
      await page.getByLabel("Draw some of them at random").check();
      await page.getByLabel("How many to draw").fill("1");
      await press("Draw and add")(page);
      await page.getByRole("heading", { name: "1 drawn of 2 people" }).waitFor();
    },
  },
  {
    name: "letters",
    address: "/console/#/studies/try/people/letters",
    script: study(
      { ...running, simulated: false },
      {
        "POST /api/studies/try/letters": {
          body: {
            letters: [
              {
                person: "a",
                label: "Kari Example",
                language: "en",
                wave: 2,
                title: "It is time: Exercise and pain",
                paragraphs: [
                  "The next questions of “Exercise and pain” are open. They take about 3 minutes.",
                  "They are open until 27 April 2026. You can skip any question.",
                ],
                camera: "With a phone: point the camera at the square and open what it shows.",
                typing: "With a computer: go to https://study.example.org/p and type this code. It works once.",
                foot: ["The square and the code are yours alone. Please do not pass them on."],
                link: "https://study.example.org/p#ABCDEFGHIJKLMNOPQRSTUV",
                code: "7KQ2 M0XD",
                closesAt: 0,
              },
            ],
          },
        },
      },
    ),
    heading: "Letters",
    reach: async (page) => {
      await press("Write the letters")(page);
      await page.getByText("7KQ2 M0XD").waitFor();
    },
  },
  {
    name: "letters-none",
    address: "/console/#/studies/try/people/letters",
    script: study(
      { ...running, simulated: false },
      { "POST /api/studies/try/letters": { body: { letters: [] } } },
    ),
    heading: "Letters",
    reach: async (page) => {
      await press("Write the letters")(page);
      await seen("No letter is due.")(page);
    },
  },
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
