import { groupSizes } from "../../frame/groups.ts";
import type { ModelFrame } from "../../frame/model-frame.ts";
import { waldRow } from "../../inference/wald.ts";
import { invertPositive } from "../../linalg/dense.ts";
import type { Warning } from "../../warnings.ts";
import type { Coefficient } from "../fit.ts";
import { coefficientsInUnits, covarianceInUnits, type ScaledRows } from "../glm/units.ts";
import { whitenedRows } from "./equations.ts";
import { type NuisanceErrors, nuisanceErrors } from "./nuisance.ts";
import type { GeeSolution } from "./objective.ts";
import type { ResolvedGeeOptions } from "./options.ts";
import { type Qic, qicOf } from "./qic.ts";
import type { GeeFit } from "./result.ts";
import { correctedSandwich, type PersonScores, personScores, sandwich, scoreCorrection } from "./sandwich.ts";
import type { GeeSetup } from "./setup.ts";
import { geeWarnings } from "./warn.ts";

/** Covariances of the scaled coefficients; null where one does not exist. */
interface Covariances {
  readonly model: Float64Array | null;
  readonly robust: Float64Array | null;
  /** The one that was asked for. */
  readonly shown: Float64Array | null;
  /** True when a small-sample correction failed because of one person's leverage. */
  readonly leverage: boolean;
}

interface Inference extends Covariances {
  readonly nuisance: NuisanceErrors | null;
  readonly qic: Qic | null;
}

const NOTHING: Inference = {
  model: null,
  robust: null,
  shown: null,
  leverage: false,
  nuisance: null,
  qic: null,
};

function covariances(
  setup: GeeSetup,
  { sums, inverse }: { readonly sums: PersonScores; readonly inverse: Float64Array },
  options: ResolvedGeeOptions,
  phi: number,
): Covariances {
  const model = inverse.map((value) => value * phi);
  const enough = setup.people > setup.rows.p;
  if (!enough) return { model, robust: null, shown: options.se === "model" ? model : null, leverage: false };
  const robust = sandwich(sums, inverse);
  if (options.se === "model") return { model, robust, shown: model, leverage: false };
  if (options.se === "robust") return { model, robust, shown: robust, leverage: false };
  const shown = correctedSandwich(sums, scoreCorrection(options.se, sums.total, sums.p));
  return { model, robust, shown, leverage: shown === null };
}

function infer(setup: GeeSetup, solution: GeeSolution, options: ResolvedGeeOptions): Inference {
  if (solution.state !== "converged") return NOTHING;
  const whitened = whitenedRows(setup, options, solution);
  if (whitened === null) return NOTHING;
  const sums = personScores(setup, whitened, options.se !== "robust" && options.se !== "model");
  const inverse = invertPositive(sums.total, sums.p);
  if (inverse === null) return NOTHING;
  const found = covariances(setup, { sums, inverse }, options, solution.phi);
  const weighted = options.weights !== undefined;
  return {
    ...found,
    nuisance: nuisanceErrors(setup, options.family, solution, { sums, inverse }),
    qic: weighted || found.robust === null ? null : qicOf(setup, options.family, solution, found.robust),
  };
}

function inUnits(setup: DescribedGee, covariance: Float64Array | null): number[][] {
  const { p } = setup.rows;
  if (covariance === null) return Array.from({ length: p }, () => new Array<number>(p).fill(Number.NaN));
  return covarianceInUnits(setup.rows, covariance);
}

function fixedRows(
  setup: DescribedGee,
  solution: GeeSolution,
  options: ResolvedGeeOptions,
  { vcov, vcovModel }: { readonly vcov: number[][]; readonly vcovModel: number[][] },
): Coefficient[] {
  const known = solution.state === "converged" || solution.state === "stopped";
  const b = coefficientsInUnits(setup.rows, solution.b);
  return setup.rows.names.map((term, j) => {
    const estimate = known ? b[j] : Number.NaN;
    const row = waldRow({ term, estimate, stdError: Math.sqrt(vcov[j][j]), df: null }, options.level);
    return options.se === "model" ? row : { ...row, modelStdError: Math.sqrt(vcovModel[j][j]) };
  });
}

function workingPart(setup: DescribedGee, solution: GeeSolution, { nuisance, qic }: GeeInference) {
  const unit = setup.rows.yScale.scale * setup.rows.yScale.scale;
  const separated = solution.state === "separated";
  const alpha = separated ? [] : Array.from(solution.alpha);
  return {
    alpha,
    alphaTerms: alpha.length === 0 ? [] : setup.pairs.terms,
    alphaStdError: nuisance?.alpha ?? alpha.map(() => Number.NaN),
    scale: separated ? null : unit * solution.phi,
    scaleStdError: nuisance === null ? null : unit * nuisance.phi,
    qic: qic?.qic ?? null,
    qicu: qic?.qicu ?? null,
    quasiLik: qic?.quasiLik ?? null,
  };
}

/** What a result says of the rows behind it. */
export interface DescribedGee extends Pick<GeeSetup, "people" | "pairs"> {
  readonly rows: Pick<GeeSetup["rows"], "names" | "dropped" | "nobs"> & ScaledRows;
  readonly frame: Pick<ModelFrame, "formula" | "rows" | "withinStdDev">;
  readonly groupsWithTwoRows: number;
  readonly rowsPerPerson: GeeFit["rowsPerPerson"];
}

/** What is known of the precision of a solution; null where it is not known. */
export interface GeeInference {
  readonly model: Float64Array | null;
  readonly robust: Float64Array | null;
  readonly shown: Float64Array | null;
  readonly nuisance: NuisanceErrors | null;
  readonly qic: Qic | null;
}

/** A solution with its precision and what a reader must know of it. */
interface Solved {
  readonly solution: GeeSolution;
  readonly inference: GeeInference;
  readonly warnings: readonly Warning[];
}

/** The result in the units of the data, as plain data. */
export function describeGee(setup: GeeSetup, solution: GeeSolution, options: ResolvedGeeOptions): GeeFit {
  const { frame } = setup.rows;
  const inference = infer(setup, solution, options);
  const sizes = frame.people === null ? new Int32Array(0) : groupSizes(frame.people);
  const described = {
    ...setup,
    frame,
    groupsWithTwoRows: sizes.reduce((sum, size) => sum + (size >= 2 ? 1 : 0), 0),
    rowsPerPerson: {
      fewest: sizes.reduce((min, size) => Math.min(min, size), setup.rows.nobs),
      most: setup.largest,
    },
  };
  const warnings = geeWarnings(setup, solution, options, inference.leverage);
  return describeSolved(described, { solution, inference, warnings }, options);
}

/** The result of a GEE, whether or not its rows are at hand. */
export function describeSolved(
  setup: DescribedGee,
  { solution, inference, warnings }: Solved,
  options: ResolvedGeeOptions,
): GeeFit {
  const { frame } = setup;
  const vcov = inUnits(setup, inference.shown);
  const vcovModel = inUnits(setup, inference.model);
  return {
    formula: frame.formula.text,
    estimator: "gee",
    family: options.family,
    correlation: options.correlation,
    se: options.se,
    dfMethod: "none",
    level: options.level,
    nobs: setup.rows.nobs,
    ngroups: { [options.id]: setup.people },
    fixed: fixedRows(setup, solution, options, { vcov, vcovModel }),
    vcov,
    vcovModel,
    vcovRobust: inUnits(setup, inference.robust),
    ...workingPart(setup, solution, inference),
    logLik: null,
    deviance: null,
    aic: null,
    bic: null,
    nparameters: setup.rows.p,
    converged: solution.state === "converged" && inference.model !== null,
    warnings,
    rows: frame.rows,
    frame: { time: options.time ?? null, id: options.id, minRows: options.minRows ?? null },
    groupsWithTwoRows: setup.groupsWithTwoRows,
    dropped: setup.rows.dropped,
    withinStdDev: frame.withinStdDev,
    weights: options.weights ?? null,
    rowsPerPerson: setup.rowsPerPerson,
  };
}
