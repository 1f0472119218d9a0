import { spawnSync } from "node:child_process";

/** What a process took: seconds of processor time and on the clock, and memory at its peak. */
export interface Took {
  readonly cpu: number;
  readonly wall: number;
  readonly peakMb: number;
  readonly stdout: string;
}

/** Runs a process to its end under GNU time; null where it fails, or where there is no such program. */
export function timeProcess(command: string, args: readonly string[]): Took | null {
  const { status, stdout, stderr } = spawnSync(
    "/usr/bin/time",
    ["-f", "took %U %S %e %M", command, ...args],
    {
      encoding: "utf8",
      env: { ...process.env, OPENBLAS_NUM_THREADS: "1" },
      maxBuffer: 1 << 28,
    },
  );
  const found = /took (\S+) (\S+) (\S+) (\d+)\s*$/.exec(stderr ?? "");
  if (status !== 0 || found === null) return null;
  const [user = 0, system = 0, wall = 0, kilobytes = 0] = found.slice(1).map(Number);
  return { cpu: user + system, wall, peakMb: kilobytes / 1000, stdout };
}

/** The run of several that took the least processor time: neighbours only ever add to it. */
export function fastest(runs: number, command: string, args: readonly string[]): Took | null {
  const took = Array.from({ length: runs }, () => timeProcess(command, args)).filter((one) => one !== null);
  return took.sort((a, b) => a.cpu - b.cpu)[0] ?? null;
}
