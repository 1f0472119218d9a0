import type { AnswerSubmission, ParticipantWave, Problem } from "@longwave/api";
import { problem } from "@longwave/api";
import { checkAnswer, type WaveForm } from "@longwave/study/answering";
import { type OnlyWave, otherThanLetter } from "../access/visits.ts";
import { isOpen, isWaitedFor, waveNotOpen, waveUnknown } from "../participant/waves.ts";
import { checkEventAnswer, type EventRules } from "../sessions/check-event.ts";
import { eventOf } from "../sessions/logged.ts";
import type { PreparedAnswer } from "./append.ts";

/** What answers are checked against: the waves of the person, the forms of those named, and sessions and rests. */
export interface AnswerRules {
  readonly waves: readonly ParticipantWave[];
  readonly forms: ReadonlyMap<string, WaveForm>;
  readonly events: EventRules;
  readonly now: number;
  /** The wave of a visit by letter: nothing else is taken. */
  readonly only: OnlyWave | undefined;
}

/**
 * The answers with times that can be. The phone's clock may be wrong: nobody answers before enrolling or after the
 * answer has arrived, so each time is brought between the two.
 */
export function withPossibleTimes(
  answers: readonly AnswerSubmission[],
  { enrolledAt, now }: { readonly enrolledAt: number; readonly now: number },
): readonly AnswerSubmission[] {
  return answers.map((answer) => ({
    ...answer,
    answeredAt: Math.min(Math.max(answer.answeredAt, enrolledAt), now),
  }));
}

/** One answer made ready for its commit, with the refusal if it fails a check. */
export function prepareAnswer(rules: AnswerRules, answer: AnswerSubmission): PreparedAnswer {
  const checked = checkedBy(rules, answer);
  return {
    id: answer.id,
    wave: answer.wave,
    item: answer.item,
    payload: JSON.stringify(checked.ok ? checked.payload : answer.payload),
    given: checked.ok && checked.payload.kind === "value",
    answeredAt: answer.answeredAt,
    late: rules.waves.some((wave) => wave.id === answer.wave && rules.now >= wave.closesAt),
    replaces: answer.replaces,
    refusal: checked.ok ? undefined : checked.problem,
  };
}

function checkedBy(rules: AnswerRules, answer: AnswerSubmission): Checked {
  if (rules.only && rules.only.wave !== answer.wave)
    return { ok: false, problem: otherThanLetter(rules.only, answer.wave) };
  return eventOf(answer.wave) === undefined ? check(rules, answer) : checkEventAnswer(rules.events, answer);
}

type Checked =
  | Extract<ReturnType<typeof checkAnswer>, { readonly ok: true }>
  | { readonly ok: false; readonly problem: Problem };

function check({ waves, forms, now }: AnswerRules, answer: AnswerSubmission): Checked {
  const wave = waves.find(({ id }) => id === answer.wave);
  if (!wave) return { ok: false, problem: waveUnknown(answer.wave, waves) };
  const item = forms.get(wave.id)?.items.find(({ id }) => id === answer.item);
  if (!item) return { ok: false, problem: itemUnknown(answer) };
  const checked = checkAnswer(item, answer.payload);
  // An answer already saved is told apart inside the commit; so the form is checked first, the clock after it.
  const isTaken = isOpen(wave) || isWaitedFor(wave, { answeredAt: answer.answeredAt, now });
  if (checked.ok && !isTaken) return { ok: false, problem: waveNotOpen(wave) };
  if (checked.ok) return checked;
  const { expected, found, remedy } = checked.problem;
  return { ok: false, problem: problem("answer.invalid", { expected, found, remedy }) };
}

function itemUnknown(answer: AnswerSubmission): Problem {
  return problem("answer.item-unknown", {
    expected: `a question of wave ${answer.wave}`,
    found: answer.item,
    remedy: "Load the page again to get the current form.",
  });
}
