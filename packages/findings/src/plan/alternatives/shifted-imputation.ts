import {
  type DeltaMap,
  deltaMap,
  type FitCommon,
  type FitData,
  formulaColumns,
  impute,
  lmm,
  type PooledCoefficient,
  wideTable,
} from "@longwave/stats";
import type { DeltaModel, Hypothesis } from "@longwave/study";
import type { AlternativeRow } from "../../publication/alternative-types.ts";
import { intervalText, limitText } from "../../words/numbers.ts";
import { localText, studyNames } from "../../words/study-names.ts";
import { wordsFor } from "../../words/words.ts";
import { agreementOf, limitsOf } from "./agreement.ts";
import { balancedSlope } from "./balanced-slope.ts";
import {
  type AlternativeContext,
  attempt,
  hypothesisFor,
  type Measured,
  NotMeasured,
  rowsFor,
  type ShiftMap,
  whereOf,
} from "./context.ts";
import { type Scaled, scaledEstimate } from "./estimates.ts";
import { agreementSentence, alternativeWords } from "./words.ts";

/** The planned slope when those who left are taken to differ from what their answers predict. */
export async function measureShifts(context: AlternativeContext, model: DeltaModel): Promise<Measured> {
  const { language, protocol } = context;
  const words = alternativeWords(language);
  const hypothesis = hypothesisFor(context);
  const limits = hypothesis && limitsOf(protocol, hypothesis, undefined);
  const finding = context.findings.find(({ id }) => id === hypothesis?.id);
  if (hypothesis === undefined || limits === undefined) throw new NotMeasured(words.noFinding);
  const { person, wave, outcome, exposure } = protocol.plan.variables;
  const columns = formulaColumns(model.formula);
  const data = await rowsFor(context, columns, whereOf(context, model));
  const varying = [outcome.name, exposure.name];
  const constant = columns.filter((name) => ![person, wave, ...varying].includes(name));
  const panel = attempt(context, () =>
    wideTable(data.table, { id: person, time: wave, varying, person: constant }),
  );
  const imputations = attempt(context, () => impute(panel, { m: model.imputations, seed: context.seed }));
  const step = stepAmong(data, context);
  const verdictOf = (coefficient: PooledCoefficient): string => {
    const scaled = scaledEstimate(coefficient, step);
    if (finding === undefined) return "";
    const agreement = agreementOf(finding, scaled, limits);
    if (agreement === undefined) return "";
    return wordsFor(language).verdict(agreement.verdict.rule, agreement.verdict, "within");
  };
  const map = attempt(context, () =>
    deltaMap(imputations, {
      outcome: outcome.name,
      exposure: exposure.name,
      outcomeDeltas: model.outcomeDeltas,
      exposureDeltas: model.exposureDeltas,
      term: model.term,
      fit: quickestFit(context, model, panel.waves.length),
      conclude: verdictOf,
    }),
  );
  const shifts = shiftMapOf(map, step, unitOf(context, hypothesis));
  return {
    rows: cornerRows(context, model, shifts),
    people: panel.table.nrows,
    formula: model.formula,
    ...judgement(context, { map, step, hypothesis, imputations: model.imputations }),
    map: shifts,
  };
}

/** Completed data are balanced, so the slope needs no search; the first fit checks that against the mixed model. */
function quickestFit(
  context: AlternativeContext,
  model: DeltaModel,
  waves: number,
): (data: FitData) => FitCommon {
  const { person, wave, outcome, exposure } = context.protocol.plan.variables;
  const mixed = (data: FitData): FitCommon => lmm(model.formula, data, { id: person, time: wave });
  const names = { outcome: outcome.name, exposure: exposure.name, waves, term: model.term };
  let template: FitCommon | undefined;
  let balanced = true;
  return (data) => {
    if (template === undefined) {
      template = mixed(data);
      const quick = balancedSlope(data, names, template);
      balanced = quick !== undefined && sameSlope(template, quick, model.term);
    }
    return (balanced ? balancedSlope(data, names, template) : undefined) ?? mixed(data);
  };
}

function sameSlope(first: FitCommon, second: FitCommon, term: string): boolean {
  const [a, b] = [first, second].map(({ fixed }) => fixed.find((row) => row.term === term));
  if (a === undefined || b === undefined) return false;
  const close = (x: number, y: number): boolean => Math.abs(x - y) <= 1e-6 * Math.abs(x);
  return close(a.estimate, b.estimate) && close(a.stdError, b.stdError);
}

/** The within-person standard deviation of the exposure as answered, so that shifts do not change the scale. */
function stepAmong({ table }: FitData, { protocol }: AlternativeContext): number {
  const { person, exposure } = protocol.plan.variables;
  const [x, id] = [table.columns[exposure.name], table.columns[person]];
  if (x?.kind !== "numeric" || id === undefined) return 1;
  const people = new Map<number | string, number[]>();
  for (let row = 0; row < table.nrows; row++) {
    if (x.missing[row] === 1) continue;
    const key = id.kind === "numeric" ? (id.values[row] ?? 0) : (id.codes[row] ?? 0);
    const own = people.get(key);
    const value = x.values[row] ?? 0;
    if (own) own.push(value);
    else people.set(key, [value]);
  }
  let [squares, df] = [0, 0];
  for (const values of people.values()) {
    if (values.length < 2) continue;
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    squares += values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    df += values.length - 1;
  }
  return df === 0 ? 1 : Math.sqrt(squares / df);
}

function unitOf({ protocol, language }: AlternativeContext, { bounds }: Hypothesis): string {
  return localText(protocol.plan.bounds[bounds]?.unit ?? protocol.plan.variables.outcome.unit, language);
}

function shiftMapOf(map: DeltaMap, step: number, unit: string): ShiftMap {
  const { outcomeDeltas, exposureDeltas } = map;
  const cells = map.cells.map((line) =>
    line.map(({ coefficient, conclusion, changed }) => {
      const { estimate, lower, upper, pValue } = scaledEstimate(coefficient, step);
      return { estimate, lower, upper, pValue, verdict: conclusion, changed };
    }),
  );
  return { outcomeDeltas, exposureDeltas, cells, unit };
}

function atNoShift(map: DeltaMap, step: number): Scaled {
  const [row, column] = [map.exposureDeltas.indexOf(0), map.outcomeDeltas.indexOf(0)];
  const cell = map.cells[row]?.[column];
  if (cell === undefined) throw new NotMeasured("");
  return scaledEstimate(cell.coefficient, step);
}

function judgement(
  context: AlternativeContext,
  from: {
    readonly map: DeltaMap;
    readonly step: number;
    readonly hypothesis: Hypothesis;
    readonly imputations: number;
  },
) {
  const finding = context.findings.find(({ id }) => id === from.hypothesis.id);
  const limits = limitsOf(context.protocol, from.hypothesis, undefined);
  const scaled = atNoShift(from.map, from.step);
  const agreement = finding && limits ? agreementOf(finding, scaled, limits) : undefined;
  const { language } = context;
  const parts = [
    overview(context, { ...from, unit: unitOf(context, from.hypothesis) }, scaled),
    tippingSentence(context, from.map),
    agreementSentence(agreement, language),
  ];
  return { sentence: parts.join(" "), agrees: agreement?.agrees ?? null, belongsTo: from.hypothesis.id };
}

function overview(
  { language }: AlternativeContext,
  from: { readonly map: DeltaMap; readonly imputations: number; readonly unit: string },
  scaled: Scaled,
): string {
  const { map, unit } = from;
  const cells = map.cells.flat();
  const { estimate: value, lower, upper } = scaled;
  return alternativeWords(language).delta({
    cells: cells.length,
    changed: cells.filter(({ changed }) => changed).length,
    imputations: from.imputations,
    estimate: intervalText({ value, lower, upper }, language),
    unit,
  });
}

/** The shift of the outcome nearest to 0 that changes the words, with the exposure as predicted. */
function tippingSentence({ protocol, language }: AlternativeContext, map: DeltaMap): string {
  const words = alternativeWords(language);
  if (map.cells.flat().every(({ changed }) => !changed)) return words.deltaStable;
  const tipping = map.outcomeTipping[map.exposureDeltas.indexOf(0)] ?? null;
  if (tipping === null) return words.deltaTipsElsewhere;
  const { outcome, exposure } = studyNames(protocol, language);
  const unit = localText(protocol.plan.variables.outcome.unit, language);
  const shift = `${limitText(Math.abs(tipping), language)} ${unit}`;
  return words.deltaTips({ outcome, exposure, shift, more: tipping > 0 });
}

/** The unshifted estimate and the corners of the map: all of it stands in the figure's table. */
function cornerRows(
  { language }: AlternativeContext,
  model: DeltaModel,
  shifts: ShiftMap,
): readonly AlternativeRow[] {
  const words = alternativeWords(language);
  const ends = (deltas: readonly number[]): readonly number[] => [
    ...new Set([0, deltas[0] ?? 0, deltas.at(-1) ?? 0]),
  ];
  const signed = (value: number): string =>
    value === 0 ? "0" : `${value < 0 ? "\u2212" : "+"}${limitText(Math.abs(value), language)}`;
  return ends(model.exposureDeltas).flatMap((exposure) =>
    ends(model.outcomeDeltas).flatMap((outcome) => {
      const cell =
        shifts.cells[model.exposureDeltas.indexOf(exposure)]?.[model.outcomeDeltas.indexOf(outcome)];
      if (cell === undefined) return [];
      const { estimate, lower, upper, pValue } = cell;
      const label = words.deltaCell(signed(outcome), signed(exposure));
      return [{ label, estimate, lower, upper, pValue, unit: shifts.unit }];
    }),
  );
}
