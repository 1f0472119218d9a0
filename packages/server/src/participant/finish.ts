import { nextItem } from "@longwave/study/answering";
import { hasLeft } from "../access/visits.ts";
import { consentMissing } from "../answers/save.ts";
import type { ServerContext } from "../context.ts";
import { Refusal, refuse } from "../errors.ts";
import { addFinished, progressOf, standingAnswers } from "../store/queries/answers.ts";
import { isOut, standingOf } from "../store/queries/departures.ts";
import type { Person } from "../store/queries/people.ts";
import { takeStudy } from "../store/queries/studies.ts";
import { requireTakesAnswers } from "../studies/standing.ts";
import { formFor } from "./form.ts";
import { participationOf, wavesOf } from "./state.ts";
import { isOpen, waveNotOpen, waveUnknown } from "./waves.ts";

/**
 * Records that a person has finished a wave; saying so twice changes nothing.
 *
 * @throws Refusal `consent.not-given`, `study.locked`, `answer.wave-unknown`, `answer.wave-not-open`, `wave.unanswered`
 */
export async function finishWave(context: ServerContext, person: Person, waveId: string): Promise<void> {
  if (person.enrolledAt === undefined) throw consentMissing();
  const participation = await participationOf(context, person);
  const { db } = context.store;
  const waves = wavesOf(context, participation, await progressOf(db, person), context.now());
  const wave = waves.find(({ id }) => id === waveId);
  if (!wave) throw new Refusal(waveUnknown(waveId, waves));
  if (wave.state === "completed") return;
  requireTakesAnswers(participation.study.phase);
  if (!isOpen(wave)) throw new Refusal(waveNotOpen(wave));
  const at = { study: person.study, person: person.id, wave: waveId };
  const { answers } = await standingAnswers(db, at);
  const form = await formFor(context, participation, waveId);
  const missing = nextItem(form, answers);
  if (missing) throw unanswered(missing.text);
  await markFinished(context, at);
}

/**
 * Writes down that a form is done.
 *
 * @throws Refusal `study.locked`, `person.left`
 */
export async function markFinished(
  { store, now }: Pick<ServerContext, "store" | "now">,
  form: { readonly study: string; readonly person: string; readonly wave: string },
): Promise<void> {
  await store.db.transaction().execute(async (trx) => {
    const { phase } = await takeStudy(trx, form.study);
    requireTakesAnswers(phase);
    if (isOut(await standingOf(trx, form.study, form.person))) throw hasLeft();
    await addFinished(trx, [{ ...form, finished_at: now() }]);
  });
}

function unanswered(text: string) {
  return refuse(
    "wave.unanswered",
    "every question answered or skipped",
    `no answer to "${text}"`,
    "Answer it or skip it, then finish.",
  );
}
