import { type Warning, warning } from "../warnings.ts";
import type { CodedPanel, CodedVariable } from "./impute-code.ts";
import { optionFor, type ResolvedImputeOptions } from "./impute-options.ts";

/** Above this correlation two predictors say the same (mice's `maxcor`). */
const COLLINEAR = 0.999;
/** Observed values wanted for each predictor. */
const ROWS_PER_PREDICTOR = 3;

/** The design columns that predict one variable, the intercept first, and the variables they come from. */
export interface Predictors {
  readonly columns: Int32Array;
  readonly names: readonly string[];
}

/** The correlation of two coded columns over the rows where both are observed; 0 where it does not exist. */
function pairCorrelation(panel: CodedPanel, a: number, b: number): number {
  const { design, width, nrows } = panel;
  let [n, sa, sb, aa, bb, ab] = [0, 0, 0, 0, 0, 0];
  for (let row = 0; row < nrows; row++) {
    const x = design[row * width + a];
    const y = design[row * width + b];
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    n++;
    sa += x;
    sb += y;
    aa += x * x;
    bb += y * y;
    ab += x * y;
  }
  const variances = (aa - (sa * sa) / n) * (bb - (sb * sb) / n);
  const correlation = (ab - (sa * sb) / n) / Math.sqrt(variances);
  return n >= 3 && variances > 1e-20 && Number.isFinite(correlation) ? correlation : 0;
}

/** The correlation of a coded column with whether the variable is missing. */
function missingnessCorrelation(
  panel: CodedPanel,
  column: number,
  { column: target }: CodedVariable,
): number {
  const { design, width, nrows } = panel;
  let [n, sx, sy, xx, xy] = [0, 0, 0, 0, 0];
  for (let row = 0; row < nrows; row++) {
    const x = design[row * width + column];
    if (Number.isNaN(x)) continue;
    const y = target.missing[row];
    n++;
    sx += x;
    sy += y;
    xx += x * x;
    xy += x * y;
  }
  const variances = (xx - (sx * sx) / n) * (sy - (sy * sy) / n);
  return variances > 1e-20 ? (xy - (sx * sy) / n) / Math.sqrt(variances) : 0;
}

/** Correlations of all coded columns, computed once for the panel. */
function correlations(panel: CodedPanel): Float64Array {
  const { width } = panel;
  const out = new Float64Array(width * width);
  for (let a = 1; a < width; a++) {
    for (let b = 1; b < a; b++) {
      out[a * width + b] = pairCorrelation(panel, a, b);
      out[b * width + a] = out[a * width + b];
    }
  }
  return out;
}

function codedColumns({ first, count }: CodedVariable): number[] {
  return Array.from({ length: count }, (_, i) => first + i);
}

interface Search {
  readonly panel: CodedPanel;
  readonly correlation: Float64Array;
  readonly options: ResolvedImputeOptions;
  readonly collinear: Map<string, string>;
}

function strongest(search: Search, target: CodedVariable, column: number): number {
  const { width } = search.panel;
  return Math.max(...codedColumns(target).map((own) => Math.abs(search.correlation[own * width + column])));
}

function candidateVariables(search: Search, target: CodedVariable): CodedVariable[] {
  const { panel, options } = search;
  const asked = optionFor(options.predictors, target);
  return panel.variables.filter((variable) => {
    if (variable === target || variable.distinct < 2) return false;
    if (asked !== undefined) return asked.includes(variable.name) || asked.includes(variable.variable);
    if (options.minCorrelation === 0) return true;
    return codedColumns(variable).some(
      (column) =>
        strongest(search, target, column) >= options.minCorrelation ||
        Math.abs(missingnessCorrelation(panel, column, target)) >= options.minCorrelation,
    );
  });
}

/** The columns of the candidates, without those that an earlier one repeats. */
function distinctColumns(search: Search, candidates: readonly CodedVariable[]): number[] {
  const { width, variables } = search.panel;
  const owner = (column: number) =>
    variables.find(({ first, count }) => column >= first && column < first + count)?.name ?? "";
  const chosen: number[] = [];
  for (const column of candidates.flatMap(codedColumns)) {
    const same = chosen.find((other) => Math.abs(search.correlation[other * width + column]) > COLLINEAR);
    if (same === undefined) chosen.push(column);
    else search.collinear.set(owner(column), owner(same));
  }
  return chosen;
}

/** The predictors of each target, with warnings about those left out. */
export function choosePredictors(
  panel: CodedPanel,
  targets: readonly CodedVariable[],
  options: ResolvedImputeOptions,
): { readonly predictors: readonly Predictors[]; readonly warnings: readonly Warning[] } {
  const search: Search = { panel, correlation: correlations(panel), options, collinear: new Map() };
  const cut: string[] = [];
  const predictors = targets.map((target): Predictors => {
    const candidates = candidateVariables(search, target);
    let columns = distinctColumns(search, candidates);
    const most = Math.max(1, Math.floor(target.observed.length / ROWS_PER_PREDICTOR));
    if (columns.length > most) {
      cut.push(target.name);
      const byStrength = [...columns].sort(
        (a, b) => strongest(search, target, b) - strongest(search, target, a) || a - b,
      );
      const kept = new Set(byStrength.slice(0, most));
      columns = columns.filter((column) => kept.has(column));
    }
    const used = candidates.filter((variable) => codedColumns(variable).some((c) => columns.includes(c)));
    return { columns: Int32Array.from([0, ...columns]), names: used.map(({ name }) => name) };
  });
  return { predictors, warnings: [...collinearWarning(search), ...cutWarning(cut)] };
}

function collinearWarning({ collinear }: Search): Warning[] {
  if (collinear.size === 0) return [];
  const pairs = [...collinear].slice(0, 5).map(([left, kept]) => `${left} (as ${kept})`);
  return [
    warning(
      "impute.collinear",
      `Expected predictors that each add something; found ${pairs.join(", ")} correlated beyond ${COLLINEAR}. Only the first of each pair predicts; leave the other out of the panel.`,
    ),
  ];
}

function cutWarning(cut: readonly string[]): Warning[] {
  if (cut.length === 0) return [];
  return [
    warning(
      "impute.predictors-cut",
      `Expected at least ${ROWS_PER_PREDICTOR} observed values for each predictor; found fewer for ${cut.join(", ")}. Only the predictors most correlated with them were used; name fewer predictors.`,
    ),
  ];
}
