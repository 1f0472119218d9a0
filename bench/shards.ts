// Whether two servers are as fast as one: the same simulated people all on one PostgreSQL, and half on each of two,
// behind a coordinator that adds up their sums. Both fits come from views that `shardPlan` made, and each prints the
// bytes that crossed the wire. Then one person with ten million rows, who has to be refused at bounded memory.
// `npx tsx bench/shards.ts 200000` takes another number of people.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openPostgres, shardPlan } from "@longwave/source";
import { lmmFromSums } from "@longwave/stats/from-sums";
import { runDuckdb } from "../packages/source/src/testing/duckdb.ts";
import { twoServers } from "../packages/source/src/testing/two-servers.ts";

const people = Number(process.argv[2] ?? 64_000);
const request = {
  formula: "y ~ within(x) + between(x) + factor(wave) + (1 | id)",
  time: "wave",
  person: "id",
};
const TYPES = "id integer, wave integer, x double precision, y double precision";

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** People at five waves; of `everybody` those whose number leaves `rest` when halved, or all. */
function rowsSql(table: string, rest: string): string {
  return `create table ${table} (${TYPES}); select setseed(0.4);
    insert into ${table} select i, w, (i * 7 % 101 + w * 13 % 7 + random())::float8, (i * 31 % 97 + w + random())::float8
      from generate_series(1, ${people}) i, generate_series(0, 4) w where ${rest} order by i, w;
    analyze ${table}`;
}

const servers = await twoServers();
try {
  await servers.fill("alone", TYPES, [rowsSql("alone", "true"), `create table alone (${TYPES})`]);
  await servers.fill("halves", TYPES, [rowsSql("halves", "i % 2 = 0"), rowsSql("halves", "i % 2 = 1")]);
  const times = new Map<string, number>();
  for (const table of ["alone", "halves"]) {
    const { view, steps } = await shardPlan(servers.at(`table=${table}`), request, {
      varying: [],
      citus: false,
    });
    await servers.run(steps);
    const seconds: number[] = [];
    let bytes = 0;
    for (let turn = 0; turn < 5; turn++) {
      const [start, before] = [performance.now(), servers.bytes()];
      const source = await openPostgres(servers.at(`sums=${view}`));
      const sums = await source.panel?.sums(request);
      if (sums === undefined) throw new Error("a view can be summed");
      lmmFromSums(sums, { time: "wave" });
      await source.close();
      seconds.push((performance.now() - start) / 1000);
      bytes = servers.bytes() - before;
    }
    times.set(table, median(seconds));
    const where = table === "alone" ? "one server " : "two servers";
    console.log(
      `${where}  ${people} people: ${median(seconds).toFixed(2)} s, ${(bytes / 1000).toFixed(0)} kB over the wire (target: under 100)`,
    );
  }
  const ratio = (times.get("alone") ?? Number.NaN) / (times.get("halves") ?? Number.NaN);
  console.log(`one server / two servers: ${ratio.toFixed(2)} (target: at least 1)`);
} finally {
  await servers.close();
}

const folder = mkdtempSync(join(tmpdir(), "longwave-bench-"));
try {
  const file = join(folder, "one.parquet");
  await runDuckdb(
    ":memory:",
    `copy (select case when i < 4000 then i // 4 else -1 end as id, i % 4 as wave, hash(i) % 100 as x, hash(i + 7) % 100 as y
      from range(10004000) t(i)) to '${file}' (format parquet)`,
  );
  const bin = fileURLToPath(new URL("../packages/cli/bin/longwave.js", import.meta.url));
  for (const command of ["sums", "fit"]) {
    const start = performance.now();
    const run = spawnSync(
      "/usr/bin/time",
      ["-f", "%M", process.execPath, bin, command, "y ~ x + (1 | id)", file, "--time", "wave"],
      {
        encoding: "utf8",
      },
    );
    const megabytes = Number(run.stderr.trim().split("\n").at(-1)) / 1000;
    const said =
      run.status === 0 ? "fitted from its rows" : (run.stderr.split(";")[1] ?? "").trim().slice(0, 60);
    console.log(
      `one person with ten million rows, longwave ${command}: ${((performance.now() - start) / 1000).toFixed(1)} s, ${megabytes.toFixed(0)} MB (target: under 2000); ${said}`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
