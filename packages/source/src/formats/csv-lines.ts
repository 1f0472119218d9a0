import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { SourceError } from "../errors.ts";

/** One record of a CSV file: its fields, and the line (from 1) on which it starts. */
export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

export interface CsvPlace {
  readonly path: string;
  readonly gzip: boolean;
  /** The lines of a file that is compressed in a way this process does not unpack itself. */
  readonly lines?: () => AsyncIterable<string>;
}

/** Characters after which an open quote is a mistake and not a long text: looking on would take quadratic time. */
const LONGEST_RECORD = 200_000;

async function* textLines({ path, gzip, lines }: CsvPlace): AsyncGenerator<string> {
  if (lines !== undefined) {
    yield* lines();
    return;
  }
  const file = createReadStream(path);
  const stream = gzip ? file.pipe(createGunzip()) : file;
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest = Buffer.alloc(0);
  let line = 0;
  const decode = (bytes: Buffer): string => {
    line += 1;
    try {
      return decoder.decode(bytes).replace(/\r$/, "");
    } catch {
      throw notUtf8(path, line);
    }
  };
  try {
    for await (const chunk of stream) {
      rest = Buffer.concat([rest, chunk as Buffer]);
      for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
        yield decode(rest.subarray(0, end));
        rest = rest.subarray(end + 1);
      }
    }
    if (rest.length > 0) yield decode(rest);
  } catch (error) {
    throw error instanceof SourceError || !gzip ? error : brokenGzip(path);
  } finally {
    file.destroy();
  }
}

function notUtf8(path: string, line: number): SourceError {
  return new SourceError(
    "source.encoding",
    `Expected text in UTF-8; line ${line} of ${path} is in another encoding (often Latin-1). Save the file again as "CSV UTF-8".`,
  );
}

/** The error for a compressed file that cannot be unpacked to its end. */
export function brokenGzip(path: string): SourceError {
  return new SourceError(
    "source.gzip",
    `Expected a complete gzip file; ${path} cannot be unpacked. Copy or compress it again.`,
  );
}

/** The fields of one record, or undefined when a quoted field is still open at its end. */
export function splitRecord(text: string, delimiter: string): readonly string[] | undefined {
  const fields: string[] = [];
  let field = "";
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i] as string;
    if (quoted) {
      if (character !== '"') field += character;
      else if (text[i + 1] === '"') {
        field += '"';
        i += 1;
      } else quoted = false;
    } else if (character === '"' && field === "") quoted = true;
    else if (character === delimiter) {
      fields.push(field);
      field = "";
    } else field += character;
  }
  if (quoted) return undefined;
  fields.push(field);
  return fields;
}

/**
 * The records of a CSV file in order, lines without any text left out.
 *
 * @throws SourceError `source.encoding` with the line; `source.open-quote` with the line where the quote opens.
 */
export async function* csvRecords(place: CsvPlace, delimiter: string): AsyncGenerator<CsvRecord> {
  let pending = "";
  let start = 0;
  let line = 0;
  for await (const text of textLines(place)) {
    line += 1;
    if (start === 0) start = line;
    pending = start === line ? text.replace(/^\uFEFF/, "") : `${pending}\n${text}`;
    const fields = splitRecord(pending, delimiter);
    if (fields === undefined) {
      if (pending.length > LONGEST_RECORD) break;
      continue;
    }
    if (pending.trim() !== "") yield { line: start, fields };
    start = 0;
  }
  if (start === 0) return;
  throw new SourceError(
    "source.open-quote",
    `Expected every " to be closed; the one opened on line ${start} of ${place.path} never is. Close it, or write "" for a quotation mark inside a text.`,
  );
}
