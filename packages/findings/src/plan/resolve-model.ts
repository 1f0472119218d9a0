import type { AnalysisPlan, PlanModel, Protocol } from "@longwave/study";
import { FindingsError } from "../errors.ts";
import { addTerms, replaceRandomPart } from "./formula-text.ts";

/** A model the engine can fit: formulas in the order they are tried, and the rows it uses. */
export interface RunnableModel {
  readonly kind: "lmm";
  readonly formulas: readonly [string, ...string[]];
  readonly where: string | undefined;
}

export interface UnavailableModel {
  readonly kind: "unavailable";
  /** A model the engine lacks, or an analysis nobody has built. */
  readonly why: "no_ri_clpm" | "not_built";
}

export type ResolvedModel = RunnableModel | UnavailableModel;

/**
 * What a planned model means: formulas with their fallbacks and rows, or why it cannot be run yet.
 *
 * @throws FindingsError `findings.plan-base-unknown` when it builds on a hypothesis the plan does not hold.
 */
export function resolveModel(protocol: Protocol, model: PlanModel): ResolvedModel {
  switch (model.family) {
    case "lmm":
      return "formula" in model
        ? {
            kind: "lmm",
            formulas: withFallbacks(model.formula, model.fallback),
            where: rowsOf(protocol, model),
          }
        : extendBase(protocol, model);
    case "same_as":
      return resolveModel(protocol, hypothesisModel(protocol.plan, model.model));
    case "ri_clpm":
      return { kind: "unavailable", why: "no_ri_clpm" };
    case "other":
      return { kind: "unavailable", why: "not_built" };
  }
}

function withFallbacks(formula: string, fallback: readonly string[] = []): readonly [string, ...string[]] {
  return [formula, ...fallback.map((random) => replaceRandomPart(formula, random))];
}

function extendBase(protocol: Protocol, model: Extract<PlanModel, { base: string }>): ResolvedModel {
  const base = resolveModel(protocol, hypothesisModel(protocol.plan, model.base));
  if (base.kind === "unavailable") return base;
  const [first, ...others] = base.formulas;
  const ownRows = model.waves !== undefined || model.rows !== undefined;
  return {
    kind: "lmm",
    formulas: [addTerms(first, model.add), ...others.map((formula) => addTerms(formula, model.add))],
    where: ownRows ? rowsOf(protocol, model) : base.where,
  };
}

/** A model with terms added to every formula it tries. */
export function extendModel(model: RunnableModel, add: readonly string[]): RunnableModel {
  const [first, ...others] = model.formulas;
  return { ...model, formulas: [addTerms(first, add), ...others.map((formula) => addTerms(formula, add))] };
}

function hypothesisModel(plan: AnalysisPlan, id: string): PlanModel {
  const found = plan.hypotheses.find((hypothesis) => hypothesis.id === id);
  if (found) return found.model;
  const known = plan.hypotheses.map((hypothesis) => hypothesis.id).join(", ");
  throw new FindingsError(
    "findings.plan-base-unknown",
    `A model of the plan builds on "${id}"; expected one of ${known}. Correct the name in the protocol.`,
  );
}

function rowsOf(
  protocol: Protocol,
  model: { readonly waves?: readonly string[]; readonly rows?: string },
): string | undefined {
  const { plan } = protocol;
  const rule = model.rows ?? plan.rows;
  const waves = model.waves?.map((wave) => protocol.waves.findIndex((known) => known.id === wave) + 1);
  const parts = [
    ...(rule === undefined ? [] : [`(${rule})`]),
    ...(waves === undefined
      ? []
      : [`(${waves.map((wave) => `${plan.variables.wave} == ${wave}`).join(" or ")})`]),
  ];
  return parts.length === 0 ? undefined : parts.join(" and ");
}
