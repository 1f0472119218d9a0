import { columnOf, type Grid } from "../scoring/grid.ts";
import type { AskedItem } from "./fill-grid.ts";
import type { AnswerRecord } from "./types.ts";

/** When each question of a form, a session or a rest was answered for the first time, ms UTC. */
export type FirstAnswers = (person: string, wave: string) => ReadonlyMap<string, number> | undefined;

/**
 * Of each question the time of its earliest answer, also when that was replaced later: a correction does not make a
 * form longer.
 */
export function firstAnswers(answers: readonly AnswerRecord[], upToSeq: number): FirstAnswers {
  const firsts = new Map<string, Map<string, number>>();
  for (const { person, wave, item, seq, answeredAt } of answers) {
    if (seq > upToSeq) continue;
    const key = `${person} ${wave}`;
    const form = firsts.get(key) ?? new Map<string, number>();
    firsts.set(key, form);
    form.set(item, Math.min(form.get(item) ?? answeredAt, answeredAt));
  }
  return (person, wave) => firsts.get(`${person} ${wave}`);
}

/** Whether staff typed any answer of a form, or a file held it: it has times of the typist, and none of its own. */
export type IsTyped = (person: string, wave: string) => boolean;

/** The forms of which staff typed something. A correction of what somebody answered by themselves does not count. */
export function typedForms(answers: readonly AnswerRecord[], upToSeq: number): IsTyped {
  const typed = new Set(
    answers
      .filter(({ mode, seq }) => mode !== undefined && seq <= upToSeq)
      .map(({ person, wave }) => `${person} ${wave}`),
  );
  return (person, wave) => typed.has(`${person} ${wave}`);
}

/**
 * Seconds from the first to the last answer of every form that was answered to its end.
 *
 * A form left and gone on with later counts its pause, so it is long and never fast. A form left before its end has
 * no time (`form_not_finished`): that it stopped early says nothing about haste. A form typed by staff has none either
 * (`form_time_unknown`): seconds between two saves are those of the typist.
 */
export function fillFormSecondsInto(
  grid: Grid,
  items: readonly AskedItem[],
  firsts: FirstAnswers,
  isTyped: IsTyped,
): void {
  const { values, reasons } = columnOf(grid, "form_seconds");
  const nWaves = grid.waves.length;
  grid.done.forEach((done, cell) => {
    if (!done) return;
    const [person, wave] = [grid.people[Math.floor(cell / nWaves)] ?? "", grid.waves[cell % nWaves] ?? ""];
    const times = isFinished(grid, items, cell) ? [...(firsts(person, wave)?.values() ?? [])] : [];
    if (times.length < 2) reasons[cell] = "form_not_finished";
    // Several answers at one moment are no haste but a clock: times outside the visit were moved to its edge.
    else if (isTyped(person, wave) || (times.length > 2 && new Set(times).size === 1))
      reasons[cell] = "form_time_unknown";
    else values[cell] = (Math.max(...times) - Math.min(...times)) / 1000;
  });
}

/** Whether every question put to the person at this wave has an answer or was skipped. */
function isFinished(grid: Grid, items: readonly AskedItem[], cell: number): boolean {
  const wave = grid.waves[cell % grid.waves.length] ?? "";
  return items.every(
    ({ item, waves }) => !waves.has(wave) || grid.reasons.get(item.id)?.[cell] !== "not_answered",
  );
}
