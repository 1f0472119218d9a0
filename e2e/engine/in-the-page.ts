import { readCsv } from "../../validation/read-csv.ts";
import { engineCases } from "./fits.ts";

declare global {
  interface Window {
    runEngineCase(name: string, csv: string): string;
  }
}

/** What the page offers the test: a case by name on a CSV text, its result as JSON. */
window.runEngineCase = (name, csv) => {
  const found = engineCases.find((one) => one.name === name);
  return JSON.stringify(found?.run({ kind: "rows", table: readCsv(csv) }));
};
