import type { AnswerSubmission, AnswersReceipt, ParticipantWave, Problem } from "@longwave/api";
import { problem } from "@longwave/api";
import { checkAnswer } from "@longwave/study/answering";
import type { ServerContext } from "../context.ts";
import { type Refusal, refuse } from "../errors.ts";
import { type Participation, participationOf, wavesOf } from "../participant/state.ts";
import { progressOf } from "../store/queries/answers.ts";
import type { Person } from "../store/queries/people.ts";
import type { PreparedAnswer } from "./append.ts";

/**
 * Checks answers with the same rules as the phone and saves those that pass; returns after the commit.
 *
 * @throws Refusal `consent.not-given`
 */
export async function saveAnswers(
  context: ServerContext,
  person: Person,
  answers: readonly AnswerSubmission[],
): Promise<AnswersReceipt> {
  if (person.enrolledAt === undefined) throw consentMissing();
  const participation = await participationOf(context, person);
  const waves = wavesOf(participation, await progressOf(context.store.db, person), context.now());
  const outcomes = await context.queue.submit({
    study: person.study,
    person: person.id,
    receivedAt: context.now(),
    answers: answers.map((answer) => prepare(context, participation, waves, answer)),
  });
  return {
    saved: outcomes.flatMap((outcome) =>
      outcome.kind === "saved" ? [{ id: outcome.id, seq: outcome.seq }] : [],
    ),
    refused: outcomes.flatMap((each) =>
      each.kind === "refused" ? [{ id: each.id, problem: each.problem }] : [],
    ),
  };
}

/** The refusal of a person who has not consented yet. */
export function consentMissing(): Refusal {
  return refuse(
    "consent.not-given",
    "consent before answers",
    "none",
    "Open the link and read the consent text first.",
  );
}

function prepare(
  context: ServerContext,
  participation: Participation,
  waves: readonly ParticipantWave[],
  answer: AnswerSubmission,
): PreparedAnswer {
  const checked = check(context, participation, waves, answer);
  return {
    id: answer.id,
    wave: answer.wave,
    item: answer.item,
    payload: JSON.stringify(checked.ok ? checked.payload : answer.payload),
    answeredAt: answer.answeredAt,
    replaces: answer.replaces,
    refusal: checked.ok ? undefined : checked.problem,
  };
}

type Checked =
  ReturnType<typeof checkAnswer> extends infer Outcome
    ? Extract<Outcome, { ok: true }> | { readonly ok: false; readonly problem: Problem }
    : never;

function check(
  context: ServerContext,
  participation: Participation,
  waves: readonly ParticipantWave[],
  answer: AnswerSubmission,
): Checked {
  const wave = waves.find(({ id }) => id === answer.wave);
  if (!wave) return { ok: false, problem: waveUnknown(answer.wave, waves) };
  const form = context.compiler.form(participation.protocol, wave.id, participation.person.language ?? "en");
  const item = form.items.find(({ id }) => id === answer.item);
  if (!item) return { ok: false, problem: itemUnknown(answer) };
  const checked = checkAnswer(item, answer.payload);
  // An answer already saved is told apart inside the commit; so the form is checked first, the clock after it.
  if (checked.ok && !isOpen(wave)) return { ok: false, problem: waveNotOpen(wave) };
  if (checked.ok) return checked;
  const { expected, found, remedy } = checked.problem;
  return { ok: false, problem: problem("answer.invalid", { expected, found, remedy }) };
}

/** Whether answers to this wave are taken now. */
export function isOpen(wave: ParticipantWave): boolean {
  return wave.state === "open" || wave.state === "started";
}

/** The refusal of an answer to a wave that the protocol does not have. */
export function waveUnknown(found: string, waves: readonly ParticipantWave[]): Problem {
  return problem("answer.wave-unknown", {
    expected: `one of ${waves.map(({ id }) => id).join(", ")}`,
    found,
    remedy: "Load the page again to get the current form.",
  });
}

/** The refusal of an answer to a wave that is not open, saying why. */
export function waveNotOpen(wave: ParticipantWave): Problem {
  const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
  const found = {
    not_yet: `a wave that opens on ${day(wave.opensAt)}`,
    completed: "a wave that has been finished",
    missed: `a wave that closed on ${day(wave.closesAt)}`,
    open: "an open wave",
    started: "an open wave",
  }[wave.state];
  return problem("answer.wave-not-open", {
    expected: "an answer to the wave that is open now",
    found,
    remedy: "Open the link again to see what is open; to correct an earlier answer, write to the study.",
  });
}

function itemUnknown(answer: AnswerSubmission): Problem {
  return problem("answer.item-unknown", {
    expected: `a question of wave ${answer.wave}`,
    found: answer.item,
    remedy: "Load the page again to get the current form.",
  });
}
