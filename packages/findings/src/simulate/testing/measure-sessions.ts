import { createRandom } from "@longwave/stats";
import type { AnswerRecord } from "@longwave/study";
import { type Contrast, contrastOf, samePeople } from "../../plan/sessions/contrast.ts";
import { type Occasion, whole } from "../../plan/sessions/occasions.ts";
import { protocol } from "../../testing/study.ts";
import { sessionTruth } from "../session-truth.ts";
import { drawSessions } from "../sessions.ts";
import { drawCourse } from "../simulate-study.ts";

interface Measured {
  readonly value: number;
  readonly stdError: number;
}

/** The content of `observed-sessions.json`. */
export interface ObservedSessions {
  readonly what: string;
  readonly people: number;
  readonly seed: number;
  readonly peopleWhoLog: number;
  readonly difference: Measured;
  readonly byType: Readonly<Record<string, Measured>>;
}

/**
 * Measures what the comparison of sessions with rest approaches when very many people log: rounding and the floor at
 * 0 make it smaller than what was put in. `observed-sessions.json` is its result for 250,000 people and seed
 * 20260102, written with
 *
 *     npx tsx --conditions=@longwave/source -e 'import { measureSessionTruth } from
 *       "./packages/findings/src/simulate/testing/measure-sessions.ts";
 *       console.log(JSON.stringify(measureSessionTruth(250000, 20260102), null, 2))'
 */
export function measureSessionTruth(people: number, seed: number): ObservedSessions {
  const occasions = drawOccasions(people, seed);
  const sessions = whole(occasions.filter(({ isSession }) => isSession));
  const rests = whole(occasions.filter(({ isSession }) => !isSession));
  const measure = (types: readonly string[]): Measured => {
    const chosen = sessions.filter(({ type }) => type !== null && types.includes(type));
    return measured(contrastOf(samePeople(chosen, rests)));
  };
  const kinds = sessionTruth.kinds.map(({ type }) => type);
  return {
    what: "Change over a session minus change over rest in the same people, on the 0 to 10 scale as answered",
    people,
    seed,
    peopleWhoLog: new Set(occasions.map(({ person }) => person)).size,
    difference: measure(kinds),
    byType: Object.fromEntries(kinds.map((type) => [type, measure([type])])),
  };
}

function measured(contrast: Contrast | undefined): Measured {
  const row = contrast?.fit.fixed.find(({ term }) => term === "within(session)");
  if (row === undefined) throw new Error("the comparison did not settle");
  return { value: Number(row.estimate.toFixed(4)), stdError: Number(row.stdError.toFixed(4)) };
}

function drawOccasions(people: number, seed: number): readonly Occasion[] {
  const root = createRandom(seed);
  return Array.from({ length: people }, (_, index) => {
    const { person, answered } = drawCourse(root.fork(`person ${index}`), protocol.waves.length);
    if (!answered.includes(true)) return [];
    const random = root.fork(`sessions ${index}`);
    return occasionsOf(drawSessions({ random, protocol, id: String(index), person, enrolledAt: 0 }));
  }).flat();
}

type Answer = Pick<AnswerRecord, "wave" | "item" | "payload" | "person" | "answeredAt">;

function occasionsOf(answers: readonly Answer[]): readonly Occasion[] {
  const byOccasion = groupedByWave(answers);
  return [...byOccasion.values()].flatMap((own): readonly Occasion[] => {
    const at = (item: string) => own.find((answer) => answer.item === item);
    const value = (item: string): number | null => {
      const payload = at(item)?.payload;
      return payload?.kind === "value" ? Number(payload.value) : null;
    };
    const type = at("s_type")?.payload;
    const isSession = type !== undefined;
    const minutes = ((at("r_30")?.answeredAt ?? 0) - (at("r_now")?.answeredAt ?? 0)) / 60_000;
    if (!isSession && at("r_30") !== undefined && (minutes < 30 || minutes > 90)) return [];
    return [
      {
        person: own[0]?.person ?? "",
        isSession,
        type: type?.kind === "value" ? String(type.value) : null,
        before: value(isSession ? "s_pre" : "r_now") ?? Number.NaN,
        after: value(isSession ? "s_post" : "r_30"),
        nextDay: value("s_next"),
        covariates: [],
      },
    ];
  });
}

function groupedByWave(answers: readonly Answer[]): ReadonlyMap<string, readonly Answer[]> {
  const groups = new Map<string, Answer[]>();
  for (const answer of answers) {
    const own = groups.get(answer.wave);
    if (own) own.push(answer);
    else groups.set(answer.wave, [answer]);
  }
  return groups;
}
