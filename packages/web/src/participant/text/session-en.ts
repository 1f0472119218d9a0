import type { SessionWords } from "./session-words.ts";

/** The words around sessions in English. */
export const sessionEn: SessionWords = {
  title: "Exercise sessions",
  text: "Log a session only when you feel like it: two taps before, three after, one the day after.",
  log: "Log a session",
  after: (when) => `After the session you began ${when}`,
  nextDay: (when) => `The day after the session of ${when}`,
  rest: "One question at rest",
  restLater: "A second question at rest",
  until: (when) => `Open until ${when}.`,
  coming: (began, from, until) => `Begun ${began}: we ask once more from ${from} until ${until}.`,
  place: (position, total) => `Question ${position} of ${total}`,
  otherMinutes: "Another number of minutes",
  minutesLabel: "Minutes",
  leave: "Leave this, log nothing",
  doneTitle: "That was all for now",
  doneNext: (from, until) => `We ask once more from ${from} until ${until}. You find it on this page.`,
  doneNow: (until) => `When you are done, come back to this page. You can answer until ${until}.`,
  doneLast: "There is nothing more to answer about this.",
  doneBack: "Back to my page",
  logged: "If you miss a part, the others are kept.",
};
