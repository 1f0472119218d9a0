import { StatsError } from "../errors.ts";
import type { RandomBlock } from "../models/fit.ts";
import type { LmmFit } from "../models/lmm/result.ts";
import { chiSquareUpper } from "../numeric/chi-square.ts";
import { anova } from "./verbs.ts";

/** The likelihood-ratio test of one variance, whose value under the hypothesis is at its limit. */
export interface VarianceTest {
  /** The random effect tested, as "effect | group". */
  readonly added: string;
  readonly chiSquare: number;
  /** The reference distribution: chi-square laws and their weights; 0 degrees of freedom is a point at zero. */
  readonly mixture: readonly { readonly df: number; readonly weight: number }[];
  readonly pValue: number;
}

function blockKey({ group, terms }: RandomBlock): string {
  return [group, ...[...terms].sort()].join("\u0000");
}

/** The blocks of each fit that the other has not. */
function differing(a: LmmFit, b: LmmFit): readonly [RandomBlock[], RandomBlock[]] {
  const [keysA, keysB] = [a, b].map(({ random }) => random.map(blockKey));
  return [
    a.random.filter((block) => !keysB.includes(blockKey(block))),
    b.random.filter((block) => !keysA.includes(blockKey(block))),
  ];
}

interface AddedEffect {
  readonly name: string;
  /** The covariances that come with it: the effects of its block that were there before. */
  readonly covariances: number;
}

function addedEffect(larger: LmmFit, smaller: LmmFit): AddedEffect | null {
  const [more, fewer] = differing(larger, smaller);
  if (more.length !== 1 || fewer.length > 1) return null;
  const [{ group, terms }] = more;
  const before: Pick<RandomBlock, "group" | "terms"> = fewer.length === 1 ? fewer[0] : { group, terms: [] };
  const added = terms.filter((term) => !before.terms.includes(term));
  const keepsAll = before.group === group && before.terms.every((term) => terms.includes(term));
  if (added.length !== 1 || !keepsAll) return null;
  return { name: `${added[0]} | ${group}`, covariances: before.terms.length };
}

function checkComparable(larger: LmmFit, smaller: LmmFit): void {
  const structure = ({ residual }: LmmFit) => `${residual.type} ${residual.time ?? ""}`;
  const fixed = (fit: LmmFit) => fit.fixed.map(({ term }) => term).sort();
  const same =
    structure(larger) === structure(smaller) && fixed(larger).join("\n") === fixed(smaller).join("\n");
  if (same) return;
  throw new StatsError(
    "variance-test.comparison",
    "Expected two fits that differ in one random effect only; found different fixed effects or residual structures. Change the random part alone.",
  );
}

function upperTail(chiSquare: number, df: number): number {
  if (df === 0) return chiSquare > 0 ? 0 : 1;
  return chiSquareUpper(chiSquare, df);
}

/**
 * The test that the variance of one random effect is zero, and with it its covariances, against half chi-square(q)
 * and half chi-square(q + 1), q the number of these covariances: the plain chi-square test is too rarely significant.
 *
 * Both fits by REML, or both by ML. Stram & Lee (1994), Biometrics 50, 1171-1177, cases 1 to 3 (the other variances
 * are taken as positive).
 *
 * @throws StatsError `variance-test.comparison` unless the larger fit has one random effect more and is else the
 *   same; `anova.different-rows`, `anova.reml`, `anova.not-nested`
 */
export function varianceTest(larger: LmmFit, smaller: LmmFit): VarianceTest {
  checkComparable(larger, smaller);
  const added = addedEffect(larger, smaller);
  if (added === null) {
    throw new StatsError(
      "variance-test.comparison",
      "Expected the first fit to have one random effect more than the second; found another difference in their random parts. Add one effect at a time; for correlations alone (| against ||) use anova.",
    );
  }
  const { chiSquare } = anova(larger, smaller);
  const mixture = [added.covariances, added.covariances + 1].map((df) => ({ df, weight: 0.5 }));
  const pValue = mixture.reduce((sum, { df, weight }) => sum + weight * upperTail(chiSquare, df), 0);
  return { added: added.name, chiSquare, mixture, pValue };
}
