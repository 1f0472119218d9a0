import {
  type LaggedPath,
  type RiclpmFit,
  type RiclpmOptions,
  riclpm,
  riclpmColumnNames,
} from "@longwave/stats";
import type { Hypothesis, RiClpmModel } from "@longwave/study";
import type { AlternativeRow } from "../../publication/alternative-types.ts";
import { intervalText, numberText, pValueText } from "../../words/numbers.ts";
import { capitalise } from "../../words/sentence-parts.ts";
import { studyNames } from "../../words/study-names.ts";
import { type Agreement, agreementOf, limitsOf } from "./agreement.ts";
import { type AlternativeContext, attempt, type Measured, NotMeasured, rowsFor, whereOf } from "./context.ts";
import { type Scaled, scaledEstimate } from "./estimates.ts";
import { agreementSentence, alternativeWords } from "./words.ts";

/** The two directions, by the words of the plan's tests. */
const DIRECTIONS = [
  { path: "x->y", from: "x", to: "y" },
  { path: "y->x", from: "y", to: "x" },
] as const;

type Direction = (typeof DIRECTIONS)[number];

/** Lagged paths in another form: free over time, with growth, with measurement error, or by group. */
export async function measurePanel(context: AlternativeContext, model: RiClpmModel): Promise<Measured> {
  const { person, wave } = context.protocol.plan.variables;
  const { x, y, covariates, groups } = model;
  const columns = {
    ...{ x, y, id: person, time: wave, covariates },
    ...(groups === undefined ? {} : { group: groups }),
  };
  const data = await rowsFor(context, riclpmColumnNames(columns), whereOf(context, model));
  const fitWith = (options: RiclpmOptions): RiclpmFit =>
    attempt(context, () => riclpm(columns, data, options));
  if (groups !== undefined)
    return byGroup(context, model, fitWith({ ...optionsOf(model), se: "observed", tests: true }));
  const fits = (model.reliability ?? [1]).map((reliability) => ({
    reliability: model.reliability === undefined ? undefined : reliability,
    ...firstProper(context, model, (options) => fitWith({ ...options, reliability })),
  }));
  const parts = fits.flatMap(({ fit, reliability }) =>
    DIRECTIONS.map((direction) => pathPart(context, model, { fit, reliability, direction })),
  );
  const note = fits.flatMap((one) => one.note ?? [])[0];
  return {
    rows: parts.map(({ row }) => row),
    people: fits[0]?.fit.nobs ?? null,
    formula: panelFormula(model),
    ...togetherJudged(context, parts),
    ...(note === undefined ? {} : { note }),
  };
}

function optionsOf({ lags, growth }: RiClpmModel): RiclpmOptions {
  return { lags, tests: false, se: "robust", ...(growth === undefined ? {} : { growth }) };
}

/** The planned form, then what the plan lets be held equal, until a fit converges and is proper. */
function firstProper(
  { language }: AlternativeContext,
  model: RiClpmModel,
  fitWith: (options: RiclpmOptions) => RiclpmFit,
): { readonly fit: RiclpmFit; readonly note?: string } {
  const words = alternativeWords(language);
  const steps = [{}, ...(model.fallback ?? []).map((_, index) => held(model, index + 1))];
  let why = words.notConverged;
  for (const [index, step] of steps.entries()) {
    const fit = fitWith({ ...optionsOf(model), ...step });
    if (fit.converged && fit.admissible) return index === 0 ? { fit } : { fit, note: why };
    why = fit.converged ? words.improper : words.notConverged;
  }
  throw new NotMeasured(why);
}

function held(model: RiClpmModel, count: number): RiclpmOptions {
  const sets = model.fallback?.slice(0, count) ?? [];
  return {
    ...(sets.includes("equal_residuals") ? { residuals: "equal" as const } : {}),
    ...(sets.includes("equal_means") && model.growth === undefined ? { means: "equal" as const } : {}),
  };
}

interface PathPart {
  readonly row: AlternativeRow;
  readonly agreement: Agreement | undefined;
}

function pathPart(
  context: AlternativeContext,
  model: RiClpmModel,
  part: { fit: RiclpmFit; reliability: number | undefined; direction: Direction },
): PathPart {
  const { fit, reliability, direction } = part;
  const words = alternativeWords(context.language);
  const found = fit.paths.find(({ from, to }) => from === direction.from && to === direction.to);
  const scaled = standardised(context, found);
  const name = pathName(context, direction);
  const label =
    reliability === undefined ? name : words.reliability(name, numberText(reliability, context.language, 1));
  const hypothesis = pathHypothesis(context, model, direction);
  const finding = context.findings.find(({ id }) => id === hypothesis?.id);
  const limits = hypothesis && limitsOf(context.protocol, hypothesis, undefined);
  const agreement = finding && limits ? agreementOf(finding, scaled, limits) : undefined;
  return { row: rowOf(context, label, scaled), agreement };
}

function rowOf(context: AlternativeContext, label: string, scaled: Scaled): AlternativeRow {
  const { estimate, lower, upper, pValue } = scaled;
  return { label, estimate, lower, upper, pValue, unit: alternativeWords(context.language).standardUnit };
}

/** The standardised path; the p-value is that of the path as it was estimated. */
function standardised(context: AlternativeContext, path: LaggedPath | undefined): Scaled {
  const { standardized: estimate = null, standardizedStdError: stdError = null, pValue = null } = path ?? {};
  if (estimate === null || stdError === null) {
    throw new NotMeasured(alternativeWords(context.language).notConverged);
  }
  return scaledEstimate({ estimate, stdError, df: null, pValue });
}

function pathName({ protocol, language }: AlternativeContext, { from }: Direction): string {
  const { exposure, outcome } = studyNames(protocol, language);
  const [first, second] = from === "x" ? [exposure, outcome] : [outcome, exposure];
  return capitalise(alternativeWords(language).path(first, second));
}

/** The hypothesis that tests this path of the same two series. */
function pathHypothesis(
  { protocol }: AlternativeContext,
  { x, y }: RiClpmModel,
  { path }: Direction,
): Hypothesis | undefined {
  const { hypotheses } = protocol.plan;
  return hypotheses.find(({ test, model }) => {
    if (test.kind !== "path" || test.path !== path) return false;
    const meant = model.family === "same_as" ? hypotheses.find(({ id }) => id === model.model)?.model : model;
    return meant?.family === "ri_clpm" && meant.x === x && meant.y === y;
  });
}

function togetherJudged(context: AlternativeContext, parts: readonly PathPart[]) {
  const { language } = context;
  const words = alternativeWords(language);
  const sentences = parts.map(({ row }) =>
    words.row(row.label, intervalText({ ...row, value: row.estimate }, language), row.unit),
  );
  const agreements = parts.flatMap(({ agreement }) => agreement ?? []);
  const judged = [...new Set(agreements.map((agreement) => agreementSentence(agreement, language)))];
  const [first] = agreements;
  return {
    sentence: [...sentences, ...(judged.length === 0 ? [words.notCompared] : judged)].join(" "),
    agrees: agreements.length < parts.length ? null : agreements.every(({ agrees }) => agrees),
    ...(first === undefined ? {} : { belongsTo: first.finding.id }),
  };
}

/** Paths free in each group, with the test against equal ones. */
function byGroup(context: AlternativeContext, model: RiClpmModel, fit: RiclpmFit): Measured {
  const { language, protocol } = context;
  const words = alternativeWords(language);
  if (!fit.converged) throw new NotMeasured(words.notConverged);
  if (!fit.admissible) throw new NotMeasured(words.improper);
  const labels = protocol.derived.find(({ name }) => name === model.groups)?.labels;
  const rows = fit.groups.flatMap(({ label }) => {
    const text = labels?.find(({ value }) => String(value) === label)?.text;
    const group = text === undefined ? label : (text[language] ?? text.en);
    return DIRECTIONS.map((direction) => {
      const path = fit.paths.find(
        (one) => one.group === label && one.from === direction.from && one.to === direction.to,
      );
      return rowOf(context, words.inGroup(pathName(context, direction), group), standardised(context, path));
    });
  });
  const test = fit.tests.find(
    ({ name, method }) => name === "lags equal over groups" && method === "likelihood-ratio",
  );
  const p = test?.pValue ?? null;
  const start = p === null ? "" : words.groupsTest(pValueText(p), p < 0.05);
  const each = rows.map((row) =>
    words.row(row.label, intervalText({ ...row, value: row.estimate }, language), row.unit),
  );
  return {
    rows,
    people: fit.nobs,
    formula: panelFormula(model),
    sentence: [start, ...each].filter((part) => part !== "").join(" "),
    agrees: null,
    pValue: p,
  };
}

/** A panel model on one line, as the plan would write it. */
function panelFormula(model: RiClpmModel): string {
  const parts = [
    `${model.x}, ${model.y}`,
    `lags ${model.lags}`,
    ...(model.growth === undefined ? [] : [`growth ${model.growth}`]),
    ...(model.reliability === undefined ? [] : [`reliability ${model.reliability.join(", ")}`]),
    ...(model.groups === undefined ? [] : [`groups ${model.groups}`]),
    ...(model.covariates.length === 0 ? [] : [`covariates ${model.covariates.join(" + ")}`]),
  ];
  return `ri_clpm(${parts.join("; ")})`;
}
