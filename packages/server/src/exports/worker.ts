import { parentPort, workerData } from "node:worker_threads";
import type { StoreLocation } from "../store/open.ts";
import { type ExportJob, zippedExport } from "./zipped-export.ts";

// The thread of one download: it opens the store for itself, hands over the zip, and ends. What it throws reaches
// the server as the thread's error.
const { job, location } = workerData as { readonly job: ExportJob; readonly location: StoreLocation };

parentPort?.postMessage(await zippedExport(location, job));
