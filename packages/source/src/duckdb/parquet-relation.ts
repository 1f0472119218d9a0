import { SourceError } from "../errors.ts";
import { daysSql, LARGEST_EXACT, type Relation, type RelationColumn } from "../relation.ts";
import { sqlName, sqlPath } from "../sql.ts";
import type { Database } from "./database.ts";

const NUMBER_TYPES = /^(U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|DECIMAL\(.*\)|BOOLEAN)$/;
const WIDE_TYPES = /^U?(BIGINT|HUGEINT)$/;
const DATE_TYPES = /^(DATE|TIMESTAMP.*)$/;
const TEXT_TYPES = /^(VARCHAR|UUID|ENUM\(.*\))$/;

/**
 * A Parquet file as a relation; its own types decide, so text that looks like numbers stays text. Whole
 * numbers too large for a double are labels and become text.
 *
 * @throws SourceError `source.parquet`, `source.header-only`
 */
export async function parquetRelation(database: Database, path: string): Promise<Relation> {
  const from = `read_parquet(${sqlPath(path)}, hive_partitioning=false)`;
  const described = await database.rows(`describe select * from ${from}`).catch((cause) => {
    throw unreadable(path, cause);
  });
  const types = described.map(([name, type]) => ({ name: String(name), type: String(type) }));
  const questions = types.map(({ name, type }) => {
    const wide = WIDE_TYPES.test(type)
      ? `coalesce(max(abs(${sqlName(name)}::hugeint)) > ${LARGEST_EXACT}, false)`
      : "false";
    return `count(${sqlName(name)}), ${wide}`;
  });
  const rows = await database.rows(`select count(*), ${questions.join(", ")} from ${from}`).catch((cause) => {
    throw unreadable(path, cause);
  });
  const [total, ...facts] = rows[0] ?? [];
  const nrows = Number(total);
  if (nrows === 0) throw noRows(path);
  const columns = types.map(({ name, type }, index) =>
    describeColumn(name, type, {
      missing: nrows - Number(facts[2 * index]),
      label: facts[2 * index + 1] === true,
    }),
  );
  return { name: path, from, nrows, columns };
}

function describeColumn(
  name: string,
  type: string,
  found: { readonly missing: number; readonly label: boolean },
): RelationColumn {
  const { missing } = found;
  const sql = sqlName(name);
  if (TEXT_TYPES.test(type) || found.label)
    return { name, kind: "text", missing, sql: `cast(${sql} as varchar)` };
  if (NUMBER_TYPES.test(type)) return { name, kind: "number", missing, sql: `cast(${sql} as double)` };
  if (DATE_TYPES.test(type)) return { name, kind: "date", missing, sql: daysSql(sql) };
  return { name, kind: "other", missing, sql };
}

function unreadable(path: string, cause: unknown): SourceError {
  const reason = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause);
  return new SourceError(
    "source.parquet",
    `Expected a complete Parquet file; ${path} cannot be read: ${reason}. Copy or write the file again.`,
  );
}

function noRows(path: string): SourceError {
  return new SourceError(
    "source.header-only",
    `Expected rows; ${path} names its columns and has no rows. Check that the export finished.`,
  );
}
