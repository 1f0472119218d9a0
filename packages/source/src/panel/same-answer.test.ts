import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FitData } from "@longwave/stats";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeCube } from "../cube/make-cube.ts";
import { openFile } from "../file-source.ts";
import { openPostgres } from "../postgres/postgres-source.ts";
import { seriesShardPlan, shardPlan } from "../postgres/shards.ts";
import type { Source } from "../source.ts";
import { peopleCases } from "../testing/people-cases.ts";
import { temporaryDatabase } from "../testing/postgres.ts";
import {
  COHORT_TYPES,
  cohortTexts,
  lmmCase,
  type Numbers,
  riclpmCase,
  type SameAnswerCase,
  sameAnswerCases,
} from "../testing/same-answer-cases.ts";
import { fitSummed, sumUp } from "../testing/sum-up.ts";
import { temporaryFolder } from "../testing/temporary-files.ts";
import { type TwoServers, twoServers } from "../testing/two-servers.ts";
import { WIDE_COHORT, wideText } from "../testing/wide-text.ts";

const folder = temporaryFolder();
const inRepository = (path: string) => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));
const DATA = cohortTexts(readFileSync(inRepository("examples/r-simulated-cohort/cohort.csv"), "utf8"));
type DataName = keyof typeof DATA;
const NAMES = Object.keys(DATA) as DataName[];

/** Every source of the same people; sites have one in five each. */
interface Places {
  readonly rows: FitData;
  /** The rows of the wide file and of the cube, turned long. */
  readonly turnedLong: readonly FitData[];
  readonly tables: Readonly<Record<string, Source>>;
  readonly sites: readonly Source[];
}

const places: Partial<Record<DataName, Places>> = {};
const opened: Source[] = [];
let shards: TwoServers;

async function open(source: Promise<Source>): Promise<Source> {
  const one = await source;
  opened.push(one);
  return one;
}

function siteText(text: string, site: number): string {
  const [header, ...rows] = text.split("\n");
  return [header, ...rows.filter((row) => Number(row.split(",")[0]) % 5 === site)].join("\n");
}

beforeAll(async () => {
  const database = await temporaryDatabase();
  shards = await twoServers();
  for (const name of NAMES) {
    const path = folder.write(`${name}.csv`, DATA[name]);
    await database.load(name, path, COHORT_TYPES);
    await shards.load(name, path, COHORT_TYPES);
    const file = await open(openFile(path));
    const sites = [0, 1, 2, 3, 4].map((site) =>
      open(openFile(folder.write(`${name}-${site}.csv`, siteText(DATA[name], site)))),
    );
    const { text, types } = wideText(DATA[name]);
    const widePath = folder.write(`${name}-wide.csv`, text);
    await database.load(`${name}_wide`, widePath, types);
    const cubePath = join(folder.path, `${name}.cube.parquet`);
    await makeCube(path, { id: "id", time: "wave", out: cubePath });
    const wide = await open(openFile(widePath, { wide: WIDE_COHORT }));
    const cube = await open(openFile(cubePath));
    const columns = (await file.describe()).columns.map((column) => column.name);
    places[name] = {
      rows: await file.fitData({ columns }),
      turnedLong: [await wide.fitData({ columns }), await cube.fitData({ columns })],
      tables: {
        DuckDB: file,
        PostgreSQL: await open(openPostgres(database.table(name))),
        wide,
        cube,
        "wide in PostgreSQL": await open(openPostgres(database.table(`${name}_wide`), { wide: WIDE_COHORT })),
      },
      sites: await Promise.all(sites),
    };
  }
}, 300_000);

afterAll(async () => {
  for (const source of opened) await source.close();
  await shards.close();
});

/**
 * The case through both servers: each adds up its own people in a view, and some kilobytes cross the wire. What a view
 * cannot hold (a second round) is asked of the partitioned table at the coordinator.
 */
async function throughShards(asked: SameAnswerCase, data: DataName): Promise<Numbers> {
  const table = shards.at(`table=${data}`);
  const isView = !/cr[01]|robust/.test(asked.name);
  let address = table;
  if (isView) {
    const { view, steps } =
      asked.kind === "wide"
        ? await seriesShardPlan(table, asked.request, { citus: false })
        : await shardPlan(
            table,
            { formula: asked.formula, time: "wave", person: "id" },
            { varying: [], citus: false },
          );
    await shards.run(steps);
    address = shards.at(`sums=${view}`);
  }
  const before = shards.bytes();
  const source = await openPostgres(address);
  try {
    const numbers = fitSummed(asked, await sumUp(asked, [source]));
    if (isView) expect(shards.bytes() - before).toBeLessThan(100_000);
    return numbers;
  } finally {
    await source.close();
  }
}

function expectSame(found: Numbers, wanted: Numbers): void {
  const close = (a: number | null | undefined, b: number | null, tolerance: number) =>
    expect(Math.abs((a ?? 0) - (b ?? 0))).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(b ?? 0)));
  expect(found.counts).toEqual(wanted.counts);
  close(found.deviance, wanted.deviance, 1e-9);
  wanted.estimates.forEach((value, i) => {
    close(found.estimates[i], value, 1e-9);
  });
  wanted.stdErrors.forEach((value, i) => {
    close(found.stdErrors[i], value, 1e-9);
  });
  wanted.loose.forEach((value, i) => {
    close(found.loose[i], value, 1e-6);
  });
}

describe.each(NAMES)("the same answer everywhere, %s data", (data) => {
  test.each(sameAnswerCases)("$name", async (asked) => {
    const place = places[data];
    if (place === undefined) throw new Error("the data were opened");
    const wanted = asked.rows(place.rows);
    for (const long of place.turnedLong) expectSame(asked.rows(long), wanted);
    for (const source of Object.values(place.tables))
      expectSame(fitSummed(asked, await sumUp(asked, [source])), wanted);
    expectSame(fitSummed(asked, await sumUp(asked, place.sites)), wanted);
    expectSame(await throughShards(asked, data), wanted);
  });

  test.each(peopleCases)("$name", async ({ rows, people }) => {
    const place = places[data];
    if (place === undefined) throw new Error("the data were opened");
    const wanted = rows(place.rows);
    for (const source of Object.values(place.tables)) expectSame(await people(source), wanted);
  });
});

describe("the answer from sums is that of R", () => {
  const path = (name: string) => inRepository(`packages/stats/src/testing/fixtures/${name}`);
  let cohort: Source;

  /** The whole simulated cohort with the indicator that the scripts for R made. */
  beforeAll(async () => {
    const [header = "", ...rows] = readFileSync(path("hunt_sim_6419.csv"), "utf8").trimEnd().split("\n");
    const made = rows.map((row) => `${row},${row.split(",")[3] === "male" ? 1 : 0}`);
    cohort = await open(openFile(folder.write("whole.csv", [`${header},male`, ...made].join("\n"))));
  });

  const near = (found: number | null | undefined, wanted: number, tolerance: number) =>
    expect(Math.abs((found ?? Number.NaN) / wanted - 1)).toBeLessThan(tolerance);

  interface Lme4 {
    readonly name: string;
    readonly formula: string;
    readonly method: "reml" | "ml";
    readonly reference: {
      readonly fixed: readonly (readonly [string, number, number])[];
      readonly theta: readonly number[];
      readonly logLik: number;
    };
  }
  const lme4 = (JSON.parse(readFileSync(path("lme4-reference.json"), "utf8")) as Lme4[]).filter(({ name }) =>
    /^simulated cohort, (random intercept|wave slope) /.test(name),
  );

  // Two optimisers on a flat top: as in the comparison of rows with lme4.
  test.each(lme4)("$name (lme4)", async ({ formula, method, reference }) => {
    const asked = lmmCase(formula, { method, minRows: 2 });
    const found = fitSummed(asked, await sumUp(asked, [cohort]));
    near(found.deviance, -2 * reference.logLik, 1e-6);
    for (const [j, [, estimate, stdError]] of reference.fixed.entries()) {
      near(found.estimates[j], estimate, 1e-6);
      near(found.stdErrors[j], stdError, 1e-6);
    }
    for (const [k, theta] of reference.theta.entries()) near(found.loose[k], theta, 1e-5);
  });

  interface Lavaan {
    readonly id: string;
    readonly fit: { readonly logLik: number };
    readonly parameters: readonly (readonly [string, string, string, null, number, number])[];
  }
  const { cases } = JSON.parse(readFileSync(inRepository("validation/numbers/riclpm.json"), "utf8")) as {
    readonly cases: readonly Lavaan[];
  };

  test("a cross-lagged panel with equal lags (lavaan)", async () => {
    // The tolerances of the comparison of rows with lavaan: estimates in standard errors.
    const recorded = cases.find(({ id }) => id === "riclpm-sim-observed-lags-constant");
    const asked = riclpmCase("of the whole cohort", {}, { lags: "equal", tests: false });
    const found = fitSummed(asked, await sumUp(asked, [cohort]));
    near(found.deviance, -2 * (recorded?.fit.logLik ?? Number.NaN), 1e-8);
    const names = found.counts.at(-1) as readonly string[];
    for (const [lhs, op, rhs, , estimate, stdError] of recorded?.parameters ?? []) {
      const at = names.indexOf(lhs + op + rhs);
      expect(Math.abs((found.estimates[at] ?? Number.NaN) - estimate)).toBeLessThan(0.003 * stdError);
      near(found.stdErrors[at], stdError, 0.001);
    }
  });
});
