import { intervalGraphic } from "@longwave/figure";
import type { Hypothesis, PlanBounds, Protocol } from "@longwave/study";
import { FindingsError } from "../errors.ts";
import type { Finding, FindingBounds, FindingRow, Language } from "../publication/types.ts";
import { decideVerdict, type Verdict } from "../verdict/decide-verdict.ts";
import { surenessOf } from "../verdict/sureness.ts";
import { estimateText } from "../words/estimate-text.ts";
import { intervalText } from "../words/numbers.ts";
import type { SentenceDesign, SentenceInput } from "../words/sentence-input.ts";
import { localText, studyNames } from "../words/study-names.ts";
import { wordsFor } from "../words/words.ts";
import type { NotTested, TestOutcome } from "./outcome.ts";
import { designOf, type NumberTest } from "./run-hypothesis.ts";

/** One tested hypothesis with everything its finding is written from. */
export interface TestedHypothesis {
  readonly hypothesis: Hypothesis;
  readonly test: NumberTest;
  readonly outcome: TestOutcome | NotTested;
  /** Holm-adjusted over the planned family; 1 where nothing was tested. */
  readonly pHolm: number;
  /** Id of the model report. */
  readonly model: string;
}

export interface FindingContext {
  readonly protocol: Protocol;
  readonly document: Document;
  readonly language: Language;
  /** Axis half-width of each scale of the plan, by the name of its bounds. */
  readonly limits: Readonly<Record<string, number>>;
}

/**
 * The limits of a hypothesis, fixed in the plan.
 *
 * @throws FindingsError `findings.bounds-unknown` when the plan has no such limits.
 */
export function boundsOf(protocol: Protocol, hypothesis: Hypothesis): PlanBounds {
  const bounds = protocol.plan.bounds[hypothesis.bounds];
  if (bounds) return bounds;
  throw new FindingsError(
    "findings.bounds-unknown",
    `${hypothesis.id} uses the bounds "${hypothesis.bounds}"; expected one of ${Object.keys(protocol.plan.bounds).join(", ")}. Add them to the plan.`,
  );
}

/** Axis half-widths: findings on one scale share an axis that holds their intervals and the noticeable limit. */
export function axisLimits(
  protocol: Protocol,
  tested: readonly TestedHypothesis[],
): Readonly<Record<string, number>> {
  const limits: Record<string, number> = {};
  for (const { hypothesis, outcome } of tested) {
    const ends = outcome.kind === "tested" ? outcome.rows.flatMap((row) => [row.lower, row.upper]) : [];
    const widest = Math.max(boundsOf(protocol, hypothesis).noticeable, ...ends.map(Math.abs));
    // One decimal up, so that the labelled ends are round numbers.
    const limit = Math.ceil(widest * 1.1 * 10) / 10;
    limits[hypothesis.bounds] = Math.max(limits[hypothesis.bounds] ?? 0, limit);
  }
  return limits;
}

/** Puts a tested hypothesis into words by the rules of the verdict language. */
export function writeFinding(tested: TestedHypothesis, context: FindingContext): Finding {
  return tested.outcome.kind === "tested"
    ? writtenFinding(tested, tested.outcome, context)
    : unfittedFinding(
        { hypothesis: tested.hypothesis, design: designOf(tested.test) },
        tested.outcome.reason,
        context,
      );
}

/** What every finding holds, answered or not. */
export function commonParts(
  { hypothesis }: Pick<TestedHypothesis, "hypothesis">,
  { protocol, language, limits }: FindingContext,
): Pick<Finding, "id" | "label" | "term" | "bounds"> {
  const { negligible, noticeable } = boundsOf(protocol, hypothesis);
  return {
    id: hypothesis.id,
    label: localText(hypothesis.label, language),
    ...(hypothesis.term === undefined ? {} : { term: localText(hypothesis.term, language) }),
    bounds: { negligible, noticeable, limit: limits[hypothesis.bounds] ?? noticeable },
  };
}

/** The finding on a hypothesis that could not be tested, with the reason in plain words. */
export function unfittedFinding(
  tested: { readonly hypothesis: Hypothesis; readonly design: SentenceDesign },
  reason: string,
  context: FindingContext,
): Finding {
  const words = wordsFor(context.language);
  const start = context.language === "nb" ? "Dette lot seg ikke analysere." : "This could not be analysed.";
  return {
    ...commonParts(tested, context),
    verdict: words.verdict("not_fitted", undefined, tested.design),
    rule: "not_fitted",
    sentence: start,
    sure: "not clear",
    sureWhy: reason,
    estimate: null,
    rows: [],
    pValue: null,
    pHolm: null,
    model: "",
    graphic: "",
  };
}

/** The verdict on one tested hypothesis, by the seven rules. */
export function verdictOf(tested: TestedHypothesis, outcome: TestOutcome, bounds: PlanBounds): Verdict {
  const { estimate, lower, upper, lower90, upper90 } = outcome;
  const { negligible, noticeable } = bounds;
  const { expectedSign } = tested.hypothesis;
  const interval = { estimate, lower, upper, lower90, upper90 };
  return decideVerdict({ ...interval, negligible, noticeable, expectedSign, pHolm: tested.pHolm });
}

/** The sentence input of a tested hypothesis: what it compares, and how it came out. */
export function sentenceInput(
  tested: TestedHypothesis,
  outcome: TestOutcome,
  context: Pick<FindingContext, "protocol" | "language">,
): SentenceInput {
  const bounds = boundsOf(context.protocol, tested.hypothesis);
  return {
    design: designOf(tested.test),
    verdict: verdictOf(tested, outcome, bounds),
    estimate: outcome.estimate,
    names: studyNames(context.protocol, context.language),
    ...(tested.test.kind === "term" ? { term: tested.test.term } : {}),
    ...(outcome.lag ? { lag: outcome.lag } : {}),
    ...(outcome.slopes ? { slopes: outcome.slopes } : {}),
    ...(outcome.adjusted ? { adjusted: true } : {}),
  };
}

function writtenFinding(tested: TestedHypothesis, outcome: TestOutcome, context: FindingContext): Finding {
  const { protocol, language } = context;
  const bounds = boundsOf(protocol, tested.hypothesis);
  const input = sentenceInput(tested, outcome, context);
  const words = wordsFor(language);
  const common = commonParts(tested, context);
  const unit = localText(bounds.unit, language);
  const text = estimateText({
    outcome,
    design: input.design,
    unit,
    names: input.names,
    variables: protocol.plan.variables,
    language,
  });
  const { estimate, lower, upper, lower90, upper90, rows, pValue } = outcome;
  return {
    ...common,
    verdict: words.verdict(input.verdict.rule, input.verdict, input.design),
    rule: input.verdict.rule,
    sentence: words.sentence(input),
    sure: surenessOf(input.verdict, tested.pHolm),
    sureWhy: words.sureWhy({ ...input, bounds: { ...bounds, pHolm: tested.pHolm } }),
    estimate: { value: estimate, lower, upper, lower90, upper90, unit, text },
    rows,
    pValue,
    pHolm: tested.pHolm,
    model: tested.model,
    ...(outcome.robust ? { robust: outcome.robust } : {}),
    graphic: rowsGraphic(rows, { bounds: common.bounds, unit }, context),
  };
}

/** The interval graphic of a finding: its rows over the two limits. */
export function rowsGraphic(
  rows: readonly FindingRow[],
  { bounds, unit }: { readonly bounds: FindingBounds; readonly unit: string },
  { document, language }: FindingContext,
): string {
  return intervalGraphic(
    {
      rows: [...rows],
      limit: bounds.limit,
      zones: [
        { lower: -bounds.noticeable, upper: bounds.noticeable },
        { lower: -bounds.negligible, upper: bounds.negligible },
      ],
      alt: rows
        .map((row) => `${row.label}: ${intervalText({ ...row, value: row.estimate }, language)} ${unit}`)
        .join("; "),
    },
    { document, language },
  );
}
