import type { AnswerSubmission, AnswersReceipt, ParticipantWave } from "@longwave/api";
import type { Protocol } from "@longwave/study";
import type { WaveForm } from "@longwave/study/answering";
import type { OnlyWave } from "../access/visits.ts";
import type { ServerContext } from "../context.ts";
import { type Refusal, refuse } from "../errors.ts";
import { formFor } from "../participant/form.ts";
import { type Participation, participationOf, wavesOf } from "../participant/state.ts";
import { textVersions } from "../protocol/text-versions.ts";
import { eventRulesFor } from "../sessions/check-event.ts";
import { progressOf } from "../store/queries/answers.ts";
import { latestConsent } from "../store/queries/consents.ts";
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
  const waves = wavesOf(context, participation, await progressOf(context.store.db, person), now);
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
  const earlier = waves.length === 0 ? [] : await earlierTexts(context, participation);
  for (const wave of waves) {
    const form = await formFor(context, participation, wave);
    forms.set(wave, withEarlierItems(context, form, [participation.asked, ...earlier]));
  }
  return forms;
}

/** Every text that has been in force, each as it stood for this person. */
async function earlierTexts(
  { store, compiler }: ServerContext,
  { study, person }: Participation,
): Promise<readonly Protocol[]> {
  const versions = await textVersions(store.db, study, compiler.protocol);
  if (versions.length < 2) return [];
  const given = await latestConsent(store.db, person);
  return versions.map(({ protocol }, index) =>
    given === undefined ? protocol : compiler.under(study, versions.slice(0, index + 1), given.version),
  );
}

/** A phone may hold the form as it was before an amendment: its answers are kept. */
function withEarlierItems(
  { compiler }: Pick<ServerContext, "compiler">,
  form: WaveForm,
  [current, ...earlier]: readonly [Protocol, ...Protocol[]],
): WaveForm {
  const { wave, language } = form;
  const itemsOf = (protocol: Protocol) =>
    protocol.languages.includes(language) && protocol.waves.some(({ id }) => id === wave)
      ? compiler.form(protocol, { wave, language, answeredBefore: [] }).items
      : [];
  const known = new Set(itemsOf(current).map(({ id }) => id));
  const gone = earlier.flatMap(itemsOf).filter(({ id }) => !known.has(id) && known.add(id));
  return gone.length === 0 ? form : { ...form, items: [...form.items, ...gone] };
}

function receipt(outcomes: readonly Outcome[]): AnswersReceipt {
  return {
    saved: outcomes.flatMap((each) => (each.kind === "saved" ? [{ id: each.id, seq: each.seq }] : [])),
    refused: outcomes.flatMap((each) =>
      each.kind === "refused" ? [{ id: each.id, problem: each.problem }] : [],
    ),
  };
}
