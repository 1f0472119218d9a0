import { fileURLToPath } from "node:url";
import { type LmmFit, lmm } from "@longwave/stats";
import { lmmFromSums, NeedsRows } from "@longwave/stats/from-sums";
import { beforeAll, describe, expect, test } from "vitest";
import { openFile } from "../file-source.ts";
import { openPostgres } from "../postgres/postgres-source.ts";
import type { Source } from "../source.ts";
import { temporaryDatabase } from "../testing/postgres.ts";
import { temporaryFolder } from "../testing/temporary-files.ts";

const folder = temporaryFolder();
const cohort = fileURLToPath(new URL("../../../../examples/r-simulated-cohort/cohort.csv", import.meta.url));
const TYPES =
  "id integer, wave smallint, months real, sex text, age integer, education text, smoking text, base_exercise integer, ex_freq integer, ex_int integer, ex_dur integer, ex_index double precision, pain_vrs integer, pain_nrs integer";

interface Asked {
  readonly formula: string;
  readonly where?: string;
}

/** The fit from the sums that a source forms, and the one from its rows. */
async function bothWays(source: Source, asked: Asked): Promise<{ rows: LmmFit; sums: LmmFit }> {
  const { columns } = await source.describe();
  const { formula, where } = asked;
  const request = { columns: columns.map(({ name }) => name), ...(where === undefined ? {} : { where }) };
  const rows = lmm(formula, await source.fitData(request), { time: "wave" });
  const sums = await source.panel?.sums({ ...asked, time: "wave" });
  if (sums === undefined) throw new Error("this source can be summed");
  return { rows, sums: lmmFromSums(sums, { time: "wave" }) };
}

function expectSame(sums: LmmFit, rows: LmmFit): void {
  const close = (a: number | null, b: number | null, tolerance: number) =>
    expect(Math.abs((a ?? 0) - (b ?? 0))).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(b ?? 0)));
  close(sums.deviance, rows.deviance, 1e-9);
  expect(sums.rows).toEqual(rows.rows);
  expect(sums.ngroups).toEqual(rows.ngroups);
  expect(sums.fixed.map(({ term }) => term)).toEqual(rows.fixed.map(({ term }) => term));
  for (const [j, row] of rows.fixed.entries()) {
    close(sums.fixed[j]?.estimate ?? null, row.estimate, 1e-9);
    close(sums.fixed[j]?.stdError ?? null, row.stdError, 1e-9);
  }
  for (const [k, theta] of rows.theta.entries()) close(sums.theta[k] ?? null, theta, 1e-6);
}

const MODELS: readonly Asked[] = [
  {
    formula: "pain_vrs ~ ex_index + ex_freq + (1 | id)",
    where: "not sex == 'male' and (age >= 40 or wave < 2)",
  },
];

describe("DuckDB and PostgreSQL sum a panel to what its rows give", () => {
  let database: Awaited<ReturnType<typeof temporaryDatabase>>;
  beforeAll(async () => {
    database = await temporaryDatabase();
    await database.load("cohort", cohort, TYPES);
  });

  test.each(MODELS)("$formula $where", async (asked) => {
    const file = await openFile(cohort);
    const table = await openPostgres(database.table("cohort"));
    const fromFile = await bothWays(file, asked);
    const fromTable = await bothWays(table, asked);
    await Promise.all([file.close(), table.close()]);
    expectSame(fromFile.sums, fromFile.rows);
    expectSame(fromTable.sums, fromFile.rows);
    expectSame(fromTable.rows, fromFile.rows);
  });

  test("a table that is not there, or may not be read, is named with what to do", async () => {
    await expect(openPostgres(database.table("cohrt"))).rejects.toThrow('Did you mean "cohort"?');
    await database.run("create role nobody_reads login");
    const address = database.table("cohort").replace("longwave@", "nobody_reads@");
    await expect(openPostgres(address)).rejects.toThrow("grant select on the table");
  });
});

describe("a database whose values are not what they seem", () => {
  let database: Awaited<ReturnType<typeof temporaryDatabase>>;
  beforeAll(async () => {
    database = await temporaryDatabase();
    await database.run(`
      create collation any_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
      create table odd as select (case when i / 4 = 0 then 'A1' else 'a' || i / 4 end) collate any_case as id, i % 4 as wave,
        case when i = 5 then double precision 'NaN' else i * 7 % 11 end as x, i * 5 % 13 as y
      from generate_series(0, 79) i;
      create view endless as select id, wave, y, case when wave = 2 then 'Infinity' else x end as x from odd;
      create view slow as select id, wave, x, y from odd, lateral (select pg_sleep(60 + 0 * x)) s;`);
  });

  test("people whose names differ only in capitals stay two and are named, and NaN is missing", async () => {
    const table = await openPostgres(database.table("odd"));
    const both = await bothWays(table, { formula: "y ~ x + (1 | id)" });
    expect(await table.alike?.("id")).toEqual(["A1 and a1"]);
    await table.close();
    expect([both.sums.ngroups.id, both.sums.nobs]).toEqual([20, 79]);
    expectSame(both.sums, both.rows);
  });

  test("infinity is refused with the column, and in rows with the row", async () => {
    const table = await openPostgres(database.table("endless"));
    const sums = table.panel?.sums({ formula: "y ~ x + (1 | id)", time: "wave" });
    await expect(sums).rejects.toThrow('numbers in "x" that are not finite');
    await expect(table.fitData({ columns: ["x"] })).rejects.toThrow('finite numbers in column "x"; row 3');
    await table.close();
  });

  test("a query that somebody else cancels says so", async () => {
    const opening = openPostgres(database.table("slow"));
    const cancel = `select pg_cancel_backend(pid) as done from pg_stat_activity
      where application_name = 'longwave' and query like '%slow%' and datname = current_database()`;
    const stop = async (): Promise<void> => {
      if ((await database.run(cancel)).length === 0) await stop();
    };
    await Promise.all([stop(), expect(opening).rejects.toMatchObject({ code: "source.query-cancelled" })]);
  });
});

describe("a panel that cannot be summed says why, and its rows are still there", () => {
  const why = async (content: string, formula: string) => {
    const source = await openFile(folder.write(`${crypto.randomUUID()}.csv`, content));
    const refused = source.panel?.sums({ formula, time: "wave" });
    await expect(refused).rejects.toThrow(NeedsRows);
    const message = await refused?.catch((error: Error) => error.message);
    await source.close();
    return message;
  };
  const rows = "id,wave,x,y\n1,1,1,2\n1,2,2,3\n2,1,0,1\n2,2,1,5\n3,1,4,2\n3,2,1,0\n";

  test("a slope that differs from person to person", async () => {
    expect(await why(rows, "y ~ within(x) + (1 + within(x) | id)")).toContain("a random slope of within(x)");
  });

  test("several rows of one person at one wave", async () => {
    expect(await why(`${rows}3,2,9,9\n`, "y ~ x + (1 | id)")).toContain("1 people with several rows");
  });

  test("rows without a wave, and numbers that are not finite", async () => {
    expect(await why(`${rows}4,,9,9\n`, "y ~ x + (1 | id)")).toContain('1 rows without a "wave"');
    expect(await why(`${rows}4,1,inf,9\n`, "y ~ x + (1 | id)")).toContain(
      'numbers in "x" that are not finite',
    );
  });

  test("a person's mean times something that changes", async () => {
    expect(await why(rows, "y ~ between(x):x + (1 | id)")).toContain("a product of a person's mean");
  });
});
