import type { Cell, Interval } from "../network.ts";

/**
 * What someone with the shown table alone can work out about a hidden cell: the least and the most it can be, by
 * linear programming over all hidden cells, each at least zero. Shares nothing with the code it attacks.
 */
export function attackerInterval(shown: readonly (readonly (number | null)[])[], cell: Cell): Interval {
  const unknowns: string[] = [];
  shown.forEach((row, r) => {
    row.forEach((value, c) => {
      if (value === null) unknowns.push(`${r} ${c}`);
    });
  });
  const { rows, sides } = equations(shown, unknowns);
  const objective = unknowns.map((name) => (name === `${cell.row} ${cell.column}` ? 1 : 0));
  return {
    least: -maximum(
      rows,
      sides,
      objective.map((value) => -value),
    ),
    most: maximum(rows, sides, objective),
  };
}

/** Every row and every column: its parts minus its total are zero. */
function equations(shown: readonly (readonly (number | null)[])[], unknowns: readonly string[]) {
  const last = shown.length - 1;
  const total = (shown[0]?.length ?? 0) - 1;
  const lines = [
    ...shown.map((row, r) => row.map((_, c) => ({ r, c, sign: c === total ? -1 : 1 }))),
    ...(shown[0] ?? []).map((_, c) => shown.map((__, r) => ({ r, c, sign: r === last ? -1 : 1 }))),
  ];
  const rows = lines.map((line) => {
    const row = new Array<number>(unknowns.length).fill(0);
    for (const { r, c, sign } of line) {
      const place = unknowns.indexOf(`${r} ${c}`);
      if (place >= 0) row[place] = sign;
    }
    return row;
  });
  const sides = lines.map((line) =>
    line.reduce((sum, { r, c, sign }) => sum - sign * (shown[r]?.[c] ?? 0), 0),
  );
  return { rows, sides };
}

const TOLERANCE = 1e-9;

/** Greatest value of `objective` over `rows x = sides`, `x >= 0`: the two-phase simplex with Bland's rule. */
function maximum(rows: number[][], sides: number[], objective: number[]): number {
  const n = objective.length;
  const m = rows.length;
  const tableau = rows.map((row, i) => {
    const flip = (sides[i] ?? 0) < 0 ? -1 : 1;
    const artificial = new Array<number>(m).fill(0);
    artificial[i] = 1;
    return [...row.map((value) => flip * value), ...artificial, flip * (sides[i] ?? 0)];
  });
  const basis = rows.map((_, i) => n + i);
  const first = new Array<number>(n + m).fill(0).map((_, j) => (j < n ? 0 : -1));
  optimise(tableau, basis, first, n + m);
  for (let i = 0; i < m; i += 1) {
    if ((basis[i] ?? 0) < n) continue;
    const column = (tableau[i] ?? []).findIndex((value, j) => j < n && Math.abs(value) > TOLERANCE);
    if (column >= 0) pivot(tableau, basis, i, column);
  }
  return optimise(tableau, basis, [...objective, ...new Array<number>(m).fill(0)], n);
}

function optimise(tableau: number[][], basis: number[], objective: number[], columns: number): number {
  const side = (tableau[0]?.length ?? 1) - 1;
  for (;;) {
    const gain = (j: number): number =>
      (objective[j] ?? 0) -
      tableau.reduce((sum, row, i) => sum + (objective[basis[i] ?? 0] ?? 0) * (row[j] ?? 0), 0);
    const entering = Array.from({ length: columns }, (_, j) => j).find(
      (j) => !basis.includes(j) && gain(j) > TOLERANCE,
    );
    if (entering === undefined) {
      return tableau.reduce((sum, row, i) => sum + (objective[basis[i] ?? 0] ?? 0) * (row[side] ?? 0), 0);
    }
    let leaving = -1;
    let least = Number.POSITIVE_INFINITY;
    tableau.forEach((row, i) => {
      const value = row[entering] ?? 0;
      if (value <= TOLERANCE) return;
      const ratio = (row[side] ?? 0) / value;
      const tie = Math.abs(ratio - least) <= TOLERANCE && (basis[i] ?? 0) < (basis[leaving] ?? 0);
      if (ratio < least - TOLERANCE || tie) {
        least = ratio;
        leaving = i;
      }
    });
    if (leaving === -1) return Number.POSITIVE_INFINITY;
    pivot(tableau, basis, leaving, entering);
  }
}

function pivot(tableau: number[][], basis: number[], row: number, column: number): void {
  const lead = tableau[row] ?? [];
  const scale = lead[column] ?? 1;
  for (let j = 0; j < lead.length; j += 1) lead[j] = (lead[j] ?? 0) / scale;
  tableau.forEach((other, i) => {
    const factor = other[column] ?? 0;
    if (i === row || factor === 0) return;
    for (let j = 0; j < other.length; j += 1) other[j] = (other[j] ?? 0) - factor * (lead[j] ?? 0);
  });
  basis[row] = column;
}
