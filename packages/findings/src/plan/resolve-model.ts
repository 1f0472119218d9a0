import type { AnalysisPlan, PlanModel, Protocol } from "@longwave/study";
import { FindingsError } from "../errors.ts";
import { addTerms, replaceRandomPart } from "./formula-text.ts";

/** A model the engine can fit: formulas in the order they are tried, and the rows it uses. */
export interface RunnableModel {
  readonly kind: "lmm";
  readonly formulas: readonly [string, ...string[]];
  readonly where: string | undefined;
}

/** A cross-lagged panel model of two series, with or without a level of each person's own. */
export interface PanelModel {
  readonly kind: "panel";
  readonly x: string;
  readonly y: string;
  readonly covariates: readonly string[];
  readonly lags: "equal" | "free";
  readonly growth: "none" | "linear";
  readonly randomIntercepts: boolean;
  /** What is held equal over waves besides, one after another. */
  readonly fallback: readonly ("equal_residuals" | "equal_means")[];
  readonly where: string | undefined;
}

/** `y` on the `x` of the wave before with a level for each person, and `x` on `y`. */
export interface LagSlopesModel {
  readonly kind: "lag_slopes";
  readonly x: string;
  readonly y: string;
  readonly covariates: readonly string[];
  readonly where: string | undefined;
}

export interface UnavailableModel {
  readonly kind: "unavailable";
  /** An analysis nobody has built. */
  readonly why: "not_built";
}

export type ResolvedModel = RunnableModel | PanelModel | LagSlopesModel | UnavailableModel;

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
    case "clpm":
      return panelModel(protocol, model);
    case "fe_lag":
      return {
        kind: "lag_slopes",
        x: model.x,
        y: model.y,
        covariates: model.covariates,
        where: rowsOf(protocol, model),
      };
    default:
      return notBuilt;
  }
}

const notBuilt: UnavailableModel = { kind: "unavailable", why: "not_built" };

function panelModel(
  protocol: Protocol,
  model: Extract<PlanModel, { family: "ri_clpm" | "clpm" }>,
): PanelModel | UnavailableModel {
  const planned = model.family === "ri_clpm" ? model : undefined;
  // Models of groups or of measurement error have no one path for each direction.
  if (planned?.groups !== undefined || planned?.reliability !== undefined) return notBuilt;
  return {
    kind: "panel",
    x: model.x,
    y: model.y,
    covariates: model.covariates,
    lags: model.lags,
    growth: planned?.growth ?? "none",
    randomIntercepts: planned !== undefined,
    fallback: planned?.fallback ?? [],
    where: rowsOf(protocol, model),
  };
}

function withFallbacks(formula: string, fallback: readonly string[] = []): readonly [string, ...string[]] {
  return [formula, ...fallback.map((random) => replaceRandomPart(formula, random))];
}

function extendBase(protocol: Protocol, model: Extract<PlanModel, { base: string }>): ResolvedModel {
  const base = resolveModel(protocol, hypothesisModel(protocol.plan, model.base));
  if (base.kind !== "lmm") return base.kind === "unavailable" ? base : notBuilt;
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

/** The rule for the rows of a model, with its waves; undefined for all. */
export function rowsOf(
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
