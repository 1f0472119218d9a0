import { benjaminiHochberg } from "@longwave/stats";
import type { AlternativeResult } from "../../publication/alternative-types.ts";
import { intervalText } from "../../words/numbers.ts";
import { localText } from "../../words/study-names.ts";
import { type AlternativeContext, hypothesisFor, NotMeasured, testedTerm } from "../alternatives/context.ts";
import { alternativeWords } from "../alternatives/words.ts";
import { type GroupSlope, type MeasuredStratum, measureStratum } from "./measure-stratum.ts";
import { type Stratum, strataOf } from "./strata.ts";
import { strataWords } from "./words.ts";

/** One stratum with its slopes and both its p-values, as a figure shows it. */
export interface StratumSlopes {
  readonly label: string;
  readonly rows: readonly GroupSlope[];
  /** Null where a hypothesis of the plan has the same test: it is answered there, and once. */
  readonly pValue: number | null;
  /** Over the other strata: Benjamini & Hochberg (1995). */
  readonly pAdjusted: number | null;
}

export interface StrataRun {
  readonly results: readonly AlternativeResult[];
  readonly slopes: readonly StratumSlopes[];
}

/** The strata of a study that can be looked at: none without a planned slope to look at. */
export function plannedStrata(
  context: Pick<AlternativeContext, "protocol" | "language">,
): readonly Stratum[] {
  return slopeHypothesis(context) === undefined ? [] : strataOf(context.protocol, context.language);
}

/**
 * The first planned slope in each group the study reports by. One that fails never stops the others: its reason is
 * its result. Exploratory: nothing here changes a verdict.
 *
 * @param onStep  called before each stratum with what is being done.
 */
export async function runStrata(
  context: AlternativeContext,
  onStep: (doing: string) => void,
): Promise<StrataRun> {
  const planned = slopeHypothesis(context);
  if (planned === undefined) return { results: [], slopes: [] };
  const runs: { stratum: Stratum; found: MeasuredStratum | NotMeasured }[] = [];
  for (const stratum of plannedStrata(context)) {
    onStep(`Fitting ${planned.hypothesis.id} by ${stratum.column}`);
    runs.push({ stratum, found: await measure(context, planned, stratum) });
  }
  const measured = runs.flatMap(({ stratum, found }) =>
    found instanceof NotMeasured ? [] : [{ stratum, found }],
  );
  const own = measured.filter(({ stratum }) => answeredBy(context, stratum) === undefined);
  const adjusted = benjaminiHochberg(own.map(({ found }) => found.pValue));
  const testOf = (stratum: Stratum): StratumTest => {
    const index = own.findIndex((entry) => entry.stratum === stratum);
    const pValue = own[index]?.found.pValue;
    return pValue === undefined ? null : { pValue, pAdjusted: adjusted[index] ?? 1 };
  };
  const slopes = measured.map(({ stratum, found }) => {
    const { pValue = null, pAdjusted = null } = testOf(stratum) ?? {};
    return { label: stratum.label, rows: found.rows, pValue, pAdjusted };
  });
  const results = runs.map(({ stratum, found }) =>
    resultOf(context, { stratum, found, test: testOf(stratum), beside: planned.hypothesis.id }),
  );
  return { results, slopes };
}

type StratumTest = { readonly pValue: number; readonly pAdjusted: number } | null;

/** The hypothesis that compares the very groups of a stratum: its verdict is the only one on them. */
function answeredBy(
  { protocol }: Pick<AlternativeContext, "protocol">,
  { column }: Stratum,
): string | undefined {
  if (protocol.plan.variables.moderator?.name !== column) return undefined;
  return protocol.plan.hypotheses.find(({ test }) => test.kind === "difference")?.id;
}

function slopeHypothesis(context: Pick<AlternativeContext, "protocol">) {
  const hypothesis = hypothesisFor(context);
  const term = hypothesis && testedTerm(hypothesis);
  return hypothesis === undefined || term === undefined ? undefined : { hypothesis, term };
}

type Planned = NonNullable<ReturnType<typeof slopeHypothesis>>;

async function measure(
  context: AlternativeContext,
  { hypothesis, term }: Planned,
  stratum: Stratum,
): Promise<MeasuredStratum | NotMeasured> {
  try {
    return await measureStratum(context, hypothesis, { stratum, term });
  } catch (error) {
    if (error instanceof NotMeasured) return error;
    throw error;
  }
}

interface OneRun {
  readonly stratum: Stratum;
  readonly found: MeasuredStratum | NotMeasured;
  readonly test: StratumTest;
  readonly beside: string;
}

function resultOf(context: AlternativeContext, run: OneRun): AlternativeResult {
  const { protocol, language } = context;
  const { stratum, found, test, beside } = run;
  const words = strataWords(language);
  const named = {
    id: `by-${stratum.column}`,
    what: words.what(stratum.label),
    agrees: null,
    belongsTo: beside,
  };
  if (found instanceof NotMeasured) {
    const sentence = `${alternativeWords(language).notMeasured} ${found.message}`;
    return { ...named, rows: [], people: null, sentence };
  }
  const unit = localText(protocol.plan.variables.outcome.unit, language);
  const slopes = found.rows.map(({ label, estimate, lower, upper }) => {
    return `${label} ${intervalText({ value: estimate, lower, upper }, language)}`;
  });
  return {
    ...named,
    formula: found.formula,
    rows: found.rows.map(({ label, estimate, lower, upper }) => {
      return { label, estimate, lower, upper, unit, pValue: null };
    }),
    people: found.people,
    sentence: words.sentence({
      slopes,
      unit,
      differ: test !== null && test.pAdjusted < 0.05,
      answeredBy: answeredBy(context, stratum),
    }),
    ...(test === null ? {} : { test }),
    ...(found.notes.length === 0 ? {} : { note: found.notes.join(" ") }),
  };
}
