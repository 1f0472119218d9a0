import type {
  AnswerPayload,
  Answers,
  ConsentForm,
  EventForm,
  LoggedEvent,
  WaveForm,
} from "@longwave/study/answering";
import { z } from "zod";
import type { Endpoint } from "../endpoint.ts";
import type { Problem } from "../problems.ts";
import type { Language, WaveStateName } from "./shared.ts";
import { consentForm, language, problemSchema, time, waveForm, waveStateName } from "./shared.ts";

/** The token of a personal link, taken from the fragment of `/p#TOKEN`. */
export interface SessionRequest {
  readonly token: string;
  /** The zone of the phone: who has moved gets later waves and messages by the clock of the new place. */
  readonly timeZone?: string;
}

/** The code of a letter, as somebody typed it. */
export interface LetterCodeRequest {
  readonly code: string;
  readonly timeZone?: string;
}

/** One wave as its participant sees it; times are ms UTC, the date is local to the person. */
export interface ParticipantWave {
  readonly id: string;
  readonly number: number;
  readonly state: WaveStateName;
  readonly opensAt: number;
  readonly closesAt: number;
  readonly targetDate: string;
}

/** The open, unfinished wave: its form, the answers so far, and the id of the row each answer came from. */
export interface CurrentWave {
  readonly form: WaveForm;
  readonly answers: Answers;
  readonly answerIds: Readonly<Record<string, string>>;
}

/** What is asked between the waves: the forms of sessions and rests, and those that have begun and may be open. */
export interface SessionLog {
  readonly forms: readonly EventForm[];
  readonly begun: readonly LoggedEvent[];
}

/** All the participant app needs to draw its screen. */
export interface ParticipantState {
  readonly study: {
    readonly id: string;
    readonly title: string;
    readonly question: string;
    readonly simulated: boolean;
    readonly tryIt: boolean;
    readonly locked: boolean;
    /** Nothing is sent meanwhile, and nobody new joins. */
    readonly paused: boolean;
    /** Whether people can still join. */
    readonly recruiting: boolean;
    readonly contact: { readonly name: string; readonly email: string };
    /** Where to turn in need, in the words of the study text. */
    readonly help?: string;
    /** Addresses of the pages that the study text has. */
    readonly notices?: { readonly privacy?: string; readonly terms?: string };
  };
  /** A keyed mark of whose page this is: a shared phone must not send one person's answers as another's. */
  readonly holder: string;
  readonly language: Language;
  readonly languages: readonly Language[];
  readonly now: number;
  readonly consent: {
    readonly form: ConsentForm;
    readonly given?: {
      readonly at: number;
      readonly version: number;
      readonly ticks: Readonly<Record<string, boolean>>;
    };
    /** They are asked to consent to this version anew; declining keeps them under the old one, or they leave. */
    readonly again?: { readonly whenDeclined: "stay" | "leave" };
  };
  readonly waves: readonly ParticipantWave[];
  readonly current?: CurrentWave;
  /** For those who ticked that they may log sessions. */
  readonly sessions?: SessionLog;
  readonly thanks?: {
    readonly wave: string;
    readonly at: number;
    readonly next?: { readonly wave: string; readonly opensAt: number; readonly targetDate: string };
  };
}

/** Consent to the exact words shown, named by their hash. */
export interface ConsentRequest {
  readonly hash: string;
  readonly version: number;
  readonly language: Language;
  readonly timeZone: string;
  readonly ticks: Readonly<Record<string, boolean>>;
}

/**
 * One answer; `id` is a UUID made on the phone, so that sending twice is safe. `replaces` names the row it corrects.
 * `wave` is a wave, or `session_log/ID` for the parts of one session, its id made on the phone too.
 */
export interface AnswerSubmission {
  readonly id: string;
  readonly wave: string;
  readonly item: string;
  readonly payload: AnswerPayload;
  readonly answeredAt: number;
  readonly replaces?: string;
}

/** Up to 200 answers in the order they were given. */
export interface AnswersRequest {
  readonly answers: readonly AnswerSubmission[];
}

/** Which answers are kept for good, with their place in the study's order, and which were refused and why. */
export interface AnswersReceipt {
  readonly saved: readonly { readonly id: string; readonly seq: number }[];
  readonly refused: readonly { readonly id: string; readonly problem: Problem }[];
}

/** The version of the consent that is declined, named by the words shown. */
export interface DeclineRequest {
  readonly hash: string;
  readonly version: number;
  readonly language: Language;
}

/** The wave that is done. */
export interface FinishRequest {
  readonly wave: string;
}

/** The language in which the state is wanted; the person's own when left out. */
export interface StateQuery {
  readonly language?: Language;
}

/** Schema of {@link ParticipantState}. */
const participantState: z.ZodType<ParticipantState> = z.object({
  study: z.object({
    id: z.string(),
    title: z.string(),
    question: z.string(),
    simulated: z.boolean(),
    tryIt: z.boolean(),
    locked: z.boolean(),
    paused: z.boolean(),
    recruiting: z.boolean(),
    contact: z.object({ name: z.string(), email: z.string() }),
    help: z.string().exactOptional(),
    notices: z
      .object({ privacy: z.string().exactOptional(), terms: z.string().exactOptional() })
      .exactOptional(),
  }),
  holder: z.string(),
  language,
  languages: z.array(language),
  now: time,
  consent: z.object({
    form: consentForm,
    given: z
      .object({ at: time, version: z.number(), ticks: z.record(z.string(), z.boolean()) })
      .exactOptional(),
    again: z.object({ whenDeclined: z.enum(["stay", "leave"]) }).exactOptional(),
  }),
  waves: z.array(
    z.object({
      id: z.string(),
      number: z.int().min(1),
      state: waveStateName,
      opensAt: time,
      closesAt: time,
      targetDate: z.iso.date(),
    }),
  ),
  current: z
    .object({
      form: waveForm,
      answers: z.record(z.string(), z.custom<AnswerPayload>(isObject)),
      answerIds: z.record(z.string(), z.string()),
    })
    .exactOptional(),
  sessions: z
    .object({
      forms: z.array(z.custom<EventForm>(isObject)),
      begun: z.array(
        z.object({ event: z.string(), id: z.string(), beganAt: time, answered: z.array(z.string()) }),
      ),
    })
    .exactOptional(),
  thanks: z
    .object({
      wave: z.string(),
      at: time,
      next: z.object({ wave: z.string(), opensAt: time, targetDate: z.iso.date() }).exactOptional(),
    })
    .exactOptional(),
});

/** Schema of {@link AnswersRequest}; what a payload may hold is the business of `checkAnswer`. */
const answersRequest: z.ZodType<AnswersRequest> = z.object({
  answers: z
    .array(
      z.object({
        id: z.uuid(),
        wave: z.string().min(1).max(80),
        item: z.string().min(1).max(80),
        payload: z.custom<AnswerPayload>(isObject),
        answeredAt: time,
        replaces: z.uuid().exactOptional(),
      }),
    )
    .min(1)
    .max(200),
});

const consentRequest: z.ZodType<ConsentRequest> = z.object({
  hash: z.string().max(200),
  version: z.number(),
  language,
  timeZone: z.string().min(1).max(80),
  ticks: z.record(z.string().max(80), z.boolean()),
});

const answersReceipt: z.ZodType<AnswersReceipt> = z.object({
  saved: z.array(z.object({ id: z.string(), seq: z.int().min(1) })),
  refused: z.array(z.object({ id: z.string(), problem: problemSchema })),
});

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

/** The rows of the contract for participants. */
export interface ParticipantEndpoints {
  readonly openSession: Endpoint<"/api/participant/session", SessionRequest, unknown, ParticipantState>;
  readonly openByLetter: Endpoint<"/api/participant/letter", LetterCodeRequest, unknown, ParticipantState>;
  readonly participantState: Endpoint<"/api/participant/state", unknown, StateQuery, ParticipantState>;
  readonly giveConsent: Endpoint<"/api/participant/consent", ConsentRequest, unknown, ParticipantState>;
  readonly declineConsent: Endpoint<
    "/api/participant/consent/decline",
    DeclineRequest,
    unknown,
    ParticipantState
  >;
  readonly sendAnswers: Endpoint<"/api/participant/answers", AnswersRequest, unknown, AnswersReceipt>;
  readonly finishWave: Endpoint<"/api/participant/finish", FinishRequest, unknown, ParticipantState>;
  readonly closeSession: Endpoint<"/api/participant/sign-out", unknown, unknown, void>;
}

/** Endpoints of the participant app; all but the first two need the cookie that these set. */
export const participantEndpoints: ParticipantEndpoints = {
  openSession: {
    who: "anyone",
    method: "POST",
    path: "/api/participant/session",
    summary: "Exchange the token of a personal link for a cookie of 12 hours, renewed by use.",
    body: z.object({ token: z.string().min(1).max(100), timeZone: z.string().max(60).exactOptional() }),
    answer: { kind: "json", status: 200, schema: participantState },
    problems: ["session.link-unknown", "person.left", "request.too-many"],
  },
  openByLetter: {
    who: "anyone",
    method: "POST",
    path: "/api/participant/letter",
    summary:
      "Exchange the code of a letter, once, for a visit that writes one wave and shows nothing that was answered earlier.",
    body: z.object({ code: z.string().min(1).max(40), timeZone: z.string().max(60).exactOptional() }),
    answer: { kind: "json", status: 200, schema: participantState },
    problems: ["letter.code-unknown", "person.left", "request.too-many"],
  },
  participantState: {
    who: "participant",
    method: "GET",
    path: "/api/participant/state",
    summary: "What is open, what has been answered, and what comes next.",
    query: z.object({ language: language.exactOptional() }),
    answer: { kind: "json", status: 200, schema: participantState },
    problems: ["session.none", "person.left"],
  },
  giveConsent: {
    who: "participant",
    method: "POST",
    path: "/api/participant/consent",
    summary: "Consent to the exact words shown; the first consent enrols the person.",
    body: consentRequest,
    answer: { kind: "json", status: 200, schema: participantState },
    problems: [
      "session.none",
      "person.left",
      "session.one-wave",
      "consent.form-changed",
      "consent.tick-missing",
      "study.locked",
      "study.recruitment-closed",
      "study.paused",
    ],
  },
  declineConsent: {
    who: "participant",
    method: "POST",
    path: "/api/participant/consent/decline",
    summary: "Stay under the consent given before, where the study lets people decline the new one.",
    body: z.object({ hash: z.string().min(1).max(100), version: z.int().positive(), language }),
    answer: { kind: "json", status: 200, schema: participantState },
    problems: [
      "session.none",
      "person.left",
      "session.one-wave",
      "consent.form-changed",
      "consent.cannot-decline",
      "study.locked",
    ],
  },
  sendAnswers: {
    who: "participant",
    method: "POST",
    path: "/api/participant/answers",
    summary: "Save answers; each is kept or refused by itself, and sending one twice changes nothing.",
    body: answersRequest,
    answer: { kind: "json", status: 200, schema: answersReceipt },
    problems: [
      "session.none",
      "session.one-wave",
      "person.left",
      "consent.not-given",
      "consent.tick-missing",
      "study.locked",
      "answer.invalid",
      "answer.item-unknown",
      "answer.wave-unknown",
      "answer.wave-not-open",
      "answer.id-reused",
      "answer.replaces-unknown",
    ],
  },
  finishWave: {
    who: "participant",
    method: "POST",
    path: "/api/participant/finish",
    summary: "Say that a wave is done; every question asked has been answered or skipped.",
    body: z.object({ wave: z.string().min(1).max(40) }),
    answer: { kind: "json", status: 200, schema: participantState },
    problems: [
      "session.none",
      "session.one-wave",
      "person.left",
      "consent.not-given",
      "study.locked",
      "answer.wave-unknown",
      "answer.wave-not-open",
      "wave.unanswered",
    ],
  },
  closeSession: {
    who: "participant",
    method: "POST",
    path: "/api/participant/sign-out",
    summary: "Forget this device: end the session and drop the cookie.",
    answer: { kind: "none", status: 204 },
    problems: [],
  },
};
