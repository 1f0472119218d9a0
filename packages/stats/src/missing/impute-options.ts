import { StatsError } from "../errors.ts";
import type { Column } from "../table/table.ts";
import type { WidePanel } from "./wide.ts";

export type ImputeMethod = "pmm" | "normal" | "logistic" | "polytomous";

export interface ImputeOptions {
  /** Number of imputed data sets; 20 by default. */
  readonly m?: number;
  /** Rounds of the chained equations; 10 by default. */
  readonly iterations?: number;
  /** Seed of the random numbers; 1 by default. Imputation k is the same for every `m`. */
  readonly seed?: number;
  /** Donors of predictive mean matching; 5 by default. */
  readonly donors?: number;
  /**
   * Method by variable (`pain`) or wave column (`pain.2`). By default numbers are matched (`pmm`), factors of
   * two levels are `logistic`, of more `polytomous`.
   */
  readonly methods?: Readonly<Record<string, ImputeMethod>>;
  /** Predictors by variable or wave column, named as variables or wave columns; by default all others. */
  readonly predictors?: Readonly<Record<string, readonly string[]>>;
  /** Leave out predictors whose correlation with the column, and with its being missing, is below this; 0 by default. */
  readonly minCorrelation?: number;
}

export interface ResolvedImputeOptions {
  readonly m: number;
  readonly iterations: number;
  readonly seed: number;
  readonly donors: number;
  readonly methods: Readonly<Record<string, ImputeMethod>>;
  readonly predictors: Readonly<Record<string, readonly string[]>>;
  readonly minCorrelation: number;
}

function check(valid: boolean, expected: string, found: unknown): void {
  if (valid) return;
  throw new StatsError("impute.option", `Expected ${expected}; found ${String(found)}. Change the option.`);
}

/** Every name by which a column of the panel can be called: the variable, or the variable at a wave. */
function namesInPanel(panel: WidePanel): Set<string> {
  return new Set([...panel.person, ...panel.varying, ...panel.waveColumns.map(({ name }) => name)]);
}

/**
 * The options with their defaults.
 *
 * @throws StatsError `impute.option`
 */
export function resolveImputeOptions(panel: WidePanel, options: ImputeOptions = {}): ResolvedImputeOptions {
  const { m = 20, iterations = 10, seed = 1, donors = 5 } = options;
  const { methods = {}, predictors = {}, minCorrelation = 0 } = options;
  check(Number.isInteger(m) && m >= 2, "m a whole number from 2", m);
  check(Number.isInteger(iterations) && iterations >= 1, "iterations a whole number from 1", iterations);
  check(Number.isInteger(donors) && donors >= 1, "donors a whole number from 1", donors);
  check(minCorrelation >= 0 && minCorrelation < 1, "minCorrelation from 0 to below 1", minCorrelation);
  const known = namesInPanel(panel);
  const named = [...Object.keys(methods), ...Object.keys(predictors), ...Object.values(predictors).flat()];
  for (const name of named) {
    check(known.has(name), `columns of the panel (${[...known].slice(0, 8).join(", ")}, ...)`, name);
  }
  return { m, iterations, seed, donors, methods, predictors, minCorrelation };
}

/** What an option says of a column: by its own name first, then by its variable's. */
export function optionFor<T>(
  byName: Readonly<Record<string, T>>,
  column: { readonly name: string; readonly variable: string },
): T | undefined {
  return byName[column.name] ?? byName[column.variable];
}

/**
 * The method for a column.
 *
 * @throws StatsError `impute.option` when the one asked for does not fit the kind of the column.
 */
export function methodFor(
  column: Column,
  names: { readonly name: string; readonly variable: string },
  options: ResolvedImputeOptions,
): ImputeMethod {
  const asked = optionFor(options.methods, names);
  if (column.kind === "numeric") {
    check(
      asked === undefined || asked === "pmm" || asked === "normal",
      `method "pmm" or "normal" for the numbers in "${names.name}"`,
      asked,
    );
    return asked ?? "pmm";
  }
  const levels = column.levels.length;
  check(
    asked === undefined || asked === "polytomous" || (asked === "logistic" && levels === 2),
    `method "logistic" (two levels) or "polytomous" for the categories in "${names.name}"`,
    asked,
  );
  return asked ?? (levels === 2 ? "logistic" : "polytomous");
}
