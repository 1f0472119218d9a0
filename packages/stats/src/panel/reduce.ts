import { StatsError } from "../errors.ts";
import { groupByColumns, requireNumbers } from "../frame/variables.ts";
import { packedLength } from "../sums/grouped-sums.ts";
import { columnOf } from "../table/nearest-name.ts";
import type { Column, Table } from "../table/table.ts";
import { cellsOf, type PanelAtom, type PanelPlan, wavesBefore } from "./plan.ts";
import type { PanelPattern, PanelSums } from "./sums.ts";

/** The row of each person at each wave, -1 where there is none: people x waves. */
interface Places {
  readonly people: number;
  readonly rows: Int32Array;
}

function duplicateRow(plan: PanelPlan, first: number, second: number): StatsError {
  return new StatsError(
    "data.duplicate-time",
    `Expected one row for each person and time; found rows ${first + 1} and ${second + 1} of one person both at the same ${plan.time}. Keep one of them, or correct the time.`,
  );
}

function placesOf(plan: PanelPlan, table: Table): Places {
  const { codes, count } = groupByColumns(table, [plan.person]);
  const time = requireNumbers(columnOf(table, plan.time), plan.time, "as the time");
  const placeOf = new Map(plan.waves.map((wave, place) => [wave, place]));
  const rows = new Int32Array(count * plan.waves.length).fill(-1);
  for (let row = 0; row < table.nrows; row++) {
    const place = time.missing[row] === 1 ? undefined : placeOf.get(time.values[row]);
    if (codes[row] < 0 || place === undefined) continue;
    const at = codes[row] * plan.waves.length + place;
    if (rows[at] >= 0) throw duplicateRow(plan, rows[at], row);
    rows[at] = row;
  }
  return { people: count, rows };
}

function atomValue({ code }: PanelAtom, column: Column): (row: number) => number {
  if (code.kind === "number") {
    const { values } = requireNumbers(column, "a column of the plan", "for its sums");
    return (row) => (values[row] - code.shift) / code.scale;
  }
  if (column.kind === "factor") return (row) => (column.levels[column.codes[row]] === code.level ? 1 : 0);
  return (row) => (String(column.values[row]) === code.level ? 1 : 0);
}

interface Reading {
  readonly plan: PanelPlan;
  readonly table: Table;
  readonly rows: Int32Array;
  /** For each wave, the place of the wave one before, or -1. */
  readonly before: readonly number[];
}

function isObserved(table: Table, columns: readonly string[], row: number): boolean {
  return columns.every((name) => columnOf(table, name).missing[row] === 0);
}

/** The places of the waves at which a person has a row that is used. */
function usedWaves({ plan, table, rows, before }: Reading, person: number): number[] {
  const from = person * plan.waves.length;
  return [...plan.waves.keys()].filter((wave) => {
    const row = rows[from + wave];
    if (row < 0 || !isObserved(table, plan.required, row)) return false;
    if (plan.requiredBefore.length === 0) return true;
    const last = before[wave] < 0 ? -1 : rows[from + before[wave]];
    return last >= 0 && isObserved(table, plan.requiredBefore, last);
  });
}

/** The vector r of a person who is seen at some waves. */
function vectorOf(
  reading: Reading,
  values: readonly ((row: number) => number)[],
  person: number,
  waves: readonly number[],
): Float64Array {
  const { plan, rows, before } = reading;
  const from = person * plan.waves.length;
  const factor = (atom: number, wave: number | null): number => {
    const { role } = plan.atoms[atom];
    if (role === "constant") return values[atom](rows[from + waves[0]]);
    const place = role === "lagged" ? before[wave ?? 0] : (wave ?? 0);
    return values[atom](rows[from + place]);
  };
  const cells = cellsOf(plan, waves).map((cell) => plan.cells[cell]);
  return Float64Array.from([
    1,
    ...cells.map(({ atoms, wave }) => atoms.reduce((product, atom) => product * factor(atom, wave), 1)),
  ]);
}

function addProductsInto(sums: Float64Array, r: Float64Array): void {
  let at = 0;
  for (let j = 0; j < r.length; j++) for (let k = j; k < r.length; k++) sums[at++] += r[j] * r[k];
}

/** Columns taken as one value a person that have several. */
export function varyingInPlan(plan: PanelPlan, table: Table): string[] {
  const { people, rows } = placesOf(plan, table);
  const reading = { plan, table, rows, before: wavesBefore(plan) };
  const constants = new Set(plan.atoms.filter(({ role }) => role === "constant").map(({ column }) => column));
  return [...constants].filter((name) => {
    const column = columnOf(table, name);
    const value = (row: number) => (column.kind === "factor" ? column.codes[row] : column.values[row]);
    for (let person = 0; person < people; person++) {
      const own = usedWaves(reading, person).map((wave) => value(rows[person * plan.waves.length + wave]));
      if (own.some((one) => one !== own[0])) return true;
    }
    return false;
  });
}

/** A person of a table as the sums see them: the places of their waves, and the vector r of their pattern. */
interface PanelVector {
  readonly waves: readonly number[];
  readonly r: Float64Array;
}

/**
 * Everybody of a table who has a row that is used.
 *
 * @throws StatsError `data.duplicate-time` when a person has two rows at one wave.
 */
export function panelVectors(plan: PanelPlan, table: Table): PanelVector[] {
  const { people, rows } = placesOf(plan, table);
  const reading = { plan, table, rows, before: wavesBefore(plan) };
  const values = plan.atoms.map((atom) => atomValue(atom, columnOf(table, atom.column)));
  const found: PanelVector[] = [];
  for (let person = 0; person < people; person++) {
    const waves = usedWaves(reading, person);
    if (waves.length > 0) found.push({ waves, r: vectorOf(reading, values, person, waves) });
  }
  return found;
}

/** The sums of a plan over rows at hand: the reference for whoever forms them elsewhere. */
export function reducePanel(plan: PanelPlan, table: Table): PanelSums {
  const patterns = new Map<string, { waves: readonly number[]; people: number; products: Float64Array }>();
  let used = 0;
  for (const { waves, r } of panelVectors(plan, table)) {
    used += waves.length;
    const pattern = patterns.get(waves.join()) ?? {
      waves,
      people: 0,
      products: new Float64Array(packedLength(r.length)),
    };
    pattern.people++;
    addProductsInto(pattern.products, r);
    patterns.set(waves.join(), pattern);
  }
  const listed = [...patterns.values()].map(
    (pattern): PanelPattern => ({ ...pattern, products: [...pattern.products] }),
  );
  return { plan, rows: { read: table.nrows, used, droppedMissing: table.nrows - used }, patterns: listed };
}
