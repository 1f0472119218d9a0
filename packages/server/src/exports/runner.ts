import { Worker } from "node:worker_threads";
import type { StoreLocation } from "../store/open.ts";
import { type ExportJob, type ZippedExport, zippedExport } from "./zipped-export.ts";

/** Makes the downloads of studies' data beside the server. */
export interface ExportRunner {
  /** The zip of a locked study; nothing when it is not locked. One download is made at a time. */
  make(job: ExportJob): Promise<ZippedExport | undefined>;
  /** Ends what is going on. */
  close(): Promise<void>;
}

/** A runner that gives every download a thread of its own, one after the other: answers must not wait for them. */
export function createExportRunner(location: StoreLocation): ExportRunner {
  const workers = new Set<Worker>();
  let before: Promise<unknown> = Promise.resolve();
  return {
    make(job) {
      const made = before.then(() => inThread(location, workers, job));
      before = made.catch(() => undefined);
      return made;
    },
    async close() {
      await Promise.all([...workers].map((worker) => worker.terminate()));
      await before;
    },
  };
}

/** From the sources, as tests run, there is no built file that a thread could start from: the zip is made here. */
const builtWorker = import.meta.url.endsWith(".js") ? new URL("./worker.js", import.meta.url) : undefined;

function inThread(
  location: StoreLocation,
  workers: Set<Worker>,
  job: ExportJob,
): Promise<ZippedExport | undefined> {
  if (!builtWorker) return zippedExport(location, job);
  const worker = new Worker(builtWorker, { workerData: { job, location } });
  workers.add(worker);
  return new Promise<ZippedExport | undefined>((resolve, reject) => {
    worker.on("message", resolve);
    worker.on("error", reject);
    worker.on("exit", () => reject(new Error("the thread of the download ended before it was done")));
  }).finally(() => workers.delete(worker));
}
