import { StatsError } from "../errors.ts";
import { riclpmModel } from "../models/riclpm/model.ts";
import { fitSem } from "../models/sem/fit.ts";
import type { SemModel } from "../models/sem/model.ts";
import { normalQuantile } from "../numeric/distributions.ts";
import { panelCovariance } from "./population.ts";
import type { PanelTruth } from "./truth.ts";

export interface DetectableOptions {
  /** Which cross-lagged path. */
  readonly path: "x-to-y" | "y-to-x";
  /** Whether the model holds the lags equal over time; `equal` by default. */
  readonly lags?: "equal" | "free";
  /** The size to detect; that of the truth by default. */
  readonly effect?: number;
  /** 0.80 by default. */
  readonly power?: number;
  /** Two-sided; 0.05 by default. */
  readonly alpha?: number;
}

export interface Detectable {
  readonly effect: number;
  /** Standard error of the path times the square root of the number of people. */
  readonly stdErrorRootN: number;
  /** People who must answer every wave. */
  readonly people: number;
}

const PEOPLE = 100_000;

/** The path of one lag: of the middle of the study when each wave has its own. */
function pathIndex(model: SemModel, path: DetectableOptions["path"], lags: "equal" | "free"): number {
  const [to, from] = path === "x-to-y" ? ["wy", "wx"] : ["wx", "wy"];
  const wave = lags === "equal" ? 2 : 3;
  const row = model.parameters.find(
    ({ lhs, op, rhs }) => lhs === `${to}${wave}` && op === "~" && rhs === `${from}${wave - 1}`,
  );
  return row?.free ?? -1;
}

/** The standard error of a path for `people` who answer every wave, from the population's moments. */
function populationStdError(
  truth: PanelTruth,
  path: DetectableOptions["path"],
  lags: "equal" | "free",
): number {
  const model = riclpmModel({ lags }, truth.waves);
  const variables = 2 * truth.waves;
  const pattern = {
    observed: Int32Array.from({ length: variables }, (_, j) => j),
    count: PEOPLE,
    mean: new Float64Array(variables),
    covariance: panelCovariance(truth),
  };
  const data = { label: "", nobs: PEOPLE, droppedEmpty: 0, droppedCovariate: 0, patterns: [pattern] };
  const fit = fitSem(model, [data], { se: "expected", level: 0.95 });
  const stdError = fit.stdErrors?.[pathIndex(model, path, lags)];
  if (stdError !== undefined && fit.converged) return stdError;
  throw new StatsError(
    "power.not-identified",
    "Expected a truth whose model can be estimated; found one whose standard errors do not exist. Add waves, or make the within-person variance larger (a smaller ICC).",
  );
}

/**
 * How many people make a cross-lagged path detectable, without simulation: the standard error in the
 * population falls with the square root of the number of people, N = (z_alpha + z_power)^2 s^2 / effect^2.
 *
 * @throws StatsError `power.truth`, `power.not-identified`
 */
export function detectablePeople(truth: PanelTruth, options: DetectableOptions): Detectable {
  const { path, lags = "equal", power = 0.8, alpha = 0.05 } = options;
  const effect = options.effect ?? (path === "x-to-y" ? truth.xToY : truth.yToX);
  if (effect === 0) {
    throw new StatsError(
      "power.truth",
      "Expected an effect other than 0 to detect; found 0. State the size that matters.",
    );
  }
  const stdErrorRootN = populationStdError(truth, path, lags) * Math.sqrt(PEOPLE);
  const z = normalQuantile(1 - alpha / 2) + normalQuantile(power);
  return { effect, stdErrorRootN, people: Math.ceil(((z * stdErrorRootN) / effect) ** 2) };
}
