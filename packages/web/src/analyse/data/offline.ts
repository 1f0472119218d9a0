import { keepFiles } from "../../offline/keep-files.ts";

/**
 * Keeps the files of this page for the next visit without a network.
 *
 * @param files  addresses the page cannot see itself: those the sums were loaded from in their own thread.
 */
export async function keepForOffline(files: readonly string[]): Promise<boolean> {
  return keepFiles({ store: "longwave-analyse", worker: "/analyse/offline.js", scope: "/analyse", files });
}
