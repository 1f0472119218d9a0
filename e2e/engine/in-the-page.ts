import { sameAnswerCases } from "../../packages/source/src/testing/same-answer-cases.ts";
import { fitSummed, type Summed } from "../../packages/source/src/testing/sum-up.ts";
import { readCsv } from "../../validation/read-csv.ts";
import { engineCases } from "./fits.ts";

declare global {
  interface Window {
    runEngineCase(name: string, csv: string): string;
    runSameAnswer(name: string, given: { readonly csv: string; readonly summed: Summed }): string;
  }
}

/** What the page offers the test: a case by name on a CSV text, its result as JSON. */
window.runEngineCase = (name, csv) => {
  const found = engineCases.find((one) => one.name === name);
  return JSON.stringify(found?.run({ kind: "rows", table: readCsv(csv) }));
};

/** A case of the same answer everywhere: from the rows of a CSV text, and from sums that were made elsewhere. */
window.runSameAnswer = (name, { csv, summed }) => {
  const asked = sameAnswerCases.find((one) => one.name === name);
  if (asked === undefined) throw new Error(`${name} is no case`);
  const rows = asked.rows({ kind: "rows", table: readCsv(csv) });
  return JSON.stringify({ rows, sums: fitSummed(asked, summed) });
};
