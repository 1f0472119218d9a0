import type { SessionLog } from "@longwave/api";
import { currentZone, localDateOf } from "@longwave/study";
import { type EventForm, eventPartState, type LoggedEvent } from "@longwave/study/answering";
import type { ServerContext } from "../context.ts";
import { languageFor } from "../participant/form.ts";
import type { Participation } from "../participant/state.ts";
import { eventAnswersOf, restPromptsSince } from "../store/queries/sessions.ts";
import { loggedEvents, promptedRest, SESSION_TICK } from "./logged.ts";

const MINUTE_MS = 60_000;

/** What a person may log now; undefined without the box for it, or in a study without sessions. */
export async function sessionLogOf(
  context: ServerContext,
  participation: Participation,
  ticks: Readonly<Record<string, boolean>> | undefined,
): Promise<SessionLog | undefined> {
  if (ticks?.[SESSION_TICK] !== true) return undefined;
  const { person, asked } = participation;
  const forms = context.compiler.events(asked, languageFor(participation));
  if (forms.length === 0) return undefined;
  const now = context.now();
  const reach = Math.max(...forms.flatMap(({ parts }) => parts.map(({ untilMinutes }) => untilMinutes)));
  const since = now - reach * MINUTE_MS;
  const logged = loggedEvents(await eventAnswersOf(context.store.db, person, since));
  const unfinished = logged.filter((one) => isUnfinished(forms, one, now));
  const prompts = await dueRests(context, participation, { forms, logged, since });
  return { forms, begun: [...unfinished, ...prompts] };
}

function isUnfinished(forms: readonly EventForm[], logged: LoggedEvent, now: number): boolean {
  const parts = forms.find(({ event }) => event === logged.event)?.parts ?? [];
  return parts.some((part) => ["open", "not_yet"].includes(eventPartState(part, logged, now)));
}

/** Rest prompts whose time is now and that nobody has answered; none on a day with a session. */
async function dueRests(
  context: ServerContext,
  { person }: Participation,
  of: {
    readonly forms: readonly EventForm[];
    readonly logged: readonly LoggedEvent[];
    readonly since: number;
  },
): Promise<readonly LoggedEvent[]> {
  const form = of.forms.find(({ trigger }) => trigger === "rest");
  const first = form?.parts[0];
  if (form === undefined || first === undefined) return [];
  const now = context.now();
  const timeZone = currentZone(person) ?? "UTC";
  const sessions = of.forms.find(({ trigger }) => trigger === "session")?.event;
  const sessionDays = new Set(
    of.logged.filter(({ event }) => event === sessions).map(({ beganAt }) => localDateOf(beganAt, timeZone)),
  );
  const prompts = await restPromptsSince(context.store.db, person.study, {
    since: of.since,
    people: [person.id],
  });
  return prompts
    .filter(({ state }) => state === "drawn" || state === "sent")
    .filter(({ id, localDate }) => !sessionDays.has(localDate) && !of.logged.some((one) => one.id === id))
    .map((prompt) => promptedRest(form, prompt))
    .filter((rest) => eventPartState(first, rest, now) === "open");
}
