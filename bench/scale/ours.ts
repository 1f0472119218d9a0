import { fileURLToPath } from "node:url";
import { openFile } from "@longwave/source";
import { lmmFromSums } from "@longwave/stats/from-sums";
import type { Cohort } from "./cohort.ts";
import { fastest, type Took, timeProcess } from "./process.ts";

const cli = fileURLToPath(new URL("../../packages/cli/dist/main.js", import.meta.url));

export const FORMULA = "pain ~ within(ex) + between(ex) + age + sex + wave + (1 | id)";

/** How often each is run: once where it takes long. */
export function runsFor(people: number): number {
  return people > 1_000_000 ? 1 : 3;
}

/** `longwave …` from its start to the printed result. */
export function timeLongwave(runs: number, ...args: readonly string[]): Took | null {
  return fastest(runs, process.execPath, [cli, ...args]);
}

export function makeCube({ long, cube }: Cohort): Took | null {
  return timeProcess(process.execPath, [cli, "cube", long, "--id", "id", "--time", "wave", "--out", cube]);
}

/** A process that has DuckDB answer one question with one thread, and nothing else. */
export function timeScan(runs: number, sql: string): Took | null {
  const duckdb = import.meta.resolve("@duckdb/node-api");
  const script = `import { DuckDBInstance } from ${JSON.stringify(duckdb)};
    const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
    const connection = await instance.connect();
    console.log(String((await (await connection.run(process.argv[1])).getRows())[0]));`;
  return fastest(runs, process.execPath, ["--input-type=module", "-e", script, sql]);
}

/** Milliseconds of the fit from the sums of a cube once they are formed: the first in a process, and the middle of many. */
export async function timeFitAlone({
  cube,
}: Cohort): Promise<{ readonly first: number; readonly middle: number }> {
  const source = await openFile(cube);
  const sums = await source.panel?.sums({ formula: FORMULA, time: "wave" });
  await source.close();
  if (sums === undefined) throw new Error("Expected a cube that can be summed.");
  const times: number[] = [];
  for (let i = 0; i < 300; i++) {
    const before = performance.now();
    lmmFromSums(sums, { time: "wave" });
    times.push(performance.now() - before);
  }
  const [first = Number.NaN, ...later] = times;
  const middle = later.slice(99).sort((a, b) => a - b)[100] ?? Number.NaN;
  return { first, middle };
}
