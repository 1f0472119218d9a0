import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { COHORT_TYPES } from "../../../source/src/testing/same-answer-cases.ts";
import { type TwoServers, twoServers } from "../../../source/src/testing/two-servers.ts";
import { longwave } from "../testing/memory-io.ts";

const folder = fileURLToPath(new URL("../../../../examples/r-simulated-cohort", import.meta.url));
const MODEL = "pain_vrs ~ within(ex_index) + between(ex_index) + sex + factor(wave) + (1 | id)";

describe("a table on two servers", () => {
  let servers: TwoServers;
  beforeAll(async () => {
    servers = await twoServers();
    await servers.load("person_wave", `${folder}/cohort.csv`, COHORT_TYPES);
  });
  afterAll(() => servers.close());

  const fit = (where: string, ...args: readonly string[]) =>
    longwave(folder, "fit", MODEL, servers.at(where), "--time", "wave", ...args);

  test("adds up on each server, to the model of one file, and says which server does not answer", async () => {
    const table = servers.at("table=person_wave");
    const plan = await longwave(folder, "shard", "plan", MODEL, table, "--time", "wave");
    expect(plan.stderr).toBe("");
    const steps = plan.stdout.split(/^-- On .*$/m).slice(1);
    expect(steps.length).toBe(3);
    await servers.run(steps.map((sql) => ({ where: "", sql: sql.replace(/^-- Then.*$/m, "") })));
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

    const series = [
      "--x",
      "ex_index",
      "--y",
      "pain_vrs",
      "--id",
      "id",
      "--time",
      "wave",
      "--no-tests",
      "--json",
    ];
    const planned = await longwave(
      folder,
      ...["shard", "series", "ex_index,pain_vrs", table, "--id", "id", "--time", "wave"],
    );
    expect(planned.stderr).toBe("");
    await servers.run(
      planned.stdout
        .split(/^-- On .*$/m)
        .slice(1)
        .map((sql) => ({ where: "", sql: sql.replace(/^-- Then.*$/m, "") })),
    );
    const sums = /sums=(\w+)/.exec(planned.stdout)?.[1] ?? "";
    const [lags, ofFile] = await Promise.all(
      [servers.at(`sums=${sums}`), "cohort.csv"].map((where) => longwave(folder, "riclpm", ...series, where)),
    );
    const logLikOf = (text = "") => (JSON.parse(text) as { logLik: number }).logLik;
    expect(Math.abs(logLikOf(lags?.stdout) / logLikOf(ofFile?.stdout) - 1)).toBeLessThan(1e-9);
    const swapped = ["--x", "pain_vrs", "--y", "ex_index", ...series.slice(4)];
    expect((await longwave(folder, "riclpm", ...swapped, servers.at(`sums=${sums}`))).stderr).toContain(
      "Expected what",
    );

    for (const robust of [
      ["--se", "cr1", "--df", "none"],
      ["--se", "cr2"],
    ]) {
      const second = await fit(`sums=${view}`, ...robust);
      expect([second.code, second.stderr]).toEqual([
        2,
        expect.stringContaining("a view is made before these are known"),
      ]);
    }
    const [coordinated, rows] = await Promise.all([
      fit("table=person_wave", "--se", "cr1", "--df", "none"),
      longwave(folder, "fit", MODEL, "cohort.csv", "--se", "cr1", "--df", "none"),
    ]);
    expect(coordinated?.stdout).toBe(rows?.stdout);

    const other = await longwave(
      folder,
      "fit",
      "pain_vrs ~ sex + (1 | id)",
      servers.at(`sums=${view}`),
      "--time",
      "wave",
    );
    expect([other.code, other.stderr]).toEqual([
      2,
      expect.stringContaining("run longwave shard plan for this one"),
    ]);

    await servers.stopSecond();
    const down = await fit(`sums=${view}`);
    expect([down.code, down.stdout]).toEqual([2, ""]);
    expect(down.stderr).toContain('could not connect to server "shard_1"');
  });

  test("a table without parts on other servers is refused", async () => {
    await servers.run([
      { where: "", sql: "" },
      { where: "", sql: "" },
      { where: "", sql: "create table alone (id integer)" },
    ]);
    const { code, stderr } = await longwave(
      folder,
      "shard",
      "plan",
      MODEL,
      servers.at("table=alone"),
      "--time",
      "wave",
    );
    expect([code, stderr]).toEqual([2, expect.stringContaining("say --citus")]);
  });
});
