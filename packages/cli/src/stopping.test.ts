import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { runSql, startPostgres } from "../../server/testing/postgres.mjs";
import { runDuckdb } from "../../source/src/testing/duckdb.ts";
import { temporaryFolder } from "./testing/memory-io.ts";

const folder = temporaryFolder();
const temporary = join(folder, "tmp");
mkdirSync(temporary);
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const bin = path("../bin/longwave.js");
const protocol = path("../../../protocols/exercise-and-pain.yaml");
const MODEL = ["y ~ within(x) + between(x) + factor(wave) + (1 | id)", "--time", "wave"];

interface Ended {
  readonly code: number | null;
  readonly shown: string;
}

/** Runs the built command at a terminal; `script` (util-linux) makes one. */
function atTerminal(...args: readonly string[]): ChildProcess {
  const quoted = [process.execPath, bin, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`);
  return spawn("script", ["--quiet", "--return", "--command", `exec ${quoted.join(" ")}`, "/dev/null"], {
    cwd: folder,
    env: { ...process.env, TMPDIR: temporary, TERM: "xterm" },
  });
}

/** Presses Ctrl-C as soon as the terminal shows `sign`. */
function stoppedAt(sign: string, child: ChildProcess): Promise<Ended> {
  let shown = "";
  let pressed = false;
  child.stdout?.on("data", (chunk) => {
    shown += chunk;
    if (pressed || !shown.includes(sign)) return;
    pressed = true;
    child.stdin?.write("\u0003");
  });
  return new Promise((resolve) => {
    child.on("close", (code) => resolve({ code, shown }));
  });
}

/** What a command leaves in the folder it is run in, and in that for temporary files. */
const left = () => [...readdirSync(folder), ...readdirSync(temporary)].sort();

async function expectNothingLeft(sign: string, ...args: readonly string[]): Promise<string> {
  const before = left();
  const { code, shown } = await stoppedAt(sign, atTerminal(...args));
  expect(shown).toContain(sign);
  expect([code, shown]).toEqual([
    130,
    expect.stringMatching(/stopped\. Nothing half done was left behind\.\s*$/),
  ]);
  expect(left()).toEqual(before);
  return shown;
}

const canRun =
  process.platform === "linux" && existsSync("/usr/bin/script") && existsSync(path("../dist/main.js"));

describe.skipIf(!canRun)("Ctrl-C leaves nothing behind, and says so", { timeout: 120_000 }, () => {
  test("while DuckDB adds up, behind a bar with rate and time left", async () => {
    await runDuckdb(
      ":memory:",
      `copy (select i // 5 as id, i % 5 as wave, hash(i) % 100 as x, hash(i + 7) % 100 as y from range(12000000) t(i))
       to '${join(folder, "large.parquet")}' (format parquet)`,
    );
    const shown = await expectNothingLeft("rows/s", "sums", ...MODEL, "large.parquet", "--out", "site.json");
    expect(shown).toMatch(/\[[#-]{24}\] \d+ % adding up, [\d.,]+( M)? rows\/s, \d+ s left/);
  });

  test("while PostgreSQL works, which no longer does so afterwards", async () => {
    const server = await startPostgres({ say: () => undefined });
    try {
      await runSql(
        server.url,
        `create view panel as select i / 5 as id, i % 5 as wave, i % 7 as x, i % 11 as y
         from generate_series(1, 1000) i, lateral (select pg_sleep(0.1 + 0 * i)) slow`,
      );
      await expectNothingLeft("so far", "fit", ...MODEL, `${server.url}?table=panel`);
      const rows = await runSql(
        server.url,
        "select query from pg_stat_activity where application_name = 'longwave'",
      );
      expect(rows).toEqual([]);
    } finally {
      await server.stop();
    }
  });

  // Between two pieces of such work Node has no handler for a moment: a signal then ends it without the sentence.
  test("in the middle of a simulation, which waits for nothing", { retry: 2 }, async () => {
    await expectNothingLeft("studies/s", "power", "--people", "400", "--replicates", "100000");
  });

  test("in the middle of an analysis", async () => {
    const people = ["simulate", protocol, "--people", "2500", "--out", "people.csv"];
    await stoppedAt("never", atTerminal(...people));
    await expectNothingLeft(" % ", "analyse", protocol, "people.csv", "--simulated", "--out", "report");
  });
});
