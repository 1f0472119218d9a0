import { NeedsRows } from "../../panel/plan.ts";
import { type EachWidePerson, semRowsOf } from "../../wide/people.ts";
import type { WideRequest } from "../../wide/plan.ts";
import {
  answerPlaces,
  covariatePlaces,
  semSumsOf,
  variableNamesOf,
  variableSpread,
} from "../../wide/sem-sums.ts";
import { checkWideSums, type WideSums } from "../../wide/sums.ts";
import { semDataFromSums } from "../sem/data.ts";
import { fitGrowth } from "./fit.ts";
import type { GrowthColumns, GrowthOptions } from "./options.ts";
import type { GrowthFit } from "./result.ts";
import { askedSeries, checkSeries, growthSetup, namedBlocks } from "./setup.ts";

/** What to sum for a growth model. */
export function growthRequest(columns: GrowthColumns): WideRequest {
  const { id, time, covariates } = columns;
  return {
    series: askedSeries(columns),
    ...(id === undefined ? {} : { id }),
    ...(time === undefined ? {} : { time }),
    ...(covariates === undefined ? {} : { covariates }),
  };
}

/**
 * Linear latent growth from the sums of a panel: the fit that `growth` gives on the rows behind them.
 *
 * @param sums  of `growthRequest(columns)`.
 * @throws StatsError `sums.needs-rows` for robust standard errors, `sums.different-shape`, and as `growth`.
 */
export function growthFromSums(
  columns: GrowthColumns,
  sums: WideSums,
  options: GrowthOptions = {},
): GrowthFit {
  if (options.se === "robust") throw new NeedsRows("robust standard errors");
  return fitGrowth(columns, placedGrowth(columns, sums, options), options);
}

/**
 * The same with robust standard errors and the scaled test, from the numbers of each person.
 *
 * @param each  goes through the people of the sums; called once.
 * @throws StatsError as `growthFromSums`
 */
export async function growthFromPeople(
  columns: GrowthColumns,
  sums: WideSums,
  options: GrowthOptions,
  each: EachWidePerson,
): Promise<GrowthFit> {
  const placed = placedGrowth(columns, sums, options);
  const sem = await semRowsOf(sums, { places: placed.places, names: placed.setup.names }, each);
  return fitGrowth(columns, { ...placed, sem }, options);
}

function placedGrowth(columns: GrowthColumns, sums: WideSums, options: GrowthOptions) {
  checkSeries(columns.series);
  const { plan, rows } = checkWideSums(sums);
  if (JSON.stringify(plan.request) !== JSON.stringify(growthRequest(columns)))
    throw new NeedsRows("series that these sums were not made for");
  const { waves } = plan;
  const answers = answerPlaces(plan);
  const spreads = answers.map((v) => variableSpread(sums, v));
  const blocks = namedBlocks(columns.series, waves, (i) =>
    spreads.slice(i * waves.length, (i + 1) * waves.length),
  );
  const design = covariatePlaces(sums);
  const covariates = variableNamesOf(plan, design);
  const setup = growthSetup(columns, { waves, rows, blocks, covariates }, options);
  const placeOf = new Map([
    ...blocks.flatMap(({ names }, i) =>
      names.map((name, t) => [name, answers[i * waves.length + t]] as const),
    ),
    ...covariates.map((name, i) => [name, design[i]] as const),
  ]);
  const places = setup.names.map((name) => placeOf.get(name) ?? -1);
  const needed = setup.fixedCovariates.map((name) => placeOf.get(name) ?? -1);
  const moments = semDataFromSums(semSumsOf(sums, { places, names: setup.names, needed }));
  return { setup, moments, places };
}
