import { readFileSync } from "node:fs";
import { afterAll } from "vitest";
import { runSql, startPostgres } from "../../../server/testing/postgres.mjs";

/** A database of its own for one test file, on the PostgreSQL of the run or on one that is started for it. */
export async function temporaryDatabase(): Promise<{
  /** The address of a table of it. */
  table(name: string): string;
  /** Runs statements; the rows of the last one. */
  run(statement: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Makes a table of a CSV file without quoted cells; the types are given as SQL. */
  load(name: string, path: string, types: string): Promise<void>;
}> {
  const shared = process.env.LONGWAVE_TEST_DATABASE_URL;
  const own = shared === undefined ? await startPostgres({ say: () => undefined }) : undefined;
  const base = shared ?? own?.url ?? "";
  const name = `source_${crypto.randomUUID().replaceAll("-", "")}`;
  await runSql(base, `create database ${name}`);
  const url = new URL(base);
  url.pathname = `/${name}`;
  afterAll(async () => {
    await runSql(base, `drop database ${name} with (force)`);
    await own?.stop();
  });
  const run = (statement: string) => runSql(url.href, statement);
  return {
    table: (table) => `${url.href}?table=${table}`,
    run,
    async load(table, path, types) {
      await run(csvTableSql(table, types, { path }));
    },
  };
}

/** SQL that makes a table of a CSV file without quoted cells, or of the rows whose first cell is kept. */
export function csvTableSql(
  table: string,
  types: string,
  { path, keep = () => true }: { readonly path: string; readonly keep?: (first: string) => boolean },
): string {
  const [, ...lines] = readFileSync(path, "utf8").trimEnd().split("\n");
  const rows = lines
    .map((line) => line.split(","))
    .filter(([first = ""]) => keep(first))
    .map((cells) => `(${cells.map(literal).join(",")})`);
  return `create table ${table} (${types}); insert into ${table} values ${rows.join(",")}`;
}

function literal(cell: string): string {
  return cell === "" || cell === "NA" ? "null" : `'${cell.replaceAll("'", "''")}'`;
}
