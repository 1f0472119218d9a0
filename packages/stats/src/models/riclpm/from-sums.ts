import { NeedsRows } from "../../panel/plan.ts";
import { type EachWidePerson, semRowsOf } from "../../wide/people.ts";
import type { WidePlan } from "../../wide/plan.ts";
import {
  answerPlaces,
  covariatePlaces,
  semSumsOf,
  variableNamesOf,
  variableSpread,
  withinSquaresOf,
} from "../../wide/sem-sums.ts";
import { checkWideSums, type WidePattern, type WideSums } from "../../wide/sums.ts";
import { semDataFromSums } from "../sem/data.ts";
import { fitReduced } from "./fit.ts";
import { type RiclpmColumns, type RiclpmOptions, riclpmSettings } from "./options.ts";
import { type ReducedPanel, variableNames } from "./reduced.ts";
import type { RiclpmFit } from "./result.ts";
import {
  checkPeople,
  checkWaves,
  emptyWave,
  type LeftOut,
  sameForAll,
  sameOverTime,
  seriesName,
} from "./setup.ts";

/** What was asked, as the columns of the model. */
function columnsOf({ request }: WidePlan): RiclpmColumns {
  const { series, id, time, group, covariates } = request;
  const [x, y] = series;
  if (series.length !== 2) throw new NeedsRows(`${series.length} series where there are two`);
  return {
    x,
    y,
    ...(id === undefined ? {} : { id }),
    ...(time === undefined ? {} : { time }),
    ...(group === undefined ? {} : { group }),
    ...(covariates === undefined ? {} : { covariates }),
  };
}

/** The patterns of the people of a fit, and who is left out. */
function membersOf({ plan, patterns }: WideSums): { kept: WidePattern[]; leftOut: LeftOut } {
  const hasCovariates = plan.variables.some(({ kind }) => kind === "covariate");
  const counts = { withoutGroup: 0, withoutCovariate: 0, withoutAnswers: 0 };
  const kept = patterns.filter(({ group, observed, people }) => {
    const kinds = new Set(observed.map((v) => plan.variables[v].kind));
    if (!kinds.has("answer")) counts.withoutAnswers += people;
    else if (group < 0) counts.withoutGroup += people;
    else if (hasCovariates && !kinds.has("covariate")) counts.withoutCovariate += people;
    else return true;
    return false;
  });
  return { kept, leftOut: counts };
}

/** Below this share of its size squared a variance is rounding. */
const ROUNDING = 1e-20;

/** What is to vary: the kept patterns, and the places of the setup's variables in their plan. */
interface Members extends Pick<WideSums, "plan" | "patterns"> {
  readonly places: readonly number[];
}

function checkVaries(setup: ReducedPanel, columns: RiclpmColumns, { plan, patterns, places }: Members): void {
  const { waves, groups, covariates } = setup;
  const names = (["x", "y"] as const).map((series) => seriesName(series, columns, waves));
  for (const [g, label] of groups.entries()) {
    const where = label === "" ? "" : ` in group ${label}`;
    const own = { plan, patterns: patterns.filter(({ group }) => group === g) };
    const check = (variable: number, what: string) => {
      const { count, mean, variance } = variableSpread(own, places[variable]);
      if (count > 0 && variance > ROUNDING * mean * mean) return;
      throw sameForAll(what, Number(mean.toPrecision(12)), count);
    };
    covariates.forEach((name, i) => {
      check(2 * waves.length + i, `the covariate ${name}${where}`);
    });
    for (const [s, name] of names.entries()) {
      for (const t of waves.keys()) check(s * waves.length + t, name.column(t) + where);
      const { sum, df } = withinSquaresOf(own, s);
      const { mean } = variableSpread(own, places[s * waves.length]);
      if (!(df > 0 && sum > df * ROUNDING * Math.max(mean * mean, 1e-300)))
        throw sameOverTime(name.series, where, df);
    }
  }
}

function withinStdDev(sums: WideSums, series: number): number {
  const { sum, df } = withinSquaresOf(sums, series);
  return df > 0 ? Math.sqrt(sum / df) : Number.NaN;
}

/** A panel from its sums, and where its variables stand in their plan. */
interface PlacedPanel {
  readonly setup: ReducedPanel;
  readonly places: readonly number[];
}

/** A panel from its sums, with the checks that rows get. */
function reducedSums(columns: RiclpmColumns, sums: WideSums): PlacedPanel {
  const { plan, rows } = sums;
  const { waves, groups } = plan;
  checkWaves(plan, columns.time);
  for (const v of answerPlaces(plan)) {
    const variable = plan.variables[v];
    if (variable.kind !== "answer" || sums.patterns.some(({ observed }) => observed.includes(v))) continue;
    throw emptyWave(seriesName(variable.series === 0 ? "x" : "y", columns, waves), variable.wave);
  }
  const { kept, leftOut } = membersOf(sums);
  const design = covariatePlaces(sums);
  const covariates = variableNamesOf(plan, design);
  const names = variableNames(waves.length, covariates);
  const places = [...answerPlaces(plan), ...design];
  const members = { ...sums, patterns: kept };
  const data = semDataFromSums(semSumsOf(members, { places, names, needed: design }));
  const setup: ReducedPanel = {
    ...{ waves, groups, covariates, names, data, rows, leftOut },
    withinStdDev: { x: withinStdDev(sums, 0), y: withinStdDev(sums, 1) },
    sem: null,
  };
  checkPeople(setup, (group) => data[group].nobs);
  checkVaries(setup, columns, { ...members, places });
  return { setup, places };
}

/**
 * A random-intercept cross-lagged panel model from the sums of a panel: the fit that `riclpm` gives on the rows behind
 * them.
 *
 * @param sums  made by `reduceWide`, or by a source where the data live.
 * @throws StatsError `sums.needs-rows` for robust standard errors, `sums.different-shape`, and as `riclpm`.
 */
export function riclpmFromSums(sums: WideSums, options: RiclpmOptions = {}): RiclpmFit {
  const settings = riclpmSettings(options);
  if (settings.se === "robust") throw new NeedsRows("robust standard errors");
  const columns = columnsOf(checkWideSums(sums).plan);
  return fitReduced(columns, reducedSums(columns, sums).setup, settings);
}

/**
 * The same with robust standard errors and the scaled tests, from the numbers of each person: the answers by wave and
 * the covariates, however many rows and columns the data have.
 *
 * @param each  goes through the people of the sums; called once.
 * @throws StatsError `sums.different-shape`, and as `riclpm`.
 */
export async function riclpmFromPeople(
  sums: WideSums,
  options: RiclpmOptions,
  each: EachWidePerson,
): Promise<RiclpmFit> {
  const columns = columnsOf(checkWideSums(sums).plan);
  const { setup, places } = reducedSums(columns, sums);
  const sem = await semRowsOf(sums, { places, names: setup.names }, each);
  return fitReduced(columns, { ...setup, sem }, riclpmSettings(options));
}
