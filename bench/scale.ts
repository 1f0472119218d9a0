// Mixed models and RI-CLPMs of cohorts of any size: whole processes from Parquet and from a cube, beside bare scans of
// the same files and, where Rscript is installed, lme4 and lavaan in the same run. Simulated cohorts, seeded, in a
// temporary folder. `npx tsx bench/scale.ts 6400 64000` runs these sizes; by default all four; --no-r leaves R out.
// Needs `npm run build` and GNU time.
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { type Cohort, cohortAt, writeCohort } from "./scale/cohort.ts";
import { FORMULA, makeCube, runsFor, timeFitAlone, timeLongwave, timeScan } from "./scale/ours.ts";
import type { Took } from "./scale/process.ts";
import { prepareR, timeLavaan, timeLmer } from "./scale/r.ts";

const SIZES = [6_400, 64_000, 640_000, 6_400_000] as const;
/** Beyond this lmer needs more memory than the machine may have. */
const MOST_FOR_R = 640_000;
/** lmer at 6.4 million people, measured once by the maintainers on a quiet machine of this kind (R 4.2.2, lme4 1.1.31). */
const RECORDED = { people: 6_400_000, seconds: 316, peakMb: 12_000 } as const;

const shown = (took: Took | null): string[] =>
  took === null
    ? ["failed", "", ""]
    : [took.cpu.toFixed(2), took.wall.toFixed(2), Math.round(took.peakMb).toLocaleString("en")];

const ratio = (over: Took | null, under: Took | null): string =>
  over === null || under === null ? "" : (over.cpu / under.cpu).toFixed(1);

function row(cells: readonly string[]): void {
  console.log(`| ${cells.join(" | ")} |`);
}

function line(people: number, what: string, took: Took | null, beside = ""): void {
  row([people.toLocaleString("en"), what, ...shown(took), beside]);
}

const timeFit = (runs: number, file: string) =>
  timeLongwave(runs, "fit", FORMULA, file, "--time", "wave", "--engine", "sums");

function timeSeries(runs: number, file: string): Took | null {
  const asked = ["--x", "ex", "--y", "pain", "--id", "id", "--time", "wave", "--lags", "equal", "--no-tests"];
  return timeLongwave(runs, "riclpm", ...asked, "--engine", "sums", file);
}

interface Ours {
  readonly fit: Took | null;
  readonly series: Took | null;
  readonly seriesCube: Took | null;
}

async function reportOurs({ people, long, shuffled, cube }: Cohort): Promise<Ours> {
  const runs = runsFor(people);
  const scan = timeScan(runs, `select sum(ex), sum(pain), sum(age) from '${long}'`);
  line(people, "bare scan of three columns of the long Parquet", scan);
  const fromLong = timeFit(runs, long);
  line(people, "fit from the long Parquet", fromLong, `${ratio(fromLong, scan)} x the scan (10 x at most)`);
  const fromShuffled = timeFit(runs, shuffled);
  line(people, "fit from the same rows in no order", fromShuffled, `${ratio(fromShuffled, scan)} x the scan`);
  const columns = ["age", ...[0, 1, 2, 3, 4].flatMap((wave) => [`ex_${wave}`, `pain_${wave}`])];
  const sums = timeScan(runs, `select ${columns.map((name) => `sum(${name})`).join(", ")} from '${cube}'`);
  line(people, "sum of the columns of the cube", sums);
  const fromCube = timeFit(runs, cube);
  line(people, "fit from the cube", fromCube, `${ratio(fromCube, sums)} x the sum (1.5 x at most)`);
  const seriesLong = timeSeries(runs, long);
  line(people, "RI-CLPM from the long Parquet", seriesLong);
  const seriesCube = timeSeries(runs, cube);
  line(people, "RI-CLPM from the cube", seriesCube);
  return { fit: fromLong, series: seriesLong, seriesCube };
}

function reportR(cohort: Cohort, ours: Ours): void {
  const { people } = cohort;
  if (people === RECORDED.people) {
    row([
      people.toLocaleString("en"),
      "lmer",
      "not run",
      `${RECORDED.seconds} recorded`,
      `${RECORDED.peakMb} recorded`,
      "",
    ]);
    return;
  }
  if (people > MOST_FOR_R || !prepareR(cohort)) return;
  const lmer = timeLmer(cohort);
  line(
    people,
    "Rscript, lme4: lmer",
    lmer,
    `${ratio(lmer, ours.fit)} x ours from long (30 x at least at 640,000)`,
  );
  const lavaan = timeLavaan(cohort);
  line(
    people,
    "Rscript, lavaan: RI-CLPM",
    lavaan,
    `${ratio(lavaan, ours.series)} x ours from long, ${ratio(lavaan, ours.seriesCube)} x from the cube (15 x at least at 640,000)`,
  );
}

async function report(folder: string, people: number, withR: boolean) {
  const cohort = cohortAt(folder, people);
  await writeCohort(folder, cohort, withR && people <= MOST_FOR_R);
  const made = makeCube(cohort);
  const [longMb, cubeMb] = [cohort.long, cohort.cube].map((file) => (statSync(file).size / 1e6).toFixed(1));
  line(people, `cube of ${cubeMb} MB made from ${longMb} MB`, made);
  const ours = await reportOurs(cohort);
  if (withR || people === RECORDED.people) reportR(cohort, ours);
  return timeFitAlone(cohort);
}

async function main(args: readonly string[]): Promise<void> {
  const named = args.filter((word) => /^\d+$/.test(word)).map(Number);
  const sizes = named.length === 0 ? SIZES : named;
  const folder = mkdtempSync(join(tmpdir(), "longwave-bench-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once("SIGINT", () => process.exit(130));
  process.once("exit", remove);
  console.log(
    `${cpus().length} x ${cpus()[0]?.model}, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)} at the start\n`,
  );
  row(["people", "", "CPU, s", "clock, s", "peak, MB", "ratio of CPU"]);
  row(["---", "---", "---", "---", "---", "---"]);
  const alone: string[] = [];
  for (const people of sizes) {
    const { first, middle } = await report(folder, people, !args.includes("--no-r"));
    alone.push(
      `${people.toLocaleString("en")}: ${middle.toFixed(1)} ms, the first of a process ${first.toFixed(0)}`,
    );
  }
  console.log(`\nThe fit once the sums are formed (under 5 ms, whatever the number): ${alone.join("; ")}`);
  console.log(`Load ${loadavg()[0]?.toFixed(1)} at the end`);
}

await main(process.argv.slice(2));
