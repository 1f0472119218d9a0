import type { Page } from "playwright-core";
import { contactStates } from "./contact-states.ts";
import type { DesignedState } from "./designed-state.ts";
import { exampleAnswers, exampleForm } from "./example-form.ts";
import { emptyRecord, exampleRecord, lockedRecord, publishedRecord } from "./example-record.ts";
import {
  afterAll,
  afterClose,
  afterWave,
  beforeConsent,
  betweenWaves,
  inWave,
  lockedStudy,
  publicStudies,
} from "./example-state.ts";
import { leaveStates } from "./leave-states.ts";
import { sessionStates } from "./session-states.ts";
import type { Script } from "./stage.ts";
import { keepsAll } from "./stage.ts";
import { writeStates } from "./write-states.ts";

const session = "POST /api/participant/session";
const state = "GET /api/participant/state";
const answers = "POST /api/participant/answers";
const link = "/p#ABCDEFGHIJKLMNOPQRSTUV";

/** The state with the wave's questions answered up to, and without, `item`. */
function at(item: string): Script {
  const before = exampleForm.items.slice(
    0,
    exampleForm.items.findIndex(({ id }) => id === item),
  );
  const given = Object.fromEntries(before.map(({ id }) => [id, exampleAnswers[id]]));
  const ids = Object.fromEntries(
    before.map(({ id }, index) => [id, `00000000-0000-4000-8000-00000000000${index}`]),
  );
  const current = { form: exampleForm, answers: given, answerIds: ids };
  return { [state]: { body: { ...inWave, current } }, [answers]: { body: keepsAll } };
}

const press = (name: string) => (page: Page) => page.getByRole("button", { name }).click();

const record = "GET /api/participant/record";
const unverified = { status: 403, body: { code: "session.not-verified" } };
const openOwn = press("Your own answers");
const between: Script = { [state]: { body: betweenWaves } };
/** The same person in a real study, where codes come by e-mail. */
const member: Script = {
  [state]: { body: { ...betweenWaves, study: { ...betweenWaves.study, tryIt: false, simulated: false } } },
  [record]: unverified,
};

/** Every state of the page of one's own answers. */
const ownStates: readonly DesignedState[] = [
  { name: "own-code", address: "/p", script: member, heading: "Your own answers", reach: openOwn },
  {
    name: "own-code-wrong",
    address: "/p",
    script: {
      ...member,
      "POST /api/participant/code": { body: { minutes: 10 } },
      "POST /api/participant/code/redeem": { status: 422, body: { code: "code.wrong" } },
    },
    heading: "Your own answers",
    reach: async (page) => {
      await openOwn(page);
      await press("Send me a code")(page);
      await page.getByRole("textbox", { name: "Code" }).fill("1234 5678");
      await press("Show my answers")(page);
      await page.getByText("This code does not fit").waitFor();
    },
  },
  {
    name: "own-code-try",
    address: "/p",
    script: {
      ...between,
      [record]: unverified,
      "POST /api/participant/code/shown": { body: { code: "4711 0815", minutes: 10 } },
    },
    heading: "Your own answers",
    reach: async (page) => {
      await openOwn(page);
      await press("Show me a code")(page);
      await page.getByText("4711 0815").waitFor();
    },
  },
  {
    name: "own-record",
    address: "/p",
    script: { ...between, [record]: { body: exampleRecord } },
    heading: "Your own answers",
    reach: async (page) => {
      await openOwn(page);
      await page.getByText("Show as a table").first().click();
    },
  },
  {
    name: "own-published",
    address: "/p",
    script: { ...between, [record]: { body: publishedRecord } },
    heading: "Your own answers",
    reach: openOwn,
  },
  {
    name: "own-copy-failed",
    address: "/p",
    script: {
      ...between,
      [record]: { body: exampleRecord },
      "GET /api/participant/copy": { status: 500, body: { code: "server.failed" } },
    },
    heading: "Your own answers",
    reach: async (page) => {
      await openOwn(page);
      await press("Copy for a computer (JSON)")(page);
      await page.getByText("The copy could not be made").waitFor();
    },
  },
  {
    name: "own-empty",
    address: "/p",
    script: { ...between, [record]: { body: emptyRecord } },
    heading: "Your own answers",
    reach: openOwn,
  },
  {
    name: "own-locked",
    address: link,
    script: { [session]: { body: inWave }, [record]: { body: lockedRecord } },
    heading: "Your own answers wait a little",
    reach: openOwn,
  },
  {
    name: "own-off",
    address: "/p",
    script: { ...between, [record]: { body: { feedback: { kind: "off" }, showsSessions: false } } },
    heading: "This study does not show your answers over time",
    reach: openOwn,
  },
  {
    name: "own-offline",
    address: "/p",
    script: { ...between, [record]: "no connection" },
    heading: "We cannot reach the study",
    reach: openOwn,
  },
];

/** Every state of the participant app that a person can meet. */
export const participantStates: readonly DesignedState[] = [
  ...ownStates,
  ...sessionStates,
  ...leaveStates,
  ...writeStates,
  ...contactStates,
  {
    name: "landing",
    address: link,
    script: { "GET /api/studies/public": { body: publicStudies } },
    heading: "This link is for you alone",
  },
  {
    name: "try-it",
    address: "/p/#try",
    script: { "GET /api/studies/public": { body: publicStudies } },
    heading: "Try taking part",
  },
  {
    name: "try-it-closed",
    address: "/p/#try",
    script: { "GET /api/studies/public": { body: [] } },
    heading: "Open the link in your message",
  },
  {
    name: "try-it-paused",
    address: "/p/#try",
    script: {
      "GET /api/studies/public": { body: publicStudies },
      "POST /api/try": { body: { link } },
      [session]: { body: inWave },
    },
    heading: "You can stop here",
    reach: async (page) => {
      await press("Continue")(page);
      await press("Stop here, finish later")(page);
    },
  },
  {
    name: "wrong-code",
    address: "/p",
    script: {
      [state]: { status: 401, body: { code: "session.none" } },
      "POST /api/participant/letter": { status: 401, body: { code: "letter.code-unknown" } },
    },
    heading: "This code does not work",
    reach: async (page) => {
      await page.getByLabel("The code of your letter").fill("7KQ2 M0XD");
      await press("Open the questions")(page);
    },
  },
  {
    name: "wrong-link",
    address: link,
    script: { [session]: { status: 401, body: { code: "session.link-unknown" } } },
    heading: "This link does not work",
    reach: press("Continue"),
  },
  {
    name: "consent",
    address: "/p",
    script: { [state]: { body: beforeConsent } },
    heading: "Would you like to take part?",
  },
  {
    name: "consent-missing",
    address: "/p",
    script: { [state]: { body: beforeConsent } },
    heading: "Would you like to take part?",
    reach: press("I agree, start"),
  },
  {
    name: "declined",
    address: "/p",
    script: { [state]: { body: beforeConsent } },
    heading: "That is fine",
    reach: press("No, thank you"),
  },
  {
    name: "single-choice",
    address: "/p",
    script: at("pain"),
    heading: "How much bodily pain",
    reach: async (page) => {
      await page.getByRole("radio", { name: "Moderate" }).check();
      await page.getByText("Saved.").waitFor();
    },
  },
  {
    name: "nothing-chosen",
    address: "/p",
    script: at("pain"),
    heading: "How much bodily pain",
    reach: press("Next"),
  },
  {
    name: "not-yet-sent",
    address: "/p",
    script: { ...at("pain"), [answers]: "no connection" },
    heading: "How much bodily pain",
    reach: async (page) => {
      await page.getByRole("radio", { name: "Mild", exact: true }).check();
      await page.getByText("1 answer is kept on this phone until").waitFor();
    },
  },
  {
    name: "scale",
    address: "/p",
    script: at("pain_average"),
    heading: "On average, how strong",
    reach: async (page) => {
      await page.getByRole("radio", { name: "4" }).waitFor();
      await page.keyboard.press("4");
      await page.getByText("Saved.").waitFor();
    },
  },
  {
    name: "multi-choice",
    address: "/p",
    script: at("places"),
    heading: "Mark the places",
    reach: async (page) => page.getByRole("checkbox", { name: "Neck" }).check(),
  },
  {
    name: "number",
    address: "/p",
    script: at("minutes"),
    heading: "On those days",
    reach: async (page) => {
      await page.getByRole("textbox").fill("6000");
      await press("Next")(page);
    },
  },
  { name: "decimal-number", address: "/p", script: at("weight"), heading: "What do you weigh?" },
  { name: "yes-no", address: "/p", script: at("illness"), heading: "In the past 7 days" },
  { name: "text", address: "/p", script: at("remark"), heading: "Is there anything" },
  {
    name: "paused",
    address: "/p",
    script: at("places"),
    heading: "You can stop here",
    reach: press("Stop here, finish later"),
  },
  {
    name: "sign-out-with-unsent",
    address: "/p",
    script: { ...at("pain"), [answers]: "no connection" },
    heading: "Help",
    reach: async (page) => {
      await page.getByRole("radio", { name: "Mild", exact: true }).check();
      await page.getByText("kept on this phone").waitFor();
      await press("Help")(page);
      await press("Sign out on this phone")(page);
      await page.getByText("1 answer has not been sent").waitFor();
    },
  },
  { name: "help", address: "/p", script: at("places"), heading: "Help", reach: press("Help") },
  {
    name: "finishing-failed",
    address: "/p",
    script: { ...at("remark"), "POST /api/participant/finish": "no connection" },
    heading: "Sending your last answers",
    reach: async (page) => {
      await press("Rather not say")(page);
      await page.getByRole("button", { name: "Try again" }).waitFor();
    },
  },
  {
    name: "thanks-with-help",
    address: "/p",
    script: { ...at("remark"), "POST /api/participant/finish": { body: afterWave } },
    heading: "Thank you. Your answers are saved.",
    reach: press("Rather not say"),
  },
  { name: "thanks-later", address: "/p", script: { [state]: { body: afterWave } }, heading: "Thank you." },
  {
    name: "not-open-yet",
    address: "/p",
    script: { [state]: { body: betweenWaves } },
    heading: "Nothing to answer",
  },
  {
    name: "closed",
    address: "/p",
    script: { [state]: { body: afterClose } },
    heading: "These questions have closed",
  },
  { name: "ended", address: "/p", script: { [state]: { body: afterAll } }, heading: "These questions" },
  {
    name: "locked",
    address: "/p",
    script: { [state]: { body: lockedStudy } },
    heading: "This study has finished",
  },
  {
    name: "no-link",
    address: "/p",
    script: { [state]: { status: 401, body: { code: "session.none" } } },
    heading: "Open the link in your message",
  },
  {
    name: "no-link-but-try",
    address: "/p",
    script: {
      [state]: { status: 401, body: { code: "session.none" } },
      "GET /api/studies/public": { body: publicStudies },
    },
    heading: "Open the link in your message",
  },
  {
    name: "offline",
    address: "/p",
    script: { [state]: "no connection" },
    heading: "We cannot reach the study",
  },
  {
    name: "server-error",
    address: "/p",
    script: { [state]: { status: 500, body: { code: "server.failed" } } },
    heading: "Something went wrong on our side",
  },
  {
    name: "wave-closed-meanwhile",
    address: "/p",
    script: {
      ...at("pain"),
      [answers]: {
        body: (sent: { answers: { id: string }[] }) => ({
          saved: [],
          refused: sent.answers.map(({ id }) => ({ id, problem: { code: "answer.wave-not-open" } })),
        }),
      },
    },
    heading: "These questions have closed",
    reach: async (page) => page.getByRole("radio", { name: "Mild", exact: true }).check(),
  },
];
