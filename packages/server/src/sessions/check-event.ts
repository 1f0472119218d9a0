import type { AnswerSubmission, Problem } from "@longwave/api";
import { problem } from "@longwave/api";
import { type CheckedAnswer, checkAnswer, type EventForm, type LoggedEvent } from "@longwave/study/answering";
import type { ServerContext } from "../context.ts";
import { languageFor } from "../participant/form.ts";
import type { Participation } from "../participant/state.ts";
import { latestConsent } from "../store/queries/consents.ts";
import { eventAnswersOf, restPromptsById } from "../store/queries/sessions.ts";
import { eventOf, eventWave, loggedEvents, promptedRest, SESSION_TICK } from "./logged.ts";

/** What answers to sessions and rests are checked against. */
export interface EventRules {
  readonly ticked: boolean;
  readonly forms: readonly EventForm[];
  /** The sessions and rests named, by address, as they stood before these answers. */
  readonly begun: ReadonlyMap<string, LoggedEvent>;
  readonly now: number;
}

const HOUR_MS = 3_600_000;
/** How long an answer may wait on a phone (ruling of the study: given in time, received within three days). */
const KEPT_MS = 72 * HOUR_MS;
const MINUTE_MS = 60_000;

/** Gathers the rules for the sessions and rests among these answers; nothing is read when there are none. */
export async function eventRulesFor(
  context: ServerContext,
  participation: Participation,
  answers: readonly AnswerSubmission[],
): Promise<EventRules> {
  const now = context.now();
  const named = new Set(answers.flatMap(({ wave }) => (eventOf(wave) === undefined ? [] : [wave])));
  if (named.size === 0) return { ticked: false, forms: [], begun: new Map(), now };
  const { person, asked } = participation;
  const { db } = context.store;
  const language = languageFor(participation);
  const forms = context.compiler.events(asked, language);
  const consent = await latestConsent(db, person);
  const begun = new Map(
    loggedEvents(await eventAnswersOf(db, person))
      .map((logged) => [eventWave(logged.event, logged.id), logged] as const)
      .filter(([wave]) => named.has(wave)),
  );
  await addPromptsInto(begun, context, participation, { forms, named });
  addFirstsInto(begun, forms, answers);
  return { ticked: consent?.ticks[SESSION_TICK] === true, forms, begun, now };
}

/** A rest exists only when its moment was drawn. */
async function addPromptsInto(
  begun: Map<string, LoggedEvent>,
  context: ServerContext,
  { person }: Participation,
  { forms, named }: { readonly forms: readonly EventForm[]; readonly named: ReadonlySet<string> },
): Promise<void> {
  const rest = forms.find(({ trigger }) => trigger === "rest");
  if (rest === undefined) return;
  const ids = [...named].flatMap((wave) => {
    const names = eventOf(wave);
    return names?.event === rest.event && !begun.has(wave) ? [names.id] : [];
  });
  for (const prompt of await restPromptsById(context.store.db, person, ids)) {
    if (prompt.state === "drawn" || prompt.state === "sent")
      begun.set(eventWave(rest.event, prompt.id), promptedRest(rest, prompt));
  }
}

/** A session begins with the first answer to it, which may be among these: whichever of its parts that is. */
function addFirstsInto(
  begun: Map<string, LoggedEvent>,
  forms: readonly EventForm[],
  answers: readonly AnswerSubmission[],
): void {
  for (const { wave, item, answeredAt } of answers) {
    const names = eventOf(wave);
    const form = forms.find(({ event, trigger }) => event === names?.event && trigger === "session");
    if (names === undefined || form === undefined || begun.has(wave)) continue;
    const part = form.parts.find(({ items }) => items.some(({ id }) => id === item));
    const beganAt = answeredAt - (part?.fromMinutes ?? 0) * MINUTE_MS;
    begun.set(wave, { ...names, beganAt, answered: [] });
  }
}

type CheckedEvent =
  | Extract<CheckedAnswer, { readonly ok: true }>
  | { readonly ok: false; readonly problem: Problem };

/**
 * Checks one answer to a session or a rest. A rating is taken when it was given in its time; it may wait on the phone
 * for three days. One part alone is kept: the other is then missing, and the dataset says so.
 */
export function checkEventAnswer(rules: EventRules, answer: AnswerSubmission): CheckedEvent {
  const logged = rules.begun.get(answer.wave);
  const form = rules.forms.find(({ event }) => event === eventOf(answer.wave)?.event);
  if (form === undefined || logged === undefined) return refused(unknownEvent(answer, rules.forms));
  if (!rules.ticked) return refused(notTicked);
  const part = form.parts.find(({ items }) => items.some(({ id }) => id === answer.item));
  const item = part?.items.find(({ id }) => id === answer.item);
  if (part === undefined || item === undefined) return refused(unknownItem(answer, form));
  const checked = checkAnswer(item, answer.payload);
  if (!checked.ok) return refused(problem("answer.invalid", checked.problem));
  const minutes = (answer.answeredAt - logged.beganAt) / MINUTE_MS;
  if (minutes < part.fromMinutes || minutes > part.untilMinutes) return refused(notItsTime(part, minutes));
  if (rules.now > answer.answeredAt + KEPT_MS) return refused(waitedTooLong);
  return checked;
}

function refused(found: Problem): CheckedEvent {
  return { ok: false, problem: found };
}

function unknownEvent({ wave }: AnswerSubmission, forms: readonly EventForm[]): Problem {
  return problem("answer.wave-unknown", {
    expected: `${forms.map(({ event }) => `${event}/ID`).join(" or ") || "a wave of the study"}; a rest is one that was drawn for this person and not cancelled`,
    found: wave,
    remedy: "Load the page again to see what is open.",
  });
}

function unknownItem({ item }: AnswerSubmission, form: EventForm): Problem {
  return problem("answer.item-unknown", {
    expected: `a question of ${form.event}`,
    found: item,
    remedy: "Load the page again to get the current form.",
  });
}

function notItsTime(part: EventForm["parts"][number], minutes: number): Problem {
  return problem("answer.wave-not-open", {
    expected: `the part “${part.id}” from ${part.fromMinutes} to ${part.untilMinutes} minutes after the beginning`,
    found: `${Math.round(minutes)} minutes`,
    remedy:
      "Leave this part out: the others are kept, and a rating given at another time would be another one.",
  });
}

const waitedTooLong: Problem = problem("answer.wave-not-open", {
  expected: "an answer that has waited on the phone for at most 72 hours",
  found: "one that was given earlier",
  remedy: "Leave it out; what arrived in time is kept.",
});

const notTicked: Problem = problem("consent.tick-missing", {
  expected: `consent with the box “${SESSION_TICK}”`,
  found: "consent without it",
  remedy: "Tick that box first if you wish to log sessions.",
});
