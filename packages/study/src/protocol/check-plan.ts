import type { StudyProblem } from "../errors.ts";
import { checkSessionContrast } from "./check-session-contrast.ts";
import type { AlternativeModel, PlanModel, PlanTest } from "./plan-types.ts";
import type { Protocol } from "./types.ts";
import { unknownName } from "./unknown-name.ts";
import { columnNames } from "./variables.ts";

type Path = readonly (string | number)[];

const formulaFunctions = ["within", "between", "lag", "factor", "sqrt"];

/** Every name in the plan that nothing defines. */
export function checkPlan(protocol: Protocol): readonly StudyProblem[] {
  const { plan } = protocol;
  const bounds = Object.keys(plan.bounds);
  const ids = plan.hypotheses.map((hypothesis) => hypothesis.id);
  return [
    ...checkRoles(protocol),
    ...plan.hypotheses.flatMap((hypothesis, i) => [
      ...unknownName(hypothesis.bounds, bounds, ["plan", "hypotheses", i, "bounds"]),
      ...checkModel(protocol, hypothesis.model, ["plan", "hypotheses", i, "model"]),
      ...refuseResidual(hypothesis.model, ["plan", "hypotheses", i, "model", "residual"]),
      ...checkTest(protocol, hypothesis.test, ["plan", "hypotheses", i, "test"]),
    ]),
    ...(["exploratory", "sensitivity", "comparisons"] as const).flatMap((list) =>
      plan[list].flatMap((entry, i) => checkModel(protocol, entry.model, ["plan", list, i, "model"])),
    ),
    ...plan.comparisons.flatMap(({ model }, i) =>
      refuseResidual(model, ["plan", "comparisons", i, "model", "residual"]),
    ),
    ...plan.multiplicity.over.flatMap((id, i) => unknownName(id, ids, ["plan", "multiplicity", "over", i])),
  ];
}

function checkRoles(protocol: Protocol): readonly StudyProblem[] {
  const columns = columnNames(protocol);
  const { outcome, exposure, moderator } = protocol.plan.variables;
  return [
    ...unknownName(outcome.name, columns, ["plan", "variables", "outcome", "name"]),
    ...unknownName(exposure.name, columns, ["plan", "variables", "exposure", "name"]),
    ...(moderator === undefined
      ? []
      : unknownName(moderator.name, columns, ["plan", "variables", "moderator", "name"])),
  ];
}

function checkTest(protocol: Protocol, test: PlanTest, path: Path): readonly StudyProblem[] {
  const ids = protocol.plan.hypotheses.map((hypothesis) => hypothesis.id);
  const columns = columnNames(protocol);
  const text = (source: string, ...field: Path) => checkFormulaNames(source, columns, [...path, ...field]);
  switch (test.kind) {
    case "term":
      return text(test.term, "term");
    case "difference":
      return [
        ...text(test.term, "term"),
        ...Object.entries(test.slopes).flatMap(([group, weights]) =>
          Object.keys(weights).flatMap((term) => text(term, "slopes", group, term)),
        ),
      ];
    case "joint":
      return [
        ...text(test.terms, "terms"),
        ...text(test.contrast, "contrast"),
        ...(test.second?.add ?? []).flatMap((source, i) => text(source, "second", "add", i)),
      ];
    case "intersection":
      return test.of.flatMap((id, i) => unknownName(id, ids, [...path, "of", i]));
    case "path":
      return [];
  }
}

function checkModel(protocol: Protocol, model: PlanModel, path: Path): readonly StudyProblem[] {
  const ids = protocol.plan.hypotheses.map((hypothesis) => hypothesis.id);
  const columns = columnNames(protocol);
  const text = (source: string, field: Path) => checkFormulaNames(source, columns, [...path, ...field]);
  switch (model.family) {
    case "same_as":
      return unknownName(model.model, ids, [...path, "model"]);
    case "ri_clpm":
    case "clpm":
    case "fe_lag":
      return [
        ...unknownName(model.x, columns, [...path, "x"]),
        ...unknownName(model.y, columns, [...path, "y"]),
        ...("groups" in model && model.groups !== undefined
          ? unknownName(model.groups, columns, [...path, "groups"])
          : []),
        ...model.covariates.flatMap((source, i) => text(source, ["covariates", i])),
      ];
    case "other":
      return [];
    case "session_contrast":
      return checkSessionContrast(protocol, model, path);
    case "lmm":
      return [
        ...checkWaves(protocol, model.waves, path),
        ...(model.residual === undefined ? [] : checkResidual(model.residual, columns, path)),
        ...("formula" in model
          ? [
              ...text(model.formula, ["formula"]),
              ...(model.fallback ?? []).flatMap((source, i) => text(source, ["fallback", i])),
            ]
          : [
              ...unknownName(model.base, ids, [...path, "base"]),
              ...model.add.flatMap((source, i) => text(source, ["add", i])),
            ]),
      ];
    default:
      return checkAlternative(protocol, model, path);
  }
}

/**
 * A planned answer and its R script rest on independent residuals; a structure stands beside them, as a sensitivity
 * analysis that says what it changes.
 */
function refuseResidual(model: PlanModel, path: Path): readonly StudyProblem[] {
  if (model.family !== "lmm" || model.residual === undefined) return [];
  return [
    {
      code: "protocol.wrong-value",
      path,
      expected: "a model with independent residuals",
      found: model.residual,
      remedy: "Move `residual` to an entry of `sensitivity` with `base:` set to this hypothesis.",
    },
  ];
}

/** The column in `car1(t_years)`. */
function checkResidual(residual: string, columns: readonly string[], path: Path): readonly StudyProblem[] {
  return unknownName(residual.replace(/^\w+\(|\)$/g, ""), columns, [...path, "residual"]);
}

/** The names in a model that stands beside the planned answers. */
function checkAlternative(protocol: Protocol, model: AlternativeModel, path: Path): readonly StudyProblem[] {
  const ids = protocol.plan.hypotheses.map((hypothesis) => hypothesis.id);
  const columns = columnNames(protocol);
  const text = (source: string, ...field: Path) => checkFormulaNames(source, columns, [...path, ...field]);
  const early = "earlyUntil" in model && model.earlyUntil !== undefined ? [model.earlyUntil] : [];
  const covariates = "covariates" in model ? model.covariates : [];
  return [
    ...("of" in model ? unknownName(model.of, ids, [...path, "of"]) : []),
    ...("formula" in model ? text(model.formula, "formula") : []),
    ...("term" in model ? text(model.term, "term") : []),
    ...("waves" in model ? checkWaves(protocol, model.waves, path) : []),
    ...early.flatMap((wave) =>
      unknownName(
        wave,
        protocol.waves.map(({ id }) => id),
        [...path, "earlyUntil"],
      ),
    ),
    ...covariates.flatMap((source, i) => text(source, "covariates", i)),
  ];
}

function checkWaves(
  protocol: Protocol,
  waves: readonly string[] | undefined,
  path: Path,
): readonly StudyProblem[] {
  const known = protocol.waves.map((wave) => wave.id);
  return (waves ?? []).flatMap((wave, i) => unknownName(wave, known, [...path, "waves", i]));
}

/** The names of a model formula; what the formula means is for the engine to say. */
function checkFormulaNames(source: string, columns: readonly string[], path: Path): readonly StudyProblem[] {
  const found = [...source.matchAll(/[A-Za-z_][A-Za-z0-9_]*(\s*\()?/g)];
  return found.flatMap((match) => {
    const name = match[0].replace(/\s*\($/, "");
    return unknownName(name, match[1] === undefined ? columns : formulaFunctions, path);
  });
}
