import { type FileHandle, open } from "node:fs/promises";
import { parquetMetadataAsync } from "hyparquet/src/metadata.js";

/** What stands at the end of a Parquet file. */
export interface ParquetFooter {
  /** Words that a writer left, by their key. */
  readonly words: ReadonlyMap<string, string>;
  /** The columns in their order, and whether each holds words. */
  readonly columns: ReadonlyMap<string, { readonly isText: boolean }>;
}

/** Reads the end of a Parquet file without loading DuckDB, which takes longer than a fit; undefined where it is none. */
export async function readFooter(path: string): Promise<ParquetFooter | undefined> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const { schema, key_value_metadata: pairs = [] } = await parquetMetadataAsync(
      { byteLength: size, slice: (start, end = size) => bytesOf(file, start, end) },
      { geoparquet: false },
    );
    const [, ...columns] = schema;
    return {
      words: new Map(pairs.map(({ key, value }) => [key, value ?? ""])),
      columns: new Map(columns.map(({ name, type }) => [name, { isText: type === "BYTE_ARRAY" }])),
    };
  } catch {
    return undefined; // a file that cannot be read says so when it is read
  } finally {
    await file.close();
  }
}

async function bytesOf(file: FileHandle, start: number, end: number): Promise<ArrayBuffer> {
  const bytes = new Uint8Array(end - start);
  await file.read(bytes, 0, bytes.length, start);
  return bytes.buffer;
}
