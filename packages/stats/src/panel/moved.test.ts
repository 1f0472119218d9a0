import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lmmFromSums } from "../models/lmm/from-sums.ts";
import { createTable, factorColumn, numericColumn } from "../table/columns.ts";
import type { Table } from "../table/table.ts";
import { movedPanel } from "./moved.ts";
import type { PanelSums } from "./sums.ts";
import { sumsOfTable } from "./table-facts.ts";

interface Row {
  readonly id: number;
  readonly wave: number;
  readonly x: number | null;
  readonly y: number | null;
  readonly sex: string;
}

const ASKED = { formula: "y ~ within(x) + between(x) + sex + wave + (1 | id)", time: "wave", person: "id" };

function tableOf(rows: readonly Row[]): Table {
  return createTable({
    id: numericColumn(rows.map(({ id }) => id)),
    wave: numericColumn(rows.map(({ wave }) => wave)),
    x: numericColumn(rows.map(({ x }) => x)),
    y: numericColumn(rows.map(({ y }) => y)),
    sex: factorColumn(rows.map(({ sex }) => sex)),
  });
}

/** Simulated people at four waves. */
const start: readonly Row[] = Array.from({ length: 160 }, (_, at) => {
  const [id, wave] = [Math.floor(at / 4), at % 4];
  return {
    id,
    wave,
    x: (id * 7 + wave * 5) % 11,
    y: (id * 3 + wave * wave * 7) % 13,
    sex: id % 2 === 0 ? "f" : "m",
  };
});

const value = fc.option(fc.integer({ min: 0, max: 12 }));
/** A row that is added or corrected, or a person who is taken out (`wave` -1). */
const change = fc.record({
  id: fc.integer({ min: 0, max: 59 }),
  wave: fc.integer({ min: -1, max: 3 }),
  x: value,
  y: value,
});

function changed(rows: readonly Row[], { id, wave, x, y }: Omit<Row, "sex">): readonly Row[] {
  const others = rows.filter((row) => row.id !== id || (wave >= 0 && row.wave !== wave));
  return wave < 0 ? others : [...others, { id, wave, x, y, sex: id % 2 === 0 ? "f" : "m" }];
}

function expectSameSums(found: PanelSums, wanted: PanelSums): void {
  expect(found.rows).toEqual(wanted.rows);
  const [a, b] = [found, wanted].map((sums) => lmmFromSums(sums, { time: "wave" }));
  expect(Math.abs((a?.deviance ?? 0) / (b?.deviance ?? 1) - 1)).toBeLessThan(1e-9);
  expect(a?.ngroups).toEqual(b?.ngroups);
  for (const [j, row] of (b?.fixed ?? []).entries())
    expect(Math.abs((a?.fixed[j]?.estimate ?? 9) - (row.estimate ?? 0))).toBeLessThan(1e-8);
}

describe("sums that are kept up to date", () => {
  test("are those from scratch after answers were added and corrected and people taken out", () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
        let [rows, sums] = [start, sumsOfTable(ASKED, tableOf(start))];
        for (const each of changes) {
          const next = changed(rows, each);
          const own = (list: readonly Row[]) => tableOf(list.filter(({ id }) => id === each.id));
          sums = movedPanel(sums, own(rows), own(next)) ?? sumsOfTable(ASKED, tableOf(next));
          rows = next;
        }
        expectSameSums(sums, sumsOfTable(ASKED, tableOf(rows)));
      }),
      { numRuns: 15 },
    );
  });

  test.each<[string, Row]>([
    ["wave", { id: 1, wave: 9, x: 1, y: 1, sex: "m" }],
    ["level", { id: 99, wave: 1, x: 1, y: 1, sex: "x" }],
    ["value of what did not vary within people", { id: 1, wave: 0, x: 1, y: 1, sex: "f" }],
  ])("have to be made again for a new %s", (_, row) => {
    const own = start.filter(({ id }) => id === row.id);
    const next = [...own.filter(({ wave }) => wave !== row.wave), row];
    expect(movedPanel(sumsOfTable(ASKED, tableOf(start)), tableOf(own), tableOf(next))).toBeNull();
  });
});
