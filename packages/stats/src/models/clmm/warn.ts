import { groupSizes } from "../../frame/groups.ts";
import { interactionWarnings } from "../../frame/interaction.ts";
import type { ModelFrame } from "../../frame/model-frame.ts";
import { type Warning, warning } from "../../warnings.ts";
import type { Optimum } from "./optimum.ts";
import type { ResolvedOptions } from "./options.ts";
import type { CategoricalSetup } from "./setup.ts";

/** Below this many groups the variance between them is hardly known. */
const FEW_GROUPS = 10;

/** What a reader of the fit must know, the gravest first. */
export function categoricalWarnings(
  frame: ModelFrame,
  setup: CategoricalSetup,
  optimum: Optimum,
  { separated, options }: { readonly separated: readonly string[]; readonly options: ResolvedOptions },
): Warning[] {
  return [
    ...separationWarning(setup, separated),
    ...(separated.length > 0 ? [] : convergenceWarning(setup, optimum)),
    ...singularWarning(setup, optimum),
    ...emptyWarning(setup),
    ...rankWarning(setup),
    ...independenceWarning(frame, setup),
    ...groupWarning(setup),
    ...laplaceWarning(setup, options),
    ...interactionWarnings(frame.formula),
  ];
}

function separationWarning({ model, random }: CategoricalSetup, separated: readonly string[]): Warning[] {
  if (separated.length === 0) return [];
  if (separated.every((name) => name === random?.group)) {
    return [
      warning(
        `${model}.separation`,
        `Expected answers that differ within some values of ${separated.join(", ")}; found almost none, so that the variance between them has no finite estimate, and estimates, standard errors and tests, which are measured against it, are left empty. Describe who answered what, or use a marginal model (gee).`,
      ),
    ];
  }
  return [
    warning(
      `${model}.separation`,
      `Expected categories that overlap at every value of the predictors; found them told apart perfectly by ${separated.join(", ")}. The likelihood has no maximum: each estimate is where the search stopped, and standard errors, tests and intervals of these are left empty. Merge categories, or leave the predictor out and say so.`,
    ),
  ];
}

function convergenceWarning({ model }: CategoricalSetup, { converged }: Optimum): Warning[] {
  if (converged) return [];
  return [
    warning(
      `${model}.not-converged`,
      "Expected the search to reach a maximum of the likelihood; it stopped before. Do not report these numbers; simplify the random part or merge rare categories.",
    ),
  ];
}

function singularWarning({ model }: CategoricalSetup, { singular }: Optimum): Warning[] {
  if (!singular) return [];
  return [
    warning(
      `${model}.singular`,
      "Expected every variance of the random effects to be positive and no correlation to be exact; found one at its limit, reported as exactly 0 (singular fit). The data hold too little about it; compare with a simpler random part.",
    ),
  ];
}

function emptyWarning({ emptyLevels, model }: CategoricalSetup): Warning[] {
  if (emptyLevels.length === 0 || model === "glmm") return [];
  const shown = emptyLevels.map((level) => `"${level}"`).join(", ");
  return [
    warning(
      "clmm.empty-category",
      `Expected rows in every category; found none in ${shown}. It has no threshold, and nothing is said about its probability; merge it with a neighbour, or say that nobody chose it.`,
    ),
  ];
}

function rankWarning({ dropped }: CategoricalSetup): Warning[] {
  if (dropped.length === 0) return [];
  return [
    warning(
      "regression.rank-deficient",
      `Expected columns that each add something; found ${dropped.join(", ")} constant or determined by the others. ${dropped.length === 1 ? "It was" : "They were"} left out; remove one of the columns that say the same.`,
    ),
  ];
}

function independenceWarning(frame: ModelFrame, { random }: CategoricalSetup): Warning[] {
  if (random !== null) return [];
  if (frame.people !== null && groupSizes(frame.people).every((size) => size === 1)) return [];
  const found =
    frame.people === null
      ? "no column that says whose each row is (--id, or a random term)"
      : "several rows of one person";
  return [
    warning(
      "lm.rows-not-independent",
      `Expected independent rows, as a regression without random effects does; found ${found}. Rows of one person are not independent, and standard errors are then usually too small. With several people add (1 | person).`,
    ),
  ];
}

function groupWarning({ model, random, ngroups }: CategoricalSetup): Warning[] {
  if (random === null || ngroups >= FEW_GROUPS) return [];
  return [
    warning(
      `${model}.few-groups`,
      `Expected at least ${FEW_GROUPS} groups to estimate a variance between them; found ${ngroups}. Read its size with care.`,
    ),
  ];
}

function laplaceWarning({ model, random }: CategoricalSetup, { nodes }: ResolvedOptions): Warning[] {
  if (random === null || nodes > 1) return [];
  return [
    warning(
      `${model}.laplace`,
      "Expected an integral over the random effects that is accurate; found one node, which is Laplace's approximation and makes their standard deviation too small when people have few rows. Use it for comparison; report nodes: 9.",
    ),
  ];
}
