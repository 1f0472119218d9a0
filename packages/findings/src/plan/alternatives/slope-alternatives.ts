import {
  clmm,
  type FitCommon,
  formulaColumns,
  gee,
  patternMixture,
  remainingWeights,
  withColumn,
} from "@longwave/stats";
import type { AlternativeModel, Hypothesis, LmmModel } from "@longwave/study";
import type { AlternativeRow } from "../../publication/alternative-types.ts";
import { intervalText, numberText } from "../../words/numbers.ts";
import { capitalise } from "../../words/sentence-parts.ts";
import { localText, studyNames } from "../../words/study-names.ts";
import { agreementOf, limitsOf } from "./agreement.ts";
import {
  type AlternativeContext,
  attempt,
  hypothesisFor,
  type Measured,
  NotMeasured,
  rowsFor,
  testedTerm,
  whereOf,
} from "./context.ts";
import { type RawEstimate, type Scaled, scaledEstimate } from "./estimates.ts";
import { factorColumns } from "./factors.ts";
import { settle } from "./mixed-model.ts";
import { agreementSentence, alternativeWords } from "./words.ts";

type Of<Family extends AlternativeModel["family"]> = Extract<AlternativeModel, { family: Family }>;

/** The slope a model is asked for, and where it stands beside the planned answers. */
interface Slope {
  readonly hypothesis: Hypothesis;
  readonly term: string;
  readonly outcome: string;
}

/** A mixed model fitted in another way: other rows, other terms, another outcome, other residuals. */
export async function measureMixedModel(context: AlternativeContext, model: LmmModel): Promise<Measured> {
  const hypothesis = hypothesisFor(context, "base" in model ? model.base : undefined);
  if (hypothesis === undefined) throw new NotMeasured(alternativeWords(context.language).noFinding);
  const { fit, formula, note, people } = await settle(context, model, model.residual);
  const slope = { hypothesis, ...termOf(formula, hypothesis, fit) };
  const scaled = scaledEstimate(coefficientOf(context, fit, slope.term), stepOf(fit, slope.term));
  const row = { label: stepLabel(context), ...intervalOf(scaled), unit: unitOf(context, slope) };
  const words = alternativeWords(context.language);
  return {
    rows: [row],
    people,
    formula,
    ...judged(
      context,
      slope,
      scaled,
      words.estimate(intervalText(centred(scaled), context.language), row.unit),
    ),
    ...(note === undefined ? {} : { note }),
  };
}

/** The outcome as ordered categories; only its sign can be compared. */
export async function measureOrdered(context: AlternativeContext, model: Of<"clmm">): Promise<Measured> {
  const { person, wave } = context.protocol.plan.variables;
  const data = await rowsFor(context, formulaColumns(model.formula), whereOf(context, model));
  const fit = attempt(context, () => clmm(model.formula, data, { id: person, time: wave, minRows: 2 }));
  const words = alternativeWords(context.language);
  if (!fit.converged) throw new NotMeasured(words.notConverged);
  const scaled = scaledEstimate(coefficientOf(context, fit, model.term), stepOf(fit, model.term));
  const finding = context.findings.find(({ id }) => id === hypothesisFor(context)?.id);
  const [estimate, lower, upper] = [scaled.estimate, scaled.lower, scaled.upper].map(Math.exp) as [
    number,
    number,
    number,
  ];
  const row = {
    label: stepLabel(context),
    estimate,
    lower,
    upper,
    pValue: scaled.pValue,
    unit: words.oddsRatioUnit,
  };
  const sure = scaled.lower > 0 || scaled.upper < 0;
  const plannedSure = typeof finding?.rule === "number" && finding.rule <= 4;
  const sameSign = Math.sign(scaled.estimate) === Math.sign(finding?.estimate?.value ?? 0);
  const names = studyNames(context.protocol, context.language);
  const text = intervalText({ value: estimate, lower, upper }, context.language);
  return {
    rows: [row],
    people: fit.ngroups[person] ?? null,
    formula: model.formula,
    sentence: `${capitalise(words.oddsRatioUnit)} ${text}. ${words.ordered(scaled.estimate > 0, sure, names.outcome, finding?.id ?? "H1")}`,
    agrees: finding?.estimate == null ? null : sure === plannedSure && (sameSign || !sure),
    ...(finding === undefined ? {} : { belongsTo: finding.id }),
  };
}

/** One slope by pattern of leaving, and averaged over the patterns. */
export async function measurePatterns(
  context: AlternativeContext,
  model: Of<"pattern_mixture">,
): Promise<Measured> {
  const { person, wave } = context.protocol.plan.variables;
  const data = await rowsFor(context, formulaColumns(model.formula), whereOf(context, model));
  const early = context.protocol.waves.findIndex(({ id }) => id === model.earlyUntil) + 1;
  const options = { id: person, time: wave, term: model.term, minRows: 2 };
  const found = attempt(context, () =>
    patternMixture(model.formula, data, early === 0 ? options : { ...options, earlyUntil: early }),
  );
  const words = alternativeWords(context.language);
  const slope = slopeOf(context, model);
  const step = await withinStep(context, model);
  const unit = unitOf(context, slope);
  const rowOf = (label: string, from: RawEstimate): AlternativeRow => ({
    label,
    ...intervalOf(scaledEstimate(from, step)),
    unit,
  });
  const scaled = scaledEstimate(found.average, step);
  return {
    rows: [
      rowOf(words.patterns.average, found.average),
      rowOf(words.patterns.ignoring, found.ignoring),
      ...found.strata.flatMap(({ pattern, effect, people }) =>
        effect === null || people < 10 ? [] : [rowOf(words.patterns[pattern], effect)],
      ),
    ],
    people: found.strata.reduce((sum, { people }) => sum + people, 0),
    formula: model.formula,
    ...judged(
      context,
      slope,
      scaled,
      words.row(words.patterns.average, intervalText(centred(scaled), context.language), unit),
    ),
  };
}

/** The marginal model with the weights of those who stayed, beside the same without weights. */
export async function measureWeights(context: AlternativeContext, model: Of<"weights">): Promise<Measured> {
  const { person, wave, outcome, exposure } = context.protocol.plan.variables;
  const columns = [
    ...formulaColumns(model.formula),
    ...formulaColumns(`y ~ ${model.covariates.join(" + ")}`),
  ];
  const asked = await rowsFor(
    context,
    columns.filter((name) => name !== "y"),
    whereOf(context, model),
  );
  const { table, names } = factorColumns(asked.table, model.covariates);
  const weights = attempt(context, () =>
    remainingWeights(
      { kind: "rows", table },
      {
        ...{ id: person, time: wave, outcome: outcome.name, exposure: exposure.name, covariates: names },
        ...(model.truncate === undefined ? {} : { truncate: model.truncate }),
      },
    ),
  );
  const data = { kind: "rows" as const, table: withColumn(asked.table, WEIGHT, weights.column) };
  const fitWith = (extra: { readonly weights?: string }): FitCommon =>
    attempt(context, () =>
      gee(model.formula, data, { id: person, time: wave, minRows: 2, correlation: "independence", ...extra }),
    );
  const [weighted, plain] = [fitWith({ weights: WEIGHT }), fitWith({})];
  const slope = slopeOf(context, model);
  const unit = unitOf(context, slope);
  const step = stepOf(plain, model.term);
  const [first, second] = [weighted, plain].map((fit) =>
    scaledEstimate(coefficientOf(context, fit, model.term), step),
  ) as [Scaled, Scaled];
  const words = alternativeWords(context.language);
  const text = (scaled: Scaled): string => intervalText(centred(scaled), context.language);
  const about = words.weights({
    unweighted: text(second),
    smallest: numberText(weights.summary.smallest, context.language),
    largest: numberText(weights.summary.largest, context.language),
  });
  return {
    rows: [
      { label: words.weightRows.weighted, ...intervalOf(first), unit },
      { label: words.weightRows.unweighted, ...intervalOf(second), unit },
    ],
    people: weighted.ngroups[person] ?? null,
    formula: model.formula,
    ...judged(context, slope, first, `${words.estimate(text(first), unit)} ${about}`),
  };
}

const WEIGHT = "remaining_weight";

/** One within-person standard deviation of the exposure, as the mixed model of everyone counts it. */
async function withinStep(
  context: AlternativeContext,
  model: { readonly formula: string; readonly term: string; readonly rows?: string },
): Promise<number> {
  const { rows } = model;
  const { fit } = await settle(context, {
    family: "lmm",
    formula: model.formula,
    ...(rows === undefined ? {} : { rows }),
  });
  return stepOf(fit, model.term);
}

function slopeOf(
  context: AlternativeContext,
  model: { readonly formula: string; readonly term: string },
): Slope {
  const hypothesis = hypothesisFor(context);
  if (hypothesis === undefined) throw new NotMeasured(alternativeWords(context.language).noFinding);
  return { hypothesis, term: model.term, outcome: outcomeOf(model.formula) };
}

function outcomeOf(formula: string): string {
  return formula.split("~")[0]?.trim() ?? "";
}

/** The planned term where the model has it; else the first deviation from the own mean. */
function termOf(formula: string, hypothesis: Hypothesis, fit: FitCommon) {
  const planned = testedTerm(hypothesis);
  const known = fit.fixed.map(({ term }) => term);
  const term =
    planned !== undefined && known.includes(planned)
      ? planned
      : known.find((name) => name.startsWith("within("));
  return { term: term ?? planned ?? "", outcome: outcomeOf(formula) };
}

/** @throws NotMeasured when the answers do not vary enough for the term. */
export function coefficientOf(context: AlternativeContext, fit: FitCommon, term: string): RawEstimate {
  const found = fit.fixed.find((coefficient) => coefficient.term === term);
  if (found !== undefined && Number.isFinite(found.stdError)) return found;
  throw new NotMeasured(alternativeWords(context.language).notConverged);
}

/** One within-person standard deviation of the exposure in a term; 1 for any other term. */
export function stepOf(fit: FitCommon, term: string): number {
  const name = Object.keys(fit.withinStdDev).find((within) => term.includes(within));
  return name === undefined ? 1 : (fit.withinStdDev[name] ?? 1);
}

function stepLabel({ protocol, language }: AlternativeContext): string {
  return alternativeWords(language).stepMore(studyNames(protocol, language).exposure);
}

/** The unit of an outcome: that of its limits in the plan, or of the plan's own outcome. */
function unitOf({ protocol, language }: AlternativeContext, { hypothesis, outcome }: Slope): string {
  const limits = limitsOf(protocol, hypothesis, outcome);
  const bounds = limits === undefined ? undefined : protocol.plan.bounds[limits.bounds];
  if (bounds !== undefined) return localText(bounds.unit, language);
  return outcome === protocol.plan.variables.outcome.name
    ? localText(protocol.plan.variables.outcome.unit, language)
    : outcome;
}

function judged(context: AlternativeContext, slope: Slope, scaled: Scaled, start: string) {
  const { hypothesis, outcome } = slope;
  const finding = context.findings.find(({ id }) => id === hypothesis.id);
  const limits = limitsOf(context.protocol, hypothesis, outcome);
  const agreement = finding && limits ? agreementOf(finding, scaled, limits) : undefined;
  const design = hypothesis.test.kind === "difference" ? "difference" : "within";
  return {
    sentence: `${start} ${agreementSentence(agreement, context.language, design)}`,
    agrees: agreement?.agrees ?? null,
    belongsTo: hypothesis.id,
  };
}

function centred({ estimate, lower, upper }: Scaled) {
  return { value: estimate, lower, upper };
}

function intervalOf({ estimate, lower, upper, pValue }: Scaled) {
  return { estimate, lower, upper, pValue };
}
