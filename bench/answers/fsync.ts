import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";

/** How long the disk takes, in milliseconds each, to keep one page of 4 kB for good, again and again for a second. */
export function syncTimes(folder: string): readonly number[] {
  const path = join(folder, "sync-me");
  const file = openSync(path, "w");
  const page = Buffer.alloc(4096, 1);
  const times: number[] = [];
  const until = performance.now() + 1000;
  while (performance.now() < until) {
    const begun = performance.now();
    writeSync(file, page);
    fdatasyncSync(file);
    times.push(performance.now() - begun);
  }
  closeSync(file);
  rmSync(path);
  return times;
}
