import { StatsError } from "../../errors.ts";
import { groupMeans, groupSizes } from "../../frame/groups.ts";
import { quadraticForm } from "../../inference/satterthwaite-df.ts";
import { normalQuantile, tQuantile } from "../../numeric/distributions.ts";
import { compareCodePoints } from "../../table/columns.ts";
import { columnOf } from "../../table/nearest-name.ts";
import type { FitData } from "../../table/table.ts";
import type { PredictedRow, RandomEffects, ResidualRow } from "../fit.ts";
import type { FeFit } from "./result.ts";
import { labelOf, type Panel, setupPanel, timeColumns, withinPeople } from "./setup.ts";

interface PanelRows {
  readonly panel: Panel;
  /** X b (and the level of the time) of every row. */
  readonly linear: Float64Array;
  /** The level of every person. */
  readonly levels: Float64Array;
}

function rowsOf(fit: FeFit, data: FitData): PanelRows {
  const { id, time, minRows } = fit.frame;
  const names = { id: id ?? "", time: time ?? undefined, minRows: minRows ?? undefined };
  const panel = setupPanel(fit.formula, data, names);
  const { frame, people, predictors } = panel;
  if (frame.outcome.length !== fit.nobs) {
    throw new StatsError(
      "fit.other-data",
      `Expected the data of the fit, ${fit.nobs} rows; found ${frame.outcome.length}. Give the table, filtered as for the fit.`,
    );
  }
  const linear = new Float64Array(fit.nobs);
  const add = (values: Float64Array, effect: number) => {
    for (let i = 0; i < linear.length; i++) linear[i] += effect * values[i];
  };
  for (const { term, estimate } of fit.fixed) {
    const column = predictors.find(({ name }) => name === term);
    if (column !== undefined) add(column.values, estimate);
  }
  if (fit.timeEffects !== null && time !== null) {
    const effects = fit.timeEffects.slice(1);
    timeColumns(frame, data, time).columns.forEach((column, t) => {
      add(column, effects[t].effect);
    });
  }
  const levels = groupMeans(
    frame.outcome.map((value, i) => value - linear[i]),
    people,
  );
  return { panel, linear, levels };
}

/**
 * The level of every person: the mean of the outcome less what the predictors say, with its standard error given the
 * predictors' effects (sigma / sqrt(rows)). Not shrunk: people with few rows have noisy levels.
 *
 * @throws StatsError `fit.other-data`
 */
export function feRanef(fit: FeFit, data: FitData): RandomEffects[] {
  const { panel, levels } = rowsOf(fit, data);
  const { frame, people } = panel;
  const id = fit.frame.id ?? "";
  const column = columnOf(data.table, id);
  const sizes = new Int32Array(people.count);
  const labels: string[] = [];
  people.codes.forEach((code, i) => {
    sizes[code]++;
    labels[code] ??= labelOf(column, frame.kept[i]);
  });
  const compare =
    column.kind === "numeric"
      ? (a: number, b: number) => Number(labels[a]) - Number(labels[b])
      : (a: number, b: number) => compareCodePoints(labels[a], labels[b]);
  const order = [...labels.keys()].sort(compare);
  return [
    {
      group: id,
      terms: ["(Intercept)"],
      levels: order.map((person) => labels[person]),
      modes: order.map((person) => [levels[person]]),
      conditionalStdDev: order.map((person) => [fit.sigma / Math.sqrt(sizes[person])]),
    },
  ];
}

/**
 * What the model leaves of every row used; fitted values hold the level of the person (and of the time).
 *
 * @throws StatsError `fit.other-data`
 */
export function feResiduals(fit: FeFit, data: FitData): ResidualRow[] {
  const { panel, linear, levels } = rowsOf(fit, data);
  const { frame, people } = panel;
  return Array.from(frame.kept, (row, i) => {
    const fitted = linear[i] + levels[people.codes[i]];
    return { row, fitted, residual: frame.outcome[i] - fitted };
  });
}

/**
 * The fitted value of every row used, with the interval of its expectation: the uncertainty of the slopes at the
 * distance from the person's mean, and of the person's level (sigma^2 / rows). With `effect: "twoway"` the uncertainty
 * of the times' levels is left out, so there is no interval.
 *
 * @throws StatsError `fit.other-data`
 */
export function fePredict(
  fit: FeFit,
  data: FitData,
  options: { readonly level?: number } = {},
): PredictedRow[] {
  const { level = fit.level } = options;
  const { panel, linear, levels } = rowsOf(fit, data);
  const { frame, people, predictors } = panel;
  const sizes = groupSizes(people);
  const used = fit.fixed.flatMap(({ term }) => predictors.filter(({ name }) => name === term));
  const deviations = used.map(({ values }) => withinPeople(values, people));
  const [{ df }] = fit.fixed;
  const p = 1 - (1 - level) / 2;
  const half = df === null ? normalQuantile(p) : tQuantile(p, df);
  return Array.from(frame.kept, (row, i) => {
    const person = people.codes[i];
    const predicted = linear[i] + levels[person];
    if (fit.effect === "twoway") return { row, predicted, stdError: null, lower: null, upper: null };
    const at = deviations.map((values) => values[i]);
    const stdError = Math.sqrt(quadraticForm(fit.vcov, at) + fit.sigma ** 2 / sizes[person]);
    return {
      row,
      predicted,
      stdError,
      lower: predicted - half * stdError,
      upper: predicted + half * stdError,
    };
  });
}
