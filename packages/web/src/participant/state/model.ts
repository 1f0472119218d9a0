import type { AnswersReceipt, ParticipantState, Problem } from "@longwave/api";
import type { AnswerPayload, Answers, LoggedEvent, WaveForm } from "@longwave/study/answering";
import { helpCalledFor } from "@longwave/study/answering";
import type { Language, TroubleKind } from "../text/index.ts";
import type { KeptContent } from "./kept.ts";
import type { Outbox } from "./outbox.ts";
import { emptyOutbox, enqueue, notReceived, readyAgain, received, sending } from "./outbox.ts";
import type { OwnPage } from "./own-page.ts";
import type { SessionPage } from "./session.ts";
import { answerSession, withLogged } from "./session.ts";
import type { AnswerStamp, Visit } from "./visit.ts";
import { beginVisit, giveAnswer, goTo, questionBefore, stepForward, withdrawAnswer } from "./visit.ts";

/** A wave just finished on this page: what the thank-you page may repeat. */
export interface JustFinished {
  readonly form: WaveForm;
  readonly answers: Answers;
  readonly helpText: string | undefined;
}

/** All that the participant app knows; each screen is derived from it. */
export interface Model {
  readonly stage: "landing" | "opening" | "ready" | "trouble" | "left";
  readonly language: Language;
  /** This visit began with the wish to try, not with a link from the study. */
  readonly tries: boolean;
  /** The personal link of somebody who tries, to show so that they can come back. */
  readonly ownLink: string | undefined;
  /** Title and question of the study for the landing page, when it is known. */
  readonly invitation: { readonly title: string; readonly question: string } | undefined;
  readonly trouble: TroubleKind | undefined;
  readonly state: ParticipantState | undefined;
  readonly visit: Visit | undefined;
  readonly outbox: Outbox;
  /** A page laid over the current screen. */
  readonly aside: "none" | "help" | "paused" | "declined" | "own" | "session" | "leave" | "write" | "contact";
  /** The page of one's own answers, while it is open. */
  readonly own: OwnPage;
  /** The part of a session or rest that is being answered. */
  readonly session: SessionPage | undefined;
  /** Sessions and rests that this page knows of before the server does. */
  readonly logged: readonly LoggedEvent[];
  /** Until when (ms UTC) this phone keeps what has not been sent; undefined when it keeps nothing. */
  readonly keptUntil: number | undefined;
  /** The phone is somebody else's: nothing is kept on it. */
  readonly notMine: boolean;
  /** A request whose answer the screen waits for. */
  readonly busy: boolean;
  /** Why the server did not keep the answer now on the screen. */
  readonly refusal: Problem | undefined;
  readonly finished: JustFinished | undefined;
}

/** Everything that can happen. */
export type Happening =
  | { readonly kind: "invited"; readonly title: string; readonly question: string }
  | { readonly kind: "language"; readonly language: Language }
  | { readonly kind: "began" }
  | { readonly kind: "opened"; readonly state: ParticipantState }
  | { readonly kind: "failed"; readonly trouble: TroubleKind }
  | { readonly kind: "linkOpened"; readonly tries: boolean }
  | { readonly kind: "linkKnown"; readonly link: string }
  | { readonly kind: "answered"; readonly payload: AnswerPayload; readonly stamp: AnswerStamp }
  | { readonly kind: "next" }
  | { readonly kind: "back" }
  | { readonly kind: "goTo"; readonly item: string }
  | { readonly kind: "sending" }
  | { readonly kind: "received"; readonly receipt: AnswersReceipt }
  | { readonly kind: "notReceived" }
  | { readonly kind: "readyAgain" }
  | { readonly kind: "own"; readonly own: OwnPage }
  | { readonly kind: "session"; readonly page: SessionPage }
  | { readonly kind: "sessionAnswered"; readonly payload: AnswerPayload; readonly stamp: AnswerStamp }
  | { readonly kind: "kept"; readonly until: number | undefined }
  | { readonly kind: "broughtBack"; readonly kept: { readonly until: number; readonly content: KeptContent } }
  | { readonly kind: "notMine"; readonly notMine: boolean }
  | { readonly kind: "left"; readonly reached: boolean }
  | { readonly kind: "aside"; readonly aside: Model["aside"] };

/** The model when the page opens: a landing page when the address holds a personal link. */
export function initialModel(start: {
  readonly hasToken: boolean;
  readonly tries?: boolean;
  readonly language: Language;
}): Model {
  const tries = start.tries === true;
  return {
    stage: start.hasToken || tries ? "landing" : "opening",
    language: start.language,
    tries,
    ownLink: undefined,
    invitation: undefined,
    trouble: undefined,
    state: undefined,
    visit: undefined,
    outbox: emptyOutbox,
    aside: "none",
    own: { kind: "loading" },
    session: undefined,
    logged: [],
    keptUntil: undefined,
    notMine: false,
    busy: false,
    refusal: undefined,
    finished: undefined,
  };
}

/** The model after something happened; the only place where it changes. */
export function update(model: Model, happening: Happening): Model {
  switch (happening.kind) {
    case "invited":
      return { ...model, invitation: { title: happening.title, question: happening.question } };
    case "language":
      return { ...model, language: happening.language };
    case "began":
      return { ...model, busy: true, trouble: undefined };
    case "linkOpened":
      return linkOpened(model, happening.tries);
    case "linkKnown":
      return { ...model, ownLink: happening.link };
    case "opened":
      return opened(model, happening.state);
    case "failed":
      return failed(model, happening.trouble);
    case "own":
      return { ...model, own: happening.own, busy: false };
    case "aside":
      return { ...model, aside: happening.aside };
    case "session":
      return { ...model, aside: "session", session: happening.page };
    case "sessionAnswered":
      return sessionAnswered(model, happening.payload, happening.stamp);
    case "kept":
    case "broughtBack":
    case "notMine":
    case "left":
      return updatePhone(model, happening);
    default:
      return updateVisit(model, happening);
  }
}

type PhoneHappening = Extract<Happening, { kind: "kept" | "broughtBack" | "notMine" | "left" }>;

/** What this phone keeps, and that it keeps nothing any more. */
function updatePhone(model: Model, happening: PhoneHappening): Model {
  switch (happening.kind) {
    case "kept":
      return { ...model, keptUntil: happening.until };
    case "notMine":
      return { ...model, notMine: happening.notMine };
    case "broughtBack":
      return broughtBack(model, happening.kept);
    case "left": {
      const fresh = initialModel({ hasToken: false, language: model.language });
      return { ...fresh, stage: "left", trouble: happening.reached ? undefined : "offline" };
    }
  }
}

/** The page as it stood when it was closed; what this page has been told since stays. */
function broughtBack(model: Model, kept: { readonly until: number; readonly content: KeptContent }): Model {
  const { state, visit, unsent, logged } = kept.content;
  const here = ofSamePerson(model, state)
    ? model
    : { ...model, visit: undefined, outbox: emptyOutbox, logged: [] };
  const known = new Set(here.outbox.unsent.map(({ id }) => id));
  const waiting = [...unsent.filter(({ id }) => !known.has(id)), ...here.outbox.unsent];
  return {
    ...here,
    stage: "ready",
    language: state.language,
    busy: false,
    trouble: undefined,
    state: here.state ?? state,
    visit: here.visit ?? visit,
    outbox: { ...here.outbox, unsent: waiting },
    logged: here.logged.length > 0 ? here.logged : logged,
    keptUntil: kept.until,
  };
}

function ofSamePerson(model: Model, state: ParticipantState): boolean {
  return model.state === undefined || model.state.holder === state.holder;
}

function sessionAnswered(model: Model, payload: AnswerPayload, stamp: AnswerStamp): Model {
  if (model.session === undefined) return model;
  const { page, submissions } = answerSession(model.session, payload, stamp);
  if (submissions.length === 0) return { ...model, session: page };
  return {
    ...model,
    session: page,
    logged: withLogged(model.logged, page, submissions),
    outbox: submissions.reduce(enqueue, model.outbox),
  };
}

type VisitHappening = Extract<
  Happening,
  { kind: "answered" | "next" | "back" | "goTo" | "sending" | "received" | "notReceived" | "readyAgain" }
>;

function updateVisit(model: Model, happening: VisitHappening): Model {
  switch (happening.kind) {
    case "answered":
      return answered(model, happening.payload, happening.stamp);
    case "next":
      return moved(model, stepForward);
    case "back":
      return moved(model, (visit) => goTo(visit, questionBefore(visit) ?? visit.at ?? ""));
    case "goTo":
      return moved({ ...model, aside: "none" }, (visit) => goTo(visit, happening.item));
    case "sending":
      return { ...model, outbox: sending(model.outbox) };
    case "received":
      return afterReceipt(model, happening.receipt);
    case "notReceived":
      return { ...model, outbox: notReceived(model.outbox) };
    case "readyAgain":
      return { ...model, outbox: readyAgain(model.outbox), trouble: undefined };
  }
}

function linkOpened(model: Model, tries: boolean): Model {
  return { ...model, stage: "landing", tries, busy: false, trouble: undefined, aside: "none" };
}

function opened(before: Model, state: ParticipantState): Model {
  // Another person's link on the same phone: nothing of the one before goes on as theirs.
  const model = ofSamePerson(before, state)
    ? before
    : { ...initialModel({ hasToken: false, language: before.language }), notMine: before.notMine };
  return {
    ...model,
    stage: "ready",
    language: state.language,
    trouble: undefined,
    busy: false,
    refusal: undefined,
    // Whoever has not agreed to take part has no record; the consent page comes first.
    aside: model.aside === "own" && state.consent.given === undefined ? "none" : model.aside,
    state,
    visit: keptVisit(model, state) ?? (state.current === undefined ? undefined : beginVisit(state.current)),
    finished: model.finished ?? justFinished(model, state),
  };
}

/** Answers that only this page holds win over the server's older view of the same wave. */
function keptVisit(model: Model, state: ParticipantState): Visit | undefined {
  const same = model.visit !== undefined && model.visit.form.wave === state.current?.form.wave;
  return same && model.outbox.unsent.length > 0 ? model.visit : undefined;
}

function justFinished(model: Model, state: ParticipantState): JustFinished | undefined {
  if (model.visit === undefined || state.thanks?.wave !== model.visit.form.wave) return undefined;
  const { form, answers } = model.visit;
  return { form, answers, helpText: helpCalledFor(form, answers) ? form.helpText : undefined };
}

/** Before anything is open a failure fills the screen; later it stands beside what is there. */
function failed(model: Model, trouble: TroubleKind): Model {
  const stage = model.state === undefined ? "trouble" : model.stage;
  return { ...model, stage, trouble, busy: false };
}

function answered(model: Model, payload: AnswerPayload, stamp: AnswerStamp): Model {
  if (model.visit === undefined) return model;
  const { visit, submission } = giveAnswer(model.visit, payload, stamp);
  if (submission === undefined) return { ...model, refusal: undefined };
  return { ...model, visit, refusal: undefined, outbox: enqueue(model.outbox, submission) };
}

function moved(model: Model, step: (visit: Visit) => Visit): Model {
  if (model.visit === undefined) return model;
  return { ...model, visit: step(model.visit), refusal: undefined };
}

function afterReceipt(model: Model, receipt: AnswersReceipt): Model {
  const outbox = received(model.outbox, receipt);
  const first = receipt.refused[0];
  // A part of a session that came too late is left out; the page it stands on may be any.
  if (first !== undefined && isSession(model, first.id)) return { ...model, outbox, trouble: "session_late" };
  const refused = model.outbox.unsent.find((submission) => submission.id === first?.id);
  if (first === undefined || refused === undefined || model.visit === undefined) return { ...model, outbox };
  // The study may have been locked, or the wave may have closed, while the page stood open.
  if (first.problem.code === "study.locked") return { ...model, outbox, stage: "trouble", trouble: "locked" };
  if (first.problem.code === "answer.wave-not-open")
    return { ...model, outbox, stage: "trouble", trouble: "closed" };
  return { ...model, outbox, visit: withdrawAnswer(model.visit, refused.item), refusal: first.problem };
}

function isSession({ outbox }: Model, id: string): boolean {
  return outbox.unsent.some((submission) => submission.id === id && submission.wave.includes("/"));
}
