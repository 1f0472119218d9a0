import type { PathParameter } from "@longwave/stats";
import type { Comparison } from "./case.ts";
import { absolute } from "./support.ts";

/** lhs, op, rhs, group, estimate, standard error, standardised value and its standard error. */
export type ReferenceRow = readonly [
  string,
  string,
  string,
  string | null,
  number,
  number,
  number | null,
  number | null,
];

/** The fit measures that a reference may record. */
export type ReferenceFit = Readonly<Partial<Record<FitMeasure, number>>>;

/** Tolerances of lavaan's default optimiser: chi-square 1e-3, estimates and errors 0.003 of a standard error. */
const MEASURES = {
  chiSquare: 1e-3,
  df: 0,
  pValue: 1e-4,
  cfi: 1e-5,
  tli: 1e-5,
  rmsea: 1e-5,
  rmseaLower: 1e-4,
  rmseaUpper: 1e-4,
  srmr: 1e-5,
  logLik: 5e-4,
  logLikSaturated: 5e-4,
  aic: 1e-3,
  bic: 1e-3,
  chiSquareScaled: 5e-3,
  scalingFactor: 1e-4,
} as const;

type FitMeasure = keyof typeof MEASURES;

/** Each fit measure of ours beside R's. */
export function compareMeasures(
  fit: Readonly<Record<FitMeasure, number | null>>,
  reference: ReferenceFit,
): Comparison[] {
  return (Object.keys(MEASURES) as FitMeasure[]).flatMap((quantity): Comparison[] => {
    const value = reference[quantity];
    if (value === undefined) return [];
    return [absolute(quantity, [fit[quantity], value], MEASURES[quantity])];
  });
}

function largest(values: readonly number[]): number {
  return values.reduce((most, value) => (Number.isNaN(value) ? value : Math.max(most, Math.abs(value))), 0);
}

function difference(quantity: string, values: readonly number[], tolerance: number): Comparison {
  return absolute(quantity, [largest(values), 0], tolerance);
}

/** The largest differences from R over all parameters, each in the units that matter. */
export function compareParameters(
  parameters: readonly PathParameter[],
  reference: readonly ReferenceRow[],
): Comparison[] {
  const key = (parts: readonly (string | null)[]) => parts.join(" ");
  const ours = new Map(parameters.map((row) => [key([row.lhs, row.op, row.rhs, row.group]), row]));
  const pairs = reference.map((theirs) => ({ theirs, row: ours.get(key(theirs.slice(0, 4) as string[])) }));
  const nan = Number.NaN;
  const estimates = pairs.map(({ theirs, row }) => ((row?.estimate ?? nan) - theirs[4]) / theirs[5]);
  const errors = pairs.map(({ theirs, row }) => (row?.stdError ?? nan) / theirs[5] - 1);
  const known = pairs.filter(({ theirs }) => theirs[6] !== null && theirs[7] !== null && theirs[7] > 0);
  const standardized = known.map(({ theirs, row }) => (row?.standardized ?? nan) - (theirs[6] ?? nan));
  const standardErrors = known.map(
    ({ theirs, row }) => (row?.standardizedStdError ?? nan) / (theirs[7] ?? nan) - 1,
  );
  return [
    difference(`estimates (${pairs.length}), in standard errors`, estimates, 0.003),
    difference("standard errors, relative", errors, 0.001),
    ...(known.length === 0
      ? []
      : [
          difference(`standardised values (${known.length})`, standardized, 2e-4),
          difference("standard errors of standardised values, relative", standardErrors, 0.002),
        ]),
  ];
}
