import { parentPort, workerData } from "node:worker_threads";
import { openStore, type StoreLocation } from "../store/open.ts";
import { makePreview, type ReleaseJob } from "./make.ts";
import type { ReleaseMessage } from "./runner.ts";

// The thread that makes one preview: it opens the store for itself, says what came of it, and ends.
const { job, location } = workerData as { readonly job: ReleaseJob; readonly location: StoreLocation };

const say = (message: ReleaseMessage): void => parentPort?.postMessage(message);

try {
  const store = await openStore(location, Date.now());
  try {
    say({ kind: "done", outcome: await makePreview(store.db, job) });
  } finally {
    await store.close();
  }
} catch (error) {
  say({ kind: "failed", why: error instanceof Error ? error.message : String(error) });
}
