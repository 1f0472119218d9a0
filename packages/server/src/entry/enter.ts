import type { EnterAnswersAnswer, EnterAnswersRequest, Problem } from "@longwave/api";
import { problem } from "@longwave/api";
import { clockMinutes, isTypedTwice, localDateOf } from "@longwave/study";
import { askedItems, checkAnswer } from "@longwave/study/answering";
import type { Inside } from "../access/gate.ts";
import type { PreparedAnswer, StaffEntry } from "../answers/append.ts";
import type { ServerContext } from "../context.ts";
import { refuse } from "../errors.ts";
import { markFinished } from "../participant/finish.ts";
import { standingAnswers } from "../store/queries/answers.ts";
import { addDoubleEntry } from "../store/queries/entries.ts";
import { type FormOfPerson, formOfPerson, requireEntry } from "./form-of.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const NOON = 12 * 60;

/**
 * Saves what staff typed of one form, by the same rules as the phone. What arrives after the wave has closed is taken
 * and marked as late.
 *
 * @throws Refusal `person.not-found`, `answer.wave-unknown`, `consent.not-given`, `study.locked`, `person.left`,
 * `answer.wave-not-open`, `entry.day-impossible`
 */
export async function enterAnswers(
  context: ServerContext,
  inside: Pick<Inside, "study" | "member" | "staff">,
  path: { readonly person: string; readonly wave: string },
  request: EnterAnswersRequest,
): Promise<EnterAnswersAnswer> {
  const found = await formOfPerson(context, inside, path);
  requireEntry(found);
  const { place, now } = found;
  const by = inside.staff.email;
  const answeredAt = momentOfDay(found, request.day);
  const late = now >= found.wave.closesAt;
  const { protocol } = found.participation;
  if (request.twice === true || isTypedTwice(protocol, place))
    await addDoubleEntry(context.store.db, place, { by, at: now });
  const outcomes = await context.queue.submit({
    ...place,
    receivedAt: now,
    answers: request.answers.map((answer) => ({
      ...preparedFor(found, answer, { mode: request.mode, by }),
      answeredAt,
      late,
    })),
    event: {
      at: now,
      study: place.study,
      actor: `staff:${by}`,
      action: "answers.entered",
      detail: { person: place.person, wave: place.wave, mode: request.mode, day: request.day, late },
    },
  });
  const saved = outcomes.flatMap((each) => (each.kind === "saved" ? [each.id] : []));
  return {
    saved,
    refused: outcomes.flatMap((each) =>
      each.kind === "refused" ? [{ id: each.id, problem: each.problem }] : [],
    ),
    ...(await finished(context, found, request.finish)),
  };
}

/** One typed answer checked by the rules of its form; time and lateness are the caller's. */
export function preparedFor(
  { form, place, wave, now }: FormOfPerson,
  answer: { readonly id: string; readonly item: string; readonly payload: unknown },
  entry: StaffEntry,
): PreparedAnswer {
  const item = form.items.find(({ id }) => id === answer.item);
  const checked = item && checkAnswer(item, answer.payload);
  const refusal = checked === undefined ? itemUnknown(answer.item, place.wave) : refusalOf(checked);
  return {
    id: answer.id,
    wave: place.wave,
    item: answer.item,
    payload: JSON.stringify(checked?.ok ? checked.payload : answer.payload),
    given: checked?.ok === true && checked.payload.kind === "value",
    answeredAt: now,
    late: now >= wave.closesAt,
    replaces: undefined,
    refusal,
    entry,
  };
}

/** The refusal of a question that a wave does not ask. */
export function itemUnknown(item: string, wave: string): Problem {
  return problem("answer.item-unknown", {
    expected: `a question of wave ${wave}`,
    found: item,
    remedy: "Load the page again to get the current form.",
  });
}

function refusalOf(checked: ReturnType<typeof checkAnswer>): Problem | undefined {
  if (checked.ok) return undefined;
  const { expected, found, remedy } = checked.problem;
  return problem("answer.invalid", { expected, found, remedy });
}

/** Marks the form as done when nothing more will come and every question asked has an answer or was skipped. */
async function finished(
  context: ServerContext,
  { form, place, wave }: FormOfPerson,
  finish: boolean,
): Promise<Pick<EnterAnswersAnswer, "finished" | "missing">> {
  const { answers } = await standingAnswers(context.store.db, place);
  const missing = askedItems(form, answers).flatMap(({ id }) => (Object.hasOwn(answers, id) ? [] : [id]));
  const done = wave.state === "completed" || (finish && missing.length === 0);
  if (done && wave.state !== "completed") await markFinished(context, place);
  return { finished: done, missing };
}

/**
 * Noon of a day on the person's own calendar, or now when that is today, never before the wave opened.
 *
 * @throws Refusal `entry.day-impossible`
 */
function momentOfDay({ wave, zone, now }: FormOfPerson, day: string): number {
  const [first, today] = [localDateOf(wave.opensAt, zone), localDateOf(now, zone)];
  if (day < first || day > today)
    throw refuse(
      "entry.day-impossible",
      `a day from ${first}, when the wave opened, to ${today}`,
      day,
      "Look at the date on the form, or ask when it was filled in.",
    );
  return Math.min(Math.max(noonOf(day, zone), wave.opensAt), now);
}

/** Noon of a day such as 2026-03-01 in a zone, ms UTC. */
export function noonOf(day: string, zone: string): number {
  const guess = Date.parse(`${day}T12:00:00Z`);
  const days = Math.round((Date.parse(localDateOf(guess, zone)) - Date.parse(day)) / DAY_MS);
  return guess - (days * 24 * 60 + clockMinutes(guess, zone) - NOON) * MINUTE_MS;
}
