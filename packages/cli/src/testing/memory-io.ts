import { randomInt } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { Io } from "../io.ts";
import { main } from "../run.ts";

/** What a run of the command line said and how it ended. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** An in-memory world for `main`: output is collected, files are looked for from `cwd`. */
export function memoryIo(
  cwd: string,
  { env = {}, answers }: { readonly env?: Io["env"]; readonly answers?: readonly string[] } = {},
): Io & { text(): { stdout: string; stderr: string } } {
  let stdout = "";
  let stderr = "";
  let asked = 0;
  const asking = async (question: string): Promise<string> => {
    stderr += question;
    return answers?.[asked++] ?? "";
  };
  return {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    cwd,
    env,
    prompt: answers === undefined ? undefined : asking,
    now: () => 0,
    every: () => () => undefined,
    chance: { integer: (below) => randomInt(below) },
    interrupts: {
      wait: async () => {},
      onStop: () => () => undefined,
      during: (work) => work(),
      stopped: () => undefined,
    },
    text: () => ({ stdout, stderr }),
  };
}

/** Runs one command line in `cwd`. */
export async function longwave(cwd: string, ...args: readonly string[]): Promise<Ran> {
  const io = memoryIo(cwd);
  const code = await main(args, io);
  return { code, ...io.text() };
}

/** A folder for one test file, removed when its tests are done. */
export function temporaryFolder(): string {
  const path = mkdtempSync(join(tmpdir(), "longwave-test-"));
  afterAll(() => rmSync(path, { recursive: true, force: true }));
  return path;
}
