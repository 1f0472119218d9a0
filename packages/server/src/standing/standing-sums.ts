import { plannedFormulas } from "@longwave/findings";
import { movedSums, type StandingSums } from "@longwave/source";
import { type AnswerRecord, buildDataset, type Dataset } from "@longwave/study";
import type { Kysely } from "kysely";
import type { ServerContext } from "../context.ts";
import { type Refusal, refuse } from "../errors.ts";
import type { AnalysisJob } from "../jobs/analyse.ts";
import type { JobRunner } from "../jobs/runner.ts";
import { textVersions } from "../protocol/text-versions.ts";
import { answersOf } from "../store/queries/answers.ts";
import { peopleAnswering } from "../store/queries/changed.ts";
import { personRecords } from "../store/queries/person-records.ts";
import { allStudies, openPhases, type StudyRow, studyById } from "../store/queries/studies.ts";
import type { Tables } from "../store/schema.ts";

/** Keeps sums of studies in memory, so that a fit after new answers reads these answers and no others. */
export interface StandingKeeper {
  /**
   * The sums of a formula over a study as it is now. Callers see to it that nobody gets them before the lock.
   *
   * @throws Refusal `data.no-sums`
   */
  sumsOf(study: Pick<StudyRow, "id">, formula: string): Promise<StandingSums>;
  /** Brings up to date what was asked for, and of open studies what their plans ask for: at the lock it is ready. */
  refresh(): Promise<void>;
  /** From now on does so every minute. */
  start(): void;
  close(): Promise<void>;
}

/** Sums, and the place in the study up to which they go. */
interface Kept {
  readonly seq: number;
  readonly erasureSeq: number;
  /** Of the study text: another one is another dataset. */
  readonly version: number;
  readonly sums: StandingSums;
}

const REFRESH_MS = 60_000;
/** Formulas kept of a study; more are asked for by nobody who means well. */
const MOST_FORMULAS = 20;
/** Above this many people who answered anew, reading everybody is no slower. */
const MOST_CHANGED = 500;

type Needs = Pick<ServerContext, "store" | "compiler" | "jobs">;

/**
 * Sums are kept in memory and nowhere else: they hold what few people answered, and a copy of them in an old backup
 * beside those after an erasure would give the erased person's answers away.
 */
export function createStandingKeeper(needs: Needs): StandingKeeper {
  const studies = new Map<string, Map<string, Kept>>();
  let timer: NodeJS.Timeout | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  const bringUp = async (id: string, formula: string): Promise<StandingSums> => {
    const formulas = studies.get(id) ?? new Map<string, Kept>();
    const now = await upToDate(needs, { id, formula, kept: formulas.get(formula) });
    const [oldest] = formulas.keys();
    if (!formulas.has(formula) && formulas.size >= MOST_FORMULAS && oldest !== undefined)
      formulas.delete(oldest);
    studies.set(id, formulas.set(formula, now));
    return now.sums;
  };
  // One after another: two at once would read the same answers twice.
  const inTurn = (id: string, formula: string): Promise<StandingSums> => {
    const made = turn.then(() => bringUp(id, formula));
    turn = made.catch(() => undefined);
    return made;
  };
  // What a plan asks for and sums cannot give yet, or ever, is tried again when there are twice as many answers.
  const refusedAt = new Map<string, number>();
  const refresh = async (): Promise<void> => {
    for (const study of await allStudies(needs.store.db)) {
      const known = studies.get(study.id)?.keys() ?? [];
      // In a study that is closed nothing changes any more: its sums are made when they are asked for.
      const planned = openPhases.includes(study.phase) ? plannedFormulas(needs.compiler.protocol(study)) : [];
      for (const formula of new Set([...planned, ...known])) {
        const key = `${study.id} ${formula}`;
        if (isClosed || study.lastSeq <= 2 * (refusedAt.get(key) ?? -1)) continue;
        await inTurn(study.id, formula).catch(() => refusedAt.set(key, study.lastSeq));
      }
    }
  };
  return {
    sumsOf: ({ id }, formula) => inTurn(id, formula),
    refresh,
    start() {
      timer = setInterval(() => void refresh().catch(() => undefined), REFRESH_MS).unref();
    },
    async close() {
      isClosed = true;
      clearInterval(timer);
      await turn;
    },
  };
}

interface Wanted {
  readonly id: string;
  readonly formula: string;
  readonly kept: Kept | undefined;
}

async function upToDate({ store, compiler, jobs }: Needs, wanted: Wanted): Promise<Kept> {
  const { id, formula, kept } = wanted;
  const study = await studyById(store.db, id);
  if (study === undefined) throw new Error(`study ${id} is not there`);
  const { lastSeq: seq, erasureSeq, version } = study;
  const isCurrent = kept?.erasureSeq === erasureSeq && kept.version === version;
  if (kept?.seq === seq && isCurrent) return kept;
  const moved = kept !== undefined && isCurrent ? await movedOn(store.db, { study, kept, compiler }) : null;
  return { seq, erasureSeq, version, sums: moved ?? (await fromScratch(jobs, study, formula)) };
}

interface Moving {
  readonly study: StudyRow;
  readonly kept: Kept;
  readonly compiler: Needs["compiler"];
}

/** What is kept without what these people gave before, and with what they give now; null to start anew. */
async function movedOn(db: Kysely<Tables>, { study, kept, compiler }: Moving): Promise<StandingSums | null> {
  const protocol = compiler.protocol(study);
  const changed = new Set(await peopleAnswering(db, study.id, { after: kept.seq, upTo: study.lastSeq }));
  if (changed.size > MOST_CHANGED) return null;
  const people = (await personRecords(db, study.id)).filter(({ id }) => changed.has(id));
  const answers: AnswerRecord[] = [];
  for (const { id } of people) answers.push(...(await answersOf(db, { study: study.id, id })));
  const versions = await textVersions(db, study, compiler.protocol);
  const at = (upToSeq: number): Dataset =>
    buildDataset({
      protocol,
      versions,
      people,
      answers: answers.filter(({ seq }) => seq <= upToSeq),
      upToSeq,
    });
  return movedSums(kept.sums, at(kept.seq), at(study.lastSeq));
}

/** Reads everybody, in a thread: answers are never kept waiting by it. */
async function fromScratch(
  jobs: JobRunner,
  { id, lastSeq }: StudyRow,
  formula: string,
): Promise<StandingSums> {
  const job: AnalysisJob = {
    run: "",
    study: id,
    kind: "sums",
    upToSeq: lastSeq,
    seed: 0,
    formula,
    version: "",
    css: "",
  };
  const { report, draft } = await jobs.make(job);
  if (draft === undefined) throw noSums(report);
  return JSON.parse(draft) as StandingSums;
}

/** The refusal of a formula whose sums cannot be had. */
export function noSums(found: string): Refusal {
  return refuse(
    "data.no-sums",
    "a formula that sums over groups of people determine, as longwave fit takes it",
    found,
    "Change the formula, or export the tables and fit it from the rows.",
  );
}
