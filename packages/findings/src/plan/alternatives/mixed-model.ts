import { type FitData, formulaColumns, type LmmFit, type LmmOptions, lmm } from "@longwave/stats";
import type { LmmModel, PlanModel } from "@longwave/study";
import { reasonsIn } from "../reasons.ts";
import { resolveModel } from "../resolve-model.ts";
import { type AlternativeContext, attempt, NotMeasured, rowsFor } from "./context.ts";
import { alternativeWords } from "./words.ts";

/** A mixed model that settled, with the data it was fitted to. */
export interface SettledModel {
  readonly fit: LmmFit;
  readonly data: FitData;
  readonly formula: string;
  /** Which forms were left before, and why. */
  readonly note: string | undefined;
  readonly people: number;
}

/**
 * Fits the planned formula or its fallbacks, in order, until one converges and is not singular.
 *
 * @throws NotMeasured when none does, or too few people have two complete rows.
 */
export async function settle(
  context: AlternativeContext,
  model: PlanModel,
  residual?: LmmModel["residual"],
): Promise<SettledModel> {
  const resolved = resolveModel(context.protocol, model);
  if (resolved.kind !== "lmm") throw new NotMeasured(reasonsIn(context.language).notBuilt);
  const { person, wave } = context.protocol.plan.variables;
  const structure = residualOption(residual);
  const columns = [
    ...resolved.formulas.flatMap((formula) => formulaColumns(formula)),
    ...(structure === undefined ? [] : [structure.time]),
  ];
  const data = await rowsFor(context, columns, resolved.where);
  const options: LmmOptions = {
    ...{ id: person, time: wave, minRows: 2 },
    ...(structure === undefined ? {} : { residual: structure }),
  };
  const forms = formsUntilSettled(context, resolved.formulas, (formula) => lmm(formula, data, options));
  const chosen = forms.at(-1);
  if (chosen?.fit === undefined || !chosen.fit.converged) {
    throw new NotMeasured(alternativeWords(context.language).notConverged);
  }
  return {
    fit: chosen.fit,
    data,
    formula: residual === undefined ? chosen.formula : `${chosen.formula}, residual ${residual}`,
    note: noteOn(context, forms),
    people: chosen.fit.ngroups[person] ?? chosen.fit.groupsWithTwoRows,
  };
}

interface Form {
  readonly formula: string;
  readonly fit: LmmFit;
}

function formsUntilSettled(
  context: AlternativeContext,
  formulas: readonly string[],
  fit: (formula: string) => LmmFit,
): readonly Form[] {
  const forms: Form[] = [];
  for (const formula of formulas) {
    const form = { formula, fit: attempt(context, () => fit(formula)) };
    forms.push(form);
    if (form.fit.converged && !form.fit.singular) break;
  }
  return forms;
}

function noteOn(context: AlternativeContext, forms: readonly Form[]): string | undefined {
  const reasons = reasonsIn(context.language);
  const left = forms
    .slice(0, -1)
    .map(({ formula, fit }) =>
      reasons.triedFirst(randomPart(formula), fit.converged ? "singular" : "not_converged"),
    );
  const notes = forms.at(-1)?.fit.singular === true ? [...left, reasons.singular] : left;
  return notes.length === 0 ? undefined : notes.join(" ");
}

function randomPart(formula: string): string {
  return formula.match(/\((?:[^()]|\([^()]*\))*\|[^()]*\)/)?.[0] ?? formula;
}

/** `car1(t_years)` as the engine reads it. */
function residualOption(residual: string | undefined) {
  const [, type, time] = residual?.match(/^(ar1|car1)\((\w+)\)$/) ?? [];
  if (time === undefined) return undefined;
  return { type: type === "ar1" ? ("ar1" as const) : ("car1" as const), time };
}
