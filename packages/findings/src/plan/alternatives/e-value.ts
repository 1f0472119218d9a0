import type { AlternativeModel } from "@longwave/study";
import { numberText } from "../../words/numbers.ts";
import { studyNames } from "../../words/study-names.ts";
import { type AlternativeContext, type Measured, NotMeasured, rowsFor, whereOf } from "./context.ts";
import { alternativeWords } from "./words.ts";

/**
 * The E-value of a risk ratio: how strongly something unmeasured would have to go with both variables.
 *
 * VanderWeele & Ding (2017), Ann. Intern. Med. 167, 268-274: RR + sqrt(RR (RR - 1)), of 1 / RR below 1.
 */
export function eValueOf(riskRatio: number): number {
  const ratio = riskRatio < 1 ? 1 / riskRatio : riskRatio;
  return ratio + Math.sqrt(ratio * (ratio - 1));
}

/**
 * E-values of a standardised difference and of the limit of its interval that is nearest to 0 (1 when it holds 0).
 *
 * The risk ratio is approximated by exp(0.91 d), the same paper, table 2 (after Chinn 2000).
 */
export function eValuesOfDifference(
  interval: { readonly estimate: number; readonly lower: number; readonly upper: number },
  stdDev: number,
): { readonly estimate: number; readonly limit: number } {
  const ratio = (value: number): number => Math.exp((0.91 * value) / stdDev);
  const { estimate, lower, upper } = interval;
  const holdsZero = lower <= 0 && upper >= 0;
  const nearest = Math.abs(lower) < Math.abs(upper) ? lower : upper;
  return { estimate: eValueOf(ratio(estimate)), limit: holdsZero ? 1 : eValueOf(ratio(nearest)) };
}

/** The E-value bound of a planned answer. */
export async function measureEValue(
  context: AlternativeContext,
  model: Extract<AlternativeModel, { family: "e_value" }>,
): Promise<Measured> {
  const { language, protocol } = context;
  const words = alternativeWords(language);
  const finding = context.findings.find(({ id }) => id === model.of);
  if (finding?.estimate == null) throw new NotMeasured(words.noFinding);
  const { value: estimate, lower, upper } = finding.estimate;
  const stdDev = await outcomeStdDev(context);
  const found = eValuesOfDifference({ estimate, lower, upper }, stdDev);
  const row = (label: string, value: number) => {
    return { label, estimate: value, lower: value, upper: value, unit: words.riskRatioUnit, pValue: null };
  };
  const text = (value: number): string => numberText(value, language);
  return {
    rows: [row(words.eValueRows.estimate, found.estimate), row(words.eValueRows.limit, found.limit)],
    people: null,
    sentence: words.eValue(studyNames(protocol, language), {
      estimate: text(found.estimate),
      limit: text(found.limit),
    }),
    agrees: null,
    belongsTo: model.of,
    note: words.eValueNote,
  };
}

async function outcomeStdDev(context: AlternativeContext): Promise<number> {
  const { name } = context.protocol.plan.variables.outcome;
  const { table } = await rowsFor(context, [name], whereOf(context, {}));
  const column = table.columns[name];
  const values =
    column?.kind === "numeric" ? [...column.values].filter((_, row) => column.missing[row] === 0) : [];
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}
