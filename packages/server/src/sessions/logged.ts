import type { EventForm, LoggedEvent } from "@longwave/study/answering";
import type { EventAnswer, RestPrompt } from "../store/queries/sessions.ts";

/** The box that people tick who may log sessions and be asked at rest (consent text). */
export const SESSION_TICK = "session_log";

/** Under which address the answers of one session or rest stand. */
export function eventWave(event: string, id: string): string {
  return `${event}/${id}`;
}

/** The two halves of such an address; undefined for a wave. */
export function eventOf(wave: string): { readonly event: string; readonly id: string } | undefined {
  const slash = wave.indexOf("/");
  return slash === -1 ? undefined : { event: wave.slice(0, slash), id: wave.slice(slash + 1) };
}

/** Sessions and rests from their answers, each with the time of its first one, in the order they began. */
export function loggedEvents(answers: readonly EventAnswer[]): readonly LoggedEvent[] {
  const found = new Map<string, { event: string; id: string; beganAt: number; answered: Set<string> }>();
  for (const { wave, item, answeredAt } of answers) {
    const names = eventOf(wave);
    if (names === undefined) continue;
    const known = found.get(wave) ?? { ...names, beganAt: answeredAt, answered: new Set<string>() };
    known.beganAt = Math.min(known.beganAt, answeredAt);
    known.answered.add(item);
    found.set(wave, known);
  }
  return [...found.values()]
    .map((logged) => ({ ...logged, answered: [...logged.answered] }))
    .sort((a, b) => a.beganAt - b.beganAt);
}

/** A rest prompt that nobody has answered yet: its minutes count from the moment drawn. */
export function promptedRest(form: EventForm, prompt: RestPrompt): LoggedEvent {
  return { event: form.event, id: prompt.id, beganAt: prompt.dueAt, answered: [] };
}
