import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";

const command = fileURLToPath(new URL("../packages/cli/bin/longwave.js", import.meta.url));

declare module "vitest" {
  interface ProvidedContext {
    readonly address: string;
    readonly dataDir: string;
    readonly signInLink: string;
  }
}

/** One real server for all journeys: a fresh store with the two demonstration studies, as `npm start` makes it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), "longwave-journeys-"));
  const server = spawn(process.execPath, [command, "serve", "--port", "0", "--data", dataDir], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, DATABASE_URL: "" },
  });
  const printed = await waitForLinks(server);
  project.provide("address", printed.address);
  project.provide("signInLink", printed.signInLink);
  project.provide("dataDir", dataDir);
  return async () => {
    await stop(server);
    rmSync(dataDir, { recursive: true, force: true });
    rmSync(`${dataDir}.key`, { force: true });
  };
}

function waitForLinks(server: ChildProcess): Promise<{ address: string; signInLink: string }> {
  return new Promise((resolve, reject) => {
    let output = "";
    server.stdout?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      const signInLink = /https?:\/\/\S+#sign-in=\S+/.exec(output)?.[0];
      const address = /(https?:\/\/[^\s/]+:\d+)/.exec(output)?.[1];
      if (signInLink && address) resolve({ address, signInLink });
    });
    server.on("exit", (code) =>
      reject(new Error(`the server stopped with code ${code} before it was ready:\n${output}`)),
    );
  });
}

function stop(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    server.once("exit", () => resolve());
    server.kill("SIGTERM");
  });
}
