import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  createRandom,
  createTable,
  type FitData,
  factorColumn,
  numericColumn,
  selectRows,
} from "@longwave/stats";

/** Simulated people after HUNT: 6,419 invited, 4,194 of them with two complete rows. */
export const csv: string = fileURLToPath(
  new URL("../../packages/stats/src/testing/fixtures/hunt_sim_6419.csv", import.meta.url),
);

/** The columns of the simulated cohort that the models read. */
export function readCohort(): FitData {
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

/** The rows of `readCohort` in which both series are seen, of people with at least two of them. */
export function readCompleteCohort(): FitData {
  const { table } = readCohort();
  const [id, x, y] = ["id", "ex_index", "pain_vrs"].map((name) => table.columns[name]);
  const complete = (row: number) => x.missing[row] + y.missing[row] === 0;
  const counts = new Map<number, number>();
  const person = (row: number) => (id.kind === "numeric" ? id.values[row] : id.codes[row]);
  for (let row = 0; row < table.nrows; row++) {
    if (complete(row)) counts.set(person(row), (counts.get(person(row)) ?? 0) + 1);
  }
  const kept = selectRows(table, (row) => complete(row) && (counts.get(person(row)) ?? 0) > 1);
  return { kind: "rows", table: kept };
}

const PEOPLE = 641_900;
const WAVES = 5;
// Shares of people and of questionnaires as in the smaller cohort: 65 % answer at all, and miss one wave in five.
const RESPONDING = 0.652;
const ANSWERED = 0.805;

/**
 * A hundred times as many simulated people in memory, seeded: exercise varies within and between people, and its
 * slope within people differs from person to person.
 */
export function largeCohort(): FitData {
  const random = createRandom(20130612);
  const names = ["id", "wave", "sex", "age", "ex_index", "pain_vrs"];
  const columns = names.map(() => new Float64Array(PEOPLE * WAVES));
  let rows = 0;
  for (let id = 1; id <= PEOPLE; id++) {
    if (random.uniform() > RESPONDING) continue;
    const sex = random.uniform() < 0.45 ? 1 : 0;
    const age = Math.round(53 + 15 * random.normal());
    const [usualExercise, usualPain] = [random.normal(), random.normal()];
    const slope = -0.1 - 0.1 * sex + 0.35 * random.normal();
    for (let wave = 0; wave < WAVES; wave++) {
      const deviation = 0.6 * random.normal();
      const noise = 0.6 * random.normal();
      if (random.uniform() > ANSWERED) continue;
      const pain = 2.5 + 0.01 * wave - 0.1 * usualExercise + usualPain + slope * deviation + noise;
      const row = [id, wave, sex, age, usualExercise + deviation, pain];
      row.forEach((value, c) => {
        columns[c][rows] = value;
      });
      rows++;
    }
  }
  const missing = new Uint8Array(rows);
  const kept = columns.map((values) => ({
    kind: "numeric" as const,
    values: values.slice(0, rows),
    missing,
  }));
  return { kind: "rows", table: createTable(Object.fromEntries(names.map((name, c) => [name, kept[c]]))) };
}
