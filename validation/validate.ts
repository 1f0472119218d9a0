// npm run validate: every case beside R's numbers, then the calibrations; writes validation/README.md.
import { readFileSync, writeFileSync } from "node:fs";
import { allCases } from "./all-cases.ts";
import type { ValidationCase } from "./case.ts";
import { readData } from "./read-data.ts";
import { type CaseOutcome, comparisonTable, passes } from "./table.ts";

const page = new URL("README.md", import.meta.url);

function outcomeOf(testCase: ValidationCase): CaseOutcome {
  const data = readData(testCase.data);
  return data.found
    ? { testCase, comparisons: testCase.compare(data.table), notRun: null }
    : { testCase, comparisons: [], notRun: `not run: ${data.reason}` };
}

function writeBetween(name: string, text: string): void {
  const before = readFileSync(page, "utf8");
  const [start, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const head = before.slice(0, before.indexOf(start) + start.length);
  writeFileSync(page, `${head}\n\n${text}\n\n${before.slice(before.indexOf(end))}`);
}

const outcomes = (await allCases()).map((testCase) => {
  const outcome = outcomeOf(testCase);
  const word = outcome.notRun ?? (passes(outcome) ? "agrees" : "DIFFERS");
  process.stdout.write(`${testCase.id}: ${word}\n`);
  return outcome;
});
writeBetween("comparisons", comparisonTable(outcomes));
const failed = outcomes.filter((outcome) => !passes(outcome));
process.stdout.write(`${outcomes.length - failed.length} agree or were not run, ${failed.length} differ\n`);
process.exitCode = failed.length === 0 ? 0 : 1;
