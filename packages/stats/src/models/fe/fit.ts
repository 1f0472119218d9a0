import { StatsError } from "../../errors.ts";
import { groupSizes } from "../../frame/groups.ts";
import type { JointTest } from "../../inference/joint-test.ts";
import { waldRow } from "../../inference/wald.ts";
import { toRows } from "../../linalg/dense.ts";
import { fUpper } from "../../numeric/distributions.ts";
import type { FitData } from "../../table/table.ts";
import { type Warning, warning } from "../../warnings.ts";
import type { FitCommon } from "../fit.ts";
import { clusteredVcov } from "./cluster-vcov.ts";
import { type LeastSquares, leastSquares } from "./objective.ts";
import { type FeOptions, type PanelErrors, type ResolvedFeOptions, resolveFeOptions } from "./options.ts";
import type { FeFit } from "./result.ts";
import { type Panel, setupPanel, timeColumns, withinPeople } from "./setup.ts";

/** Below this many people clustered standard errors are usually too small. */
const FEW_PEOPLE = 40;

/** What fixed and random effects report in the same way. */
export interface PanelEstimate {
  readonly names: readonly string[];
  readonly beta: readonly number[];
  readonly modelVcov: readonly (readonly number[])[];
  readonly vcov: readonly (readonly number[])[];
  readonly df: number | null;
}

function fixedTable(estimate: PanelEstimate, se: PanelErrors, level: number): FitCommon["fixed"] {
  return estimate.names.map((term, j) => {
    const stdError = Math.sqrt(estimate.vcov[j][j]);
    const row = waldRow({ term, estimate: estimate.beta[j], stdError, df: estimate.df }, level);
    return se === "model" ? row : { ...row, modelStdError: Math.sqrt(estimate.modelVcov[j][j]) };
  });
}

/** The part of a result that every panel model has. */
export function panelResult(
  panel: Panel,
  estimate: PanelEstimate,
  options: ResolvedFeOptions,
): Omit<FitCommon, "estimator" | "warnings"> {
  const { frame, people, predictors } = panel;
  const sizes = groupSizes(people);
  return {
    formula: frame.formula.text,
    level: options.level,
    nobs: frame.outcome.length,
    ngroups: { [options.id]: people.count },
    fixed: fixedTable(estimate, options.se, options.level),
    vcov: estimate.vcov,
    logLik: null,
    deviance: null,
    aic: null,
    bic: null,
    nparameters: estimate.names.length,
    converged: true,
    rows: frame.rows,
    frame: { time: options.time ?? null, id: options.id, minRows: options.minRows ?? null },
    groupsWithTwoRows: sizes.reduce((sum, size) => sum + Number(size >= 2), 0),
    dropped: predictors.map(({ name }) => name).filter((name) => !estimate.names.includes(name)),
    withinStdDev: withinStdDevs(panel, estimate.names),
  };
}

function withinStdDevs(
  { predictors, people, frame }: Panel,
  names: readonly string[],
): Record<string, number> {
  const df = frame.outcome.length - people.count;
  const kept = predictors.filter(({ name }) => names.includes(name));
  return Object.fromEntries(
    kept.map(({ name, values }) => {
      const squares = withinPeople(values, people).reduce((sum, value) => sum + value * value, 0);
      return [name, Math.sqrt(squares / df)];
    }),
  );
}

function checkEstimable(panel: Panel, solved: LeastSquares, counted: number): number {
  const { frame, people } = panel;
  if (counted === 0) {
    throw new StatsError(
      "fe.no-predictors",
      `Expected a predictor that varies within people; found none in "${frame.formula.text}". People are compared only with themselves here; use a mixed model for what differs between them.`,
    );
  }
  const df = frame.outcome.length - people.count - solved.kept.length;
  if (df > 0) return df;
  throw new StatsError(
    "fe.too-few-rows",
    `Expected more rows than people and predictors together; found ${frame.outcome.length} rows, ${people.count} people and ${solved.kept.length} predictors. Use fewer terms or more rows.`,
  );
}

function checkResidual(panel: Panel, solved: LeastSquares, total: number): void {
  if (solved.sumOfSquares > 1e-13 * total) return;
  throw new StatsError(
    "fe.perfect-fit",
    `Expected an outcome that varies within people beyond what the terms say; found "${panel.frame.formula.outcome.text}" determined exactly. Remove the term that repeats the outcome, or check the column.`,
  );
}

function feWarnings(panel: Panel, dropped: readonly string[], se: PanelErrors): Warning[] {
  const { people } = panel;
  const singles = groupSizes(people).reduce((sum, size) => sum + Number(size === 1), 0);
  const found: Warning[] = [];
  if (dropped.length > 0) {
    found.push(
      warning(
        "fe.time-constant",
        `Expected columns that vary within people and each add something; found ${dropped.join(", ")} constant within every person or determined by the others. Left out: fixed effects cannot say anything about ${dropped.length === 1 ? "it" : "them"}.`,
      ),
    );
  }
  if (singles > 0) {
    found.push(
      warning(
        "fe.single-rows",
        `Expected at least two rows of each person; found ${singles} of ${people.count} with one. They are counted but add nothing to a comparison of people with themselves.`,
      ),
    );
  }
  if (se !== "model" && people.count < FEW_PEOPLE) {
    found.push(
      warning(
        "fe.few-people",
        `Expected at least ${FEW_PEOPLE} people for clustered standard errors; found ${people.count}. They are then usually too small; compare with se "model" or a mixed model with CR2.`,
      ),
    );
  }
  return found;
}

/** F of all people's (and times') levels against one level for all, with the same predictors. */
function effectsTest(panel: Panel, names: readonly string[], solved: LeastSquares, df: number): JointTest {
  const { frame, predictors } = panel;
  const ones = new Float64Array(frame.outcome.length).fill(1);
  const kept = predictors.filter(({ name }) => names.includes(name)).map(({ values }) => values);
  const mean = frame.outcome.reduce((sum, value) => sum + value, 0) / frame.outcome.length;
  const pooled = leastSquares(
    [ones, ...kept],
    frame.outcome.map((value) => value - mean),
  );
  const dfNumerator = frame.outcome.length - pooled.kept.length - df;
  const sigma2 = solved.sumOfSquares / df;
  const statistic = (pooled.sumOfSquares - solved.sumOfSquares) / dfNumerator / sigma2;
  return { statistic, dfNumerator, dfDenominator: df, pValue: fUpper(statistic, dfNumerator, df) };
}

function submatrix(matrix: Float64Array, k: number, from: number): number[][] {
  return toRows(matrix, k, k)
    .slice(from)
    .map((row) => row.slice(from));
}

/**
 * The within (fixed-effects) estimator: each person's rows are compared with each other only.
 *
 * The intercept and everything that is constant within people are absorbed by the person's level; such columns are
 * left out with a warning that names them. With `effect: "twoway"` every time has a level too, in panels with gaps as
 * well. Tests use n - people - predictors degrees of freedom, or people - 1 with clustered standard errors.
 *
 * @param options  `id` is needed; `time` with `twoway`.
 * @throws StatsError `fe.*`, `formula.*`, `data.*`
 * Wooldridge (2010), Econometric Analysis of Cross Section and Panel Data, 2nd ed., section 10.5.
 */
export function fe(formula: string, data: FitData, options: FeOptions): FeFit {
  const resolved = resolveFeOptions(options);
  const panel = setupPanel(formula, data, resolved);
  const { frame, people, predictors } = panel;
  const times = resolved.effect === "twoway" ? timeColumns(frame, data, resolved.time ?? "") : null;
  const dummies = (times?.columns ?? []).map((column) => withinPeople(column, people));
  const columns = [...dummies, ...predictors.map(({ values }) => withinPeople(values, people))];
  const y = withinPeople(frame.outcome, people);
  const solved = leastSquares(columns, y);
  const first = solved.kept.findIndex((j) => j >= dummies.length);
  const nTimes = first < 0 ? solved.kept.length : first;
  const names = solved.kept.slice(nTimes).map((j) => predictors[j - dummies.length].name);
  const df = checkEstimable(panel, solved, names.length);
  const total = leastSquares(dummies, y).sumOfSquares;
  checkResidual(
    panel,
    solved,
    y.reduce((sum, value) => sum + value * value, 0),
  );
  const sigma2 = solved.sumOfSquares / df;
  const k = solved.kept.length;
  const kept = solved.kept.map((j) => columns[j]);
  const modelVcov = submatrix(
    solved.inverse.map((value) => value * sigma2),
    k,
    nTimes,
  );
  const vcov =
    resolved.se === "model"
      ? modelVcov
      : submatrix(clusteredVcov({ ...solved, columns: kept, people }, resolved.se, names.length), k, nTimes);
  const beta = Array.from(solved.beta.subarray(nTimes));
  const testDf = resolved.se === "model" ? df : people.count - 1;
  const common = panelResult(panel, { names, beta, modelVcov, vcov, df: testDf }, resolved);
  return {
    ...common,
    estimator: "fe",
    effect: resolved.effect,
    se: resolved.se,
    modelVcov,
    sigma: Math.sqrt(sigma2),
    dfResidual: df,
    rSquared: 1 - solved.sumOfSquares / total,
    timeEffects: times === null ? null : timeEffects(times.labels, solved, nTimes),
    effectsTest: effectsTest(panel, names, solved, df),
    warnings: feWarnings(panel, common.dropped, resolved.se),
  };
}

/** The level of each time against the first; 0 for one that others determine. */
function timeEffects(
  labels: readonly string[],
  solved: LeastSquares,
  nTimes: number,
): { readonly time: string; readonly effect: number }[] {
  return labels.map((time, t) => {
    const place = solved.kept.slice(0, nTimes).indexOf(t - 1);
    return { time, effect: place < 0 ? 0 : solved.beta[place] };
  });
}
