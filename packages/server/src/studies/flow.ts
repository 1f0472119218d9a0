import type { StudyFlow } from "@longwave/api";
import type { ServerContext } from "../context.ts";
import {
  countConsented,
  countsByDay,
  finishedByWave,
  peopleByWavesAnswered,
  startedByWave,
} from "../store/queries/flow.ts";
import { countPeople } from "../store/queries/people.ts";
import type { StudyRow } from "../store/queries/studies.ts";

/** How many people of a study were invited, consented and answered, by wave and by day (UTC). */
export async function studyFlow(context: ServerContext, study: StudyRow): Promise<StudyFlow> {
  const { db } = context.store;
  const waves = context.compiler.protocol(study).waves.map(({ id }) => id);
  const answered = await peopleByWavesAnswered(db, study.id);
  const atLeast = (least: number): number =>
    answered.filter((each) => each.waves >= least).reduce((sum, { people }) => sum + people, 0);
  const started = await startedByWave(db, study.id);
  const finished = await finishedByWave(db, study.id);
  return {
    invited: await countPeople(db, study.id),
    consented: await countConsented(db, study.id),
    answeredOnce: atLeast(1),
    answeredTwice: atLeast(2),
    answeredAll: atLeast(waves.length),
    waves: waves.map((wave) => ({
      wave,
      started: started.get(wave) ?? 0,
      finished: finished.get(wave) ?? 0,
    })),
    byDay: await flowByDay(context, study.id),
  };
}

async function flowByDay(context: ServerContext, study: string): Promise<StudyFlow["byDay"]> {
  const { db } = context.store;
  const invited = await countsByDay(db, study, "invited");
  const consented = await countsByDay(db, study, "consented");
  const answered = await countsByDay(db, study, "answered");
  const days = [...new Set([...invited.keys(), ...consented.keys(), ...answered.keys()])].sort(
    (a, b) => a - b,
  );
  return days.map((day) => ({
    day: new Date(day * 86_400_000).toISOString().slice(0, 10),
    invited: invited.get(day) ?? 0,
    consented: consented.get(day) ?? 0,
    answered: answered.get(day) ?? 0,
  }));
}
