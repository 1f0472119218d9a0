import { Worker } from "node:worker_threads";
import { type Problem, problem } from "@longwave/api";
import type { Progress } from "@longwave/findings";
import type { Store, StoreLocation } from "../store/open.ts";
import {
  endedRuns,
  failRun,
  failSilentRuns,
  finishRun,
  keepRunsAlive,
  setProgress,
} from "../store/queries/runs.ts";
import { type AnalysisJob, type AnalysisOutcome, analyse } from "./analyse.ts";
import type { WorkerMessage } from "./messages.ts";

/** Carries out analyses beside the server. */
export interface JobRunner {
  /** Begins an analysis whose run has been added; its progress and end are kept in the store. */
  start(job: AnalysisJob): void;
  /** Makes a page that is kept nowhere; whoever asks for the same while it is being made gets the same. */
  make(job: AnalysisJob): Promise<AnalysisOutcome>;
  /** Ends the analysis of a run that is marked as ended; resolves when its thread is gone. */
  stop(run: string): Promise<void>;
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

/** One analysis under way, and the way to end it. */
interface Going {
  readonly ended: AbortController;
  /** Settles when its thread is gone and its end is in the store. */
  done: Promise<void>;
}

/** A runner that gives every analysis a thread of its own, so that answers are never kept waiting by a model. */
export function createJobRunner(options: RunnerOptions): JobRunner {
  const going = new Map<string, Going>();
  const making = new Map<string, Promise<AnalysisOutcome>>();
  const closing = new AbortController();
  const allDone = () => Promise.all([...going.values()].map(({ done }) => done));
  let tending = Promise.resolve();
  const beat = setInterval(() => {
    tending = tend(options, going);
  }, BEAT_MS);
  beat.unref();
  return {
    start(job) {
      const ended = new AbortController();
      const done = carryOut(options, ended, job).finally(() => going.delete(job.run));
      going.set(job.run, { ended, done });
    },
    async stop(run) {
      const found = going.get(run);
      found?.ended.abort();
      await found?.done;
    },
    make(job) {
      const key = `${job.kind} ${job.study} ${job.upToSeq} ${job.formula ?? ""}`;
      const made =
        making.get(key) ??
        inThread(options, closing.signal, { job, onProgress: () => undefined }).finally(() =>
          making.delete(key),
        );
      making.set(key, made);
      return made;
    },
    async idle() {
      await allDone();
    },
    async close() {
      clearInterval(beat);
      await tending;
      closing.abort();
      for (const { ended } of going.values()) ended.abort();
      await Promise.allSettled(making.values());
      await allDone();
    },
  };
}

/** One beat that fails is made good by the next; an analysis is given up only after many. */
function tend(options: RunnerOptions, going: ReadonlyMap<string, Going>): Promise<void> {
  const runs = [...going.keys()];
  return keepRunsAlive(options.store.db, runs, options.now())
    .then(() => endedRuns(options.store.db, runs))
    .then((ended) => {
      for (const run of ended) going.get(run)?.ended.abort();
    })
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

async function carryOut(options: RunnerOptions, ended: AbortController, job: AnalysisJob): Promise<void> {
  const { db } = options.store;
  let written = Promise.resolve();
  const onProgress: OnProgress = (progress) => {
    written = written.then(async () => {
      if (!(await setProgress(db, job.run, progress))) ended.abort();
    });
  };
  try {
    const outcome = await inThread(options, ended.signal, { job, onProgress });
    await written;
    await finishRun(db, job.run, { at: options.now(), ...outcome });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    options.log(`run ${job.run} of ${job.study} ${ended.signal.aborted ? "was ended" : `failed: ${why}`}`);
    await written.catch(() => undefined);
    // A run that was cancelled is marked as such already, and stays so; a server that stops leaves it to be run again.
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

type OnProgress = (progress: Progress) => void;

async function inThread(
  options: RunnerOptions,
  signal: AbortSignal,
  { job, onProgress }: { readonly job: AnalysisJob; readonly onProgress: OnProgress },
): Promise<AnalysisOutcome> {
  if (!builtWorker) {
    return analyse(options.store.db, job, (progress) => {
      signal.throwIfAborted();
      onProgress(progress);
    });
  }
  const worker = new Worker(builtWorker, { workerData: { job, location: options.location } });
  const stop = (): void => void worker.terminate();
  signal.addEventListener("abort", stop);
  return new Promise<AnalysisOutcome>((resolve, reject) => {
    worker.on("message", (message: WorkerMessage) => {
      if (message.kind === "progress") onProgress(message.progress);
      else if (message.kind === "done") resolve(message.outcome);
      else reject(new Error(message.why));
    });
    worker.on("error", reject);
    worker.on("exit", () => reject(new Error("the thread of the analysis ended before it was done")));
  }).finally(() => signal.removeEventListener("abort", stop));
}
