import { StatsError } from "../errors.ts";
import type { PanelFacts } from "./facts.ts";

/** What one column of a panel gives to its sums, as a number for a person or for a person at a wave. */
export interface PanelAtom {
  readonly column: string;
  /** One value a person; one a wave; or that of the wave before. */
  readonly role: "constant" | "varying" | "lagged";
  /** The number shifted and then divided; or 1 where the column has this level and else 0. */
  readonly code:
    | { readonly kind: "number"; readonly shift: number; readonly scale: number }
    | { readonly kind: "level"; readonly level: string };
}

/** A product of atoms; `wave` is the place of the wave it belongs to, null when it is one number a person. */
export interface PanelCell {
  readonly atoms: readonly number[];
  readonly wave: number | null;
}

/**
 * What is to be summed over people so that a formula can be fitted without their rows.
 *
 * Each person gives one vector r: 1, then the cells that are one number a person, then those of each wave at
 * which the person has a row that is used. People with the same waves share a pattern, and the sums are those of
 * r r' in each. Everything that `within`, `between`, factors of the wave and products need is linear in r.
 */
export interface PanelPlan {
  readonly version: 1;
  readonly formula: string;
  readonly person: string;
  readonly time: string;
  /** What was known of the columns, and which were found to differ between the waves of someone. */
  readonly columns: PanelFacts["columns"];
  readonly varying: readonly string[];
  /** The values of the time column, ascending. */
  readonly waves: readonly number[];
  /** The levels of each variable that is coded by level, in order, by the variable's text. */
  readonly levels: Readonly<Record<string, readonly string[]>>;
  /** Columns that must be observed in a row, and those that must be observed in the row one wave before. */
  readonly required: readonly string[];
  readonly requiredBefore: readonly string[];
  readonly atoms: readonly PanelAtom[];
  readonly cells: readonly PanelCell[];
}

/** For each wave, the place of the wave one before, or -1 where there is none. */
export function wavesBefore({ waves }: PanelPlan): number[] {
  return waves.map((wave) => waves.indexOf(wave - 1));
}

/** The numbers of the cells of a pattern: those of a person, then those of its waves, in the order of the plan. */
export function cellsOf(plan: PanelPlan, waves: readonly number[]): readonly number[] {
  const here = new Set(waves);
  return [...plan.cells.keys()].filter((cell) => {
    const { wave } = plan.cells[cell];
    return wave === null || here.has(wave);
  });
}

/** The monomial of a cell, as polynomials name it. */
export function monomialOf({ atoms, wave }: PanelCell, plan: Pick<PanelPlan, "atoms">): string {
  return atoms
    .map((a) => (plan.atoms[a].role === "constant" ? `a${a}` : `a${a}@${wave}`))
    .sort()
    .join("*");
}

/** True for an atom that is 0 or 1 for everybody. */
export function isIndicator({ code, column }: PanelAtom, { columns }: PanelPlan): boolean {
  const facts = columns[column];
  return code.kind === "level" || (facts?.kind === "number" && facts.binary);
}

/** A model that sums over people do not determine; `why` is the part of it that they do not. */
export class NeedsRows extends StatsError {
  readonly why: string;

  constructor(why: string) {
    super(
      "sums.needs-rows",
      `Expected a model that sums over people determine; found ${why}. Fit it from the rows themselves.`,
    );
    this.why = why;
  }
}
