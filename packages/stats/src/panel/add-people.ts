import { packedLength } from "../sums/grouped-sums.ts";
import { cellsOf, type PanelPlan } from "./plan.ts";
import type { PanelPattern } from "./sums.ts";

/** Some people: the waves used of each as bits, and a column for each cell of the plan. */
interface PeopleBlock {
  readonly count: number;
  readonly used: Int32Array;
  /** Where a person's waves do not have a cell, its number is not read. */
  readonly cells: readonly Float64Array[];
}

/** Adds up people who come some at a time. */
export interface PeopleAdder {
  add(block: PeopleBlock): void;
  /** Those seen at some wave, by their waves. */
  patterns(): PanelPattern[];
}

interface Adding {
  readonly waves: readonly number[];
  readonly cells: readonly number[];
  people: number;
  readonly products: Float64Array;
}

/** The inner product of two columns, in four parts: the processor need not wait for one sum before the next. */
function innerProduct(a: Float64Array, b: Float64Array, count: number): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  const whole = count - (count % 4);
  for (let i = 0; i < whole; i += 4) {
    s0 += a[i] * b[i];
    s1 += a[i + 1] * b[i + 1];
    s2 += a[i + 2] * b[i + 2];
    s3 += a[i + 3] * b[i + 3];
  }
  for (let i = whole; i < count; i++) s0 += a[i] * b[i];
  return s0 + s1 + (s2 + s3);
}

function total(a: Float64Array, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += a[i];
  return sum;
}

function addInto(pattern: Adding, columns: readonly Float64Array[], count: number): void {
  const { cells, products } = pattern;
  pattern.people += count;
  products[0] += count;
  let at = 1;
  for (const cell of cells) products[at++] += total(columns[cell], count);
  for (let j = 0; j < cells.length; j++) {
    for (let k = j; k < cells.length; k++)
      products[at++] += innerProduct(columns[cells[j]], columns[cells[k]], count);
  }
}

/** The people of each pattern in a block, by the bits of their waves. */
function byWaves({ count, used }: PeopleBlock): Map<number, number[]> {
  const rows = new Map<number, number[]>();
  for (let i = 0; i < count; i++) {
    const own = rows.get(used[i]);
    if (own === undefined) rows.set(used[i], [i]);
    else own.push(i);
  }
  return rows;
}

function isAlike({ count, used }: PeopleBlock): boolean {
  for (let i = 1; i < count; i++) if (used[i] !== used[0]) return false;
  return true;
}

/**
 * Adds up the products of a plan over people who come in blocks. The order of the people and the sizes of the blocks
 * decide the last bits, and nothing else does.
 */
export function peopleAdder(plan: PanelPlan): PeopleAdder {
  const patterns = new Map<number, Adding>();
  const scratch = plan.cells.map(() => new Float64Array(0));
  const patternOf = (used: number): Adding => {
    const known = patterns.get(used);
    if (known !== undefined) return known;
    const waves = [...plan.waves.keys()].filter((wave) => (used & (1 << wave)) !== 0);
    const cells = cellsOf(plan, waves);
    const made = { waves, cells, people: 0, products: new Float64Array(packedLength(cells.length + 1)) };
    patterns.set(used, made);
    return made;
  };
  const gather = (cell: number, column: Float64Array, rows: readonly number[]): void => {
    if (scratch[cell].length < rows.length) scratch[cell] = new Float64Array(2 * rows.length);
    const own = scratch[cell];
    for (let i = 0; i < rows.length; i++) own[i] = column[rows[i]];
  };
  return {
    add(block) {
      if (block.count === 0) return;
      if (isAlike(block)) {
        addInto(patternOf(block.used[0]), block.cells, block.count);
        return;
      }
      for (const [used, rows] of byWaves(block)) {
        const pattern = patternOf(used);
        for (const cell of pattern.cells) gather(cell, block.cells[cell], rows);
        addInto(pattern, scratch, rows.length);
      }
    },
    patterns() {
      const seen = [...patterns].filter(([used]) => used !== 0).sort(([a], [b]) => a - b);
      return seen.map(([, { waves, people, products }]) => ({ waves, people, products: [...products] }));
    },
  };
}
