import { describe, expect, test } from "vitest";
import { columnOf } from "../table/nearest-name.ts";
import type { Table } from "../table/table.ts";
import { caseTable } from "../testing/cases.ts";
import { type AddedRows, ROW_FLAGS, type RowsBlock, rowsAdder } from "./add-rows.ts";
import type { PanelAtom, PanelPlan } from "./plan.ts";
import { expectClose, sumsOf } from "./testing/sums-of.ts";

const cohort = caseTable("hunt_sim_6419");

function numbersOf(table: Table, name: string): Float64Array {
  const column = columnOf(table, name);
  return column.kind === "numeric" ? column.values : Float64Array.from(column.codes);
}

function atomValue(table: Table, { column: name, code }: PanelAtom, row: number): number {
  const column = columnOf(table, name);
  if (column.missing[row] === 1) return 0;
  if (code.kind === "number") return (numbersOf(table, name)[row] - code.shift) / code.scale;
  const value = column.kind === "factor" ? column.levels[column.codes[row]] : String(column.values[row]);
  return value === code.level ? 1 : 0;
}

/** Some rows of a table as a plan asks for them. */
function blockOf(plan: PanelPlan, table: Table, rows: readonly number[]): RowsBlock {
  const observed = (names: readonly string[], row: number) =>
    names.every((name) => columnOf(table, name).missing[row] === 0);
  return {
    count: rows.length,
    person: Float64Array.from(rows, (row) => numbersOf(table, plan.person)[row]),
    flags: Int32Array.from(
      rows,
      (row) =>
        plan.waves.indexOf(numbersOf(table, plan.time)[row]) +
        (observed(plan.required, row) ? ROW_FLAGS.complete : 0) +
        (observed(plan.requiredBefore, row) ? ROW_FLAGS.was : 0),
    ),
    atoms: plan.atoms.map((atom) => Float64Array.from(rows, (row) => atomValue(table, atom, row))),
  };
}

/** The rows in the order given, some at a time; undefined where that is not the order of the people. */
function added(plan: PanelPlan, table: Table, rows: readonly number[]): AddedRows | undefined {
  const adder = rowsAdder(plan);
  for (let from = 0; from < rows.length; from += 1000) {
    if (!adder.add(blockOf(plan, table, rows.slice(from, from + 1000)))) return undefined;
  }
  return adder.finish();
}

const rows = [...Array(cohort.nrows).keys()];
const person = numbersOf(cohort, "id");
const byPerson = [...rows].sort((a, b) => person[a] - person[b]);

describe("rows that come in the order of their people add up to the sums of a panel", () => {
  test.each([
    "pain_vrs ~ within(ex_index) + between(ex_index) + sex * factor(wave) + (1 | id)",
    "pain_vrs ~ within(lag(ex_index)) + between(lag(ex_index)) * male + wave + (1 | id)",
  ])("%s", (formula) => {
    const wanted = sumsOf(formula, "wave", cohort);
    const found = added(wanted.plan, cohort, byPerson);
    expect([found?.repeated, found?.varying]).toEqual([0, []]);
    const key = ({ waves }: { readonly waves: readonly number[] }) => waves.join();
    expect(found?.patterns.map(key).sort()).toEqual(wanted.patterns.map(key).sort());
    for (const pattern of wanted.patterns) {
      const own = found?.patterns.find((other) => key(other) === key(pattern));
      expect(own?.people).toBe(pattern.people);
      pattern.products.forEach((product, at) => {
        expectClose(own?.products[at] ?? Number.NaN, product, 1e-11);
      });
    }
  });

  test("another order is found, and so are rows twice and columns that vary", () => {
    const { plan } = sumsOf("pain_vrs ~ age10 + wave + (1 | id)", "wave", cohort);
    expect(added(plan, cohort, [...byPerson].reverse())).toBeUndefined();
    const [first = 0, second = 0] = byPerson;
    expect(added(plan, cohort, [first, first, second])?.repeated).toBe(1);
    const varies = { ...plan, atoms: plan.atoms.map((atom) => ({ ...atom, role: "constant" as const })) };
    const cells = varies.cells.map((cell) => ({ ...cell, wave: null }));
    expect(added({ ...varies, cells }, cohort, byPerson)?.varying).toContain("pain_vrs");
  });
});
