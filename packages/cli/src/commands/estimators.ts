import {
  type ClmmFit,
  clmm,
  type FeFit,
  type FitData,
  fe,
  type GeeFit,
  type GeeOptions,
  type GlmFit,
  type GlmmFit,
  gee,
  glm,
  glmm,
  type LmmFit,
  type LmmOptions,
  lmm,
  parseFormula,
  type ReFit,
  re,
} from "@longwave/stats";
import { listed, oneOf, type Typed, wholeNumber, wrongValue } from "../arguments.ts";
import { CliError } from "../errors.ts";

/** The models that `longwave fit` knows. */
export const ESTIMATORS = ["lmm", "fe", "re", "gee", "glm", "clmm", "glmm"] as const;

export type Estimator = (typeof ESTIMATORS)[number];

/** A fit of any of them. */
export type CommandFit = LmmFit | FeFit | ReFit | GeeFit | GlmFit | ClmmFit | GlmmFit;

/** Which estimators an option belongs to, for those that do not belong to all. */
const BELONGS: Readonly<Record<string, readonly Estimator[]>> = {
  method: ["lmm"],
  df: ["lmm"],
  residual: ["lmm"],
  se: ["lmm", "fe", "re", "gee"],
  effect: ["fe"],
  corr: ["gee"],
  weights: ["gee", "glm"],
  nodes: ["clmm", "glmm"],
  ranef: ["lmm", "fe", "clmm", "glmm"],
  fitted: ["lmm", "fe", "gee", "glm", "clmm", "glmm"],
};

const FAMILIES = ["gaussian", "binomial", "ordinal"] as const;

/** The families of each estimator, the first one by default. */
const OWN_FAMILIES: Readonly<Record<Estimator, readonly (typeof FAMILIES)[number][]>> = {
  lmm: ["gaussian"],
  fe: ["gaussian"],
  re: ["gaussian"],
  gee: ["gaussian", "binomial"],
  glm: ["gaussian", "binomial"],
  clmm: ["ordinal"],
  glmm: ["binomial"],
};

function hasRandomTerm(formula: string): boolean {
  return parseFormula(formula).random.length > 0;
}

/** The estimator asked for; by the family and the formula when none is named. */
function estimatorOf(typed: Typed, formula: string): Estimator {
  const family = typed.text("family");
  const fallback: Estimator =
    family === "ordinal" ? "clmm" : family === "binomial" ? (hasRandomTerm(formula) ? "glmm" : "glm") : "lmm";
  return oneOf(typed, "estimator", { words: ESTIMATORS, fallback });
}

/**
 * What was asked for, checked: every option belongs to the estimator.
 *
 * @param person  the column that names the person, where it is known without --id.
 * @throws CliError `cli.option-value`, `cli.missing-argument`
 */
export function readEstimator(
  typed: Typed,
  formula: string,
  person: string | undefined = typed.text("id"),
): Estimator {
  oneOf(typed, "family", { words: FAMILIES, fallback: "gaussian" });
  const estimator = estimatorOf(typed, formula);
  for (const [option, owners] of Object.entries(BELONGS)) {
    if (typed.text(option) === undefined || owners.includes(estimator)) continue;
    throw new CliError(
      "cli.option-value",
      `Expected --${option} with --estimator ${listed(owners)}; found it with ${estimator}. Leave it out, or choose another estimator.`,
    );
  }
  const family = typed.text("family");
  if (family !== undefined && !OWN_FAMILIES[estimator].some((own) => own === family)) {
    throw wrongValue("family", `${listed(OWN_FAMILIES[estimator])} for ${estimator}`, family);
  }
  checkRandomTerms(estimator, formula);
  if (["gee", "fe", "re"].includes(estimator) && person === undefined) {
    throw new CliError(
      "cli.missing-argument",
      `Expected --id COLUMN, the column that says who a row is about, for ${estimator}; found none. Add it.`,
    );
  }
  return estimator;
}

/** Whether the formula has `(… | id)` is part of what an estimator is. */
function checkRandomTerms(estimator: Estimator, formula: string): void {
  if (!["gee", "glm", "fe", "re"].includes(estimator) || !hasRandomTerm(formula)) return;
  const instead = estimator === "glm" ? "use --estimator glmm" : "name the person by --id COLUMN";
  throw new CliError(
    "cli.option-value",
    `Expected a formula without (… | id) for --estimator ${estimator}; found one in "${formula}". Take it out and ${instead}, or choose another estimator.`,
  );
}

/** `ar1(wave)`: a structure and the column that places the rows. */
function readResidual(typed: Typed): Pick<LmmOptions, "residual"> {
  const text = typed.text("residual");
  if (text === undefined || text === "iid") return {};
  const found = /^(ar1|car1|toeplitz|unstructured|variances)(?:\(\s*(.+?)\s*\))?$/.exec(text.trim());
  if (found === null) {
    throw wrongValue(
      "residual",
      "iid, ar1, car1, toeplitz, unstructured or variances, with the column as in 'ar1(wave)'",
      text,
    );
  }
  const type = found[1] as "ar1" | "car1" | "toeplitz" | "unstructured" | "variances";
  return { residual: found[2] === undefined ? { type } : { type, time: found[2] } };
}

/** The columns that options name, besides those of the formula. */
export function namedColumns(typed: Typed): string[] {
  const { residual } = readResidual(typed);
  const own = typeof residual === "object" ? residual.time : undefined;
  return [typed.text("time"), typed.text("id"), typed.text("weights"), own].filter(
    (name) => name !== undefined,
  );
}

function given<Name extends string>(typed: Typed, name: Name): { [K in Name]?: string } {
  const text = typed.text(name);
  return (text === undefined ? {} : { [name]: text }) as { [K in Name]?: string };
}

function readLevel(typed: Typed): number {
  const text = typed.text("level");
  if (text === undefined) return 0.95;
  const level = Number(text);
  if (level > 0 && level < 1) return level;
  const meant = level > 1 && level < 100 ? ` (for ${text} % write ${level / 100})` : "";
  throw wrongValue("level", "between 0 and 1, such as 0.95", `${text}${meant}`);
}

const LMM_ERRORS = ["model", "cr0", "cr1", "cr2"] as const;
const GEE_ERRORS = ["robust", "model", "mancl-derouen", "kauermann-carroll"] as const;
const PANEL_ERRORS = ["model", "arellano", "arellano-hc0", "arellano-hc1"] as const;

/** The options of a mixed model, read before the data. */
export function readLmmOptions(typed: Typed): LmmOptions {
  return {
    ...commonOptions(typed),
    ...readResidual(typed),
    method: oneOf(typed, "method", { words: ["reml", "ml"], fallback: "reml" }),
    df: oneOf(typed, "df", {
      words: ["satterthwaite", "kenward-roger", "none"],
      fallback: "satterthwaite",
    }),
    se: oneOf(typed, "se", { words: LMM_ERRORS, fallback: "model" }),
  };
}

/** The options of estimating equations, read before the data. */
export function readGeeOptions(typed: Typed, person: string = typed.text("id") ?? ""): GeeOptions {
  const words = ["independence", "exchangeable", "ar1", "unstructured"] as const;
  return {
    ...commonOptions(typed),
    ...given(typed, "weights"),
    id: person,
    family: typed.text("family") === "binomial" ? "binomial" : "gaussian",
    correlation: oneOf(typed, "corr", { words, fallback: "exchangeable" }),
    se: oneOf(typed, "se", { words: GEE_ERRORS, fallback: "robust" }),
  };
}

function commonOptions(typed: Typed) {
  return {
    level: readLevel(typed),
    minRows: wholeNumber(typed, "min-rows", { least: 1, fallback: 1 }),
    ...given(typed, "time"),
    ...given(typed, "id"),
  };
}

/** What a fit is asked with, read before the data: a mistake should not wait for a large file. */
export function prepareFit(
  estimator: Estimator,
  typed: Typed,
): (formula: string, data: FitData) => CommandFit {
  const common = commonOptions(typed);
  const id = typed.text("id") ?? "";
  const family = typed.text("family") === "binomial" ? "binomial" : "gaussian";
  switch (estimator) {
    case "lmm": {
      const options = readLmmOptions(typed);
      return (formula, data) => lmm(formula, data, options);
    }
    case "fe": {
      const effect = oneOf(typed, "effect", { words: ["person", "twoway"], fallback: "person" });
      const se = oneOf(typed, "se", { words: PANEL_ERRORS, fallback: "model" });
      return (formula, data) => fe(formula, data, { ...common, id, effect, se });
    }
    case "re": {
      const se = oneOf(typed, "se", { words: PANEL_ERRORS, fallback: "model" });
      return (formula, data) => re(formula, data, { ...common, id, se });
    }
    case "gee": {
      const options = readGeeOptions(typed);
      return (formula, data) => gee(formula, data, options);
    }
    case "glm":
      return (formula, data) => glm(formula, data, { ...common, ...given(typed, "weights"), family });
    case "clmm":
    case "glmm": {
      const options = { ...common, nodes: wholeNumber(typed, "nodes", { least: 1, most: 25, fallback: 9 }) };
      return (formula, data) =>
        estimator === "clmm" ? clmm(formula, data, options) : glmm(formula, data, options);
    }
  }
}
