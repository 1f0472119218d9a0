import { personalSlopes, profile } from "@longwave/stats";
import type { AlternativeModel } from "@longwave/study";
import type { AlternativeRow } from "../../publication/alternative-types.ts";
import { limitText, numberText } from "../../words/numbers.ts";
import { localText } from "../../words/study-names.ts";
import { limitsOf } from "./agreement.ts";
import {
  type AlternativeContext,
  attempt,
  type ExpectedShare,
  hypothesisFor,
  type Measured,
  NotMeasured,
} from "./context.ts";
import { type SettledModel, settle } from "./mixed-model.ts";
import { stepOf } from "./slope-alternatives.ts";
import { alternativeWords } from "./words.ts";

/** How much a slope differs between people, how reliable one person's is, and who is expected beyond the limit. */
export async function measureSlopes(
  context: AlternativeContext,
  model: Extract<AlternativeModel, { family: "slope_profile" }>,
): Promise<Measured> {
  const { protocol, language } = context;
  const words = alternativeWords(language);
  const hypothesis = hypothesisFor(context, model.of);
  const limits = hypothesis && limitsOf(protocol, hypothesis, undefined);
  if (hypothesis === undefined || limits === undefined) throw new NotMeasured(words.noFinding);
  const settled = await settle(context, hypothesis.model);
  const { fit } = settled;
  if (!fit.random.some(({ terms }) => terms.includes(model.term))) throw new NotMeasured(words.noSlopes);
  const step = stepOf(fit, model.term);
  const expectedSign = signOf(limits.expectedSign, fit, model.term);
  const limit = expectedSign * limits.noticeable;
  const bound = limit / step;
  const found = numbersOf(context, settled, { term: model.term, bound });
  const unit = localText(protocol.plan.bounds[limits.bounds]?.unit ?? { en: "" }, language);
  const boundText = `${limitText(limit, language).replace("-", "\u2212")} ${unit}`;
  const percent = (share: number): string => percentText(share, language);
  return {
    rows: rowsOf(found, { step, unit, boundText }, context),
    people: settled.people,
    formula: settled.formula,
    sentence: words.slopes({
      stdDev: `${numberText(found.stdDev.estimate * step, language)} ${unit}`,
      reliability: numberText(found.reliability, language, 2),
      beyond: percent(found.beyond.share),
      opposite: percent(found.opposite.share),
    }),
    agrees: null,
    slopes: {
      mean: found.mean * step,
      stdDev: found.stdDev.estimate * step,
      reliability: found.reliability,
      beyond: found.beyond,
      opposite: found.opposite,
      expectedSign,
      bounds: limits.bounds,
      people: settled.people,
    },
    ...(settled.note === undefined ? {} : { note: settled.note }),
  };
}

/** The side people are expected on: that of the claim, or of the average slope when it claims none. */
function signOf(expected: -1 | 0 | 1, fit: SettledModel["fit"], term: string): -1 | 1 {
  if (expected !== 0) return expected;
  return (fit.fixed.find((row) => row.term === term)?.estimate ?? 0) < 0 ? -1 : 1;
}

interface SlopeNumbers {
  readonly mean: number;
  readonly stdDev: { readonly estimate: number; readonly lower: number; readonly upper: number };
  readonly reliability: number;
  readonly beyond: ExpectedShare;
  readonly opposite: ExpectedShare;
}

function numbersOf(
  context: AlternativeContext,
  { fit, data }: SettledModel,
  at: { readonly term: string; readonly bound: number },
): SlopeNumbers {
  const { person } = context.protocol.plan.variables;
  const slopes = attempt(context, () => personalSlopes(fit, data, at.term, { bounds: [at.bound] }));
  const { intervals } = attempt(context, () =>
    profile(fit, data, { parameters: [`sd_${at.term}|${person}`] }),
  );
  const [interval] = intervals;
  const sorted = slopes.people.map(({ reliability }) => reliability).sort((a, b) => a - b);
  const shareAt = (bound: number): ExpectedShare =>
    slopes.shares.find((share) => share.bound === bound) ?? { share: Number.NaN, lower: null, upper: null };
  return {
    mean: slopes.mean.estimate,
    stdDev: {
      estimate: slopes.stdDev,
      lower: interval?.lower ?? 0,
      upper: interval?.upper ?? Number.POSITIVE_INFINITY,
    },
    reliability: sorted[Math.floor(sorted.length / 2)] ?? 0,
    beyond: shareAt(at.bound),
    opposite: shareAt(0),
  };
}

function rowsOf(
  found: SlopeNumbers,
  scale: { readonly step: number; readonly unit: string; readonly boundText: string },
  { language }: AlternativeContext,
): readonly AlternativeRow[] {
  const { slopeRows, shareUnit } = alternativeWords(language);
  const { stdDev, reliability, beyond, opposite } = found;
  const share = (label: string, { share: value, lower, upper }: ExpectedShare): AlternativeRow => ({
    label,
    estimate: 100 * value,
    lower: 100 * (lower ?? value),
    upper: 100 * (upper ?? value),
    unit: shareUnit,
    pValue: null,
  });
  return [
    {
      label: slopeRows.stdDev,
      estimate: stdDev.estimate * scale.step,
      lower: stdDev.lower * scale.step,
      upper: stdDev.upper * scale.step,
      unit: scale.unit,
      pValue: null,
    },
    {
      label: slopeRows.reliability,
      estimate: reliability,
      lower: reliability,
      upper: reliability,
      unit: "",
      pValue: null,
    },
    share(slopeRows.beyond(scale.boundText), beyond),
    share(slopeRows.opposite, opposite),
  ];
}

/** "12 %", and "under 1 %" for what would round to nothing. */
function percentText(share: number, language: AlternativeContext["language"]): string {
  const percent = Math.round(100 * share);
  if (percent === 0) return language === "nb" ? "Under 1 prosent" : "Under 1 percent";
  return language === "nb" ? `${percent} prosent` : `${percent} percent`;
}
