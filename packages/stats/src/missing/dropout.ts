import { quoteName } from "../formula/formula.ts";
import { glm } from "../models/glm/fit.ts";
import { glmPredict } from "../models/glm/predict.ts";
import type { GlmFit } from "../models/glm/result.ts";
import type { FitData, Table } from "../table/table.ts";
import { type Warning, warning } from "../warnings.ts";
import { type DropoutOptions, LEFT, type RiskSet, riskSet } from "./dropout-rows.ts";
import { type LastWaveMeans, meansByLastWave } from "./follow-up.ts";

/** What goes with leaving: a ratio of odds for one unit more, and for one standard deviation more of a number. */
export interface DropoutTerm {
  readonly term: string;
  readonly oddsRatio: number;
  readonly lower: number;
  readonly upper: number;
  readonly pValue: number | null;
  /** Standard deviation over the risk set; null for a level of a factor. */
  readonly stdDev: number | null;
  readonly oddsRatioPerStdDev: number | null;
}

export interface DropoutCounts {
  readonly people: number;
  /** People with rows but no outcome, who are left out. */
  readonly neverSeen: number;
  /** People seen at the last planned wave. */
  readonly stayed: number;
  readonly left: number;
  /** Among `people`: those who missed a wave and came back. */
  readonly intermittent: number;
  /** Planned waves missed by people who came back, and those after people had left. */
  readonly wavesMissed: number;
  readonly wavesAfterLeaving: number;
}

/** The chance of leaving at one wave, of one person who was seen at the wave before. */
export interface Hazard {
  readonly person: string;
  readonly wave: number;
  /** Null where a predictor is missing. */
  readonly hazard: number | null;
  readonly left: boolean;
}

export interface DropoutModel {
  readonly waves: readonly number[];
  readonly counts: DropoutCounts;
  /** Share of those at risk who left, by wave. */
  readonly byWave: readonly { readonly wave: number; readonly atRisk: number; readonly left: number }[];
  readonly fit: GlmFit;
  readonly terms: readonly DropoutTerm[];
  readonly hazards: readonly Hazard[];
  readonly lastWaveMeans: readonly LastWaveMeans[];
  readonly warnings: readonly Warning[];
}

function countsOf({ followUp }: RiskSet): DropoutCounts {
  const { people, waves, neverSeen } = followUp;
  const end = waves.length - 1;
  const missed = people.map(
    ({ rows, first, last }) => rows.subarray(first, last).filter((row) => row < 0).length,
  );
  const stayed = people.filter(({ last }) => last === end).length;
  return {
    people: people.length,
    neverSeen,
    stayed,
    left: people.length - stayed,
    intermittent: missed.filter((count) => count > 0).length,
    wavesMissed: missed.reduce((sum, count) => sum + count, 0),
    wavesAfterLeaving: people.reduce((sum, { last }) => sum + end - last, 0),
  };
}

function byWave({ followUp, wave, left }: RiskSet): DropoutModel["byWave"] {
  return followUp.waves.slice(1).map((value, before) => {
    const rows = [...wave.keys()].filter((i) => wave[i] === before + 1);
    return { wave: value, atRisk: rows.length, left: rows.reduce((sum, i) => sum + left[i], 0) };
  });
}

function waveTerm(risk: RiskSet, time: string): string[] {
  return new Set(risk.wave).size > 1 ? [`factor(${quoteName(time)})`] : [];
}

function stdDevOf(table: Table, name: string): number | null {
  const column = table.columns[name];
  if (column === undefined || column.kind !== "numeric") return null;
  const values = column.values.filter((_, row) => column.missing[row] === 0);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

function termsOf(fit: GlmFit, risk: RiskSet): DropoutTerm[] {
  return fit.fixed
    .filter(({ term }) => term !== "(Intercept)")
    .map(({ term, estimate, lower, upper, pValue }) => {
      const name = risk.predictors.find((column) => column === term || quoteName(column) === term);
      const stdDev = name === undefined ? null : stdDevOf(risk.table, name);
      return {
        term,
        oddsRatio: Math.exp(estimate),
        lower: Math.exp(lower),
        upper: Math.exp(upper),
        pValue,
        stdDev,
        oddsRatioPerStdDev: stdDev === null ? null : Math.exp(estimate * stdDev),
      };
    });
}

/** The fitted chance of leaving for each row of the risk set; NaN where a predictor is missing. */
export function hazardsOf(fit: GlmFit, risk: RiskSet): Float64Array {
  const hazards = new Float64Array(risk.table.nrows).fill(Number.NaN);
  for (const { row, predicted } of glmPredict(fit, { kind: "rows", table: risk.table }))
    hazards[row] = predicted;
  return hazards;
}

function eventWarnings(risk: RiskSet, fit: GlmFit): Warning[] {
  const events = risk.left.reduce((sum, left) => sum + left, 0);
  if (events >= 10 * (fit.fixed.length - 1)) return [];
  return [
    warning(
      "dropout.few-events",
      `Expected at least 10 people leaving for each coefficient; found ${events} for ${fit.fixed.length - 1}. Use fewer predictors, and read the odds ratios with care.`,
    ),
  ];
}

/**
 * A discrete-time model of dropout: the log odds of leaving at each wave, given what was last seen of the
 * person, with the outcome's means by the last wave seen.
 *
 * Odds ratios that differ from 1 say that leaving goes with what was seen. No analysis of observed data can
 * show that it does not also go with what was not seen.
 *
 * @throws StatsError `data.*`, `dropout.*`, `regression.*`
 * Singer & Willett (2003), Applied Longitudinal Data Analysis, chapter 11.
 */
export function dropoutModel(data: FitData, options: DropoutOptions): DropoutModel {
  const risk = riskSet(data.table, options);
  const right = [...waveTerm(risk, options.time), ...risk.predictors.map(quoteName)].join(" + ");
  const fit = glm(
    `${LEFT} ~ ${right}`,
    { kind: "rows", table: risk.table },
    {
      family: "binomial",
      ...(options.level === undefined ? {} : { level: options.level }),
    },
  );
  const hazards = hazardsOf(fit, risk);
  const { people, waves } = risk.followUp;
  return {
    waves,
    counts: countsOf(risk),
    byWave: byWave(risk),
    fit,
    terms: termsOf(fit, risk),
    hazards: Array.from(risk.person, (person, i) => ({
      person: people[person].label,
      wave: waves[risk.wave[i]],
      hazard: Number.isFinite(hazards[i]) ? hazards[i] : null,
      left: risk.left[i] === 1,
    })),
    lastWaveMeans: meansByLastWave(data.table, options.outcome, risk.followUp),
    warnings: [...fit.warnings, ...eventWarnings(risk, fit)],
  };
}
