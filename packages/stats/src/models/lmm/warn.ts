import { interactionWarnings } from "../../frame/interaction.ts";
import { type Warning, warning } from "../../warnings.ts";
import type { FrameFacts } from "./frame-facts.ts";
import type { LmmShape } from "./setup.ts";
import type { LmmSolution } from "./solution.ts";

/** Below this many groups the variance between them is hardly known. */
const FEW_GROUPS = 10;

function rankWarning({ dropped }: LmmShape): Warning[] {
  if (dropped.length === 0) return [];
  return [
    warning(
      "lmm.rank-deficient",
      `Expected columns that each add something; found ${dropped.join(", ")} constant or determined by the others. ${dropped.length === 1 ? "It was" : "They were"} left out; remove one of the columns that say the same.`,
    ),
  ];
}

function singularWarning(solution: LmmSolution): Warning[] {
  if (!solution.singular) return [];
  return [
    warning(
      "lmm.singular",
      "Expected every variance of the random effects to be positive and no correlation to be exact; found one at its limit, reported as exactly 0 (singular fit). The data hold too little about it; compare with a simpler random part.",
    ),
  ];
}

function convergenceWarning(solution: LmmSolution): Warning[] {
  if (solution.converged) return [];
  return [
    warning(
      "lmm.not-converged",
      "Expected the optimiser to reach a minimum; it stopped before. Do not report these numbers; simplify the random part or look for outlying values.",
    ),
  ];
}

/** What to do when variances can be traded for each other. */
function identifiedAdvice(name: string, { type, time }: LmmSolution["residual"]): string {
  if (type === "iid") return `Leave out the random ${name}, which may be constant within every person.`;
  return name.startsWith("residual ")
    ? `Some distances of ${time} are never seen; use ar1 or car1, which have one parameter for all.`
    : `The residual structure ${type} can already say what it says, or people have too few rows for both: use a simpler residual structure, or leave out the random ${name}.`;
}

function identifiedWarning({ unidentified: name, residual }: LmmSolution): Warning[] {
  if (name === null) return [];
  return [
    warning(
      "lmm.variances-not-identified",
      `Expected data that tell the variances of the random part and the residuals apart; found that those of "${name}" and the others can be traded for each other without changing the fit. The fixed effects stand; do not report these variances. ${identifiedAdvice(name, residual)}`,
    ),
  ];
}

function residualWarning({ residual }: LmmSolution): Warning[] {
  if (residual.atLimit === null) return [];
  return [
    warning(
      "lmm.residual-limit",
      `Expected a residual structure that the data determine; found ${residual.atLimit} at the limit of what ${residual.type} can be. Read no interval into it; compare with independent residuals or a simpler structure by AIC.`,
    ),
  ];
}

function groupWarning({ ngroups }: LmmShape): Warning[] {
  return Object.entries(ngroups)
    .filter(([, count]) => count < FEW_GROUPS)
    .map(([group, count]) =>
      warning(
        "lmm.few-groups",
        `Expected at least ${FEW_GROUPS} groups to estimate a variance between them; found ${count} of "${group}". Read its size with care.`,
      ),
    );
}

function independenceWarning(frame: FrameFacts, design: LmmShape, solution: LmmSolution): Warning[] {
  const areIndependent = ["iid", "variances"].includes(solution.residual.type);
  if (design.blocks.length > 0 || !areIndependent) return [];
  if (frame.hasPeople && frame.groupsWithTwoRows === 0) return [];
  const found = frame.hasPeople
    ? "several rows of one person"
    : "no column that says whose each row is (--id, or a random term)";
  return [
    warning(
      "lm.rows-not-independent",
      `Expected independent rows, as ordinary regression does; found ${found}. Rows of one person, such as their days, are not independent, and standard errors are then usually too small. With several people add (1 | person); with one person read the intervals as too narrow.`,
    ),
  ];
}

/** What a reader of the fit must know, the gravest first. */
export function fitWarnings(frame: FrameFacts, design: LmmShape, solution: LmmSolution): Warning[] {
  return [
    ...convergenceWarning(solution),
    ...identifiedWarning(solution),
    ...residualWarning(solution),
    ...singularWarning(solution),
    ...rankWarning(design),
    ...independenceWarning(frame, design, solution),
    ...groupWarning(design),
    ...interactionWarnings(frame.formula),
  ];
}
