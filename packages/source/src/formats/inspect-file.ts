import { constants } from "node:fs";
import { access, open, stat } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip, constants as zlib } from "node:zlib";
import { SourceError } from "../errors.ts";
import { brokenGzip } from "./csv-lines.ts";

export interface FileFormat {
  readonly kind: "csv" | "parquet" | "duckdb";
  readonly compression: "none" | "gzip" | "zstd";
}

const HEAD_BYTES = 4096;
const ZSTD_MAGIC = 0x28b52ffd;

/**
 * What kind of data file `path` is, told by its first bytes rather than by its name.
 *
 * @throws SourceError `source.no-file`, `source.folder`, `source.not-readable`, `source.empty-file`,
 *   `source.spreadsheet`, `source.encoding`, `source.not-text`, `source.gzip`
 */
export async function inspectFile(path: string): Promise<FileFormat> {
  await mustBeReadable(path);
  const head = await firstBytes(path);
  if (head.length === 0) throw emptyFile(path);
  if (head.subarray(0, 4).toString("latin1") === "PAR1") return { kind: "parquet", compression: "none" };
  if (head.subarray(8, 12).toString("latin1") === "DUCK") return { kind: "duckdb", compression: "none" };
  if (path.toLowerCase().endsWith(".parquet")) {
    throw new SourceError(
      "source.parquet",
      `Expected a Parquet file; ${path} does not start as one. Write it again, or give it the name of what it is (.csv).`,
    );
  }
  if (head.length >= 4 && head.readUInt32BE(0) === ZSTD_MAGIC) return { kind: "csv", compression: "zstd" };
  const gzip = head[0] === 0x1f && head[1] === 0x8b;
  mustBeText(path, gzip ? await unpackHead(path, head) : head);
  return { kind: "csv", compression: gzip ? "gzip" : "none" };
}

function emptyFile(path: string): SourceError {
  return new SourceError(
    "source.empty-file",
    `Expected a header line and rows; ${path} is empty. Check that the export finished.`,
  );
}

async function mustBeReadable(path: string): Promise<void> {
  const status = await stat(path).catch(() => undefined);
  if (status === undefined) {
    throw new SourceError(
      "source.no-file",
      `Expected a data file; there is no file ${path}. Check the spelling and the folder you are in.`,
    );
  }
  if (status.isDirectory()) {
    throw new SourceError(
      "source.folder",
      `Expected a data file; ${path} is a folder. Name the file in it (CSV, CSV.gz or Parquet), or all of them: ${path}/*.parquet.`,
    );
  }
  await access(path, constants.R_OK).catch(() => {
    throw new SourceError(
      "source.not-readable",
      `Expected to be allowed to read ${path}; permission was denied. Change its permissions, or copy it.`,
    );
  });
}

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path, "r");
  try {
    const buffer = Buffer.alloc(HEAD_BYTES);
    const { bytesRead } = await file.read(buffer, 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** The start of what a gzip file holds; `finishFlush` lets zlib stop where the first bytes stop. */
async function unpackHead(path: string, head: Buffer): Promise<Buffer> {
  try {
    return await promisify(gunzip)(head, { finishFlush: zlib.Z_SYNC_FLUSH });
  } catch {
    throw brokenGzip(path);
  }
}

function mustBeText(path: string, head: Buffer): void {
  if (
    head
      .toString("utf8")
      .replace(/^\uFEFF/, "")
      .trim() === ""
  )
    throw emptyFile(path);
  if (head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4) {
    throw new SourceError(
      "source.spreadsheet",
      `Expected CSV or Parquet; ${path} is a zip file or an Excel workbook. Save the sheet as "CSV UTF-8".`,
    );
  }
  const utf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (utf16) {
    throw new SourceError(
      "source.encoding",
      `Expected text in UTF-8; ${path} is in UTF-16. Save it again as "CSV UTF-8".`,
    );
  }
  if (head.includes(0)) {
    throw new SourceError(
      "source.not-text",
      `Expected CSV or Parquet; ${path} holds bytes that are not text. Export the data as CSV or Parquet.`,
    );
  }
}
