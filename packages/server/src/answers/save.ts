import type { AnswerSubmission, AnswersReceipt, ParticipantWave } from "@longwave/api";
import type { WaveForm } from "@longwave/study/answering";
import type { OnlyWave } from "../access/visits.ts";
import type { ServerContext } from "../context.ts";
import { type Refusal, refuse } from "../errors.ts";
import { formFor } from "../participant/form.ts";
import { type Participation, participationOf, wavesOf } from "../participant/state.ts";
import { eventRulesFor } from "../sessions/check-event.ts";
import { progressOf } from "../store/queries/answers.ts";
import type { Person } from "../store/queries/people.ts";
import type { Outcome } from "./append.ts";
import { prepareAnswer, withPossibleTimes } from "./prepare.ts";

/**
 * Checks answers with the same rules as the phone and saves those that pass; returns after the commit.
 *
 * @throws Refusal `consent.not-given`
 */
export async function saveAnswers(
  context: ServerContext,
  person: Person,
  given: readonly AnswerSubmission[],
  only?: OnlyWave,
): Promise<AnswersReceipt> {
  const { enrolledAt } = person;
  if (enrolledAt === undefined) throw consentMissing();
  const participation = await participationOf(context, person);
  const now = context.now();
  const answers = withPossibleTimes(given, { enrolledAt, now });
  const waves = wavesOf(participation, await progressOf(context.store.db, person), now);
  const forms = await formsOf(context, participation, namedBy(answers, waves));
  const events = await eventRulesFor(context, participation, answers);
  const rules = { waves, forms, events, now, only };
  const outcomes = await context.queue.submit({
    study: person.study,
    person: person.id,
    receivedAt: now,
    answers: answers.map((answer) => prepareAnswer(rules, answer)),
  });
  return receipt(outcomes);
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

function namedBy(answers: readonly AnswerSubmission[], waves: readonly ParticipantWave[]): readonly string[] {
  return waves.flatMap(({ id }) => (answers.some(({ wave }) => wave === id) ? [id] : []));
}

async function formsOf(
  context: ServerContext,
  participation: Participation,
  waves: readonly string[],
): Promise<ReadonlyMap<string, WaveForm>> {
  const forms = new Map<string, WaveForm>();
  for (const wave of waves) forms.set(wave, await formFor(context, participation, wave));
  return forms;
}

function receipt(outcomes: readonly Outcome[]): AnswersReceipt {
  return {
    saved: outcomes.flatMap((each) => (each.kind === "saved" ? [{ id: each.id, seq: each.seq }] : [])),
    refused: outcomes.flatMap((each) =>
      each.kind === "refused" ? [{ id: each.id, problem: each.problem }] : [],
    ),
  };
}
