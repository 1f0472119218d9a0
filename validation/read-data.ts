import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Table } from "@longwave/stats";
import type { CaseData } from "./case.ts";
import { readCsv } from "./read-csv.ts";

const root = new URL("../", import.meta.url);
const script = fileURLToPath(new URL("r/export-data.R", import.meta.url));

/** The data of a case, or the reason why they cannot be had here. */
export type DataFound =
  | { readonly found: true; readonly table: Table }
  | { readonly found: false; readonly reason: string };

/** Reads a file of the repository, or asks an installed R for a data set of one of its packages. */
export function readData(data: CaseData): DataFound {
  return data.kind === "file"
    ? { found: true, table: readCsv(readFileSync(new URL(data.path, root), "utf8")) }
    : readFromR(data.package, data.dataset);
}

function readFromR(name: string, dataset: string): DataFound {
  const folder = mkdtempSync(join(tmpdir(), "longwave-validate-"));
  const file = join(folder, "data.csv");
  try {
    const { error } = spawnSync("Rscript", [script, name, dataset, file], { stdio: "ignore" });
    if (error !== undefined) return { found: false, reason: "R is not installed" };
    return existsSync(file)
      ? { found: true, table: readCsv(readFileSync(file, "utf8")) }
      : { found: false, reason: `the R package ${name} with its data set ${dataset} is not installed` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
