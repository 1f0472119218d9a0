import type { AnswerPayload, WaveForm } from "@longwave/study/answering";
import { z } from "zod";
import type { Endpoint } from "../endpoint.ts";
import type { Problem, ProblemCode } from "../problems.ts";
import type { WaveStateName } from "./shared.ts";
import { id, problemSchema, time, waveForm, waveStateName } from "./shared.ts";

/** How an answer came that staff entered: told on the phone, or written on paper. */
export type EntryMode = "phone" | "paper";

/** One row of a person's answers at a wave: the latest row of a question stands, earlier ones were corrected. */
export interface EnteredAnswer {
  readonly id: string;
  readonly item: string;
  readonly payload: AnswerPayload;
  /** When the person answered. */
  readonly answeredAt: number;
  readonly receivedAt: number;
  readonly late: boolean;
  /** `web`: the person answered on a page of their own. */
  readonly mode: EntryMode | "web" | "import";
  /** The member of staff who entered or corrected it. */
  readonly enteredBy: string | null;
  readonly replaces: string | null;
  readonly reason: string | null;
}

/**
 * A question to which two people typed different answers; null: that one typed none. `stands`: the row that stands now;
 * `corrected`: it is another than the first one typed. `standing` was taken: a correction made meanwhile was kept.
 */
export interface EntryDifference {
  readonly item: string;
  readonly stands: string | null;
  readonly corrected: boolean;
  readonly first: AnswerPayload | null;
  readonly second: AnswerPayload | null;
  readonly settled: {
    readonly took: "first" | "second" | "standing";
    readonly by: string;
    readonly at: number;
    readonly reason: string | null;
  } | null;
}

/** That a form is to be typed a second time, by whom it was, and where the two differ. */
export interface DoubleEntry {
  readonly firstBy: string;
  readonly askedAt: number;
  readonly secondBy: string | null;
  readonly secondAt: number | null;
  readonly differences: readonly EntryDifference[];
}

/** Why nothing can be entered now. */
export type EntryClosed = "locked" | "left" | "not_yet";

/** One form of one person, for staff: what is asked, what is answered, and what may be entered. */
export interface EntrySheet {
  readonly label: string;
  readonly state: WaveStateName;
  /** The days on which it can have been answered, on the person's calendar (YYYY-MM-DD). */
  readonly firstDay: string;
  readonly lastDay: string;
  readonly today: string;
  readonly closed: EntryClosed | null;
  readonly form: WaveForm;
  /** Every row in its order. */
  readonly answers: readonly EnteredAnswer[];
  /** Whether what a colleague typed is kept from the reader, who may be the one to type it again. */
  readonly hidden: boolean;
  /** Which forms the study text has typed twice; `none`: those somebody asks it for. */
  readonly typedTwice: "none" | "all" | "sample";
  readonly double: DoubleEntry | null;
}

/** Answers of one form as staff type them; `day`: when the person gave them, on their own calendar. */
export interface EnterAnswersRequest {
  readonly mode: EntryMode;
  readonly day: string;
  readonly answers: readonly { readonly id: string; readonly item: string; readonly payload: unknown }[];
  /** Nothing more will come: the form is done, once every question has an answer or was skipped. */
  readonly finish: boolean;
  /** A colleague is to type the form again. */
  readonly twice?: boolean;
}

/** What became of the answers; `missing` are the questions that keep the form from being done. */
export interface EnterAnswersAnswer {
  readonly saved: readonly string[];
  readonly refused: readonly { readonly id: string; readonly problem: Problem }[];
  readonly finished: boolean;
  readonly missing: readonly string[];
}

/** A correction of one answer; `replaces` is the one that stands now. */
export interface CorrectAnswerRequest {
  readonly id: string;
  readonly replaces: string;
  readonly payload: unknown;
  readonly reason: string;
}

/** A form typed by a second person, by question; what is left out was left blank. */
export interface SecondEntryRequest {
  readonly answers: readonly { readonly item: string; readonly payload: unknown }[];
}

/**
 * Which of two typed answers is right; a reason is needed when the second replaces what stands. `stands` names the
 * row that stands now, so that no correction is overridden unseen.
 */
export interface SettleDifferenceRequest {
  readonly stands: string | null;
  readonly take: "first" | "second";
  readonly reason: string;
}

const mode = z.enum(["phone", "paper"]);
const payload: z.ZodType<AnswerPayload> = z.custom<AnswerPayload>(
  (value) => typeof value === "object" && value !== null && "kind" in value,
);
const itemId = z.string().min(1).max(200);
/** PostgreSQL keeps no text with the character NUL. */
const words = z
  .string()
  .trim()
  .max(500)
  .refine((text) => !text.includes("\0"));
const reason = words.min(3);

const difference: z.ZodType<EntryDifference> = z.object({
  item: z.string(),
  stands: z.string().nullable(),
  corrected: z.boolean(),
  first: payload.nullable(),
  second: payload.nullable(),
  settled: z
    .object({
      took: z.enum(["first", "second", "standing"]),
      by: z.string(),
      at: time,
      reason: z.string().nullable(),
    })
    .nullable(),
});
const doubleEntry: z.ZodType<DoubleEntry> = z.object({
  firstBy: z.string(),
  askedAt: time,
  secondBy: z.string().nullable(),
  secondAt: time.nullable(),
  differences: z.array(difference),
});
const enteredAnswer: z.ZodType<EnteredAnswer> = z.object({
  id: z.string(),
  item: z.string(),
  payload,
  answeredAt: time,
  receivedAt: time,
  late: z.boolean(),
  mode: z.enum(["phone", "paper", "web", "import"]),
  enteredBy: z.string().nullable(),
  replaces: z.string().nullable(),
  reason: z.string().nullable(),
});
const entrySheet: z.ZodType<EntrySheet> = z.object({
  label: z.string(),
  state: waveStateName,
  firstDay: z.string(),
  lastDay: z.string(),
  today: z.string(),
  closed: z.enum(["locked", "left", "not_yet"]).nullable(),
  form: waveForm,
  answers: z.array(enteredAnswer),
  hidden: z.boolean(),
  typedTwice: z.enum(["none", "all", "sample"]),
  double: doubleEntry.nullable(),
});
const enterAnswersAnswer: z.ZodType<EnterAnswersAnswer> = z.object({
  saved: z.array(z.string()),
  refused: z.array(z.object({ id: z.string(), problem: problemSchema })),
  finished: z.boolean(),
  missing: z.array(z.string()),
});

const problems: readonly ProblemCode[] = [
  "staff.not-signed-in",
  "staff.not-allowed",
  "staff.second-factor-needed",
  "study.not-found",
  "person.not-found",
  "answer.wave-unknown",
];
const writing: readonly ProblemCode[] = [
  ...problems,
  "study.locked",
  "person.left",
  "consent.not-given",
  "answer.wave-not-open",
  "answer.invalid",
  "answer.item-unknown",
];

/** The rows of the contract for what staff enter for people. */
export interface EntryEndpoints {
  readonly entrySheet: Endpoint<
    "/api/studies/:study/people/:person/waves/:wave/answers",
    unknown,
    unknown,
    EntrySheet
  >;
  readonly enterAnswers: Endpoint<
    "/api/studies/:study/people/:person/waves/:wave/answers",
    EnterAnswersRequest,
    unknown,
    EnterAnswersAnswer
  >;
  readonly correctAnswer: Endpoint<
    "/api/studies/:study/people/:person/waves/:wave/corrections",
    CorrectAnswerRequest,
    unknown,
    EntrySheet
  >;
  readonly secondEntry: Endpoint<
    "/api/studies/:study/people/:person/waves/:wave/second",
    SecondEntryRequest,
    unknown,
    EntrySheet
  >;
  readonly settleDifference: Endpoint<
    "/api/studies/:study/people/:person/waves/:wave/differences/:item",
    SettleDifferenceRequest,
    unknown,
    EntrySheet
  >;
}

/** Endpoints of what staff enter for people. */
export const entryEndpoints: EntryEndpoints = {
  entrySheet: {
    who: "staff",
    needs: "people.answers",
    method: "GET",
    path: "/api/studies/:study/people/:person/waves/:wave/answers",
    summary: "One form of one person with its answers, to enter, to correct and to look after queries.",
    answer: { kind: "json", status: 200, schema: entrySheet },
    problems: [...problems, "consent.not-given"],
  },
  enterAnswers: {
    who: "staff",
    needs: "people.answers",
    method: "POST",
    path: "/api/studies/:study/people/:person/waves/:wave/answers",
    summary:
      "Enter what a person said on the phone or wrote on paper; each answer that passes is kept, late ones marked.",
    body: z.object({
      mode,
      day: z.iso.date(),
      answers: z.array(z.object({ id, item: itemId, payload: z.unknown() })).max(500),
      finish: z.boolean(),
      twice: z.boolean().exactOptional(),
    }),
    answer: { kind: "json", status: 200, schema: enterAnswersAnswer },
    problems: [...writing, "answer.id-reused", "entry.day-impossible", "entry.answered-already"],
  },
  correctAnswer: {
    who: "staff",
    needs: "people.answers",
    method: "POST",
    path: "/api/studies/:study/people/:person/waves/:wave/corrections",
    summary: "Correct an answer, with the reason; the earlier one stays beside it.",
    body: z.object({ id, replaces: id, payload: z.unknown(), reason }),
    answer: { kind: "json", status: 200, schema: entrySheet },
    problems: [...writing, "answer.id-reused", "answer.replaces-unknown", "entry.changed"],
  },
  secondEntry: {
    who: "staff",
    needs: "people.answers",
    method: "POST",
    path: "/api/studies/:study/people/:person/waves/:wave/second",
    summary: "Type a form a second time, without seeing the first; gives the questions that differ.",
    body: z.object({ answers: z.array(z.object({ item: itemId, payload: z.unknown() })).max(500) }),
    answer: { kind: "json", status: 200, schema: entrySheet },
    problems: [...writing, "entry.none-waiting", "entry.same-person"],
  },
  settleDifference: {
    who: "staff",
    needs: "people.answers",
    method: "POST",
    path: "/api/studies/:study/people/:person/waves/:wave/differences/:item",
    summary: "Say which of two typed answers is right; the other one stays on record.",
    body: z.object({ take: z.enum(["first", "second"]), reason: words, stands: id.nullable() }),
    answer: { kind: "json", status: 200, schema: entrySheet },
    problems: [...writing, "entry.none-waiting", "entry.changed", "entry.reason-missing"],
  },
};
