import type { AnswerSubmission, ParticipantState } from "@longwave/api";
import type { Reply, Server } from "../participant/data/server.ts";
import type { Language } from "../participant/text/index.ts";
import type { PreviewMessage } from "./message.ts";

/** What the person in the preview has done so far; it lives as long as the page. */
interface Done {
  language: Language;
  consent: ParticipantState["consent"]["given"];
  readonly answers: AnswerSubmission[];
  finishedAt: number | undefined;
}

/**
 * A participant's side of the contract that takes everything and keeps nothing: the form can be walked to its end, and
 * no request leaves the page.
 */
export function savesNothing({ states, language }: PreviewMessage, now: () => number): Server {
  const done: Done = { language, consent: undefined, answers: [], finishedAt: undefined };
  const show = async (): Promise<Reply<ParticipantState>> => {
    const state = states[done.language] ?? Object.values(states)[0];
    return state === undefined ? notHere : { kind: "ok", value: soFar(state, done) };
  };
  return {
    openSession: show,
    openByLetter: show,
    state: (wanted) => {
      done.language = wanted ?? done.language;
      return show();
    },
    consent: ({ version, ticks }) => {
      done.consent = { at: now(), version, ticks };
      return show();
    },
    declineConsent: async () => notHere,
    ownContact: async () => notHere,
    changeContact: async () => notHere,
    confirmEmail: async () => notHere,
    writeToTeam: async () => notHere,
    sendAnswers: async ({ answers }) => {
      done.answers.push(...answers);
      const saved = answers.map(({ id }, index) => ({
        id,
        seq: done.answers.length - answers.length + index + 1,
      }));
      return { kind: "ok", value: { saved, refused: [] } };
    },
    finish: () => {
      done.finishedAt = now();
      return show();
    },
    signOut: async () => ({ kind: "ok", value: undefined }),
    publicStudies: async () => ({ kind: "ok", value: [] }),
    tryStudy: async () => notHere,
    ownRecord: async () => notHere,
    chooseSessions: async () => notHere,
    requestCode: async () => notHere,
    shownCode: async () => notHere,
    redeemCode: async () => notHere,
    ownCopy: async () => notHere,
    ownCopyPage: async () => notHere,
    leave: async () => notHere,
  };
}

/** What a preview cannot show, since it needs a person of the study. */
const notHere = { kind: "problem", status: 404, code: "preview" } as const;

function soFar(state: ParticipantState, { consent, answers, finishedAt }: Done): ParticipantState {
  const { current, ...rest } = state;
  const given = state.consent.given ?? consent;
  const stands = { ...rest, consent: given === undefined ? state.consent : { ...state.consent, given } };
  if (current === undefined) return stands;
  if (finishedAt !== undefined) return finished(stands, { wave: current.form.wave, at: finishedAt });
  const own = answers.filter(({ wave }) => wave === current.form.wave);
  return {
    ...stands,
    current: {
      ...current,
      answers: Object.fromEntries(own.map(({ item, payload }) => [item, payload])),
      answerIds: Object.fromEntries(own.map(({ item, id }) => [item, id])),
    },
  };
}

function finished(
  state: ParticipantState,
  done: { readonly wave: string; readonly at: number },
): ParticipantState {
  const next = state.waves.find(({ state: stands }) => stands === "not_yet");
  return {
    ...state,
    waves: state.waves.map((wave) => (wave.id === done.wave ? { ...wave, state: "completed" } : wave)),
    thanks: {
      ...done,
      ...(next === undefined
        ? {}
        : { next: { wave: next.id, opensAt: next.opensAt, targetDate: next.targetDate } }),
    },
  };
}
