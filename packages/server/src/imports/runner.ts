import { Worker } from "node:worker_threads";
import type { Store, StoreLocation } from "../store/open.ts";
import { noteImport } from "../store/queries/imports.ts";
import { doFileJob, type FileJob, type FileOutcome } from "./job.ts";

/** Reads and imports files beside the server. */
export interface ImportRunner {
  /** Looks at a file; one is looked at after the other. */
  look(job: FileJob): Promise<FileOutcome>;
  /** Imports one, and says all the while that it goes on. */
  run(job: FileJob): Promise<FileOutcome>;
  /** Resolves when nothing is being imported. */
  idle(): Promise<void>;
  /** Ends what is going on: what is written stays, and the same file goes on from there. */
  close(): Promise<void>;
}

/** How often an import says that it goes on. */
const BEAT_MS = 10_000;

/** A runner that gives every file a thread of its own: a file of megabytes takes seconds to read, and answers must not wait. */
export function createImportRunner(
  location: StoreLocation,
  { store, now }: { readonly store: Store; readonly now: () => number },
): ImportRunner {
  const workers = new Set<Worker>();
  const going = new Set<Promise<unknown>>();
  let before: Promise<unknown> = Promise.resolve();
  const inThread = (job: FileJob) => threadOf({ location, store, workers }, job);
  return {
    look(job) {
      const looked = before.then(() => inThread(job));
      before = looked.catch(() => undefined);
      return looked;
    },
    run(job) {
      const beat = setInterval(() => {
        if (job.run !== undefined) noteImport(store.db, job.run, { beat_at: now() }).catch(() => undefined);
      }, BEAT_MS);
      const done = inThread(job).finally(() => clearInterval(beat));
      const ended = done.catch(() => undefined).finally(() => going.delete(ended));
      going.add(ended);
      return done;
    },
    async idle() {
      await Promise.all(going);
    },
    async close() {
      await Promise.all([...workers].map((worker) => worker.terminate()));
      await Promise.all([...going, before]);
    },
  };
}

/** From the sources, as tests run, there is no built file that a thread could start from: it is done here. */
const builtWorker = import.meta.url.endsWith(".js") ? new URL("./worker.js", import.meta.url) : undefined;

interface Place {
  readonly location: StoreLocation;
  readonly store: Store;
  readonly workers: Set<Worker>;
}

function threadOf({ location, store, workers }: Place, job: FileJob): Promise<FileOutcome> {
  if (!builtWorker) return doFileJob(store.db, job);
  const worker = new Worker(builtWorker, { workerData: { job, location } });
  workers.add(worker);
  return new Promise<FileOutcome>((resolve, reject) => {
    worker.on("message", resolve);
    worker.on("error", reject);
    worker.on("exit", () => reject(new Error("the thread of the import ended before it was done")));
  }).finally(() => workers.delete(worker));
}
