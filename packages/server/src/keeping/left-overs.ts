import { readdirSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";

const prefix = `.longwave-${hostname().replace(/[^\w]/g, "_")}-`;

/** The beginning of a temporary name beside a file: it says which process of which machine it belongs to. */
export function temporaryBeside(path: string): string {
  return join(dirname(path), `${prefix}${process.pid}-${basename(path)}-`);
}

/**
 * Removes what a backup or restore left beside a file when its process was killed or the power went: copies of
 * databases, and keys. What a process of this machine is still making stays.
 */
export function removeLeftOvers(beside: string): void {
  const folder = dirname(beside);
  for (const name of readdirSync(folder)) {
    const maker = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN;
    if (Number.isInteger(maker) && !isRunning(maker))
      rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // One that belongs to somebody else runs as well.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
