import { builtInNames } from "../protocol/variables.ts";
import type { DataPlan } from "./types.ts";

const taken: ReadonlySet<string> = new Set([
  ...builtInNames,
  ...["id", "n_waves", "straight_lined", "within", "between", "lag", "factor", "sqrt"],
]);

/** The name of each column the plan uses in formulas: small letters, digits and _, none twice. */
export function formulaNames(plan: DataPlan): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const used = new Set(taken);
  for (const column of columnsOf(plan)) {
    if (names.has(column)) continue;
    const name = freeName(plainName(column), used);
    used.add(name);
    names.set(column, name);
  }
  return names;
}

/** The columns that become variables, in the order of the plan. */
function columnsOf({ outcome, exposure, by, covariates }: DataPlan): readonly string[] {
  const group = by === undefined ? [] : [by.column];
  return [outcome.column, exposure.column, ...group, ...covariates.map(({ column }) => column)];
}

/** `Pain score (0-10)` becomes `pain_score_0_10`, `kneePain` becomes `knee_pain`. */
function plainName(column: string): string {
  const plain = column
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .normalize("NFD")
    .replace(/ø/g, "o")
    .replace(/æ/g, "ae")
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  return /^[a-z]/.test(plain) ? plain : `x_${plain}`;
}

function freeName(name: string, used: ReadonlySet<string>): string {
  if (!used.has(name)) return name;
  let number = 2;
  while (used.has(`${name}_${number}`)) number += 1;
  return `${name}_${number}`;
}
