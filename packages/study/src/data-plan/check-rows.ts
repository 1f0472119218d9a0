import type { DataColumn } from "../dataset/types.ts";
import type { StudyProblem } from "../errors.ts";
import { suggest } from "../protocol/nearest.ts";
import { dayOf } from "./arrange-rows.ts";
import type { DataPlan } from "./types.ts";

type Path = readonly (string | number)[];

/** Each column the plan names, with where it names it. */
function namedColumns(plan: DataPlan): readonly (readonly [string, Path])[] {
  const { person, time, outcome, exposure, by, covariates } = plan;
  const wide =
    time.kind === "wide"
      ? Object.entries(time.columns).flatMap(([name, columns]) =>
          columns.map((column, i): readonly [string, Path] => [column, ["time", "wide", name, i]]),
        )
      : [];
  const made = time.kind === "wide" ? Object.keys(time.columns) : [];
  const own: readonly (readonly [string, Path])[] = [
    [person, ["person"]],
    ...(time.kind === "wide" ? [] : [[time.column, ["time", "column"]] as const]),
    [outcome.column, ["outcome", "column"]],
    [exposure.column, ["exposure", "column"]],
    ...(by === undefined ? [] : [[by.column, ["by", "column"]] as const]),
    ...covariates.map(({ column }, i) => [column, ["covariates", i]] as const),
  ];
  return [...wide, ...own.filter(([column]) => !made.includes(column))];
}

/** Columns the plan names and the file does not have, each with the nearest name. */
export function missingColumns(plan: DataPlan, columns: readonly DataColumn[]): readonly StudyProblem[] {
  const inFile = columns.map(({ name }) => name);
  return namedColumns(plan).flatMap(([column, path]): readonly StudyProblem[] =>
    inFile.includes(column)
      ? []
      : [
          {
            code: "dataset.missing-column",
            path,
            expected: "a column of the file",
            found: `“${column}”`,
            remedy: suggest(column, inFile),
          },
        ],
  );
}

/** What makes rows useless for a plan of several people over time, said before any model is tried. */
export function uselessRows(plan: DataPlan, columns: readonly DataColumn[]): readonly StudyProblem[] {
  const values = (name: string) => columns.find((column) => column.name === name)?.values ?? [];
  const empty = (
    [
      ["outcome", plan.outcome],
      ["exposure", plan.exposure],
    ] as const
  ).flatMap(([field, { column }]) =>
    values(column).every((value) => value === null) ? [noValues(field, column)] : [],
  );
  if (empty.length > 0) return empty;
  const rows = rowsOfPeople(plan, values);
  if (rows.size === 1) return [onePerson(plan, [...rows.values()][0] ?? 0)];
  if (![...rows.values()].some((count) => count > 1)) return [oneWave(plan, rows.size)];
  return [...badDates(plan, values), ...tooLate(plan, columns)];
}

type Values = (name: string) => DataColumn["values"];

/** Rows with outcome and exposure, by person. */
function rowsOfPeople({ person, outcome, exposure }: DataPlan, values: Values): ReadonlyMap<unknown, number> {
  const counts = new Map<unknown, number>();
  const [y, x] = [values(outcome.column), values(exposure.column)];
  values(person).forEach((id, row) => {
    if (id === null) return;
    const whole = y[row] !== null && x[row] !== null;
    counts.set(id, (counts.get(id) ?? 0) + (whole ? 1 : 0));
  });
  return counts;
}

function noValues(field: string, column: string): StudyProblem {
  return {
    code: "plan.no-values",
    path: [field, "column"],
    expected: "a column with values",
    found: `“${column}”, which is empty in every row that is read`,
    remedy: "Name another column, or look at only: when the plan has it.",
  };
}

function onePerson({ person, outcome, exposure }: DataPlan, rows: number): StudyProblem {
  return {
    code: "plan.one-person",
    path: ["person"],
    expected: "several people, as each is compared with their own usual and with others",
    found: `one value in “${person}”, with ${rows} rows`,
    remedy: `For one person's series write: longwave fit "${outcome.column} ~ ${exposure.column}" FILE. If there are more people, name the column that tells them apart.`,
  };
}

function oneWave({ person }: DataPlan, people: number): StudyProblem {
  return {
    code: "plan.one-wave",
    path: ["time"],
    expected: "people with two rows or more that have both outcome and exposure",
    found: `${people} people by “${person}”, none with two such rows`,
    remedy:
      "If the file has a column for each wave, write them under time: wide. If it was asked once, nobody can be compared with themselves.",
  };
}

/** A date that is none, such as 03.02.2024, told with the first few. */
function badDates({ time }: DataPlan, values: Values): readonly StudyProblem[] {
  if (time.kind !== "counted") return [];
  const bad = values(time.column).filter((value) => value !== null && dayOf(value) === undefined);
  if (bad.length === 0) return [];
  return [
    {
      code: "plan.not-a-date",
      path: ["time", "column"],
      expected: "dates such as 2026-03-02, or numbers of days",
      found: `${[...new Set(bad)].slice(0, 3).join(", ")} (${bad.length} rows)`,
      remedy: "Write the dates as year-month-day in the file.",
    },
  ];
}

/** Rows that come after the last wave of the plan. */
function tooLate({ time }: DataPlan, columns: readonly DataColumn[]): readonly StudyProblem[] {
  if (time.kind !== "counted") return [];
  const waves = columns.at(-1)?.values ?? [];
  const late = waves.filter((wave) => typeof wave === "number" && wave > time.waves);
  if (late.length === 0) return [];
  const most = late.reduce<number>((max, wave) => Math.max(max, Number(wave)), 0);
  return [
    {
      code: "plan.after-last-wave",
      path: ["time", "waves"],
      expected: `rows within ${time.waves} waves of ${time.every} days`,
      found: `${late.length} rows after them, the last in wave ${most}`,
      remedy: `Write waves: ${most}, a larger every:, or leave the rows out with only:.`,
    },
  ];
}
