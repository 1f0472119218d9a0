import { SourceError } from "../errors.ts";
import { daysSql, LARGEST_EXACT, type Relation, type RelationColumn } from "../relation.ts";
import { sqlName, sqlPath } from "../sql.ts";
import type { Database } from "./database.ts";

const NUMBER_TYPES = /^(U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|DECIMAL\(.*\)|BOOLEAN)$/;
const WIDE_TYPES = /^U?(BIGINT|HUGEINT)$/;
const DATE_TYPES = /^(DATE|TIMESTAMP.*)$/;
const TEXT_TYPES = /^(VARCHAR|UUID|ENUM\(.*\))$/;

/**
 * Parquet files as one relation, rows in the order of the files given; their own types decide, so text that looks like
 * numbers stays text. Whole numbers too large for a double are labels and become text.
 *
 * @param name  what messages call them.
 * @throws SourceError `source.parquet`, `source.header-only`
 */
export function parquetRelation(
  database: Database,
  paths: readonly string[],
  name: string,
): Promise<Relation> {
  const from = `read_parquet([${paths.map(sqlPath).join(", ")}], hive_partitioning=false)`;
  return typedRelation(database, { name, from }, (cause) => unreadable(name, cause));
}

/**
 * Something with types of its own as a relation.
 *
 * @throws SourceError `source.header-only`, and what `unreadable` makes of a failure.
 */
export async function typedRelation(
  database: Database,
  { name, from }: Pick<Relation, "name" | "from">,
  refused: (cause: unknown) => SourceError,
): Promise<Relation> {
  const ask = (sql: string) =>
    database.rows(sql, { doing: "looking through the file" }).catch((cause) => {
      throw cause instanceof SourceError ? cause : refused(cause);
    });
  const described = await ask(`describe select * from ${from}`);
  const types = described.map(([column, type]) => ({ column: String(column), type: String(type) }));
  const questions = types.map(({ column, type }) => {
    const wide = WIDE_TYPES.test(type)
      ? `coalesce(max(abs(${sqlName(column)}::hugeint)) > ${LARGEST_EXACT}, false)`
      : "false";
    return `count(${sqlName(column)}), ${wide}`;
  });
  const rows = await ask(`select count(*), ${questions.join(", ")} from ${from}`);
  const [total, ...facts] = rows[0] ?? [];
  const nrows = Number(total);
  if (nrows === 0) throw noRows(name);
  const columns = types.map(({ column, type }, index) =>
    describeColumn(column, type, {
      missing: nrows - Number(facts[2 * index]),
      label: facts[2 * index + 1] === true,
    }),
  );
  return { name, from, nrows, columns };
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
  if (NUMBER_TYPES.test(type))
    return { name, kind: "number", missing, sql: `cast(${sql} as double)`, isExact: isExact(type) };
  if (DATE_TYPES.test(type)) return { name, kind: "date", missing, sql: daysSql(sql) };
  return { name, kind: "other", missing, sql };
}

/** True for the types that have no NaN. */
function isExact(type: string): boolean {
  return !/^(FLOAT|DOUBLE)$/.test(type);
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
