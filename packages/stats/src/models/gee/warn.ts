import type { Formula } from "../../formula/formula.ts";
import { interactionWarnings } from "../../frame/interaction.ts";
import { type Warning, warning } from "../../warnings.ts";
import { endlessTerms } from "../glm/separation.ts";
import { rankWarnings } from "../glm/warn.ts";
import type { GeeSolution } from "./objective.ts";
import type { ResolvedGeeOptions } from "./options.ts";
import type { GeeSetup } from "./setup.ts";

/** Of a GEE, what warnings speak of beside its solution. */
export interface WarnedGee extends Pick<GeeSetup, "people" | "pairs"> {
  readonly rows: Pick<GeeSetup["rows"], "p" | "dropped">;
}

/** Below this many people the plain sandwich is clearly too small. */
const FEW_PEOPLE = 50;

function stateWarnings({ rows }: GeeSetup, solution: GeeSolution, options: ResolvedGeeOptions): Warning[] {
  const { state, independence } = solution;
  if (state === "separated" && independence.separation !== null) {
    const endless = endlessTerms(rows, independence.separation);
    const terms = rows.names.filter((_, j) => endless[j]).join(", ");
    return [
      warning(
        "gee.separation",
        `Expected both outcomes to occur wherever the predictors lead; found that ${terms} tell the outcomes apart without an error (separation), so that no finite coefficients exist. Merge levels or leave the predictor out.`,
      ),
    ];
  }
  return settledWarnings(solution, options);
}

function settledWarnings({ state, alpha }: GeeSolution, options: ResolvedGeeOptions): Warning[] {
  if (state === "invalid") {
    const found = Array.from(alpha, (value) => value.toPrecision(3)).join(", ");
    return [
      warning(
        "gee.correlation-invalid",
        `Expected a correlation that data can have; found the ${options.correlation} correlation estimated at ${found}, with which the covariance of some person is not positive definite. No coefficients are shown; use a simpler correlation such as independence.`,
      ),
    ];
  }
  if (state === "converged") return [];
  return [
    warning(
      "gee.not-converged",
      "Expected coefficients and correlation to settle; they still moved when the iteration stopped. Do not report these numbers; use a simpler correlation or fewer terms.",
    ),
  ];
}

function peopleWarnings({ people, rows }: WarnedGee, { se }: ResolvedGeeOptions): Warning[] {
  if (people <= rows.p) {
    return [
      warning(
        "gee.too-few-people",
        `Expected more people than coefficients; found ${people} people and ${rows.p} coefficients, so that no robust standard error exists and none is shown. Use fewer terms, or lmm().`,
      ),
    ];
  }
  if (people >= FEW_PEOPLE || se !== "robust") return [];
  return [
    warning(
      "gee.few-people",
      `Expected at least ${FEW_PEOPLE} people for robust standard errors; found ${people}, with which they are too small. Ask for mancl-derouen or kauermann-carroll.`,
    ),
  ];
}

function pairWarnings({ pairs }: WarnedGee, { correlation }: ResolvedGeeOptions): Warning[] {
  if (correlation === "independence" || pairs.count > 0) return [];
  return [
    warning(
      "gee.no-pairs",
      `Expected people with two rows or more to learn the ${correlation} correlation from; found none. It was taken as zero.`,
    ),
  ];
}

function varyWithin({ rows, start, people }: GeeSetup): boolean {
  for (let k = 0; k < people; k++) {
    const first = rows.weights[start[k]];
    for (let i = start[k] + 1; i < start[k + 1]; i++) {
      if (Math.abs(rows.weights[i] - first) > 1e-12 * first) return true;
    }
  }
  return false;
}

function weightWarnings(setup: GeeSetup, { weights, correlation }: ResolvedGeeOptions): Warning[] {
  if (weights === undefined || correlation === "independence" || !varyWithin(setup)) return [];
  return [
    warning(
      "gee.weights-vary",
      `Expected one weight for each person with the ${correlation} correlation; found "${weights}" changing between the rows of a person. Only with independence are the weighted equations then unbiased; ask for that.`,
    ),
  ];
}

function leverageWarnings({ se }: ResolvedGeeOptions, leverage: boolean): Warning[] {
  if (!leverage) return [];
  return [
    warning(
      "gee.leverage",
      `Expected every coefficient to be estimable without any one person; found a person on whom one depends alone, so that the ${se} standard errors do not exist. Leave out that term, or ask for robust standard errors.`,
    ),
  ];
}

/** What a reader of the fit must know, the gravest first. */
export function geeWarnings(
  setup: GeeSetup,
  solution: GeeSolution,
  options: ResolvedGeeOptions,
  leverage: boolean,
): Warning[] {
  return [
    ...stateWarnings(setup, solution, options),
    ...peopleWarnings(setup, options),
    ...leverageWarnings(options, leverage),
    ...pairWarnings(setup, options),
    ...weightWarnings(setup, options),
    ...rankWarnings(setup.rows),
    ...interactionWarnings(setup.rows.frame.formula),
  ];
}

/** The same for a fit from sums, which has a gaussian outcome and no weights. */
export function summedGeeWarnings(
  setup: WarnedGee,
  solution: GeeSolution,
  {
    options,
    leverage,
    formula,
  }: { readonly options: ResolvedGeeOptions; readonly leverage: boolean; readonly formula: Formula },
): Warning[] {
  return [
    ...settledWarnings(solution, options),
    ...peopleWarnings(setup, options),
    ...leverageWarnings(options, leverage),
    ...pairWarnings(setup, options),
    ...rankWarnings(setup.rows),
    ...interactionWarnings(formula),
  ];
}
