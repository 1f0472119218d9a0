import { SourceError } from "../errors.ts";
import { type CsvPlace, type CsvRecord, csvRecords, splitRecord } from "./csv-lines.ts";

const DELIMITERS = [",", ";", "\t", "|"] as const;

/** How a CSV file is written: column names, separator, decimal mark, and lines before the header. */
export interface CsvHeader {
  readonly names: readonly string[];
  readonly delimiter: string;
  readonly decimal: "." | ",";
  readonly skip: number;
}

/**
 * The header of a CSV file, with the separator that splits it into most columns.
 *
 * @throws SourceError `source.duplicate-columns`, `source.header-only`, `source.open-quote`, `source.encoding`
 */
export async function readCsvHeader(place: CsvPlace): Promise<CsvHeader> {
  const [firstLine] = await firstRecords(place, "\0", 1);
  const text = firstLine?.fields.join("\0") ?? "";
  const delimiter = likelyDelimiter(text);
  const [header, firstRow] = await firstRecords(place, delimiter, 2);
  if (header === undefined || firstRow === undefined) throw headerOnly(place.path);
  const names = columnNames(header.fields);
  mustBeDistinct(place.path, names);
  const commaDecimal = delimiter === ";" && firstRow.fields.some((field) => /^-?\d+,\d+$/.test(field.trim()));
  return { names, delimiter, decimal: commaDecimal ? "," : ".", skip: header.line - 1 };
}

/** The error for a file with column names and not one row. */
export function headerOnly(path: string): SourceError {
  return new SourceError(
    "source.header-only",
    `Expected rows under the column names; ${path} has a header line and no rows. Check that the export finished.`,
  );
}

function likelyDelimiter(text: string): string {
  let best: string = ",";
  let most = 1;
  for (const delimiter of DELIMITERS) {
    const count = splitRecord(text, delimiter)?.length ?? 1;
    if (count > most) {
      best = delimiter;
      most = count;
    }
  }
  return best;
}

async function firstRecords(place: CsvPlace, delimiter: string, count: number): Promise<CsvRecord[]> {
  const records: CsvRecord[] = [];
  for await (const record of csvRecords(place, delimiter)) {
    records.push(record);
    if (records.length === count) break;
  }
  return records;
}

/** R writes row names under an empty heading: such a column is called by its place. */
function columnNames(fields: readonly string[]): readonly string[] {
  return fields.map((field, index) => (field.trim() === "" ? `column_${index + 1}` : field.trim()));
}

function mustBeDistinct(path: string, names: readonly string[]): void {
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  if (twice.length === 0) return;
  throw new SourceError(
    "source.duplicate-columns",
    `Expected every column name once; ${path} has "${[...new Set(twice)].join('", "')}" more than once. Rename the columns in the header line.`,
  );
}
