import type { PanelQuery, PanelRequest, PanelSummer, Source } from "@longwave/source";
import {
  type GeeFit,
  type GeeOptions,
  type LmmFit,
  type LmmOptions,
  parseFormula,
  type RandomEffects,
} from "@longwave/stats";
import {
  formOutline,
  geeFromSums,
  geeRecipeOutline,
  geeSecondRound,
  lmmFromSums,
  lmmSecondRound,
  type PanelPlan,
  type PanelSums,
  recipeOutline,
  type ScoreRecipe,
  type ScoreSums,
  scoreForm,
} from "@longwave/stats/from-sums";
import type { Typed } from "../arguments.ts";
import type { SumsQuery, SumsWay } from "./engine.ts";
import { type Estimator, readGeeOptions, readLmmOptions } from "./estimators.ts";
import { type PeopleFitter, peopleFitterOf } from "./fit-from-people.ts";
import { panelRequest } from "./panel-request.ts";

/** What a fit is asked of. */
export interface SumsQuestion {
  readonly source: Source;
  readonly formula: string;
  readonly estimator: Estimator;
  readonly typed: Typed;
}

/** A fit that panel sums give. */
export type SummedFit = LmmFit | GeeFit;

/** How an estimator fits from sums. */
interface Fitter {
  /** The recipe of the second round; null where the first is enough. */
  second(sums: PanelSums): ScoreRecipe | null;
  /** What decides the estimates, besides the sums. */
  readonly decides: Readonly<Record<string, unknown>>;
  /** Its shape, before anything is estimated. */
  outline(plan: PanelPlan): ScoreRecipe | null;
  fit(sums: PanelSums, scores: ScoreSums | undefined): SummedFit;
  /** With the standard errors of the model. */
  withoutRobust(sums: PanelSums): SummedFit;
}

function lmmFitter(options: LmmOptions): Fitter {
  const { method, residual, minRows } = options;
  return {
    decides: { estimator: "lmm", method, residual: residual ?? "iid", minRows },
    second: (sums) => lmmSecondRound(sums, options),
    outline: (plan) => (options.se === "model" ? null : recipeOutline(plan, [])),
    fit: (sums, scores) => lmmFromSums(sums, options, scores),
    withoutRobust: (sums) => lmmFromSums(sums, { ...options, se: "model" }),
  };
}

function geeFitter(options: GeeOptions): Fitter {
  const { correlation = "exchangeable", minRows } = options;
  return {
    decides: { estimator: "gee", correlation, minRows },
    second: (sums) => geeSecondRound(sums, options),
    outline: (plan) => (options.se === "model" ? null : geeRecipeOutline(plan, correlation)),
    fit: (sums, scores) => geeFromSums(sums, options, scores),
    withoutRobust: (sums) => geeFromSums(sums, { ...options, se: "model" }),
  };
}

/** How an estimator fits from sums, or why it cannot. */
export function fitterOf(
  estimator: Estimator,
  typed: Typed,
  person: string | undefined = typed.text("id"),
): Fitter | string {
  if (typed.text("ranef") !== undefined || typed.text("fitted") !== undefined)
    return "numbers of single people or rows (--ranef, --fitted)";
  if (estimator === "gee") {
    const options = readGeeOptions(typed, person);
    if (options.family === "binomial") return "--family binomial";
    if (options.se !== "model" && options.se !== "robust") return `--se ${options.se}`;
    return geeFitter(options);
  }
  if (estimator !== "lmm") return `--estimator ${estimator}`;
  const options = readLmmOptions(typed);
  if (options.df === "kenward-roger") return "--df kenward-roger";
  if (options.se === "cr2") return "--se cr2";
  if (options.se !== "model" && options.df !== "none")
    return `Satterthwaite's degrees of freedom with --se ${options.se} (--df none is possible)`;
  return lmmFitter(options);
}

/** The column that names the person: the one typed, else the grouping factor of the random terms. */
export function personOf(typed: Typed, formula: string): string | undefined {
  return typed.text("id") ?? parseFormula(formula).random[0]?.columns[0];
}

/** A fit from sums, with random effects where they were asked for. */
export interface FitOfSums {
  readonly fit: SummedFit;
  readonly ranef: readonly RandomEffects[] | null;
}

/** How the fit can be had from sums, or why rows are needed. */
export function sumsWay(question: SumsQuestion): SumsWay<FitOfSums> | string {
  const { source, formula, estimator, typed } = question;
  const { panel } = source;
  if (panel === undefined) return "data in memory already";
  const request = panelRequest(typed, formula, personOf(typed, formula));
  const personal = request === null ? null : peopleFitterOf({ formula, estimator, typed }, request.time);
  if (request !== null && personal !== null) return peopleWay(panel, request, personal);
  const fitter = fitterOf(estimator, typed);
  if (typeof fitter === "string") return fitter;
  if (request === null) return "no --time, which says at which wave a row is";
  return {
    async query() {
      const asked = await panel.query(request);
      const outline = fitter.outline(asked.plan);
      if (outline === null) return described(asked, null);
      return described(asked, {
        kind: "scores",
        ...panel.outline(request, formOutline(outline, asked.plan)),
      });
    },
    async fit() {
      const sums = await panel.sums(request);
      const recipe = fitter.second(sums);
      if (recipe === null) return { fit: fitter.fit(sums, undefined), ranef: null };
      const seen = sums.patterns.map(({ waves }) => waves);
      const scores = await panel.scores(request, scoreForm(recipe, sums.plan, seen));
      return { fit: fitter.fit(sums, scores), ranef: null };
    },
  };
}

/** The same for what looks at each person: a second statement gives the sums of each. */
function peopleWay(panel: PanelSummer, asked: PanelRequest, fitter: PeopleFitter): SumsWay<FitOfSums> {
  const { named, why, passes } = fitter;
  const request = { ...asked, slopes: true };
  return {
    async query() {
      const first = await panel.query(request);
      const second = await panel.peopleQuery(request, { plan: first.plan, named });
      const { sql: text, people, width } = second;
      return described(first, { kind: "people", text, people, width, why, passes });
    },
    async fit() {
      const sums = await panel.sums(request);
      return fitter.fit(sums, (take) => panel.people(request, { plan: sums.plan, named }, take));
    },
  };
}

/** The sets of waves a person can be seen at are no more than there are rows. */
function described(
  { plan, sql, width, nrows, isKept, pass }: PanelQuery,
  second: SumsQuery["second"],
): SumsQuery {
  return {
    nrows,
    isKept,
    ...(pass === undefined ? {} : { pass }),
    sql,
    numbers: plan.cells.length + 1,
    waves: plan.waves.length,
    sets: Math.min(2 ** plan.waves.length - 1, nrows),
    setName: "waves",
    width,
    second,
  };
}
