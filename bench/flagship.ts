// How long the flagship's plan takes on 6,419 simulated people: the answers alone, all but the imputation with shifts
// (what the published demonstration runs), and all of it with 20 imputations and figures. One process, one thread;
// processor time is printed beside wall clock, since other work on the machine lengthens only the latter.
// Targets: the answers under 2 s, everything under 60 s, on two cores.
import { readFileSync } from "node:fs";
import { loadavg } from "node:os";
import { type PlanScope, runPlan, simulateStudy } from "@longwave/findings";
import { datasetSource } from "@longwave/source";
import { buildDataset } from "@longwave/study";
import { readProtocol } from "@longwave/study/text";
import { parseHTML } from "linkedom";

const PEOPLE = 6419;
const targets: readonly (readonly [PlanScope, number | undefined])[] = [
  ["confirmatory", undefined],
  ["confirmatory", 2],
  ["all_but_imputation", undefined],
  ["all", 60],
];

const path = new URL("../protocols/exercise-and-pain.yaml", import.meta.url);
const protocol = readProtocol(readFileSync(path, "utf8"), "exercise-and-pain.yaml");
const startAt = Date.UTC(2025, 0, 13, 9);
const dataset = simulatedDataset();

/** Only the dataset outlives this: single answers are gone before anything is timed, as in the worker of the server. */
function simulatedDataset() {
  const study = simulateStudy(protocol, { seed: 1, people: PEOPLE, startAt, timeZone: "Europe/Oslo" });
  const upToSeq = study.answers.at(-1)?.seq ?? 0;
  return buildDataset({ protocol, people: study.people, answers: study.answers, upToSeq });
}

/** Seconds of one run, and the slowest of its steps. */
async function time(scope: PlanScope) {
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const [cpu, start] = [process.cpuUsage(), performance.now()];
  const steps: { readonly doing: string; readonly at: number }[] = [];
  await runPlan({
    ...{ protocol, dataset, document: document as unknown as Document, seed: 1, simulated: true, scope },
    source: datasetSource(dataset),
    onProgress: ({ doing }) => steps.push({ doing, at: performance.now() }),
  });
  const end = performance.now();
  const used = process.cpuUsage(cpu);
  const lengths = steps.map(({ doing, at }, i) => ({ doing, ms: (steps[i + 1]?.at ?? end) - at }));
  const slowest = lengths.sort((a, b) => b.ms - a.ms).slice(0, 4);
  return { wall: (end - start) / 1000, cpu: (used.user + used.system) / 1e6, slowest };
}

process.stdout.write(
  `${PEOPLE} people, ${dataset.personWave.nrows} rows, load ${loadavg()[0]?.toFixed(1)}\n`,
);
for (const [index, [scope, target]] of targets.entries()) {
  const { wall, cpu, slowest } = await time(scope);
  const name = index === 0 ? `${scope}, first run of the process` : scope;
  const aim = target === undefined ? "" : `, target ${target} s: ${wall < target ? "met" : "missed"}`;
  process.stdout.write(
    `${name}: ${wall.toFixed(1)} s of wall clock, ${cpu.toFixed(1)} s of processor time${aim}\n`,
  );
  process.stdout.write(`  ${slowest.map(({ doing, ms }) => `${doing} ${Math.round(ms)} ms`).join("; ")}\n`);
}
