import type { Source } from "@longwave/source";
import {
  type RiclpmFit,
  type RiclpmOptions,
  riclpm,
  riclpmColumnNames,
  StatsError,
  type Table,
} from "@longwave/stats";
import type { Protocol } from "@longwave/study";
import { usedRows } from "../flow/used-rows.ts";
import type { Language } from "../publication/types.ts";
import { FEWEST_PEOPLE, type Reasons, reasonsIn } from "./reasons.ts";
import type { PanelModel } from "./resolve-model.ts";

export interface FittedPanel {
  readonly kind: "fitted_panel";
  readonly fit: RiclpmFit;
  /** The model fitted, in words; the planned one unless `fallbackUsed`. */
  readonly formula: string;
  readonly planned: string;
  readonly fallbackUsed: boolean;
  readonly note: string | undefined;
  readonly people: number;
  /** Rows read, and those with an answer from people who are in the fit. */
  readonly rows: { readonly read: number; readonly used: number };
}

export interface UnfittedPanel {
  readonly kind: "not_fitted";
  readonly planned: string;
  readonly reason: string;
}

export type PanelOutcome = FittedPanel | UnfittedPanel;

export interface PanelRequest {
  readonly protocol: Protocol;
  readonly source: Source;
  readonly model: PanelModel;
  readonly language: Language;
}

/**
 * Fits a planned panel model, or its simpler forms in order, until one converges and is proper. Everyone with an
 * answer counts; too little data and an improper solution are outcomes with a reason, not errors.
 */
export async function fitPanel({ protocol, source, model, language }: PanelRequest): Promise<PanelOutcome> {
  const { person, wave } = protocol.plan.variables;
  const { x, y, covariates, where } = model;
  const columns = { x, y, id: person, time: wave, covariates };
  const names = riclpmColumnNames(columns);
  const data = await source.fitData(where === undefined ? { columns: names } : { columns: names, where });
  const reasons = reasonsIn(language);
  const planned = panelText(model, []);
  const usable = usedRows(data.table, names, person).byPerson.length;
  if (usable < FEWEST_PEOPLE) return { kind: "not_fitted", planned, reason: reasons.tooFew(usable) };
  const attempts: Attempt[] = [];
  for (const held of simplerForms(model)) {
    const attempt = tryFit(() => riclpm(columns, data, optionsOf(model, held)), panelText(model, held));
    attempts.push(attempt);
    if (whyLeft(attempt) === undefined) break;
  }
  const constant = riclpmColumnNames({ x, y, covariates }).filter((name) => name !== x && name !== y);
  const rows = { read: data.table.nrows, used: answeredRows(data.table, [x, y], constant) };
  return chooseAttempt(attempts, planned, { reasons, rows });
}

/** Rows with an answer to one of the series, of people whose covariates are all known. */
function answeredRows(table: Table, series: readonly string[], covariates: readonly string[]): number {
  const columnsOf = (names: readonly string[]) => names.flatMap((name) => table.columns[name] ?? []);
  const [answers, known] = [columnsOf(series), columnsOf(covariates)];
  let used = 0;
  for (let row = 0; row < table.nrows; row++) {
    const answered = answers.some(({ missing }) => missing[row] === 0);
    if (answered && known.every(({ missing }) => missing[row] === 0)) used++;
  }
  return used;
}

type Held = PanelModel["fallback"];

/** Nothing held besides; then each fallback of the plan on top of those before it. */
function simplerForms({ fallback }: PanelModel): readonly Held[] {
  return [[], ...fallback.map((_, index) => fallback.slice(0, index + 1))];
}

function optionsOf(model: PanelModel, held: Held): RiclpmOptions {
  return {
    lags: model.lags,
    growth: model.growth,
    randomIntercepts: model.randomIntercepts,
    ...(held.includes("equal_residuals") ? { residuals: "equal" as const } : {}),
    ...(held.includes("equal_means") ? { means: "equal" as const } : {}),
    // Answers have few steps, so intervals do not lean on a normal distribution (MLR).
    se: "robust",
    tests: false,
  };
}

/** A panel model on one line: `ri_clpm(ex, pain_vrs; lags equal; covariates man + age10)`. */
function panelText(model: PanelModel, held: Held): string {
  const parts = [
    `${model.x}, ${model.y}`,
    `lags ${model.lags}`,
    ...(model.growth === "linear" ? ["growth linear"] : []),
    ...held.map((set) => (set === "equal_residuals" ? "residuals equal" : "means equal")),
    ...(model.covariates.length === 0 ? [] : [`covariates ${model.covariates.join(" + ")}`]),
  ];
  return `${model.randomIntercepts ? "ri_clpm" : "clpm"}(${parts.join("; ")})`;
}

type Attempt =
  | { readonly kind: "fit"; readonly formula: string; readonly fit: RiclpmFit }
  | { readonly kind: "failed"; readonly formula: string; readonly reason: string };

function tryFit(run: () => RiclpmFit, formula: string): Attempt {
  try {
    return { kind: "fit", formula, fit: run() };
  } catch (error) {
    // Too few waves or people, or an answer that never changes: a result a reader must see, not a crash.
    if (error instanceof StatsError) return { kind: "failed", formula, reason: error.message };
    throw error;
  }
}

/** Why a form may not stand; undefined when it may. */
function whyLeft(attempt: Attempt): "failed" | "not_converged" | "improper" | undefined {
  if (attempt.kind === "failed") return "failed";
  if (!attempt.fit.converged) return "not_converged";
  return attempt.fit.admissible ? undefined : "improper";
}

function chooseAttempt(
  attempts: readonly Attempt[],
  planned: string,
  { reasons, rows }: { readonly reasons: Reasons; readonly rows: FittedPanel["rows"] },
): PanelOutcome {
  const chosen = attempts.at(-1);
  if (chosen?.kind !== "fit" || whyLeft(chosen) !== undefined) {
    return { kind: "not_fitted", planned, reason: whyNone(chosen, reasons) };
  }
  const people = chosen.fit.nobs;
  if (people < FEWEST_PEOPLE) return { kind: "not_fitted", planned, reason: reasons.tooFew(people) };
  const notes = attempts
    .slice(0, -1)
    .map((attempt) => reasons.triedFirst(attempt.formula, whyLeft(attempt) ?? "failed"));
  return {
    kind: "fitted_panel",
    fit: chosen.fit,
    formula: chosen.formula,
    planned,
    fallbackUsed: chosen.formula !== planned,
    note: notes.length === 0 ? undefined : notes.join(" "),
    people,
    rows,
  };
}

function whyNone(last: Attempt | undefined, reasons: Reasons): string {
  if (last === undefined || last.kind === "failed") return reasons.engineSays(last?.reason ?? "");
  return last.fit.converged ? reasons.improper : reasons.notConverged;
}
