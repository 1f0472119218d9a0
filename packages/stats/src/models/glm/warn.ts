import { StatsError } from "../../errors.ts";
import { groupSizes } from "../../frame/groups.ts";
import { type Warning, warning } from "../../warnings.ts";
import type { RegressionRows } from "./setup.ts";

/** Names the columns that were left out because others determine them. */
export function rankWarnings({ dropped }: Pick<RegressionRows, "dropped">): Warning[] {
  if (dropped.length === 0) return [];
  return [
    warning(
      "regression.rank-deficient",
      `Expected columns that each add something; found ${dropped.join(", ")} constant or determined by the others. ${dropped.length === 1 ? "It was" : "They were"} left out; remove one of the columns that say the same.`,
    ),
  ];
}

/** Warns of several rows of one person in a model that takes rows as independent. */
export function independenceWarnings({ frame }: RegressionRows): Warning[] {
  if (frame.people === null || groupSizes(frame.people).every((size) => size === 1)) return [];
  return [
    warning(
      "lm.rows-not-independent",
      "Expected independent rows, as this regression takes them; found several rows of one person. Standard errors are then usually too small; use gee() with the same id.",
    ),
  ];
}

/** The error for an outcome that the right-hand side repeats. */
export function perfectFit({ frame }: RegressionRows): StatsError {
  return determinedOutcome(frame.formula.outcome.text);
}

/** The same, by the outcome's name. */
export function determinedOutcome(outcome: string): StatsError {
  return new StatsError(
    "regression.perfect-fit",
    `Expected an outcome with a residual; found "${outcome}" determined exactly by the right-hand side, so that no standard error exists. Remove the term that repeats the outcome.`,
  );
}
