import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type Ran, temporaryFolder } from "./testing/memory-io.ts";

const folder = temporaryFolder();
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const bin = path("../bin/longwave.js");
const protocol = path("../../../protocols/exercise-and-pain.yaml");
const trial = path("../../../examples/hivsn-crossover-pain/hivsn_crossover_pain.csv");
const FIT = ["fit", "pain ~ week + (1 | id)", trial, "--json"];

/** The installed command as a process of its own: it runs what was last built. */
function start(...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [bin, ...args], { cwd: folder, env: { ...process.env, DATABASE_URL: "" } });
}

function finish(child: ChildProcess): Promise<Ran & { readonly signal: NodeJS.Signals | null }> {
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (chunk) => (stdout += chunk));
  child.stderr?.on("data", (chunk) => (stderr += chunk));
  return new Promise((resolve) => {
    child.on("close", (code, signal) => resolve({ code: code ?? -1, signal, stdout, stderr }));
  });
}

// Every test starts Node several times: on a busy machine that alone takes a while.
describe.skipIf(!existsSync(path("../dist/main.js")))("as a process", { timeout: 240_000 }, () => {
  test("a fit goes to standard output with exit code 0, a mistake to standard error with exit code 2", async () => {
    const done = await finish(start(...FIT));
    expect([done.code, done.stderr, JSON.parse(done.stdout).nobs]).toEqual([0, "", 732]);
    const mistake = await finish(start("fit", "pain ~ wek + (1 | id)", trial));
    expect([mistake.code, mistake.stdout]).toEqual([2, ""]);
    expect(mistake.stderr).toMatch(/^longwave fit: Expected .*Did you mean "week"\?.*\n$/);
  });

  test("a reader that stops listening ends it quietly", async () => {
    const child = start(...FIT);
    child.stdout?.destroy();
    const { code, stderr } = await finish(child);
    expect([code, stderr]).toEqual([0, ""]);
  });

  test("two fresh processes write the same report, byte for byte", async () => {
    await finish(start("simulate", protocol, "--people", "200", "--out", "people.csv"));
    for (const out of ["one", "two"]) {
      const { code, stderr } = await finish(
        start("analyse", protocol, "people.csv", "--simulated", "--out", out),
      );
      expect([code, stderr]).toEqual([0, ""]);
    }
    const files = readdirSync(join(folder, "one"), { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(files.length).toBeGreaterThan(5);
    for (const { parentPath, name } of files) {
      const first = join(parentPath, name);
      expect(readFileSync(first.replace("/one", "/two"), "utf8"), name).toBe(readFileSync(first, "utf8"));
    }
  });

  test("a server told to stop stops with exit code 0, and its store opens again", async () => {
    for (const round of ["first", "second"]) {
      const child = start("serve", "--port", "0", "--no-demo", "--data", "store");
      const finished = finish(child);
      child.stdout?.on("data", (chunk: Buffer) => {
        if (chunk.toString().includes("Ctrl-C")) child.kill("SIGTERM");
      });
      const { code, stdout, stderr } = await finished;
      expect([code, stderr], round).toEqual([0, ""]);
      expect(stdout.includes("#sign-in="), "only the first start prints a link").toBe(round === "first");
    }
  });
});
