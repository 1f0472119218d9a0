// npm run validate: every case beside R's numbers, then the calibrations; writes validation/README.md.
import { readFileSync, writeFileSync } from "node:fs";
import { allCases } from "./all-cases.ts";
import { calibrate, onTarget } from "./calibration/cell.ts";
import { cells } from "./calibration/cells.ts";
import { BIAS_ROWS, biasedEstimates } from "./calibration/known-biases.ts";
import { missingCells } from "./calibration/missing.ts";
import type { ValidationCase } from "./case.ts";
import { readData } from "./read-data.ts";
import { replicate, replicationTable } from "./replication.ts";
import { biasTable, type CaseOutcome, calibrationTable, comparisonTable, passes } from "./table.ts";
import { ratesHold, truthRates, truthRatesTable } from "./truth-rates.ts";

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

/** Replicates of each calibration cell, and people behind each row of known biases. */
const REPLICATES = Number(process.argv[2] ?? 2000);
const PEOPLE = 200_000;

function runCases(): number {
  const outcomes = cases.map((testCase) => {
    const outcome = outcomeOf(testCase);
    const word = outcome.notRun ?? (passes(outcome) ? "agrees" : "DIFFERS");
    process.stdout.write(`${testCase.id}: ${word}\n`);
    return outcome;
  });
  writeBetween("comparisons", comparisonTable(outcomes));
  return outcomes.filter((outcome) => !passes(outcome)).length;
}

/** On target: within 0.01 and two Monte-Carlo errors. */
function runCells(): number {
  const outcomes = [...cells, ...missingCells].map((cell) => {
    const outcome = calibrate(cell, REPLICATES);
    process.stdout.write(`${cell.name}: ${outcome.found.toFixed(4)} (${cell.target.value})\n`);
    return outcome;
  });
  writeBetween("calibration", calibrationTable(outcomes, REPLICATES));
  return outcomes.filter((outcome) => !onTarget(outcome, 2, 0.01)).length;
}

function runBiases(): number {
  const found = BIAS_ROWS.map((row) => ({ row, estimates: biasedEstimates(row, PEOPLE, 33) }));
  writeBetween("known biases", biasTable(found, PEOPLE));
  return found.filter(({ row, estimates }) =>
    (["withinLagOnly", "withinDynamic", "pooled"] as const).some(
      (name) => Math.abs(estimates[name].estimate - row[name]) > 4 * Math.SQRT2 * estimates[name].stdError,
    ),
  ).length;
}

/** People invited to the simulated study whose bundle is fitted anew in R. */
const INVITED = 1500;

async function runReplication(): Promise<number> {
  const outcome = await replicate(INVITED, 1);
  for (const { what, agrees } of outcome.compared)
    process.stdout.write(`${what}: ${agrees ? "agrees" : "DIFFERS"}\n`);
  writeBetween("replication", replicationTable(outcome, INVITED));
  return outcome.agrees ? 0 : 1;
}

/** Seeds of the demonstration, and people invited at each. */
const SEEDS = 200;

async function runTruthRates(): Promise<number> {
  const rates = await truthRates(SEEDS, INVITED, (seed) => {
    if (seed % 20 === 0) process.stdout.write(`the demonstration's truth: ${seed} of ${SEEDS} seeds\n`);
  });
  writeBetween("the truth of the demonstration", truthRatesTable(rates));
  return ratesHold(rates) ? 0 : 1;
}

const cases = await allCases();
const failed = [runCases(), runCells(), runBiases(), await runReplication(), await runTruthRates()];
process.stdout.write(
  `differ from R: ${failed[0]}; off target: ${failed[1]}; other biases than R: ${failed[2]}; bundle in R: ${failed[3] === 0 ? "agrees" : "differs"}; truth of the demonstration: ${failed[4] === 0 ? "held" : "missed"}\n`,
);
process.exitCode = failed.every((count) => count === 0) ? 0 : 1;
