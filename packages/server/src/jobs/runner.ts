import { Worker } from "node:worker_threads";
import { type Problem, problem } from "@longwave/api";
import type { Progress } from "@longwave/findings";
import type { Store, StoreLocation } from "../store/open.ts";
import { failRun, failSilentRuns, finishRun, keepRunsAlive, setProgress } from "../store/queries/runs.ts";
import { type AnalysisJob, type AnalysisOutcome, analyse } from "./analyse.ts";
import type { WorkerMessage } from "./messages.ts";

/** Carries out analyses beside the server. */
export interface JobRunner {
  /** Begins an analysis whose run has been added; its progress and end are kept in the store. */
  start(job: AnalysisJob): void;
  /** Makes a page that is kept nowhere; whoever asks for the same while it is being made gets the same. */
  make(job: AnalysisJob): Promise<AnalysisOutcome>;
  /** Resolves when no analysis is going on. */
  idle(): Promise<void>;
  /** Ends what is going on and marks it as failed. */
  close(): Promise<void>;
}

interface RunnerOptions {
  readonly store: Store;
  readonly location: StoreLocation;
  readonly now: () => number;
  readonly log: (line: string) => void;
}

const BEAT_MS = 10_000;
const GIVEN_UP_MS = 60_000;

type OnProgress = (progress: Progress) => void;

/** A runner that gives every analysis a thread of its own, so that answers are never kept waiting by a model. */
export function createJobRunner(options: RunnerOptions): JobRunner {
  const going = new Map<string, Promise<void>>();
  const making = new Map<string, Promise<AnalysisOutcome>>();
  const workers = new Set<Worker>();
  let tending = Promise.resolve();
  const beat = setInterval(() => {
    tending = tend(options, [...going.keys()]);
  }, BEAT_MS);
  beat.unref();
  return {
    start(job) {
      going.set(
        job.run,
        carryOut(options, workers, job).finally(() => going.delete(job.run)),
      );
    },
    make(job) {
      const key = `${job.kind} ${job.study} ${job.upToSeq}`;
      const made =
        making.get(key) ??
        inThread(options, workers, { job, onProgress: () => undefined }).finally(() => making.delete(key));
      making.set(key, made);
      return made;
    },
    async idle() {
      await Promise.all(going.values());
    },
    async close() {
      clearInterval(beat);
      await tending;
      await Promise.all([...workers].map((worker) => worker.terminate()));
      await Promise.allSettled(making.values());
      await Promise.all(going.values());
    },
  };
}

/** One beat that fails is made good by the next; an analysis is given up only after many. */
function tend(options: RunnerOptions, runs: readonly string[]): Promise<void> {
  return keepRunsAlive(options.store.db, runs, options.now())
    .then(() => failLeftOvers(options))
    .catch((error: unknown) => options.log(`tending the analyses failed: ${String(error)}`));
}

/**
 * Marks runs that a stopped server left half done as failed, with the reason. Another process may serve the same
 * store, so only runs are taken that nobody has kept alive for a minute.
 */
export async function failLeftOvers({ store, now, log }: Omit<RunnerOptions, "location">): Promise<void> {
  const at = now();
  const count = await failSilentRuns(store.db, { before: at - GIVEN_UP_MS, at, problem: leftHalfDone });
  if (count > 0) log(`${count} analysis left half done by a stopped server is marked as failed.`);
}

/** Marks the runs of one study as failed, however lately they were alive: for who knows that no one carries them out. */
export async function failRunsOf(
  { store, now }: Pick<RunnerOptions, "store" | "now">,
  study: string,
): Promise<void> {
  const at = now();
  await failSilentRuns(store.db, { before: Number.MAX_SAFE_INTEGER, at, problem: leftHalfDone, study });
}

const leftHalfDone: Problem = problem("server.failed", {
  expected: "an analysis that runs to its end",
  found: "the server stopped in the middle of it",
  remedy: "Run the analysis again; the answers are as they were.",
});

async function carryOut(options: RunnerOptions, workers: Set<Worker>, job: AnalysisJob): Promise<void> {
  const { db } = options.store;
  let written = Promise.resolve();
  const onProgress: OnProgress = (progress) => {
    written = written.then(() => setProgress(db, job.run, progress));
  };
  try {
    const outcome = await inThread(options, workers, { job, onProgress });
    await written;
    await finishRun(db, job.run, { at: options.now(), ...outcome });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    options.log(`run ${job.run} of ${job.study} failed: ${why}`);
    await written.catch(() => undefined);
    await failRun(db, job.run, options.now(), analysisFailed(why));
  }
}

function analysisFailed(why: string) {
  return problem("server.failed", {
    expected: "an analysis that runs to its end",
    found: why,
    remedy: "Mend what the message names, or report it, and run the analysis again.",
  });
}

/** From the sources, as tests run, there is no built file that a thread could start from: the analysis runs here. */
const builtWorker = import.meta.url.endsWith(".js") ? new URL("./worker.js", import.meta.url) : undefined;

function inThread(
  options: RunnerOptions,
  workers: Set<Worker>,
  { job, onProgress }: { readonly job: AnalysisJob; readonly onProgress: OnProgress },
): Promise<AnalysisOutcome> {
  if (!builtWorker) return analyse(options.store.db, job, onProgress);
  const worker = new Worker(builtWorker, { workerData: { job, location: options.location } });
  workers.add(worker);
  return new Promise<AnalysisOutcome>((resolve, reject) => {
    worker.on("message", (message: WorkerMessage) => {
      if (message.kind === "progress") onProgress(message.progress);
      else if (message.kind === "done") resolve(message.outcome);
      else reject(new Error(message.why));
    });
    worker.on("error", reject);
    worker.on("exit", () => reject(new Error("the thread of the analysis ended before it was done")));
  }).finally(() => workers.delete(worker));
}
