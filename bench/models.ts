// How long the models of one cohort take, beside R in the same run when Rscript is installed, else beside the
// medians recorded in bench/README.md. Ours: typed arrays to result, the first call of a fresh process and
// afterwards. Ratios are of processor time. `npx tsx bench/models.ts GEE` runs the models whose name has that text.
import { spawnSync } from "node:child_process";
import { cpus, loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { type BenchModel, models, type Target } from "./models/list.ts";
import { timeR } from "./models/r.ts";
import { timeWholeProcesses } from "./models/whole-process.ts";

/** Milliseconds of one model. */
interface Ours {
  readonly cold: number;
  readonly warm: number;
  /** Processor time of all threads, which other work on the machine hardly changes; afterwards. */
  readonly cpu: number;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** The first fit of this process, and the median of as many as two seconds hold once the code is compiled. */
function timeHere({ data, ours }: BenchModel): Ours {
  const read = data();
  // What reading the data left behind is not part of a fit.
  globalThis.gc?.();
  const run = () => {
    const [start, used] = [performance.now(), process.cpuUsage()];
    ours(read);
    const { user, system } = process.cpuUsage(used);
    return { wall: performance.now() - start, cpu: (user + system) / 1000 };
  };
  const cold = run().wall;
  const count = Math.min(60, Math.max(2, Math.ceil(4000 / cold)));
  for (let i = 0; i < count; i++) run();
  const runs = Array.from({ length: count }, run);
  return { cold, warm: median(runs.map(({ wall }) => wall)), cpu: median(runs.map(({ cpu }) => cpu)) };
}

function timeFresh(model: BenchModel): Ours {
  const runs = Array.from({ length: 3 }, () => {
    const args = ["--expose-gc", "--import", "tsx", fileURLToPath(import.meta.url), "--here", model.name];
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
    if (stdout === "") throw new Error(stderr);
    return JSON.parse(stdout) as Ours;
  });
  const middle = (of: (ours: Ours) => number) => median(runs.map(of));
  return {
    cold: middle(({ cold }) => cold),
    warm: middle(({ warm }) => warm),
    cpu: middle(({ cpu }) => cpu),
  };
}

function milliseconds(value: number): string {
  return value.toPrecision(value < 10 ? 2 : 3).replace(/\.0+$/, "");
}

/** A time is asked of the first call, a ratio of the processor time of the calls afterwards. */
function verdict(target: Target, { cold, cpu }: Ours, rSeconds: number | null): string {
  if ("seconds" in target) return cold <= target.seconds * 1000 ? "met" : "missed";
  return rSeconds !== null && (rSeconds * 1000) / cpu >= target.times ? "met" : "missed";
}

function report(model: BenchModel): void {
  const ours = timeFresh(model);
  const measured = timeR(model);
  const rSeconds = measured ?? model.recorded;
  const cells = [
    model.name,
    milliseconds(ours.cold),
    milliseconds(ours.warm),
    milliseconds(ours.cpu),
    rSeconds === null ? "" : `${(rSeconds * 1000).toFixed(0)}${measured === null ? " (recorded)" : ""}`,
    rSeconds === null ? "" : ((rSeconds * 1000) / ours.cpu).toFixed(1),
    "seconds" in model.target ? `${model.target.seconds} s` : `${model.target.times} x`,
    verdict(model.target, ours, rSeconds),
  ];
  console.log(`| ${cells.join(" | ")} |`);
}

function main(wanted: string): void {
  const [load] = loadavg();
  console.log(
    `${cpus().length} x ${cpus()[0].model}, Node ${process.version}, load ${load.toFixed(1)} at the start\n`,
  );
  console.log(
    "| model | first call, ms | afterwards, ms | CPU, ms | R: CPU, ms | R / ours, CPU | target | |",
  );
  console.log("|---|---|---|---|---|---|---|---|");
  for (const model of models) if (model.name.includes(wanted)) report(model);
  if (wanted === "") timeWholeProcesses();
}

const at = process.argv.indexOf("--here");
const named = models.find(({ name }) => name === process.argv[at + 1]);
if (at >= 0 && named !== undefined) console.log(JSON.stringify(timeHere(named)));
else main(process.argv[2] ?? "");
