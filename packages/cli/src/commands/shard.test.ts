import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runSql, startPostgres } from "../../../server/testing/postgres.mjs";
import { longwave } from "../testing/memory-io.ts";

const folder = fileURLToPath(new URL("../../../../examples/r-simulated-cohort", import.meta.url));
const MODEL = "pain_vrs ~ within(ex_index) + between(ex_index) + sex + factor(wave) + (1 | id)";
const TYPES = "id integer, wave smallint, sex text, ex_index double precision, pain_vrs integer";

interface Server {
  readonly url: string;
  stop(): Promise<void>;
}

/** The people of the simulated cohort whose number leaves `rest` when halved. */
function load(url: string, rest: number): Promise<unknown> {
  const [header = "", ...lines] = readFileSync(`${folder}/cohort.csv`, "utf8").trimEnd().split("\n");
  const at = ["id", "wave", "sex", "ex_index", "pain_vrs"].map((name) => header.split(",").indexOf(name));
  const rows = lines
    .map((line) => at.map((place) => line.split(",")[place] ?? ""))
    .filter(([id]) => Number(id) % 2 === rest)
    .map(
      (cells) => `(${cells.map((cell) => (cell === "" || cell === "NA" ? "null" : `'${cell}'`)).join(", ")})`,
    );
  return runSql(
    url,
    `create table person_wave (${TYPES}); insert into person_wave values ${rows.join(", ")}`,
  );
}

/** What a coordinator needs to see a part of the table on another server. */
function attach(place: number, { hostname, port, pathname }: URL): string {
  const database = pathname.slice(1);
  return `create server shard_${place} foreign data wrapper postgres_fdw options (host '${hostname}', port '${port}', dbname '${database}');
    create user mapping for current_user server shard_${place} options (user 'longwave');
    create foreign table person_wave_${place} partition of person_wave for values in (${place}) server shard_${place} options (table_name 'person_wave');`;
}

describe("a table on two servers", () => {
  const servers: Server[] = [];
  let coordinator = "";

  beforeAll(async () => {
    for (const rest of [0, 1]) {
      const server = await startPostgres({ say: () => undefined });
      servers.push(server);
      await load(server.url, rest);
    }
    const [first, second] = servers.map(({ url }) => url);
    await runSql(first ?? "", "create database study");
    coordinator = (first ?? "").replace(/postgres$/, "study");
    const parts = [first, second].map((url, place) => attach(place, new URL(url ?? "")));
    await runSql(
      coordinator,
      `create extension postgres_fdw; create table person_wave (${TYPES}) partition by list ((id % 2)); ${parts.join("")}`,
    );
  });

  afterAll(async () => {
    for (const server of servers) await server.stop();
  });

  const fit = (where: string, ...args: readonly string[]) =>
    longwave(folder, "fit", MODEL, `${coordinator}?${where}`, "--time", "wave", ...args);

  test("adds up on each server, to the model of one file, and says which server does not answer", async () => {
    const table = `${coordinator}?table=person_wave`;
    const plan = await longwave(folder, "shard", "plan", MODEL, table, "--time", "wave");
    expect(plan.stderr).toBe("");
    const steps = plan.stdout.split(/^-- On .*$/m).slice(1);
    expect(steps.length).toBe(3);
    const places = [...servers.map(({ url }) => url), coordinator];
    for (const [at, sql] of steps.entries()) await runSql(places[at] ?? "", sql.replace(/^-- Then.*$/m, ""));
    const view = /sums=(\w+)/.exec(plan.stdout)?.[1] ?? "";

    const sharded = await fit(`sums=${view}`, "--json");
    expect(sharded.stderr).toBe("");
    const file = await longwave(folder, "fit", MODEL, "cohort.csv", "--time", "wave", "--json");
    const [a, b] = [sharded, file].map(
      ({ stdout }) => JSON.parse(stdout) as { deviance: number; fixed: { estimate: number }[]; nobs: number },
    );
    expect(a?.nobs).toBe(b?.nobs);
    expect(Math.abs((a?.deviance ?? 0) / (b?.deviance ?? 1) - 1)).toBeLessThan(1e-9);
    b?.fixed.forEach(({ estimate }, j) => {
      expect(Math.abs((a?.fixed[j]?.estimate ?? Number.NaN) - estimate)).toBeLessThan(1e-9);
    });

    const other = await longwave(
      folder,
      "fit",
      "pain_vrs ~ sex + (1 | id)",
      `${coordinator}?sums=${view}`,
      "--time",
      "wave",
    );
    expect([other.code, other.stderr]).toEqual([
      2,
      expect.stringContaining("run longwave shard plan for this one"),
    ]);

    await servers.pop()?.stop();
    const down = await fit(`sums=${view}`);
    expect([down.code, down.stdout]).toEqual([2, ""]);
    expect(down.stderr).toContain('could not connect to server "shard_1"');
  });

  test("a table without parts on other servers is refused", async () => {
    const { code, stderr } = await longwave(
      folder,
      "shard",
      "plan",
      MODEL,
      `${servers[0]?.url}?table=person_wave`,
      "--time",
      "wave",
    );
    expect([code, stderr]).toEqual([2, expect.stringContaining("say --citus")]);
  });
});
