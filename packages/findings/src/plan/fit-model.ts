import type { Source } from "@longwave/source";
import { type FitData, formulaColumns, type LmmFit, lmm, StatsError } from "@longwave/stats";
import type { Protocol } from "@longwave/study";
import { usedRows } from "../flow/used-rows.ts";
import type { Language } from "../publication/types.ts";
import { FEWEST_PEOPLE, type Reasons, reasonsIn } from "./reasons.ts";
import type { RunnableModel } from "./resolve-model.ts";

export interface FittedModel {
  readonly kind: "fitted";
  readonly fit: LmmFit;
  readonly data: FitData;
  /** The formula fitted, which is the planned one unless `fallbackUsed`. */
  readonly formula: string;
  readonly planned: string;
  readonly fallbackUsed: boolean;
  /** What was tried before, and why it was left, in plain words. */
  readonly note: string | undefined;
  readonly people: number;
}

interface UnfittedModel {
  readonly kind: "not_fitted";
  readonly planned: string;
  readonly reason: string;
}

export type ModelOutcome = FittedModel | UnfittedModel;

export interface ModelRequest {
  readonly protocol: Protocol;
  readonly source: Source;
  readonly model: RunnableModel;
  /** Language of reasons and notes. */
  readonly language?: Language;
}

/**
 * Fits the planned formula, or its fallbacks in order until one converges and is not singular; people need
 * two complete rows. Too little data is an outcome with a reason, not an error.
 */
export async function fitModel({
  protocol,
  source,
  model,
  language = "en",
}: ModelRequest): Promise<ModelOutcome> {
  const [planned] = model.formulas;
  const { person, wave } = protocol.plan.variables;
  const columns = [
    ...new Set([person, wave, ...model.formulas.flatMap((formula) => formulaColumns(formula))]),
  ];
  const request = model.where === undefined ? { columns } : { columns, where: model.where };
  const data = await source.fitData(request);
  const reasons = reasonsIn(language);
  const usable = usedRows(data.table, columns, person).byPerson.length;
  if (usable < FEWEST_PEOPLE) return { kind: "not_fitted", planned, reason: reasons.tooFew(usable) };
  const attempts: Attempt[] = [];
  for (const formula of model.formulas) {
    const attempt = tryFit(formula, data, { id: person, time: wave });
    attempts.push(attempt);
    if (attempt.kind === "fit" && attempt.fit.converged && !attempt.fit.singular) break;
  }
  return chooseAttempt(attempts, planned, { data, person, reasons });
}

type Attempt =
  | { readonly kind: "fit"; readonly formula: string; readonly fit: LmmFit }
  | { readonly kind: "failed"; readonly formula: string; readonly reason: string };

function tryFit(formula: string, data: FitData, names: { id: string; time: string }): Attempt {
  try {
    const fit = lmm(formula, data, { ...names, method: "reml", df: "satterthwaite", minRows: 2 });
    return { kind: "fit", formula, fit };
  } catch (error) {
    // Too few rows, one person or a constant outcome: a result a reader must see, not a crash.
    if (error instanceof StatsError) return { kind: "failed", formula, reason: error.message };
    throw error;
  }
}

function chooseAttempt(
  attempts: readonly Attempt[],
  planned: string,
  { data, person, reasons }: { data: FitData; person: string; reasons: Reasons },
): ModelOutcome {
  const fits = attempts.filter((attempt) => attempt.kind === "fit" && attempt.fit.converged);
  const chosen = fits.find((attempt) => attempt.kind === "fit" && !attempt.fit.singular) ?? fits.at(-1);
  if (chosen?.kind !== "fit") return { kind: "not_fitted", planned, reason: whyNotFitted(attempts, reasons) };
  const people = chosen.fit.ngroups[person] ?? chosen.fit.groupsWithTwoRows;
  if (people < FEWEST_PEOPLE) return { kind: "not_fitted", planned, reason: reasons.tooFew(people) };
  const before = attempts.slice(0, attempts.indexOf(chosen));
  return {
    kind: "fitted",
    fit: chosen.fit,
    data,
    formula: chosen.formula,
    planned,
    fallbackUsed: chosen.formula !== planned,
    note: noteOn(before, chosen.fit, reasons),
    people,
  };
}

function whyNotFitted(attempts: readonly Attempt[], reasons: Reasons): string {
  const failed = attempts.find((attempt) => attempt.kind === "failed");
  return failed?.kind === "failed" ? reasons.engineSays(failed.reason) : reasons.notConverged;
}

function noteOn(before: readonly Attempt[], fit: LmmFit, reasons: Reasons): string | undefined {
  const sentences = [
    ...before.map((attempt) => reasons.triedFirst(randomPart(attempt.formula), whyLeft(attempt))),
    ...(fit.singular ? [reasons.singular] : []),
  ];
  return sentences.length === 0 ? undefined : sentences.join(" ");
}

function whyLeft(attempt: Attempt): "failed" | "singular" | "not_converged" {
  if (attempt.kind === "failed") return "failed";
  return attempt.fit.converged ? "singular" : "not_converged";
}

function randomPart(formula: string): string {
  return formula.match(/\([^()]*(?:\([^()]*\)[^()]*)*\|[^()]*\)/)?.[0] ?? formula;
}
