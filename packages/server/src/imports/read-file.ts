import { closeSync, existsSync, mkdtempSync, openSync, rmSync, unlinkSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importLimits } from "@longwave/api";
import { readDataColumns, SourceError } from "@longwave/source";
import type { DataColumn } from "@longwave/study";

/** The columns of a file, or why it has none. */
export type FileReading =
  | { readonly kind: "read"; readonly columns: readonly DataColumn[] }
  | { readonly kind: "unreadable"; readonly why: string }
  | { readonly kind: "too-large"; readonly found: string };

/**
 * The columns of CSV text. DuckDB reads files alone; this one has no name in any folder while it is read, where the
 * system can do that, so nothing is left of it whatever happens to the server.
 */
export async function readCsvText(csv: string): Promise<FileReading> {
  const large = tooLarge(csv);
  if (large !== undefined) return { kind: "too-large", found: large };
  const folder = mkdtempSync(join(tmpdir(), "longwave-import-"));
  const path = join(folder, "panel.csv");
  const file = openSync(path, "wx+", 0o600);
  try {
    const nameless = `/proc/self/fd/${file}`;
    const hasNoName = existsSync(nameless);
    if (hasNoName) unlinkSync(path);
    const bytes = Buffer.from(csv);
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    const columns = await readDataColumns(hasNoName ? nameless : path);
    return columns.length > importLimits.columns
      ? { kind: "too-large", found: `${columns.length} columns` }
      : { kind: "read", columns };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return {
      kind: "unreadable",
      why: error.message.replaceAll(/\/proc\/self\/fd\/\d+|\S*panel\.csv/g, "the file"),
    };
  } finally {
    closeSync(file);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lines are counted before anything reads them: a cell with a break in it counts twice, which harms nobody. */
function tooLarge(csv: string): string | undefined {
  let lines = 0;
  for (let at = csv.indexOf("\n"); at !== -1; at = csv.indexOf("\n", at + 1)) lines += 1;
  if (lines > importLimits.rows + 1) return `${lines} lines`;
  const first = csv.slice(0, csv.indexOf("\n") === -1 ? undefined : csv.indexOf("\n"));
  const columns = first.split(/[,;\t|]/).length;
  return columns > importLimits.columns ? `${columns} columns` : undefined;
}
