import type { StudyFlow } from "@longwave/api";
import type { ServerContext } from "../context.ts";
import {
  answeredByWave,
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
  const { answered, answeredIn, started, answeredByDay } = await countAnswers(context, study);
  const atLeast = (least: number): number =>
    answered.filter((each) => each.waves >= least).reduce((sum, { people }) => sum + people, 0);
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
      answered: answeredIn.get(wave) ?? 0,
      finished: finished.get(wave) ?? 0,
    })),
    byDay: await flowByDay(context, study.id, answeredByDay),
  };
}

/** What is counted from the answers alone. */
export interface AnswerCounts {
  readonly answered: readonly { readonly waves: number; readonly people: number }[];
  readonly answeredIn: ReadonlyMap<string, number>;
  readonly started: ReadonlyMap<string, number>;
  readonly answeredByDay: ReadonlyMap<number, number>;
}

/** Answers are only ever added or erased, so counts between two of these never change: the latest are remembered. */
async function countAnswers(context: ServerContext, study: StudyRow): Promise<AnswerCounts> {
  const remembered = context.answerCounts.get(study.id);
  if (remembered?.seq === study.lastSeq && remembered.erasureSeq === study.erasureSeq)
    return remembered.counts;
  const { db } = context.store;
  const counts = {
    answered: await peopleByWavesAnswered(db, study.id),
    answeredIn: await answeredByWave(db, study.id),
    started: await startedByWave(db, study.id),
    answeredByDay: await countsByDay(db, study.id, "answered"),
  };
  context.answerCounts.set(study.id, { seq: study.lastSeq, erasureSeq: study.erasureSeq, counts });
  return counts;
}

async function flowByDay(
  context: ServerContext,
  study: string,
  answered: ReadonlyMap<number, number>,
): Promise<StudyFlow["byDay"]> {
  const { db } = context.store;
  const invited = await countsByDay(db, study, "invited");
  const consented = await countsByDay(db, study, "consented");
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
