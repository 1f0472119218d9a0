import { Worker } from "node:worker_threads";
import { type Problem, problem } from "@longwave/api";
import type { Store, StoreLocation } from "../store/open.ts";
import { failPreview, finishPreview } from "../store/queries/releases.ts";
import { makePreview, type ReleaseJob, type ReleaseOutcome } from "./make.ts";

/** What the thread of a preview tells the server. */
export type ReleaseMessage =
  | { readonly kind: "done"; readonly outcome: ReleaseOutcome }
  | { readonly kind: "failed"; readonly why: string };

/** Makes previews beside the server. */
export interface ReleaseRunner {
  /** Begins a preview whose row has been added; what comes of it is kept in the store. */
  start(job: ReleaseJob): void;
  /** Ends what is going on and marks it as failed. */
  close(): Promise<void>;
}

interface RunnerOptions {
  readonly store: Store;
  readonly location: StoreLocation;
  readonly log: (line: string) => void;
}

/** A runner that gives every preview a thread of its own: it takes seconds, and answers must not wait. */
export function createReleaseRunner(options: RunnerOptions): ReleaseRunner {
  const going = new Set<Promise<void>>();
  const workers = new Set<Worker>();
  return {
    start(job) {
      const carried = carryOut(options, workers, job).finally(() => going.delete(carried));
      going.add(carried);
    },
    async close() {
      await Promise.all([...workers].map((worker) => worker.terminate()));
      await Promise.all(going);
    },
  };
}

async function carryOut(options: RunnerOptions, workers: Set<Worker>, job: ReleaseJob): Promise<void> {
  const { db } = options.store;
  try {
    const outcome = await inThread(options, workers, job);
    if (outcome.kind === "made") await finishPreview(db, job, outcome.made);
    else await failPreview(db, job, tooFew(outcome.why));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    options.log(`the release preview of ${job.study} failed: ${why}`);
    await failPreview(db, job, failed(why));
  }
}

function tooFew(why: string): Problem {
  const [, expected = "more people", found = "fewer"] = /^Expected (.*?); found (.*?)\./.exec(why) ?? [];
  return problem("release.too-few", {
    expected,
    found,
    remedy: "Wait for more people, or do not release: so few would be pointed at.",
  });
}

function failed(why: string): Problem {
  return problem("server.failed", {
    expected: "a preview that is made to its end",
    found: why,
    remedy: "Make it again; if it goes on, report it. The answers are as they were.",
  });
}

/** From the sources, as tests run, there is no built file that a thread could start from: the preview is made here. */
const builtWorker = import.meta.url.endsWith(".js") ? new URL("./worker.js", import.meta.url) : undefined;

function inThread(options: RunnerOptions, workers: Set<Worker>, job: ReleaseJob): Promise<ReleaseOutcome> {
  if (!builtWorker) return makePreview(options.store.db, job);
  const worker = new Worker(builtWorker, { workerData: { job, location: options.location } });
  workers.add(worker);
  return new Promise<ReleaseOutcome>((resolve, reject) => {
    worker.on("message", (message: ReleaseMessage) => {
      if (message.kind === "done") resolve(message.outcome);
      else reject(new Error(message.why));
    });
    worker.on("error", reject);
    worker.on("exit", () => reject(new Error("the thread of the preview ended before it was done")));
  }).finally(() => workers.delete(worker));
}
