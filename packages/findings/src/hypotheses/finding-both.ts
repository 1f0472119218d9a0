import type { Hypothesis } from "@longwave/study";
import { reasonsIn } from "../plan/reasons.ts";
import type { Finding } from "../publication/types.ts";
import { intersectVerdicts } from "../verdict/intersect-verdicts.ts";
import { surenessOf } from "../verdict/sureness.ts";
import type { DirectionView, SentenceInput } from "../words/sentence-input.ts";
import type { DirectionPair } from "../words/sentence-parts.ts";
import { localText, studyNames } from "../words/study-names.ts";
import { wordsFor } from "../words/words.ts";
import {
  boundsOf,
  commonParts,
  type FindingContext,
  rowsGraphic,
  type TestedHypothesis,
  unfittedFinding,
  verdictOf,
} from "./finding.ts";

/** A direction that was tested, with the verdict on it; nothing when it has none. */
function directionOf(
  tested: TestedHypothesis | undefined,
  { protocol }: Pick<FindingContext, "protocol">,
): DirectionView | undefined {
  if (tested?.outcome.kind !== "tested" || !tested.outcome.lag) return undefined;
  const { lag, estimate } = tested.outcome;
  return { lag, estimate, verdict: verdictOf(tested, tested.outcome, boundsOf(protocol, tested.hypothesis)) };
}

/** Both directions of a claim about two lagged paths; nothing when one of them could not be tested. */
export function directionsOf(
  of: readonly string[],
  tested: readonly TestedHypothesis[],
  context: Pick<FindingContext, "protocol">,
): DirectionPair | undefined {
  const [first, second] = of.map((id) =>
    directionOf(
      tested.find(({ hypothesis }) => hypothesis.id === id),
      context,
    ),
  );
  return first && second ? [first, second] : undefined;
}

/**
 * The finding on a claim that two directions are both there: the intersection of two answers that stand on the page
 * already. It has no p of its own and needs no correction.
 */
export function writeBoth(
  hypothesis: Hypothesis,
  tested: readonly TestedHypothesis[],
  context: FindingContext,
): Finding {
  const { protocol, language } = context;
  const of = hypothesis.test.kind === "intersection" ? hypothesis.test.of : [];
  const directions = directionsOf(of, tested, context);
  if (!directions) {
    return unfittedFinding({ hypothesis, design: "both" }, reasonsIn(language).needsOthers(of), context);
  }
  const parts = tested.filter(({ hypothesis: { id } }) => of.includes(id));
  const bounds = boundsOf(protocol, hypothesis);
  const common = commonParts({ hypothesis }, context);
  const rows = parts.flatMap(({ outcome }) => (outcome.kind === "tested" ? outcome.rows : []));
  const pHolm = Math.max(...parts.map((part) => part.pHolm));
  const input: SentenceInput = {
    design: "both",
    verdict: intersectVerdicts(directions.map(({ verdict }) => verdict)),
    estimate: directions[0].estimate,
    names: studyNames(protocol, language),
    directions,
  };
  const words = wordsFor(language);
  return {
    ...common,
    verdict: words.verdict(input.verdict.rule, input.verdict, "both"),
    rule: input.verdict.rule,
    sentence: words.sentence(input),
    sure: surenessOf(input.verdict, pHolm),
    sureWhy: words.sureWhy({ ...input, bounds: { ...bounds, pHolm } }),
    estimate: null,
    rows,
    pValue: null,
    pHolm: null,
    model: parts[0]?.model ?? "",
    graphic: rowsGraphic(rows, { bounds: common.bounds, unit: localText(bounds.unit, language) }, context),
  };
}
