import { peopleAdder } from "./add-people.ts";
import { type PanelPlan, wavesBefore } from "./plan.ts";
import type { PanelPattern } from "./sums.ts";

/** Some rows of long data, in the order of their people. */
export interface RowsBlock {
  readonly count: number;
  readonly person: Float64Array;
  /** The place of the wave, and whether the row is complete and can be the wave before: as `rowFlags` packs them. */
  readonly flags: Int32Array;
  /** A column for each atom of the plan; where a row does not have it, its number is not read. */
  readonly atoms: readonly Float64Array[];
}

/** The bits of a row's flags above the place of its wave. */
export const ROW_FLAGS = { complete: 256, was: 512 } as const;

/** What rows added up to. */
export interface AddedRows {
  readonly patterns: readonly PanelPattern[];
  /** People with several rows at one wave. */
  readonly repeated: number;
  /** Columns taken as one value a person that have several. */
  readonly varying: readonly string[];
}

/** Adds up rows that come some at a time. */
export interface RowsAdder {
  /** False where people are not in ascending order: then all is void. */
  add(block: RowsBlock): boolean;
  finish(): AddedRows;
}

// People whose numbers are laid out as columns before they are added up: some hundred kB, which stay near the processor.
const PEOPLE = 1024;

/** Where the atoms of the people at hand are kept: one column for each atom, or one for each of its waves. */
interface Layout {
  readonly constant: readonly {
    readonly atom: number;
    readonly own: Float64Array;
    readonly column: string;
  }[];
  readonly varying: readonly { readonly atom: number; readonly at: readonly Float64Array[] }[];
  /** By the place of a row: the columns of the wave after it. */
  readonly lagged: readonly {
    readonly atom: number;
    readonly after: readonly (Float64Array | undefined)[];
  }[];
  /** The column of each cell; a product is worked out when the people are added up. */
  readonly cells: readonly { readonly factors: readonly Float64Array[]; readonly own: Float64Array }[];
}

function layoutOf(plan: PanelPlan): Layout {
  const before = wavesBefore(plan);
  const places = [...plan.waves.keys()];
  const columns = plan.atoms.map(({ role }) =>
    Array.from({ length: role === "constant" ? 1 : places.length }, () => new Float64Array(PEOPLE)),
  );
  const ofRole = (role: string) => [...plan.atoms.keys()].filter((atom) => plan.atoms[atom].role === role);
  return {
    constant: ofRole("constant").map((atom) => ({
      atom,
      own: columns[atom][0],
      column: plan.atoms[atom].column,
    })),
    varying: ofRole("varying").map((atom) => ({ atom, at: columns[atom] })),
    lagged: ofRole("lagged").map((atom) => ({
      atom,
      after: places.map((place) => columns[atom][before.indexOf(place)]),
    })),
    cells: plan.cells.map(({ atoms, wave }) => {
      const factors = atoms.map(
        (atom) => columns[atom][plan.atoms[atom].role === "constant" ? 0 : (wave ?? 0)],
      );
      return { factors, own: factors.length === 1 ? factors[0] : new Float64Array(PEOPLE) };
    }),
  };
}

function multiplyInto(own: Float64Array, factors: readonly Float64Array[], count: number): void {
  if (factors.length === 1) return;
  own.set(factors[0]);
  for (const factor of factors.slice(1)) for (let i = 0; i < count; i++) own[i] *= factor[i];
}

/** The bits of the waves whose wave before is one of the plan, as that wave's bits. */
function stepsOf(plan: PanelPlan): number {
  return wavesBefore(plan).reduce((mask, place) => (place < 0 ? mask : mask | (1 << place)), 0);
}

/**
 * Adds up the products of a plan over rows of long data that come in the order of their people, without holding more
 * than some people at a time.
 */
export function rowsAdder(plan: PanelPlan): RowsAdder {
  const layout = layoutOf(plan);
  const adder = peopleAdder(plan);
  const hasLags = plan.requiredBefore.length > 0;
  const steps = stepsOf(plan);
  const used = new Int32Array(PEOPLE);
  const varying = new Set<string>();
  let [here, repeated, current] = [0, 0, Number.NaN];
  let [complete, was, seen, twice] = [0, 0, 0, 0];

  const flush = (): void => {
    for (const { own, factors } of layout.cells) multiplyInto(own, factors, here);
    adder.add({ count: here, used, cells: layout.cells.map(({ own }) => own) });
    here = 0;
  };
  const endPerson = (): void => {
    repeated += twice;
    const mask = hasLags ? complete & ((was & steps) << 1) : complete;
    if (mask !== 0) {
      used[here++] = mask;
      if (here === PEOPLE) flush();
    }
    complete = was = seen = twice = 0;
  };
  const takeComplete = (atoms: RowsBlock["atoms"], row: number, place: number): void => {
    for (const { atom, at } of layout.varying) at[place][here] = atoms[atom][row];
    for (const { atom, own, column } of layout.constant) {
      const value = atoms[atom][row];
      if (complete === 0) own[here] = value;
      else if (own[here] !== value) varying.add(column);
    }
  };
  const takeRow = ({ flags, atoms }: RowsBlock, row: number): void => {
    const place = flags[row] & 255;
    const bit = 1 << place;
    if ((seen & bit) !== 0) twice = 1;
    seen |= bit;
    if ((flags[row] & ROW_FLAGS.complete) !== 0) {
      takeComplete(atoms, row, place);
      complete |= bit;
    }
    if ((flags[row] & ROW_FLAGS.was) !== 0) was |= bit;
    for (const { atom, after } of layout.lagged) {
      const own = after[place];
      if (own !== undefined) own[here] = atoms[atom][row];
    }
  };
  return {
    add(block) {
      const { person, count } = block;
      for (let row = 0; row < count; row++) {
        if (person[row] !== current) {
          if (person[row] < current) return false;
          endPerson();
          current = person[row];
        }
        takeRow(block, row);
      }
      return true;
    },
    finish() {
      endPerson();
      flush();
      return { patterns: adder.patterns(), repeated, varying: [...varying] };
    },
  };
}
