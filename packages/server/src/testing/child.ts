import { type ChildProcess, type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { ServerOptions } from "../options.ts";

const program = fileURLToPath(new URL("../../testing/serve-child.mjs", import.meta.url));

/** Whether the server has been built: a process of its own, and the threads of analyses, run what was built. */
export const isBuilt: boolean = existsSync(new URL("../../dist/index.js", import.meta.url));

type ChildOptions = Pick<ServerOptions, "dataDir" | "databaseUrl" | "demonstration" | "mail">;

/** The built server in a process of its own, which may not listen yet. */
export function spawnChild(options: ChildOptions): ChildProcessByStdio<null, Readable, null> {
  return spawn(process.execPath, [program, JSON.stringify(options)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** The built server in a process of its own, once it listens. */
export async function startChild(
  options: ChildOptions,
): Promise<{ process: ChildProcess; url: string; signInLink: string }> {
  const child = spawnChild(options);
  const [chunk] = (await once(child.stdout, "data")) as [Buffer];
  const [url = "", signInLink = ""] = chunk.toString().trim().split(" ");
  return { process: child, url, signInLink };
}
