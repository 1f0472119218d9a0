import { statSync } from "node:fs";
import { SourceError } from "../errors.ts";
import type { CsvHeader } from "../formats/csv-header.ts";
import { headerOnly } from "../formats/csv-header.ts";
import type { CsvPlace } from "../formats/csv-lines.ts";
import { diagnoseCsv } from "../formats/diagnose-csv.ts";
import { daysSql, LARGEST_EXACT, type Relation, type RelationColumn } from "../relation.ts";
import { sqlPath, sqlText } from "../sql.ts";
import type { Database } from "./database.ts";

const FACTS_PER_COLUMN = 5;

/** What one pass over a column of text found: enough to say whether it is numbers, dates or text. */
interface ColumnFacts {
  readonly present: number;
  readonly numbers: number;
  readonly logicals: number;
  readonly dates: number;
  readonly labels: number;
}

/**
 * A CSV file as a relation: every cell is read as text, and one pass decides what each column is.
 *
 * A column is numbers when every cell that is not empty or NA reads as a number; true and false count as 1
 * and 0. Whole numbers with a leading zero (007) or too large for a double stay text: they are labels, and
 * as numbers two of them could become equal.
 *
 * @throws SourceError `source.header-only`, or what `diagnoseCsv` finds.
 */
export async function csvRelation(database: Database, place: CsvPlace, header: CsvHeader): Promise<Relation> {
  const from = csvFrom(place, header);
  const cells = header.names.map((_, index) => `c${index}`);
  const questions = cells.map((cell) => factsSql(cell, header)).join(", ");
  const looking = {
    doing: "looking through the file",
    size: { amount: statSync(place.path).size / 1e6, unit: "MB" },
  } as const;
  const asked = database.rows(`select count(*), ${questions} from ${from}`, looking);
  const rows = await asked.catch(async (cause) => {
    throw cause instanceof SourceError ? cause : await diagnoseCsv(place, header, cause);
  });
  const [nrows, ...facts] = (rows[0] ?? []).map(Number);
  if (nrows === undefined || nrows === 0) throw headerOnly(place.path);
  const columns = header.names.map((name, index) => {
    const found = readFacts(facts.slice(index * FACTS_PER_COLUMN));
    return describeColumn(name, cells[index] ?? "", { found, nrows, header });
  });
  return {
    name: place.path,
    from,
    nrows,
    columns: await withMixed(database, { from, facts, header }, columns),
  };
}

interface Asked {
  readonly from: string;
  readonly facts: readonly number[];
  readonly header: CsvHeader;
}

/** Says of columns of text that are mostly numbers which value is none: often a slip that makes a category of them. */
async function withMixed(
  database: Database,
  { from, facts, header }: Asked,
  columns: readonly RelationColumn[],
): Promise<RelationColumn[]> {
  const found: RelationColumn[] = [];
  for (const [index, column] of columns.entries()) {
    const { present, numbers, labels } = readFacts(facts.slice(index * FACTS_PER_COLUMN));
    if (column.kind !== "text" || labels > 0 || 2 * numbers < present || numbers === present) {
      found.push(column);
      continue;
    }
    const [[example] = []] = await database.rows(
      `select min(${column.sql}) from ${from} where try_cast(${numberSql(column.sql, header)} as double) is null`,
    );
    found.push({ ...column, mixed: { numbers, present, example: String(example) } });
  }
  return found;
}

function csvFrom(place: CsvPlace, header: CsvHeader): string {
  const columns = header.names.map((_, index) => `'c${index}': 'VARCHAR'`).join(", ");
  return `read_csv(${sqlPath(place.path)}, columns={${columns}}, auto_detect=false, header=true, skip=${header.skip},
    delim=${sqlText(header.delimiter)}, quote='"', escape='"', nullstr=['', 'NA'], allow_quoted_nulls=true,
    strict_mode=true, null_padding=false, hive_partitioning=false, compression='${compressionOf(place)}')`;
}

function compressionOf({ gzip, lines }: CsvPlace): string {
  if (lines !== undefined) return "zstd";
  return gzip ? "gzip" : "none";
}

function numberSql(cell: string, header: CsvHeader): string {
  return header.decimal === "," ? `replace(${cell}, ',', '.')` : cell;
}

function factsSql(cell: string, header: CsvHeader): string {
  return [
    `count(${cell})`,
    `count(try_cast(${numberSql(cell, header)} as double))`,
    `count(*) filter (${cell} in ('true', 'false', 'TRUE', 'FALSE', 'True', 'False'))`,
    `count(*) filter (${cell} like '____-__-__%' and try_cast(${cell} as timestamp) is not null)`,
    `count(*) filter ((${cell} like '0_%' and ${cell} not like '%.%' and ${cell} not like '%,%')
      or (length(${cell}) > 15 and regexp_full_match(${cell}, '[0-9]+')
        and coalesce(try_cast(${cell} as hugeint) > ${LARGEST_EXACT}, true)))`,
  ].join(", ");
}

function readFacts(numbers: readonly number[]): ColumnFacts {
  const [present = 0, numeric = 0, logicals = 0, dates = 0, labels = 0] = numbers;
  return { present, numbers: numeric, logicals, dates, labels };
}

function describeColumn(
  name: string,
  cell: string,
  about: { readonly found: ColumnFacts; readonly nrows: number; readonly header: CsvHeader },
): RelationColumn {
  const { found, nrows, header } = about;
  const missing = nrows - found.present;
  if (found.numbers === found.present && found.labels === 0) {
    return { name, kind: "number", missing, sql: `cast(${numberSql(cell, header)} as double)` };
  }
  if (found.logicals === found.present) {
    return { name, kind: "number", missing, sql: `cast(cast(${cell} as boolean) as double)` };
  }
  if (found.dates === found.present) return { name, kind: "date", missing, sql: daysSql(cell) };
  return { name, kind: "text", missing, sql: cell };
}
