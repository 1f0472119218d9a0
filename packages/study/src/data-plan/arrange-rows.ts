import type { DataColumn } from "../dataset/types.ts";
import type { DataPlan, PlanTime } from "./types.ts";

/** The column that holds the number of the wave when the file has none of its own. */
export const WAVE_COLUMN = "wave (counted)";

const DAY = 86_400_000;

type Counted = Extract<PlanTime, { kind: "counted" }>;

/** The file as one row for each person and wave, with the wave as a number where the plan counts it. */
export function arrangeRows(plan: DataPlan, columns: readonly DataColumn[]): readonly DataColumn[] {
  if (plan.time.kind === "wide") return reshapeWide(plan.time.columns, columns);
  return plan.time.kind === "counted" ? countedRows(plan, plan.time, columns) : columns;
}

/**
 * One row for each person becomes one for each person and wave; waves without any of the values are left out.
 *
 * @param families  by the name they get, the columns of the waves in order.
 */
export function reshapeWide(
  families: Readonly<Record<string, readonly string[]>>,
  columns: readonly DataColumn[],
): readonly DataColumn[] {
  const find = (name: string) => columns.find((column) => column.name === name);
  const waves = Math.max(...Object.values(families).map((names) => names.length));
  const spread = Object.entries(families).map(([name, own]) => ({ name, own: own.map(find) }));
  const nrows = columns[0]?.values.length ?? 0;
  const cells = Array.from({ length: nrows * waves }, (_, cell) => ({
    row: Math.floor(cell / waves),
    wave: cell % waves,
  })).filter(({ row, wave }) => spread.some(({ own }) => (own[wave]?.values[row] ?? null) !== null));
  const used = new Set(Object.values(families).flat());
  const kept = columns.filter(({ name }) => !used.has(name) && !spread.some((entry) => entry.name === name));
  return [
    ...kept.map((column) => ({ ...column, values: cells.map(({ row }) => column.values[row] ?? null) })),
    ...spread.map(({ name, own }): DataColumn => {
      const kind = own.some((column) => column?.kind === "text") ? "text" : "number";
      return { name, kind, values: cells.map(({ row, wave }) => own[wave]?.values[row] ?? null) };
    }),
    { name: WAVE_COLUMN, kind: "number", values: cells.map(({ wave }) => wave + 1) },
  ];
}

function countedRows(plan: DataPlan, time: Counted, columns: readonly DataColumn[]): readonly DataColumn[] {
  const ids = columns.find(({ name }) => name === plan.person)?.values ?? [];
  const at = (columns.find(({ name }) => name === time.column)?.values ?? []).map(dayOf);
  const firstDay = new Map<unknown, number>();
  ids.forEach((id, row) => {
    const day = at[row];
    if (day !== undefined) firstDay.set(id, Math.min(day, firstDay.get(id) ?? day));
  });
  const waves = ids.map((id, row) => {
    const [day, first] = [at[row], firstDay.get(id)];
    return day === undefined || first === undefined ? null : Math.floor((day - first) / time.every) + 1;
  });
  const all: readonly DataColumn[] = [...columns, { name: WAVE_COLUMN, kind: "number", values: waves }];
  return time.several === undefined ? all : mergeRows(all, plan.person, time.several);
}

/** A number of days as it is, or an ISO date as days since 1970. */
export function dayOf(value: number | string | null): number | undefined {
  if (typeof value !== "string") return value ?? undefined;
  // 03.02.2026 is a day in March to some and in February to others: only year-month-day is read.
  const at = /^\d{4}-\d{2}-\d{2}/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isFinite(at) ? at / DAY : undefined;
}

/** One row for each person and wave: the mean of numbers, the first of words; or the first row as it is. */
function mergeRows(
  columns: readonly DataColumn[],
  person: string,
  several: "mean" | "first",
): readonly DataColumn[] {
  const value = (name: string, row: number) => columns.find((column) => column.name === name)?.values[row];
  const rows = new Map<string, number[]>();
  const nrows = columns[0]?.values.length ?? 0;
  for (let row = 0; row < nrows; row += 1) {
    const key = JSON.stringify([value(person, row), value(WAVE_COLUMN, row)]);
    const group = rows.get(key);
    if (group === undefined) rows.set(key, [row]);
    else group.push(row);
  }
  const groups = [...rows.values()];
  return columns.map((column) => {
    const average = several === "mean" && column.kind === "number" && column.name !== person;
    return { ...column, values: groups.map((group) => merged(column, group, average)) };
  });
}

function merged(column: DataColumn, group: readonly number[], average: boolean): number | string | null {
  const known = group.flatMap((row) => column.values[row] ?? []);
  const [first] = known;
  if (!average || first === undefined) return first ?? null;
  return known.reduce<number>((sum, value) => sum + Number(value), 0) / known.length;
}
