import type {
  DeviationEntry,
  PeoplePage,
  PersonCalendar,
  PersonContact,
  PersonPage,
  PlanRecord,
  Run,
  Staff,
  StudyCalendar,
  StudyFlow,
  StudySummary,
  Today,
} from "@longwave/api";
import type { Page } from "playwright-core";
import type { Script } from "./stage.ts";

export const now: number = Date.parse("2026-11-23T10:00:00Z");
export const staff: Staff = { id: "1", email: "anna@example.org", name: "Anna Example" };

export const running: StudySummary = {
  id: "try",
  title: "Exercise and pain (try it)",
  phase: "recruiting",
  version: 1,
  moves: [
    { move: "close_recruitment", asksReason: false },
    { move: "pause", asksReason: true },
  ],
  simulated: true,
  role: "owner",
  names: "shown",
  people: 128,
  lock: { by: [], needed: 2 },
};

export const locked: StudySummary = {
  id: "demo",
  title: "Exercise and pain (simulated people)",
  phase: "locked",
  version: 1,
  moves: [{ move: "close", asksReason: false }],
  simulated: true,
  role: "owner",
  names: "shown",
  people: 6419,
  lock: { by: ["anna@example.org", "bo@example.org"], needed: 2, lockedAt: now },
  lastRun: { id: "r1", kind: "results", state: "done", startedAt: now },
  results: { id: "r1", kind: "results", state: "done", startedAt: now },
};

export const published: StudySummary = {
  ...locked,
  phase: "published",
  publication: { hash: "abc123", publishedAt: now, address: "/findings/demo/abc123" },
};

const flow: StudyFlow = {
  invited: 6419,
  consented: 4534,
  answeredOnce: 4534,
  answeredTwice: 4219,
  answeredAll: 2101,
  waves: [4025, 3805, 3547, 3327, 3064].map((finished, index) => ({
    wave: `w${index + 1}`,
    started: finished + 120 - index * 12,
    answered: finished + 60,
    finished,
  })),
  byDay: Array.from({ length: 30 }, (_, index) => ({
    day: new Date(now - (29 - index) * 86_400_000).toISOString().slice(0, 10),
    invited: index % 7 === 0 ? 220 : 0,
    consented: Math.round(90 * Math.exp(-(index % 7) / 2)),
    answered: Math.round(110 * Math.exp(-(index % 7) / 2.5)),
  })),
};

export const emptyFlow: StudyFlow = {
  invited: 0,
  consented: 0,
  answeredOnce: 0,
  answeredTwice: 0,
  answeredAll: 0,
  waves: [1, 2, 3, 4, 5].map((wave) => ({ wave: `w${wave}`, started: 0, answered: 0, finished: 0 })),
  byDay: [],
};

export const personCalendar: PersonCalendar = {
  asOf: now,
  timeZone: "Europe/Oslo",
  waves: [
    { wave: "w1", state: "completed" },
    { wave: "w2", state: "completed" },
    { wave: "w3", state: "missed" },
    { wave: "w4", state: "completed" },
    { wave: "w5", state: "open" },
  ],
  entries: [
    { at: now, day: "2027-03-01", kind: "message", wave: "w5", contact: "wave_open" },
    { at: now + 1, day: "2027-03-04", kind: "message", wave: "w5", contact: "reminder_1" },
    { at: now + 2, day: "2027-03-22", kind: "closes", wave: "w5" },
  ],
};

export const calendar: StudyCalendar = {
  asOf: now,
  days: [
    { day: "2026-12-03", counts: [{ kind: "message", wave: null, people: 1240 }] },
    {
      day: "2026-12-07",
      counts: [
        { kind: "opens", wave: "w2", people: 31 },
        { kind: "message", wave: "w2", people: 1204 },
      ],
    },
    { day: "2027-01-04", counts: [{ kind: "closes", wave: "w2", people: 12 }] },
  ],
};

export const people: PeoplePage = {
  people: [
    {
      id: "1",
      label: "Kari Example",
      standing: "active",
      invitedAt: now,
      mailReturns: false,
      waves: ["not_yet", "not_yet", "not_yet", "not_yet", "not_yet"],
      now: "invited",
    },
    {
      id: "2",
      label: "Person 2",
      standing: "active",
      invitedAt: now,
      consentedAt: now,
      mailReturns: true,
      waves: ["started", "not_yet", "not_yet", "not_yet", "not_yet"],
      now: "started",
    },
    {
      id: "3",
      label: "Person 3",
      standing: "active",
      invitedAt: now,
      consentedAt: now,
      mailReturns: false,
      waves: ["completed", "completed", "missed", "completed", "open"],
      now: "open",
    },
    {
      id: "4",
      label: "Person 4",
      standing: "active",
      invitedAt: now,
      consentedAt: now,
      mailReturns: false,
      waves: ["completed", "missed", "missed", "missed", "missed"],
      now: "missed",
    },
    {
      id: "5",
      label: "Person 5",
      standing: "active",
      invitedAt: now,
      consentedAt: now,
      mailReturns: false,
      waves: ["completed", "completed", "completed", "completed", "completed"],
      now: "completed",
    },
  ],
  next: "5",
  total: 128,
  counts: {
    open: 40,
    started: 12,
    invited: 20,
    not_yet: 6,
    completed: 40,
    missed: 8,
    withdrawn: 2,
    erased: 0,
  },
  askedAnew: 0,
  erasureRequests: [{ id: "5", label: "Ola", askedAt: now }],
};

export const doneRun: Run = {
  id: "r1",
  kind: "results",
  state: "done",
  progress: { done: 9, total: 9, doing: "Sealing the bundle" },
  requestedBy: "anna@example.org",
  size: { people: 4534, answers: 389_201 },
  startedAt: now,
  finishedAt: now + 8000,
  report: "/api/studies/demo/runs/r1/report",
};
export const cancelledRun: Run = {
  id: "r1",
  kind: "results",
  state: "cancelled",
  progress: { done: 7, total: 30, doing: "Cancelled" },
  requestedBy: "bo@example.org",
  size: { people: 4534, answers: 389_201 },
  startedAt: now,
  finishedAt: now + 3000,
};
export const runningRun: Run = {
  id: "r2",
  kind: "blind",
  state: "running",
  progress: { done: 3, total: 9, doing: "Counting answers by wave" },
  requestedBy: "anna@example.org",
  startedAt: now,
};

export const planRecord: PlanRecord = {
  version: "1.0.0",
  protocolHash: "5f1c9e0b7a3d42c88e6b1f07d95a4c2e3b8f6a1d0c7e94b25d8a3f6c1e0b7942",
  planHash: "0b79425f1c9e0b7a3d42c88e6b1f07d95a4c2e3b8f6a1d0c7e94b25d8a3f6c1e",
  lockedAt: now - 400 * 86_400_000,
  firstAnswerAt: now - 380 * 86_400_000,
  clauses: [
    { id: "H1", label: "In the same week" },
    { id: "S6", label: "Delta-adjusted imputation" },
  ],
  deviations: [],
};

export const entry: DeviationEntry = {
  id: "d1",
  kind: "recorded",
  clause: "H1",
  what: "Age entered the model as a curve and not as a straight line.",
  why: "A reviewer asked for it; the answer without it stands beside.",
  at: now,
  by: "Anna Example",
  timing: "after_data_seen",
};

export const lostData: DeviationEntry = {
  ...entry,
  id: "d2",
  kind: "smaller_data",
  clause: "data",
  what: "The analysis was run on 10 answers of 4 people, fewer than the 577 answers of 112 people in the last finished run (2026-11-01).",
  why: "The disk failed, and the last backup is from the first day.",
  timing: "before_data_seen",
};

export const me = { "GET /api/staff/me": { body: staff } };
const report = "GET /api/studies/demo/runs/r1/report";

export function study(summary: StudySummary, more: Script = {}): Script {
  return {
    ...me,
    [`GET /api/studies/${summary.id}`]: { body: summary },
    [`GET /api/studies/${summary.id}/flow`]: { body: flow },
    [report]: { body: { report: "example" } },
    [`GET /api/studies/${summary.id}/runs`]: { body: summary.lastRun ? [doneRun] : [] },
    [`GET /api/studies/${summary.id}/plan`]: { body: planRecord },
    ...more,
  };
}

export const press = (name: string) => (page: Page) =>
  page.getByRole("button", { name, exact: true }).click();
export const seen = (text: string) => async (page: Page) => page.getByText(text).first().waitFor();

/** What a study needs of its team on a day with much to do. */
export const today: Today = {
  asOf: now,
  items: [
    {
      kind: "erasure_request",
      count: 1,
      people: [{ id: "5", label: "Ola", wave: null, since: now }],
      detail: null,
    },
    { kind: "message_failed", count: 3, people: [], detail: null },
    {
      kind: "unfinished",
      count: 7,
      people: [
        { id: "1", label: "Kari Example", wave: "w2", since: now },
        { id: "2", label: "Person 2", wave: "w2", since: now },
      ],
      detail: null,
    },
  ],
  waves: [{ wave: "w2", due: 1204, begun: 12 }],
  deadlines: [{ day: "2026-11-30", kind: "closes", wave: "w2", people: 1216 }],
};

/** How the person is reached, with a change of address in doubt. */
export const contact: PersonContact = {
  name: "Kari Example",
  email: null,
  phone: "22 33 44 55",
  site: "Bergen",
  mailReturns: false,
  disputed: { at: now, from: "kari@example.org", to: "kari@new.example.org" },
  sites: ["Bergen", "Oslo"],
  history: [
    {
      at: now,
      by: "person",
      fields: [{ field: "email", from: "kari@example.org", to: "kari@new.example.org" }],
      reason: null,
    },
  ],
  duplicates: [
    {
      person: { id: "1", label: "Kari Example", number: 1 },
      other: { id: "9", label: "Kari Example", number: 9 },
    },
  ],
};

/** One person with a form that waits to be typed again. */
export const person: PersonPage = {
  id: "1",
  label: "Kari Example",
  number: 1,
  standing: "active",
  invitedAt: now,
  consentedAt: now,
  timeZone: "Europe/Oslo",
  language: "en",
  site: null,
  waves: [
    { wave: "w1", state: "completed", opensAt: now, closesAt: now, answered: 24, double: "waiting" },
    { wave: "w2", state: "open", opensAt: now, closesAt: now, answered: 0, double: null },
    { wave: "w3", state: "not_yet", opensAt: now, closesAt: now, answered: 0, double: null },
  ],
  events: [
    {
      at: now,
      kind: "act",
      by: "bo@example.org",
      wave: "w1",
      what: "answers.entered",
      state: null,
    },
    { at: now, kind: "message", by: "longwave", wave: "w1", what: "reminder", state: "sent" },
    { at: now, kind: "consent", by: "person", wave: null, what: "1", state: null },
    { at: now, kind: "invited", by: "longwave", wave: null, what: null, state: null },
  ],
};
