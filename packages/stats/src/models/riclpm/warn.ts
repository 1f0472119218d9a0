import { type Warning, warning } from "../../warnings.ts";
import type { SemFit, SemImproper } from "../sem/model.ts";
import type { RiclpmColumns, RiclpmSettings } from "./options.ts";
import type { ReducedPanel } from "./reduced.ts";
import type { Restarts } from "./result.ts";

/** What a latent variable is, in words: `wx3`, `RIy`, `Sx`. */
function latentWords(name: string, columns: RiclpmColumns): string {
  const match = /^(RI|S|w)([xy])(\d*)$/.exec(name);
  if (match === null) return name;
  const [, kind, series, wave] = match;
  const measure = seriesWords(series === "x" ? "x" : "y", columns);
  if (kind === "RI") return `the level of ${measure}`;
  if (kind === "S") return `the slope of ${measure}`;
  return `${measure} at wave ${wave}`;
}

/** The column of a series, or x and y where each wave has its own. */
export function seriesWords(series: "x" | "y", columns: RiclpmColumns): string {
  const named = columns[series];
  return typeof named === "string" ? named : series;
}

function number(value: number): string {
  return value.toPrecision(3);
}

function improperWords({ group, kind, variables, value }: SemImproper, columns: RiclpmColumns): string {
  const words = variables.map((name) => latentWords(name, columns));
  const where = group === "" ? "" : ` (group ${group})`;
  if (kind === "negative-variance") {
    return `${variables.join("")}: the variance of ${words.join("")} is estimated as ${number(value)}, below zero${where}`;
  }
  if (kind === "correlation-beyond-one") {
    return `${variables.join(" and ")}: the correlation of ${words.join(" and ")} is estimated as ${number(value)}, beyond 1${where}`;
  }
  return `the covariances of the latent variables belong to no distribution (smallest eigenvalue ${number(value)})${where}`;
}

function improperWarning(fit: SemFit, columns: RiclpmColumns): Warning[] {
  if (fit.improper.length === 0) return [];
  const found = fit.improper.map((one) => improperWords(one, columns)).join("; ");
  return [
    warning(
      "riclpm.improper",
      `Improper solution. ${found}. The numbers are reported as estimated, not clipped. The data may have too little ${
        fit.improper.some(({ variables }) => variables.some((name) => name.startsWith("RI")))
          ? "difference in level between people for a random intercept"
          : "information for this many parameters"
      }: hold lags and residuals equal over time, or use more people or waves.`,
    ),
  ];
}

function restartsWarning(restarts: Restarts | null): Warning[] {
  if (restarts === null) return [];
  const spread =
    restarts.spread === null ? "fewer than two converged" : `${restarts.spread.toExponential(1)}`;
  return [
    warning(
      "riclpm.restarts",
      `The first fit was not a proper one, so ${restarts.tried} further starts were tried and the largest likelihood kept. Spread of the log-likelihoods: ${spread}.`,
    ),
  ];
}

/** Gaps between waves that differ by more than a tenth of the first. */
function unequalGaps(waves: readonly number[]): readonly number[] | null {
  const gaps = waves.slice(1).map((wave, i) => wave - waves[i]);
  return gaps.some((gap) => Math.abs(gap - gaps[0]) > 0.1 * gaps[0]) ? gaps : null;
}

function spacingWarning(setup: ReducedPanel, { lags }: RiclpmSettings): Warning[] {
  const gaps = unequalGaps(setup.waves);
  if (lags !== "equal" || gaps === null) return [];
  return [
    warning(
      "riclpm.unequal-gaps",
      `Lags are held equal, but the waves (${setup.waves.join(", ")}) are ${gaps.join(", ")} apart. A path over a longer time is not the same path: use free lags, or waves with equal gaps.`,
    ),
  ];
}

function leftOutWarning({ leftOut, covariates }: ReducedPanel, columns: RiclpmColumns): Warning[] {
  const parts = [
    [leftOut.withoutGroup, `no value of the group "${columns.group}"`],
    [leftOut.withoutCovariate, `a covariate missing (${covariates.join(", ")})`],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, why]) => `${count} with ${why}`);
  if (said.length === 0) return [];
  return [warning("riclpm.people-left-out", `People left out although they answered: ${said.join("; ")}.`)];
}

/** Pairs of variables that nobody answered together: their covariance rests on the model alone. */
function neverTogether(setup: ReducedPanel): Warning[] {
  const { names, data } = setup;
  const pairs: string[] = [];
  for (const { label, patterns } of data) {
    const sets = patterns.map(({ observed }) => new Set(observed));
    for (let i = 0; i < names.length; i++) {
      for (let j = 0; j < i; j++) {
        if (!sets.some((set) => set.has(i) && set.has(j)))
          pairs.push(`${names[j]} and ${names[i]}${label === "" ? "" : ` (${label})`}`);
      }
    }
  }
  if (pairs.length === 0) return [];
  const more = pairs.length > 3 ? `, and ${pairs.length - 3} more` : "";
  return [
    warning(
      "riclpm.never-together",
      `Nobody answered both ${pairs.slice(0, 3).join("; ")}${more}. Their covariance follows from the model alone, and the chi-square has no data for it.`,
    ),
  ];
}

/** From this condition number of the scaled information on, some combination of parameters is hardly known. */
const WEAK = 1e4;

function weakWarning({ conditionNumber, converged }: SemFit): Warning[] {
  if (!converged || (conditionNumber !== null && conditionNumber < WEAK)) return [];
  const size =
    conditionNumber === null ? "singular" : `of condition number ${conditionNumber.toExponential(1)}`;
  return [
    warning(
      "riclpm.weakly-identified",
      `The information matrix is ${size}: the data hardly tell some parameters apart. This happens with little change within people, with own lags near 1, and with three waves and free lags; hold lags equal over time.`,
    ),
  ];
}

function notConverged({ converged, iterations }: SemFit): Warning[] {
  if (converged) return [];
  return [
    warning(
      "riclpm.not-converged",
      `The likelihood was still rising after ${iterations} steps: the estimates are not the model's, and no standard errors are given. Hold lags and residuals equal over time, or look at the data.`,
    ),
  ];
}

/** Warnings of the structure that are given above in the words of this model. */
const SAID_HERE = ["sem.not-converged", "sem.improper", "sem.rows-dropped"];

/** What a reader of the fit must know. */
export function riclpmWarnings(
  columns: RiclpmColumns,
  known: { readonly setup: ReducedPanel; readonly settings: RiclpmSettings },
  fitted: { readonly fit: SemFit; readonly restarts: Restarts | null },
): Warning[] {
  const { setup, settings } = known;
  const apart = neverTogether(setup);
  const said = apart.length === 0 ? SAID_HERE : [...SAID_HERE, "sem.saturated-not-identified"];
  return [
    ...notConverged(fitted.fit),
    ...improperWarning(fitted.fit, columns),
    ...restartsWarning(fitted.restarts),
    ...weakWarning(fitted.fit),
    ...spacingWarning(setup, settings),
    ...apart,
    ...leftOutWarning(setup, columns),
    ...fitted.fit.warnings.filter(({ code }) => !said.includes(code)),
  ];
}
