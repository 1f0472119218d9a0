import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sqlName, sqlText } from "../sql.ts";
import { Database } from "./database.ts";

/** One column to be written: `time` is ms UTC, `day` is days since 1970-01-01; `null` is missing. */
export interface ParquetColumn {
  readonly name: string;
  readonly type: "number" | "text" | "time" | "day";
  readonly values: readonly (number | string | null)[];
}

/** A table to be written, and texts that lie in the file beside it by name. */
export interface ParquetTable {
  readonly columns: readonly ParquetColumn[];
  readonly notes?: Readonly<Record<string, string>>;
}

/**
 * Tables as Parquet files (zstd), in the order given: numbers as doubles or, where all are whole and small, integers;
 * times as timestamps and days as dates.
 */
export async function parquetFiles(tables: readonly ParquetTable[]): Promise<readonly Uint8Array[]> {
  const folder = mkdtempSync(join(tmpdir(), "longwave-parquet-"));
  const database = new Database();
  try {
    const files: Uint8Array[] = [];
    for (const [place, table] of tables.entries()) {
      const path = join(folder, `${place}.parquet`);
      await writeOne(database, { ...table, name: `t${place}`, path });
      files.push(readFileSync(path));
    }
    return files;
  } finally {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function writeOne(
  database: Database,
  { columns, notes = {}, name, path }: ParquetTable & { readonly name: string; readonly path: string },
): Promise<void> {
  await database.addTable(
    name,
    columns.map((column) => ({ ...column, kind: column.type === "text" ? "text" : "number" })),
  );
  const selected = columns.map((column) => `${castSql(column)} as ${sqlName(column.name)}`);
  const metadata = Object.entries(notes).map(([key, text]) => `${sqlName(key)}: ${sqlText(text)}`);
  const kept = metadata.length === 0 ? "" : `, kv_metadata {${metadata.join(", ")}}`;
  await database.rows(
    `copy (select ${selected.join(", ")} from ${name} order by rowid) to ${sqlText(path)} (format parquet, compression zstd${kept})`,
  );
  await database.rows(`drop table ${name}`);
}

function castSql(column: ParquetColumn): string {
  const name = sqlName(column.name);
  if (column.type === "time") return `make_timestamp(cast(round(${name} * 1000) as bigint))`;
  if (column.type === "day") return `date '1970-01-01' + cast(${name} as integer)`;
  return column.type === "number" && isWhole(column.values) ? `cast(${name} as integer)` : name;
}

function isWhole(values: ParquetColumn["values"]): boolean {
  return values.every(
    (value) => value === null || (Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31),
  );
}
