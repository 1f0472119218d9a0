import type { WaveAgainstPlan, WaveDay, WaveStateName, WavesPage } from "@longwave/api";
import type { ServerContext } from "../context.ts";
import { everyoneNow, type PersonNowRow } from "../people/everyone.ts";
import { finishedWaves } from "../store/queries/answers.ts";
import type { StudyRow } from "../store/queries/studies.ts";

const states: readonly WaveStateName[] = ["not_yet", "open", "started", "completed", "missed", "withdrawn"];

/**
 * Every wave of a study beside its plan. Counts are of the whole study, also for members of one site; whoever left before
 * they finished a wave is counted as such and not as somebody to whom it opened.
 */
export async function wavesPage(
  context: Pick<ServerContext, "store" | "compiler" | "now">,
  study: StudyRow,
): Promise<WavesPage> {
  const asOf = context.now();
  const everyone = await everyoneNow(context, {
    study,
    member: { role: "monitor", site: undefined, names: "hidden" },
  });
  const finished = await finishedWaves(context.store.db, study.id);
  return {
    asOf,
    waves: context.compiler.protocol(study).waves.map(
      ({ id: wave, expectedShare }): WaveAgainstPlan => ({
        wave,
        states: statesOf(everyone, wave),
        ...(expectedShare === undefined ? {} : { expectedShare }),
        days: daysOf(everyone, { wave, asOf, finished }),
      }),
    ),
  };
}

function statesOf(everyone: readonly PersonNowRow[], wave: string): WaveAgainstPlan["states"] {
  const counts = new Map<WaveStateName, number>();
  for (const { waves } of everyone) {
    const state = waves.find(({ window }) => window.wave === wave)?.state;
    if (state !== undefined) counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return Object.fromEntries(states.map((state) => [state, counts.get(state) ?? 0])) as Record<
    WaveStateName,
    number
  >;
}

interface Looking {
  readonly wave: string;
  readonly asOf: number;
  readonly finished: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/** Sums at the end of every day (UTC) on which one of them moved. */
function daysOf(everyone: readonly PersonNowRow[], { wave, asOf, finished }: Looking): readonly WaveDay[] {
  const moves = new Map<string, { opened: number; completed: number }>();
  const add = (at: number, what: "opened" | "completed"): void => {
    const day = new Date(at).toISOString().slice(0, 10);
    const counts = moves.get(day) ?? { opened: 0, completed: 0 };
    counts[what] += 1;
    moves.set(day, counts);
  };
  for (const { person, waves } of everyone) {
    const now = waves.find(({ window }) => window.wave === wave);
    if (now === undefined || now.state === "withdrawn") continue;
    const { opensAt } = now.window;
    const doneAt = finished.get(person.id)?.get(wave);
    if (opensAt <= asOf) add(opensAt, "opened");
    if (doneAt !== undefined) add(Math.max(doneAt, opensAt), "completed");
  }
  const sum = { opened: 0, completed: 0 };
  return [...moves]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, counts]) => {
      sum.opened += counts.opened;
      sum.completed += counts.completed;
      return { day, ...sum };
    });
}
