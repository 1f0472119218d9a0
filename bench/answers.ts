// How many answers a server takes (ruling: 500 people, an answer every 2 s each): on SQLite with one process, and on
// PostgreSQL with two. Beside each: what the disk takes to keep a page, in the same run, and the same server with its
// queue of answers replaced by one that acknowledges at once. `npx tsx bench/answers.ts 5` loads for 5 seconds each.
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startChild } from "../packages/server/src/testing/child.ts";
import { runSql, startPostgres } from "../packages/server/testing/postgres.mjs";
import { syncTimes } from "./answers/fsync.ts";
import { fullLoad, type LoadResult, quantile, steadyLoad } from "./answers/load.ts";
import { makePeople } from "./answers/people.ts";

const seconds = Number(process.argv[2] ?? 20);
const PEOPLE = 500;
const TOGETHER = 128;
const immediate = new URL("./answers/immediate-queue.mjs", import.meta.url).href;

interface Place {
  readonly name: string;
  readonly processes: number;
  readonly databaseUrl?: string;
}

/** The largest resident set that a process has had, in megabytes. */
function peakMemory({ pid }: ChildProcess): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024;
}

function tellMemory(what: string, servers: readonly { readonly process: ChildProcess }[]): void {
  const memory = servers.map(({ process: child }) => `${peakMemory(child).toFixed(0)} MB`);
  console.log(`  ${what.padEnd(44)} ${memory.join(", ")}`);
}

function row(name: string, { taken, errors, seconds: took }: LoadResult): string {
  const [middle, most] = [quantile(taken, 0.5), quantile(taken, 0.99)].map((ms) => ms.toFixed(1));
  const rate = (taken.length / took).toFixed(0);
  return `  ${name.padEnd(44)} ${rate.padStart(6)}/s   p50 ${middle} ms   p99 ${most} ms   errors ${errors.length}${errors[0] === undefined ? "" : `, such as: ${errors[0]}`}`;
}

/** Starts servers on an empty store, loads them, and stops them. */
async function measure(place: Place, isReal: boolean): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), "longwave-load-"));
  const options = { dataDir, ...(place.databaseUrl ? { databaseUrl: place.databaseUrl } : {}) };
  const before = process.env.NODE_OPTIONS;
  if (!isReal) process.env.NODE_OPTIONS = `--import=${immediate}`;
  const servers = [];
  for (let index = 0; index < place.processes; index++) servers.push(await startChild(options));
  if (before === undefined) delete process.env.NODE_OPTIONS;
  else process.env.NODE_OPTIONS = before;
  const [first] = servers;
  if (first === undefined) throw new Error("no server was started");
  const urls = servers.map(({ url }) => url);
  const people = await makePeople(first, PEOPLE);
  if (isReal) {
    const sync = syncTimes(dataDir);
    const times = `p50 ${quantile(sync, 0.5).toFixed(2)} ms   p99 ${quantile(sync, 0.99).toFixed(2)} ms`;
    console.log(`  ${"the disk keeps a page".padEnd(44)} ${String(sync.length).padStart(6)}/s   ${times}`);
    console.log(row(`${PEOPLE} people, an answer every 2 s each`, await steadyLoad(urls, people, seconds)));
    tellMemory("most memory of each process until here", servers);
  }
  const full = await fullLoad(urls, people, { seconds, together: TOGETHER });
  console.log(row(isReal ? "as fast as it takes them" : "the same, acknowledged at once", full));
  if (isReal) tellMemory("most memory of each process", servers);
  for (const { process: child } of servers) {
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  }
  rmSync(dataDir, { recursive: true, force: true });
  rmSync(`${dataDir}.key`, { force: true });
  return full.taken.length / full.seconds;
}

async function compare(name: string, processes: number, database: () => Promise<string | undefined>) {
  console.log(`${name}, ${processes === 1 ? "one process" : `${processes} processes`}`);
  const rates = [];
  for (const isReal of [true, false]) {
    const databaseUrl = await database();
    rates.push(await measure({ name, processes, ...(databaseUrl ? { databaseUrl } : {}) }, isReal));
  }
  const [real = Number.NaN, ideal = Number.NaN] = rates;
  console.log(
    `  share of the rate of immediate acknowledgement ${((100 * real) / ideal).toFixed(0)} % (bar: 80 %)\n`,
  );
}

await compare("SQLite", 1, async () => undefined);
const postgres = await startPostgres({ say: () => undefined });
let made = 0;
await compare("PostgreSQL", 2, async () => {
  const name = `load_${process.pid}_${made++}`;
  await runSql(postgres.url, `create database ${name}`);
  const url = new URL(postgres.url);
  url.pathname = `/${name}`;
  return url.href;
});
await postgres.stop();
