import { createRandom } from "@longwave/stats";
import type { DataColumn } from "@longwave/study";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { calendarShifts } from "./calendar.ts";
import { codeEnds } from "./extremes.ts";
import { hideRareCodes } from "./rare-codes.ts";

const minutes = (values: readonly (number | null)[]): DataColumn => ({
  name: "evs_min",
  kind: "number",
  values,
});

describe("the ends of a number", () => {
  test("stand for enough people: larger values are told as the greatest that enough people reach", () => {
    const ids = ["a", "b", "c", "d", "a"];
    const { column, ends } = codeEnds(minutes([30, 45, 60, 600, 500]), ids, 2);
    expect(column.values).toEqual([45, 45, 60, 500, 500]);
    expect(ends).toEqual([
      { name: "evs_min", end: "top", at: 500, people: 1, values: 1 },
      { name: "evs_min", end: "bottom", at: 45, people: 1, values: 1 },
    ]);
  });

  test("are the same for any numbers: at least so many people stand at each", () => {
    const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 0, max: 600 })), {
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 6 }), (pairs, fewest) => {
        const ids = pairs.map(([person]) => `p${person}`);
        const { column } = codeEnds(minutes(pairs.map(([, value]) => value)), ids, fewest);
        const told = column.values as readonly number[];
        const at = (value: number) => new Set(ids.filter((_, row) => told[row] === value)).size;
        const enough = Math.min(fewest, new Set(ids).size);
        expect(at(Math.max(...told))).toBeGreaterThanOrEqual(enough);
        expect(at(Math.min(...told))).toBeGreaterThanOrEqual(enough);
      }),
      { seed: 3, numRuns: 200 },
    );
  });
});

describe("rare codes", () => {
  const ids = Array.from({ length: 40 }, (_, p) => `p${p}`);
  const codes = (counts: readonly number[]): DataColumn => ({
    name: "s_type",
    kind: "number",
    values: counts.flatMap((count, code) => new Array<number>(count).fill(code)),
  });

  test("are hidden together with the next rarest, since one alone would give itself away", () => {
    const { column, rare } = hideRareCodes(codes([20, 10, 8, 2]), ids, 5);
    expect(rare).toEqual({ name: "s_type", codes: ["3", "2"], values: 10, isWhole: false });
    expect(column.missing?.filter((reason) => reason === "suppressed")).toHaveLength(10);
  });

  test("of a yes or no leave nothing to tell", () => {
    expect(hideRareCodes(codes([37, 3]), ids, 5).rare?.isWhole).toBe(true);
  });

  test("are not there when every code was given by enough people", () => {
    const column = codes([20, 20]);
    expect(hideRareCodes(column, ids, 5)).toEqual({ column });
  });
});

describe("a moved calendar", () => {
  const enrolled = [20_000, 20_003, 20_011];
  const table = {
    name: "person_wave" as const,
    nrows: 6,
    columns: [
      { name: "id", kind: "text" as const, values: ["a", "a", "b", "b", "c", "c"] },
      { name: "enrolled_day", kind: "number" as const, values: enrolled.flatMap((day) => [day, day]) },
      { name: "answered_day", kind: "number" as const, values: enrolled.flatMap((day) => [day, day + 91]) },
    ],
  };

  test("keeps the day of the week and falls in the made-up year", () => {
    const shifts = calendarShifts(table, ["a", "b", "c"], createRandom(1));
    ["a", "b", "c"].forEach((id, p) => {
      const shift = shifts.get(id) ?? 0.5;
      expect(shift % 7 === 0).toBe(true);
      const day = new Date(((enrolled[p] ?? 0) + shift) * 86_400_000);
      expect(day.getUTCDay()).toBe(new Date((enrolled[p] ?? 0) * 86_400_000).getUTCDay());
      expect([2000, 2001]).toContain(day.getUTCFullYear());
    });
  });

  test("says nothing of the true week: the same draw gives the same date whenever people enrolled", () => {
    const later = {
      ...table,
      columns: table.columns.map((column) =>
        column.name === "id"
          ? column
          : { ...column, values: column.values.map((day) => Number(day) + 7 * 31) },
      ),
    };
    const day = (of: typeof table) => {
      const shifts = calendarShifts(of as never, ["b"], createRandom(4));
      return Number(of.columns[1]?.values[2]) + (shifts.get("b") ?? 0);
    };
    expect(day(later as typeof table)).toBe(day(table));
  });
});
