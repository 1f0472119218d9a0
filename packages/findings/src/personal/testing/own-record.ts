import type { AnswerRecord, FeedbackRules, Protocol } from "@longwave/study";
import { compileFeedback, waveState, waveWindows } from "@longwave/study";
import { protocol } from "../../testing/study.ts";
import type { OwnWave, PersonalInput } from "../types.ts";

const DAY = 86_400_000;
const enrolledAt = Date.UTC(2026, 2, 2, 9);
const person = "p1";

/** The flagship's rules in a language. */
export function rulesIn(language: "en" | "nb", of: Protocol = protocol): FeedbackRules {
  const rules = compileFeedback(of, language);
  if (rules === undefined) throw new Error("the flagship has rules of personal feedback");
  return rules;
}

/** Waves of somebody who enrolled on 2 March 2026, seen `day` days later; `finished` are those they finished. */
export function wavesAfter(day: number, finished: readonly string[]): readonly OwnWave[] {
  const now = enrolledAt + day * DAY;
  return waveWindows(protocol, { enrolledAt, timeZone: "Europe/Oslo" }).map((window) => ({
    ...window,
    state: waveState(window, { started: false, finished: finished.includes(window.wave) }, now),
  }));
}

/** One wave's answers: what was answered, or null for "rather not say". */
export type Given = Readonly<Record<string, number | null>>;

/** Rows of one person, by wave; a week after the target day of each. */
export function rowsOf(waves: Readonly<Record<string, Given>>, of: string = person): readonly AnswerRecord[] {
  let seq = 0;
  return Object.entries(waves).flatMap(([wave, given], index) =>
    Object.entries(given).map(([item, value]): AnswerRecord => {
      seq += 1;
      const place = protocol.waves.find(({ id }) => id === wave);
      return {
        seq,
        id: `${of}-${wave}-${item}`,
        person: of,
        wave,
        item,
        payload: value === null ? { kind: "skipped" } : { kind: "value", value },
        answeredAt: enrolledAt + ((place?.offsetDays ?? index) + 1) * DAY,
      };
    }),
  );
}

/** Logged sessions, or rest entries, with the ratings before and after. */
export function eventsOf(
  kind: "session" | "rest",
  ratings: readonly (readonly [number | null, number | null])[],
): Readonly<Record<string, Given>> {
  const [event, before, after] =
    kind === "session" ? ["session_log", "s_pre", "s_post"] : ["rest_prompt", "r_now", "r_30"];
  return Object.fromEntries(
    ratings.map(([pre, post], index) => [
      `${event}/${String(index).padStart(3, "0")}`,
      { [before]: pre, [after]: post },
    ]),
  );
}

/** A person between the rounds, unless told otherwise. */
export function inputOf(
  language: "en" | "nb",
  waves: Readonly<Record<string, Given>>,
  more: Partial<PersonalInput> = {},
): PersonalInput {
  const answered = Object.keys(waves).filter((wave) => !wave.includes("/"));
  return {
    protocol,
    rules: rulesIn(language),
    person,
    timeZone: "Europe/Oslo",
    waves: wavesAfter(240, answered),
    answers: rowsOf(waves),
    takesAnswers: true,
    demonstration: true,
    wantsSessions: false,
    ...more,
  };
}
