import { parseFormula } from "../formula/parse.ts";
import { columnOf } from "../table/nearest-name.ts";
import type { Column, Table } from "../table/table.ts";
import { askedColumns, type ColumnFacts } from "./facts.ts";
import type { PanelPlan } from "./plan.ts";
import { reducePanel, varyingInPlan } from "./reduce.ts";
import { mergePanels, type PanelSums } from "./sums.ts";

function valuesOf(column: Column): (number | string)[] {
  const all: readonly (number | string)[] =
    column.kind === "factor"
      ? [...column.codes].map((code) => column.levels[code] ?? "")
      : [...column.values];
  return all.filter((_, row) => column.missing[row] === 0);
}

/** Whether what was known of a column when the plan was made holds for these values too. */
function isKnown(facts: ColumnFacts, values: readonly (number | string)[]): boolean {
  if (facts.kind === "category") return values.every((value) => facts.levels.includes(String(value)));
  const { values: listed, binary, shift, scale } = facts;
  if (listed !== null && !values.every((value) => listed.includes(Number(value)))) return false;
  return !binary || values.every((value) => value === shift || value === shift + scale);
}

/** Whether rows fit a plan that was made without them: no new wave, level or value, and nothing that now varies. */
function fitsPlan(plan: PanelPlan, table: Table): boolean {
  const waves = valuesOf(columnOf(table, plan.time)).every((wave) => plan.waves.includes(Number(wave)));
  const columns = askedColumns(parseFormula(plan.formula), plan.time).every(({ name }) => {
    const facts = plan.columns[name];
    return facts !== undefined && isKnown(facts, valuesOf(columnOf(table, name)));
  });
  return waves && columns && varyingInPlan(plan, table).length === 0;
}

function negative(sums: PanelSums): PanelSums {
  const { read, used, droppedMissing } = sums.rows;
  return {
    ...sums,
    rows: { read: -read, used: -used, droppedMissing: -droppedMissing },
    patterns: sums.patterns.map(({ waves, people, products }) => ({
      waves,
      people: -people,
      products: products.map((sum) => -sum),
    })),
  };
}

/**
 * Sums after the rows of some people have changed: without what they gave before, with what they give now.
 *
 * @param before  all rows of these people as they were when the sums were made.
 * @param after  all their rows now.
 * @returns null where the plan of the sums does not fit the new rows: then the sums are to be made again.
 */
export function movedPanel(sums: PanelSums, before: Table, after: Table): PanelSums | null {
  const { plan } = sums;
  if (!fitsPlan(plan, after)) return null;
  const moved = mergePanels([sums, negative(reducePanel(plan, before)), reducePanel(plan, after)]);
  return { ...moved, patterns: moved.patterns.filter(({ people }) => people > 0) };
}
