import type { Protocol, StraightLining } from "../protocol/types.ts";
import { type CellValue, columnOf, type Grid } from "../scoring/grid.ts";
import type { AskedItem } from "./fill-grid.ts";

/**
 * 1 for a form in which every set of questions that was answered whole got one and the same answer, none of them at
 * a code where that is honest; else 0. Missing where fewer questions than the study text wants were answered in
 * such sets: then nothing can be told.
 */
export function fillStraightLinedInto(grid: Grid, protocol: Protocol, items: readonly AskedItem[]): void {
  const rule = protocol.straightLining;
  if (rule === undefined) return;
  const { values, reasons } = columnOf(grid, "straight_lined");
  grid.done.forEach((done, cell) => {
    if (!done) return;
    values[cell] = judge(grid, rule, cell);
    if (values[cell] !== undefined) return;
    const wave = grid.waves[cell % grid.waves.length] ?? "";
    reasons[cell] = askedAt(rule, items, wave) < rule.fewestItems ? "not_asked" : "derived_unknown";
  });
}

function judge(grid: Grid, { sets, fewestItems }: StraightLining, cell: number): 0 | 1 | undefined {
  const whole = sets
    .map(({ items, honest }) => ({ honest, given: items.map((id) => grid.values.get(id)?.[cell]) }))
    .filter(({ given }) => given.every((value) => value !== undefined));
  const answered = whole.reduce((sum, { given }) => sum + given.length, 0);
  if (answered < fewestItems) return undefined;
  return whole.every(({ given, honest }) => isOneAnswer(given, honest)) ? 1 : 0;
}

function isOneAnswer(given: readonly CellValue[], honest: readonly (number | string)[]): boolean {
  const [first] = given;
  return given.every((value) => value === first) && !honest.some((code) => code === first);
}

function askedAt({ sets }: StraightLining, items: readonly AskedItem[], wave: string): number {
  const asked = new Set(items.filter(({ waves }) => waves.has(wave)).map(({ item }) => item.id));
  return sets.flatMap((set) => set.items).filter((id) => asked.has(id)).length;
}
