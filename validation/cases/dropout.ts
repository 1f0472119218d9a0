import {
  type DropoutOptions,
  dropoutModel,
  gee,
  remainingWeights,
  type Table,
  withColumn,
} from "@longwave/stats";
import type { Comparison, ValidationCase } from "../case.ts";
import { fixture, readNumbers, relative } from "../support.ts";

interface DropoutNumbers {
  readonly atRisk: number;
  readonly left: number;
  readonly estimate: readonly number[];
  readonly stdError: readonly number[];
  readonly weights: {
    readonly rows: number;
    readonly withoutWeight: number;
    readonly mean: number;
    readonly stdDev: number;
    readonly smallest: number;
    readonly largest: number;
    readonly effectiveRows: number;
  };
  readonly weighted: { readonly estimate: readonly number[]; readonly stdError: readonly number[] };
}

const numbers = readNumbers<DropoutNumbers>("dropout");

const data = fixture("hunt_like");
const options: DropoutOptions = {
  id: "id",
  time: "wave",
  outcome: "pain_o",
  exposure: "ex",
  covariates: ["sex", "age"],
};

function coefficientRows(
  rows: readonly { readonly term: string; readonly estimate: number; readonly stdError: number }[],
  reference: { readonly estimate: readonly number[]; readonly stdError: readonly number[] },
): Comparison[] {
  return rows.flatMap((row, j) => [
    relative(`${row.term} estimate`, [row.estimate, reference.estimate[j]], 1e-7),
    relative(`${row.term} standard error`, [row.stdError, reference.stdError[j]], 1e-7),
  ]);
}

function compareModel(table: Table): Comparison[] {
  const model = dropoutModel({ kind: "rows", table }, options);
  return [
    relative("waves at risk", [model.hazards.length, numbers.atRisk], 0),
    relative("people who left", [model.counts.left, numbers.left], 0),
    ...coefficientRows(model.fit.fixed, numbers),
  ];
}

function compareWeights(table: Table): Comparison[] {
  const rows = { kind: "rows", table } as const;
  const { column, summary } = remainingWeights(rows, { ...options, stabilizeBy: ["sex"], truncate: [1, 99] });
  const weighted = { kind: "rows", table: withColumn(table, "w", column) } as const;
  const fit = gee("pain_o ~ wave + sex", weighted, { id: "id", correlation: "independence", weights: "w" });
  const { weights } = numbers;
  return [
    relative("rows with a weight", [summary.rows, weights.rows], 0),
    relative("mean weight", [summary.mean, weights.mean], 1e-9),
    relative("SD of the weights", [summary.stdDev, weights.stdDev], 1e-9),
    relative("smallest weight", [summary.smallest, weights.smallest], 1e-9),
    relative("largest weight", [summary.largest, weights.largest], 1e-9),
    relative("effective rows", [summary.effectiveRows, weights.effectiveRows], 1e-9),
    ...coefficientRows(fit.fixed, numbers.weighted),
  ];
}

/** Dropout and the weights that undo it, beside the same steps in R. */
export const cases: readonly ValidationCase[] = [
  {
    id: "dropout-hunt-model",
    model: "discrete-time logistic model of dropout",
    reference: "R 4.2.2 glm on a risk set made in R",
    data,
    compare: compareModel,
  },
  {
    id: "dropout-hunt-weights",
    model: "stabilised weights truncated at [1, 99], and the gee with them",
    reference: "R 4.2.2 glm, geepack 1.3.9 geeglm",
    data,
    compare: compareWeights,
  },
];
