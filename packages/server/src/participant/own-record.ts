import { randomUUID } from "node:crypto";
import type { OwnRecord } from "@longwave/api";
import type { OwnWave, PersonalFeedback } from "@longwave/findings";
import { personalFeedback } from "@longwave/findings";
import type { FeedbackRules } from "@longwave/study";
import { waveState, waveWindows } from "@longwave/study";
import { consentMissing } from "../answers/save.ts";
import type { ServerContext } from "../context.ts";
import { answersOf, progressOf, type WaveProgress } from "../store/queries/answers.ts";
import { recordEvent } from "../store/queries/audit.ts";
import {
  addFeedbackChoice,
  addFeedbackView,
  feedbackChoicesOf,
  keepFeedbackRules,
} from "../store/queries/own-record.ts";
import type { Person } from "../store/queries/people.ts";
import { openPhases } from "../store/queries/studies.ts";
import { languageFor } from "./form.ts";
import { publishedGroupOf } from "./published-group.ts";
import { type Participation, participationOf } from "./state.ts";

/**
 * What a person is told about their own answers now. Only rows of this person are read, and of others only what a
 * publication has made public. That it was shown, and by which rules, is written down.
 *
 * @throws Refusal `consent.not-given`
 */
export async function ownRecord(context: ServerContext, person: Person): Promise<OwnRecord> {
  if (person.enrolledAt === undefined) throw consentMissing();
  const participation = await participationOf(context, person);
  const showsSessions = await wantsSessions(context, person);
  const rules = context.compiler.feedback(participation.protocol, languageFor(participation));
  if (rules === undefined) return { feedback: { kind: "off" }, showsSessions };
  const feedback = await feedbackFor(context, participation, { rules, showsSessions });
  if (feedback.kind === "record") await writeDownView(context, person, rules);
  return { feedback, showsSessions };
}

/** Whether an open round hides the record; that much may be said without a code. */
export async function isHiddenByRound(context: ServerContext, person: Person): Promise<boolean> {
  if (person.enrolledAt === undefined) return false;
  const participation = await participationOf(context, person);
  const waves = ownWaves(participation, await progressOf(context.store.db, person), context.now());
  return isTaking(participation) && waves.some(({ state }) => state === "open" || state === "started");
}

/**
 * Writes down the choice to show or hide the picture of one's own sessions.
 *
 * @throws Refusal `consent.not-given`
 */
export async function chooseSessions(context: ServerContext, person: Person, show: boolean): Promise<void> {
  if (person.enrolledAt === undefined) throw consentMissing();
  const at = context.now();
  const { study, id } = person;
  await context.store.db.transaction().execute(async (trx) => {
    const shows_sessions = show ? 1 : 0;
    await addFeedbackChoice(trx, { id: randomUUID(), study, person: id, shows_sessions, chosen_at: at });
    const action = show ? "own-record.sessions-shown" : "own-record.sessions-hidden";
    await recordEvent(trx, { at, study, actor: `person:${id}`, action });
  });
}

async function feedbackFor(
  context: ServerContext,
  participation: Participation,
  { rules, showsSessions }: { readonly rules: FeedbackRules; readonly showsSessions: boolean },
): Promise<PersonalFeedback> {
  const { person, study, protocol } = participation;
  const progress = await progressOf(context.store.db, person);
  const published = await publishedGroupOf(context, participation, rules);
  return personalFeedback({
    protocol,
    rules,
    person: person.id,
    timeZone: person.timeZone ?? "UTC",
    waves: ownWaves(participation, progress, context.now()),
    answers: await answersOf(context.store.db, person),
    takesAnswers: isTaking(participation),
    demonstration: study.simulated || study.tryIt,
    wantsSessions: showsSessions,
    ...(published === undefined ? {} : { published }),
  });
}

function isTaking({ study }: Participation): boolean {
  return openPhases.includes(study.phase);
}

function ownWaves({ person, asked }: Participation, progress: WaveProgress, now: number): readonly OwnWave[] {
  const { enrolledAt, timeZone, moves, held } = person;
  if (enrolledAt === undefined || timeZone === undefined) return [];
  return waveWindows(asked, { enrolledAt, timeZone, moves, held }).map((window) => ({
    ...window,
    state: waveState(
      window,
      { started: progress.started.has(window.wave), finished: progress.finished.has(window.wave) },
      now,
    ),
  }));
}

async function wantsSessions(context: ServerContext, person: Person): Promise<boolean> {
  const choices = await feedbackChoicesOf(context.store.db, person);
  return choices.at(-1)?.shows_sessions === 1;
}

async function writeDownView(context: ServerContext, person: Person, rules: FeedbackRules): Promise<void> {
  const { hash, version, language } = rules;
  await context.store.db.transaction().execute(async (trx) => {
    await keepFeedbackRules(trx, { hash, text: JSON.stringify(rules) });
    await addFeedbackView(trx, {
      id: randomUUID(),
      study: person.study,
      person: person.id,
      version,
      language,
      rules_hash: hash,
      shown_at: context.now(),
    });
  });
}
