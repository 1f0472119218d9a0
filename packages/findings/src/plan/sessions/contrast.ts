import {
  contrast,
  createTable,
  type FitData,
  factorColumn,
  gee,
  type LmmFit,
  lmm,
  numericColumn,
} from "@longwave/stats";
import type { Occasion, WholeOccasion } from "./occasions.ts";

/** An estimate with its 95 % interval. */
export interface Estimate {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}

/** Change over sessions and over rests in the same people, and their difference. */
export interface Contrast {
  readonly session: Estimate & { readonly count: number };
  readonly rest: Estimate & { readonly count: number };
  readonly difference: Estimate & { readonly pValue: number };
  readonly people: number;
  readonly fit: LmmFit;
}

/**
 * The model of the comparison, in words of the engine: a level for each person, and the rating before. Sessions count
 * as deviations from a person's own share of them: people who log more sessions may differ in other ways, and that
 * difference is kept apart.
 */
export const CONTRAST_FORMULA =
  "change ~ within(session) + between(session) + within(before) + between(before) + (1 | id)";

/** Those who have at least one of each, so that a session is compared with rest in the same people. */
export function samePeople(
  sessions: readonly WholeOccasion[],
  rests: readonly WholeOccasion[],
): readonly WholeOccasion[] {
  const [active, resting] = [sessions, rests].map((list) => new Set(list.map(({ person }) => person)));
  return [...sessions, ...rests].filter(({ person }) => active?.has(person) && resting?.has(person));
}

/** How many people there are among occasions. */
export function peopleIn(occasions: readonly Occasion[]): number {
  return new Set(occasions.map(({ person }) => person)).size;
}

/**
 * Change over a session minus change over a rest at the same rating before, with robust standard errors by person
 * (CR2): they hold also when people differ in that change.
 *
 * @returns undefined when the model does not settle.
 */
export function contrastOf(occasions: readonly WholeOccasion[]): Contrast | undefined {
  const fit = lmm(CONTRAST_FORMULA, changeData(occasions), { id: "id", se: "cr2" });
  const difference = contrast(fit, { "within(session)": 1 });
  if (!fit.converged || ![difference.estimate, difference.lower, difference.upper].every(Number.isFinite)) {
    return undefined;
  }
  const count = (isSession: boolean): number => occasions.filter((one) => one.isSession === isSession).length;
  // Levels are read off at the mean rating before and the mean share of sessions, for sessions and rests alike.
  const before = occasions.reduce((sum, one) => sum + one.before, 0) / occasions.length;
  const share = count(true) / occasions.length;
  // Where everybody has the same mean or the same share, there is no such term.
  const means = { "between(before)": before, "between(session)": share };
  const kept = new Set(fit.fixed.map(({ term }) => term));
  const level = {
    "(Intercept)": 1,
    ...Object.fromEntries(Object.entries(means).filter(([term]) => kept.has(term))),
  };
  return {
    session: { ...plain(contrast(fit, { ...level, "within(session)": 1 - share })), count: count(true) },
    rest: { ...plain(contrast(fit, { ...level, "within(session)": -share })), count: count(false) },
    difference: { ...plain(difference), pValue: difference.pValue ?? Number.NaN },
    people: peopleIn(occasions),
    fit,
  };
}

/** The sessions alone: change by kind, by what else is known of them, and by the rating before. */
export function sessionModel(
  sessions: readonly WholeOccasion[],
  covariates: readonly string[],
): { readonly formula: string; readonly fit: LmmFit } {
  const kinds = new Set(sessions.map(({ type }) => type)).size > 1 ? ["factor(type)"] : [];
  const terms = [...kinds, ...covariates, "within(before)", "between(before)", "(1 | id)"];
  const formula = `change ~ ${terms.join(" + ")}`;
  return { formula, fit: lmm(formula, changeData(sessions, covariates), { id: "id", se: "cr2" }) };
}

function changeData(occasions: readonly WholeOccasion[], covariates: readonly string[] = []): FitData {
  const columns = {
    id: factorColumn(occasions.map(({ person }) => person)),
    change: numericColumn(occasions.map(({ before, after }) => after - before)),
    before: numericColumn(occasions.map(({ before }) => before)),
    session: numericColumn(occasions.map(({ isSession }) => (isSession ? 1 : 0))),
    type: factorColumn(occasions.map(({ type }) => type)),
    ...Object.fromEntries(
      covariates.map((name, i) => [name, numericColumn(occasions.map((one) => one.covariates[i] ?? null))]),
    ),
  };
  return { kind: "rows", table: createTable(columns) };
}

/** Robust standard errors that do not shrink when there are few people (Mancl & DeRouen 2001, Biometrics 57). */
const FEW_PEOPLE = { correlation: "independence", se: "mancl-derouen" } as const;

/** The mean over occasions, with an interval that knows that people are asked several times. */
export function meanOf(people: readonly string[], values: readonly number[]): Estimate {
  const table = createTable({ id: factorColumn(people), value: numericColumn(values) });
  const fit = gee("value ~ 1", { kind: "rows", table }, { id: "id", ...FEW_PEOPLE });
  return plain(contrast(fit, { "(Intercept)": 1 }));
}

/**
 * The share of occasions, from 0 to 1, with an interval on the log-odds by person. Where it never or always happened
 * the other limit is that of so many people without a single exception (exact binomial).
 */
export function shareOf(people: readonly string[], flags: readonly boolean[]): Estimate {
  const count = flags.filter((flag) => flag).length;
  const furthest = 1 - 0.025 ** (1 / Math.max(1, new Set(people).size));
  if (count === 0) return { estimate: 0, lower: 0, upper: furthest };
  if (count === flags.length) return { estimate: 1, lower: 1 - furthest, upper: 1 };
  const table = createTable({ id: factorColumn(people), flag: numericColumn(flags.map(Number)) });
  const options = { id: "id", family: "binomial" as const, ...FEW_PEOPLE };
  const odds = contrast(gee("flag ~ 1", { kind: "rows", table }, options), { "(Intercept)": 1 });
  const share = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));
  return { estimate: share(odds.estimate), lower: share(odds.lower), upper: share(odds.upper) };
}

function plain({ estimate, lower, upper }: Estimate): Estimate {
  return { estimate, lower, upper };
}
