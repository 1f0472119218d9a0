import { type ChildProcess, type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { ServerOptions } from "../options.ts";

const program = (name: string): string => fileURLToPath(new URL(`../../testing/${name}`, import.meta.url));

/** Whether the server has been built: a process of its own, and the threads of analyses, run what was built. */
export const isBuilt: boolean = existsSync(new URL("../../dist/index.js", import.meta.url));

type ChildOptions = Pick<ServerOptions, "dataDir" | "databaseUrl" | "demonstration" | "mail">;
type Child = ChildProcessByStdio<Writable, Readable, null>;

/** The built server in a process of its own, which may not listen yet. */
export function spawnChild(options: ChildOptions): Child {
  return spawnProgram("serve-child.mjs", options);
}

/** The built server in a process of its own, once it listens. */
export async function startChild(
  options: ChildOptions,
): Promise<{ process: ChildProcess; url: string; signInLink: string }> {
  const child = spawnChild(options);
  return { process: child, ...(await listening(child)) };
}

/** A process that has been started ahead, since loading takes long, and begins its work when it is told to. */
export interface WaitingChild {
  readonly process: Child;
  begin(): Promise<{ readonly url: string }>;
}

/** The built server, waiting to be told to start; `begin` resolves once it listens. */
export function waitingServer(options: ChildOptions): WaitingChild {
  const child = spawnProgram("serve-child.mjs", { ...options, waits: true });
  return {
    process: child,
    async begin() {
      child.stdin.write("go\n");
      return listening(child);
    },
  };
}

/** A process of `keep-child.mjs`, which waits with its task once it has loaded. */
interface KeepingChild {
  readonly process: Child;
  readonly loaded: Promise<unknown>;
  /** Begins, and resolves with the milliseconds it took, or with nothing when it did not come to its end. */
  work(): Promise<number | undefined>;
}

/** Starts a process that will bring a store up to date or back one up. */
export function keepingChild(task: object): KeepingChild {
  const child = spawnProgram("keep-child.mjs", task);
  return {
    process: child,
    loaded: once(child.stdout, "data"),
    async work() {
      const ended = once(child, "exit");
      const begunAt = performance.now();
      child.stdin.write("go\n");
      const [code] = (await ended) as [number | null];
      return code === 0 ? performance.now() - begunAt : undefined;
    },
  };
}

function spawnProgram(name: string, order: object): Child {
  const child = spawn(process.execPath, [program(name), JSON.stringify(order)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.on("error", () => undefined); // one that was killed takes no more words
  return child;
}

async function listening(child: Child): Promise<{ url: string; signInLink: string }> {
  const ended = once(child, "exit").then(() => {
    throw new Error("the server ended before it listened; what it wrote says why");
  });
  const [chunk] = (await Promise.race([once(child.stdout, "data"), ended])) as [Buffer];
  ended.catch(() => undefined); // it ends later, as it is meant to
  const [url = "", signInLink = ""] = chunk.toString().trim().split(" ");
  return { url, signInLink };
}
