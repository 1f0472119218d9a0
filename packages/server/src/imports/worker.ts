import { parentPort, workerData } from "node:worker_threads";
import type { StoreLocation } from "../store/open.ts";
import { openSealed } from "../vault/open-sealed.ts";
import { doFileJob, type FileJob } from "./job.ts";

// The thread of one file: it opens the store for itself, says what came of it, and ends. What it throws reaches the
// server as the thread's error.
const { job, location } = workerData as { readonly job: FileJob; readonly location: StoreLocation };
const store = await openSealed(location, job.at);
try {
  parentPort?.postMessage(await doFileJob(store.db, job));
} finally {
  await store.close();
}
