// How long a hybrid mixed model of the 6,419-person simulated cohort takes: the engine alone (typed arrays to
// result, first call in a fresh process and afterwards), and the whole `longwave fit` process from CSV, beside
// R with lme4 when Rscript is installed. Targets: engine 15 ms cold and 3 ms warm for the random intercept and
// the wave slope; whole process at least 3 times faster than R.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { createTable, type FitData, factorColumn, lmm, numericColumn } from "@longwave/stats";

const root = new URL("../", import.meta.url);
const csv = fileURLToPath(new URL("packages/stats/src/testing/fixtures/hunt_sim_6419.csv", root));
const fixed = "pain_vrs ~ wave + sex + age + within(ex_index) + between(ex_index) + within(ex_index):sex";
const MODELS: Readonly<Record<string, string>> = {
  "random intercept": "(1 | id)",
  "wave slope": "(1 + wave | id)",
  "within slope": "(1 + within(ex_index) | id)",
};
const TARGETS: Readonly<Record<string, readonly [number, number]>> = {
  "random intercept": [15, 3],
  "wave slope": [15, 3],
};

function readCohort(): FitData {
  const [header, ...lines] = readFileSync(csv, "utf8").trim().split("\n");
  const names = header.split(",");
  const cells = lines.map((line) => line.split(","));
  const numbers = (name: string) => {
    const at = names.indexOf(name);
    return numericColumn(cells.map((row) => (row[at] === "" ? null : Number(row[at]))));
  };
  const texts = (name: string) => factorColumn(cells.map((row) => row[names.indexOf(name)] || null));
  const columns = {
    sex: texts("sex"),
    ...Object.fromEntries(["id", "wave", "age", "ex_index", "pain_vrs"].map((name) => [name, numbers(name)])),
  };
  return { kind: "rows", table: createTable(columns) };
}

/** The first fit of this process and the median of 40 more, in milliseconds. */
function timeEngine(model: string): { cold: number; warm: number } {
  const data = readCohort();
  // What reading the CSV left behind is not part of a fit.
  globalThis.gc?.();
  const run = () => {
    const start = performance.now();
    lmm(`${fixed} + ${MODELS[model]}`, data, { minRows: 2 });
    return performance.now() - start;
  };
  const cold = run();
  for (let i = 0; i < 20; i++) run();
  const warm = Array.from({ length: 40 }, run).sort((a, b) => a - b)[20];
  return { cold, warm };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** The median of five runs of a command in seconds, and what the last one printed; null when it fails. */
function timeCommand(command: string, args: readonly string[]): { seconds: number; stdout: string } | null {
  const times: number[] = [];
  let printed = "";
  for (let i = 0; i < 5; i++) {
    const start = performance.now();
    const { status, stdout } = spawnSync(command, args, { encoding: "utf8" });
    if (status !== 0) return null;
    times.push((performance.now() - start) / 1000);
    printed = stdout;
  }
  return { seconds: median(times), stdout: printed };
}

function inFreshProcess(model: string): { cold: number; warm: number } {
  const runs = Array.from({ length: 5 }, () => {
    const args = ["--expose-gc", "--import", "tsx", fileURLToPath(import.meta.url), "--engine", model];
    const { stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
    return JSON.parse(stdout) as { cold: number; warm: number };
  });
  return { cold: median(runs.map(({ cold }) => cold)), warm: median(runs.map(({ warm }) => warm)) };
}

const rScript = (model: string) => `
suppressMessages(library(lme4))
d <- read.csv("${csv}")
d <- d[!is.na(d$ex_index) & !is.na(d$pain_vrs), ]
d <- d[ave(d$wave, d$id, FUN = length) >= 2, ]
d$b <- ave(d$ex_index, d$id); d$w <- d$ex_index - d$b
start <- proc.time()[3]
m <- lmer(pain_vrs ~ wave + sex + age + w + b + w:sex + ${(MODELS[model] ?? "").replace("within(ex_index)", "w")}, d)
cat(proc.time()[3] - start)
print(summary(m)$coefficients)
`;

function compareWithR(model: string, ours: { engineMs: number; wholeSeconds: number | null }): void {
  const whole = timeCommand("Rscript", ["-e", rScript(model)]);
  if (whole === null) {
    console.log("  R with lme4: not installed here");
    return;
  }
  const engine = Number.parseFloat(whole.stdout);
  console.log(`  R with lme4: lmer() ${engine.toFixed(2)} s, whole process ${whole.seconds.toFixed(2)} s`);
  console.log(`  lmer() / our first call: ${((engine * 1000) / ours.engineMs).toFixed(1)}`);
  if (ours.wholeSeconds !== null) {
    console.log(
      `  whole process, R / Longwave: ${(whole.seconds / ours.wholeSeconds).toFixed(1)} (target 3)`,
    );
  }
}

function report(model: string): void {
  const { cold, warm } = inFreshProcess(model);
  const target = TARGETS[model];
  const goal = target === undefined ? "" : `   (targets ${target[0]} and ${target[1]} ms)`;
  console.log(
    `${model}\n  engine: first call ${cold.toFixed(1)} ms, afterwards ${warm.toFixed(2)} ms${goal}`,
  );
  const cli = fileURLToPath(new URL("packages/cli/bin/longwave.js", root));
  const built = existsSync(fileURLToPath(new URL("packages/cli/dist/main.js", root)));
  const args = [cli, "fit", `${fixed} + ${MODELS[model]}`, csv, "--min-rows", "2"];
  const wholeSeconds = built ? (timeCommand(process.execPath, args)?.seconds ?? null) : null;
  if (wholeSeconds === null) console.log("  longwave fit: not built");
  else console.log(`  longwave fit from CSV, whole process: ${wholeSeconds.toFixed(2)} s`);
  compareWithR(model, { engineMs: cold, wholeSeconds });
}

const at = process.argv.indexOf("--engine");
if (at >= 0) console.log(JSON.stringify(timeEngine(process.argv[at + 1])));
else for (const model of Object.keys(MODELS)) report(model);
