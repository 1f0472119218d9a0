import { parentPort, workerData } from "node:worker_threads";
import { openStore, type StoreLocation } from "../store/open.ts";
import { type AnalysisJob, analyse } from "./analyse.ts";
import type { WorkerMessage } from "./messages.ts";

// The thread of one analysis: it opens the store for itself, tells how far it is, and ends.
const { job, location } = workerData as { readonly job: AnalysisJob; readonly location: StoreLocation };

const say = (message: WorkerMessage): void => parentPort?.postMessage(message);

try {
  const store = await openStore(location, Date.now());
  try {
    const outcome = await analyse(store.db, job, (progress) => say({ kind: "progress", progress }));
    say({ kind: "done", outcome });
  } finally {
    await store.close();
  }
} catch (error) {
  say({ kind: "failed", why: error instanceof Error ? error.message : String(error) });
}
