import { SourceError } from "../errors.ts";
import type { CsvHeader } from "./csv-header.ts";
import { type CsvPlace, csvRecords } from "./csv-lines.ts";

/**
 * The reason why a CSV file could not be read, with its line: the file is read again, slowly and strictly.
 *
 * @returns SourceError `source.ragged-line`, `source.open-quote`, `source.encoding`, or `source.csv` with the
 *   reader's own first sentence when the lines look right.
 */
export async function diagnoseCsv(place: CsvPlace, header: CsvHeader, cause: unknown): Promise<SourceError> {
  try {
    for await (const record of csvRecords(place, header.delimiter)) {
      if (record.fields.length !== header.names.length) return raggedLine(place, header, record);
    }
  } catch (error) {
    if (error instanceof SourceError) return error;
  }
  const reason = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause);
  return new SourceError(
    "source.csv",
    `Expected a CSV file that can be read to its end; ${place.path} cannot: ${reason}. Open it in a text editor and check that place.`,
  );
}

function raggedLine(
  place: CsvPlace,
  header: CsvHeader,
  record: { readonly line: number; readonly fields: readonly string[] },
): SourceError {
  const expected = header.names.length;
  const found = record.fields.length;
  const remedy =
    found > expected
      ? 'Put a text that holds the separator in quotation marks: "a, b".'
      : "Leave an empty field between separators where a value is unknown.";
  return new SourceError(
    "source.ragged-line",
    `Expected ${expected} fields, as in the header line; line ${record.line} of ${place.path} has ${found}. ${remedy}`,
  );
}
