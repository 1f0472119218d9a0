import { StatsError } from "../errors.ts";
import { parseFormula } from "../formula/parse.ts";
import { waldRow } from "../inference/wald.ts";
import type { Coefficient } from "../models/fit.ts";
import { lmm } from "../models/lmm/fit.ts";
import type { LmmOptions } from "../models/lmm/options.ts";
import { selectRows } from "../table/columns.ts";
import type { FitData, Table } from "../table/table.ts";
import { type Warning, warning } from "../warnings.ts";
import { type FollowUp, followUp } from "./follow-up.ts";

/** Complete: seen at the last planned wave. Late and early: last seen after, or up to, `earlyUntil`. */
export type DropoutPattern = "complete" | "late" | "early";

export interface PatternMixtureOptions {
  readonly id: string;
  readonly time: string;
  /** The fixed effect that is asked for, as it stands in the fit: `within(ex)`. */
  readonly term: string;
  readonly waves?: readonly number[];
  /** The last wave of early leavers; by default the middle of the planned waves, rounded down. */
  readonly earlyUntil?: number;
  readonly level?: number;
  readonly minRows?: number;
}

/** The effect among the people of one pattern. */
export interface PatternStratum {
  readonly pattern: DropoutPattern;
  /** The last waves that belong to the pattern. */
  readonly lastWaves: readonly number[];
  /** People of the pattern, used in the fit or not; `share` is of all people seen. */
  readonly people: number;
  readonly share: number;
  readonly nobs: number;
  /** Null when the model could not be fitted to these people; `reason` says why. */
  readonly effect: Coefficient | null;
  readonly reason: string | null;
  readonly warnings: readonly Warning[];
}

export interface PatternMixture {
  readonly formula: string;
  readonly term: string;
  readonly strata: readonly PatternStratum[];
  /** The effect averaged over the patterns that could be fitted, weighted by their people. */
  readonly average: Coefficient;
  /** The share of all people whose patterns are in the average. */
  readonly shareCovered: number;
  /** The same model for everyone, which takes dropout as explained by what was seen. */
  readonly ignoring: Coefficient;
  readonly warnings: readonly Warning[];
}

const SMALL_STRATUM = 30;

function patternOf(last: number, follow: FollowUp, earlyUntil: number): DropoutPattern {
  if (last === follow.waves.length - 1) return "complete";
  return follow.waves[last] <= earlyUntil ? "early" : "late";
}

function earlyLimit({ waves }: FollowUp, asked: number | undefined): number {
  const limit = asked ?? waves[Math.floor(waves.length / 2) - 1];
  if (limit >= waves[0] && limit < waves[waves.length - 1]) return limit;
  throw new StatsError(
    "pattern-mixture.option",
    `Expected earlyUntil from the first planned wave to before the last; found ${limit} with waves ${waves.join(", ")}. Change it.`,
  );
}

function effectOf(formula: string, table: Table, options: PatternMixtureOptions) {
  const { id, time, term, level, minRows } = options;
  const asked: LmmOptions = {
    id,
    time,
    ...(level === undefined ? {} : { level }),
    ...(minRows === undefined ? {} : { minRows }),
  };
  const fit = lmm(formula, { kind: "rows", table }, asked);
  return { fit, effect: fit.fixed.find((row) => row.term === term) ?? null };
}

interface StratumData {
  readonly pattern: DropoutPattern;
  readonly people: number;
  readonly total: number;
  readonly lastWaves: readonly number[];
  readonly table: Table;
}

function fitStratum(formula: string, stratum: StratumData, options: PatternMixtureOptions): PatternStratum {
  const { pattern, people, total, lastWaves, table } = stratum;
  const common = { pattern, lastWaves, people, share: people / total };
  try {
    const { fit, effect } = effectOf(formula, table, options);
    const usable = effect !== null && Number.isFinite(effect.stdError) && fit.converged;
    const reason = usable ? null : `${options.term} could not be estimated among these people`;
    return { ...common, nobs: fit.nobs, effect: usable ? effect : null, reason, warnings: fit.warnings };
  } catch (error) {
    // A stratum that is too thin for the model is an answer about the data, not a broken call.
    if (!(error instanceof StatsError)) throw error;
    return { ...common, nobs: 0, effect: null, reason: error.message, warnings: [] };
  }
}

function splitPeople(table: Table, follow: FollowUp, limit: number): StratumData[] {
  const patterns: readonly DropoutPattern[] = ["complete", "late", "early"];
  const of = follow.people.map(({ last }) => patternOf(last, follow, limit));
  return patterns.flatMap((pattern) => {
    const members = of.filter((other) => other === pattern).length;
    if (members === 0) return [];
    return [
      {
        pattern,
        people: members,
        total: follow.people.length,
        lastWaves: follow.waves.filter((_, last) => patternOf(last, follow, limit) === pattern),
        table: selectRows(table, (row) => {
          const person = follow.personOfRow[row];
          return person >= 0 && of[person] === pattern;
        }),
      },
    ];
  });
}

interface Fitted {
  readonly people: number;
  readonly effect: Coefficient;
}

function fitted(strata: readonly PatternStratum[]): Fitted[] {
  const kept = strata.flatMap(({ people, effect }) => (effect === null ? [] : [{ people, effect }]));
  if (kept.length >= 2) return kept;
  const reasons = strata.flatMap(({ pattern, reason }) => (reason === null ? [] : [`${pattern}: ${reason}`]));
  throw new StatsError(
    "pattern-mixture.no-patterns",
    `Expected at least two dropout patterns with enough people to fit; found ${kept.length}${reasons.length === 0 ? "" : ` (${reasons.join("; ")})`}. Use a simpler model, or another earlyUntil.`,
  );
}

/**
 * sum p_s b_s, with variance sum p_s^2 var(b_s) + sum p_s (b_s - average)^2 / people: the shares are estimated too.
 *
 * Little (1993), J. Am. Stat. Assoc. 88, 125-134; Hedeker & Gibbons (1997), Psychol. Methods 2, 64-78 (delta
 * method for the averaged effect).
 */
function averageOf(parts: readonly Fitted[], term: string, level: number): Coefficient {
  const people = parts.reduce((sum, part) => sum + part.people, 0);
  const shares = parts.map((part) => part.people / people);
  const estimate = parts.reduce((sum, { effect }, s) => sum + shares[s] * effect.estimate, 0);
  const sampling = parts.reduce((sum, { effect }, s) => sum + (shares[s] * effect.stdError) ** 2, 0);
  const ofShares = parts.reduce(
    (sum, { effect }, s) => sum + shares[s] * (effect.estimate - estimate) ** 2,
    0,
  );
  const stdError = Math.sqrt(sampling + ofShares / people);
  return waldRow({ term, estimate, stdError, df: null }, level);
}

function strataWarnings(strata: readonly PatternStratum[]): Warning[] {
  return strata.flatMap(({ pattern, people, reason }) => {
    if (reason !== null) {
      return [
        warning(
          "pattern-mixture.left-out",
          `Expected every dropout pattern to be fitted; found that the ${pattern} pattern (${people} people) could not be: ${reason} The average speaks of the other patterns only.`,
        ),
      ];
    }
    if (people >= SMALL_STRATUM) return [];
    return [
      warning(
        "pattern-mixture.small-stratum",
        `Expected at least ${SMALL_STRATUM} people in each dropout pattern; found ${people} in the ${pattern} pattern. Read its effect as rough.`,
      ),
    ];
  });
}

/**
 * One effect of a mixed model by dropout pattern (complete, late, early), and averaged over the patterns by
 * their shares of the people: what the effect is if people of a pattern stay, unseen, as they were seen.
 *
 * @param formula  a formula of `lmm()`; it is fitted to each pattern apart.
 * @throws StatsError `formula.*`, `data.*`, `lmm.*` (for everyone together), `dropout.waves`, `pattern-mixture.*`
 */
export function patternMixture(
  formula: string,
  data: FitData,
  options: PatternMixtureOptions,
): PatternMixture {
  const { id, time, waves, term, level = 0.95 } = options;
  const outcome = parseFormula(formula).outcome.text;
  const follow = followUp(data.table, { id, time, outcome, ...(waves === undefined ? {} : { waves }) });
  const limit = earlyLimit(follow, options.earlyUntil);
  const everyone = effectOf(formula, data.table, options).effect;
  if (everyone === null) {
    throw new StatsError(
      "pattern-mixture.option",
      `Expected a term of the model "${formula}"; found "${term}". Name the fixed effect as the fit does.`,
    );
  }
  const strata = splitPeople(data.table, follow, limit).map((part) => fitStratum(formula, part, options));
  const parts = fitted(strata);
  return {
    formula,
    term,
    strata,
    average: averageOf(parts, term, level),
    shareCovered: parts.reduce((sum, part) => sum + part.people, 0) / follow.people.length,
    ignoring: everyone,
    warnings: strataWarnings(strata),
  };
}
