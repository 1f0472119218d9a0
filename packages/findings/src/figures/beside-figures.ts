import {
  deltaMap,
  type Figure,
  type FigureContext,
  missingnessMap,
  type Specification,
  sessionsAgainstRest,
  specificationStrip,
} from "@longwave/figure";
import type { Protocol } from "@longwave/study";
import {
  hypothesisFor,
  type SessionContrasts,
  type ShiftMap,
  type SlopeLaw,
} from "../plan/alternatives/context.ts";
import { sessionWords } from "../plan/sessions/words.ts";
import type { StratumSlopes } from "../plan/strata/run-strata.ts";
import type { AlternativeResult, AttritionReport } from "../publication/alternative-types.ts";
import type { Finding, PublicationDraft } from "../publication/types.ts";
import { countText } from "../words/numbers.ts";
import { capitalise } from "../words/sentence-parts.ts";
import { localText, studyNames } from "../words/study-names.ts";
import { type BesideWords, besideWords } from "./beside-words.ts";
import { figureWords } from "./figure-words.ts";
import { lastSeenFigure } from "./last-seen-figure.ts";
import { figureNote } from "./publication-figures.ts";
import { slopeFigure } from "./slope-figure.ts";
import { strataFigure } from "./strata-figure.ts";

export interface BesideFigureInput {
  readonly protocol: Protocol;
  readonly draft: PublicationDraft;
  readonly sensitivity: readonly AlternativeResult[];
  readonly attrition: AttritionReport | undefined;
  readonly map: ShiftMap | undefined;
  readonly slopes: SlopeLaw | undefined;
  readonly strata: readonly StratumSlopes[];
  readonly sessions: SessionContrasts | undefined;
  readonly document: Document;
}

/** Figures that stand in the sections beside the answers; the other figure sections leave them out. */
export const BESIDE_FIGURES = [
  "specification-strip",
  "delta-map",
  "missingness-map",
  "last-wave-means",
  "groups-forest",
  "slope-distribution",
  "sessions-against-rest",
] as const;

/** The specification strip of the first answer, the map of shifts and the patterns of answers, as far as they exist. */
export function besideFigures(input: BesideFigureInput): readonly Figure[] {
  const { draft, protocol, document } = input;
  const context: FigureContext = { document, language: draft.language };
  const words = besideWords(draft.language, studyNames(protocol, draft.language));
  return [
    ...stripFigure(input, words, context),
    ...mapFigure(input, words, context),
    ...patternFigure(input, words, context),
    ...leaverFigure(input, context),
    ...groupsFigure(input, context),
    ...slopesFigure(input, context),
    ...sessionFigure(input, context),
  ];
}

function noteOf({ draft }: Pick<BesideFigureInput, "draft">, people: number): string {
  const { language, study } = draft;
  const count = countText(people, language);
  return figureNote(study.simulated, language === "nb" ? `${count} personer` : `${count} people`, language);
}

/** The answer most analyses stand beside, and those on its own scale. */
function stripFigure(
  input: BesideFigureInput,
  words: BesideWords,
  context: FigureContext,
): readonly Figure[] {
  const { draft, protocol, sensitivity } = input;
  const finding = mostVaried(draft.findings, sensitivity);
  if (finding?.estimate == null) return [];
  const { estimate } = finding;
  const rows = sensitivity.flatMap((result) => specificationsOf(result, finding));
  if (rows.length === 0) return [];
  const compared = rows.filter(({ agrees }) => agrees !== null);
  const heading = words.strip(finding.id, compared.filter(({ agrees }) => agrees).length, compared.length);
  const axis = figureWords(draft.language, studyNames(protocol, draft.language));
  const { noticeable, negligible } = finding.bounds;
  const people = draft.models.find(({ id }) => id === finding.model)?.people ?? null;
  const first: Specification = {
    label: `${finding.id}: ${finding.label}`,
    kind: "confirmatory",
    agrees: true,
    estimate: estimate.value,
    lower: estimate.lower,
    upper: estimate.upper,
    people,
  };
  const zones = [
    { lower: -noticeable, upper: noticeable, label: axis.noticeable },
    { lower: -negligible, upper: negligible, label: axis.negligible },
  ];
  const data = {
    rows: [first, ...rows],
    zones,
    lowLabel: axis.less,
    highLabel: axis.more,
    unit: estimate.unit,
  };
  const note = noteOf(input, people ?? draft.dataset.people);
  return [specificationStrip(data, { id: "specification-strip", ...heading, note }, context)];
}

function mostVaried(
  findings: readonly Finding[],
  results: readonly AlternativeResult[],
): Finding | undefined {
  const count = ({ id }: Finding): number => results.filter(({ belongsTo }) => belongsTo === id).length;
  return [...findings].sort((a, b) => count(b) - count(a))[0];
}

/** The first estimate of an analysis; E-values and other scales are told in the table, not on the axis. */
function specificationsOf(result: AlternativeResult, finding: Finding): readonly Specification[] {
  const [row] = result.rows;
  if (result.belongsTo !== finding.id || row === undefined || result.agrees === null) return [];
  const { estimate, lower, upper, unit } = row;
  const { agrees, people } = result;
  const label = `${result.id}: ${result.what}`;
  return [{ label, kind: "sensitivity", agrees, estimate, lower, upper, unit, people }];
}

function mapFigure(input: BesideFigureInput, words: BesideWords, context: FigureContext): readonly Figure[] {
  const { map, protocol, draft } = input;
  if (map === undefined) return [];
  const { outcome, exposure } = protocol.plan.variables;
  const cells = map.cells.flat();
  const heading = words.shifts(cells.filter(({ changed }) => changed).length, cells.length);
  const data = {
    outcomeLabel: capitalise(words.outcomeShift(localText(outcome.unit, draft.language))),
    exposureLabel: capitalise(words.exposureShift(localText(exposure.unit, draft.language))),
    ...map,
  };
  return [
    deltaMap(data, { id: "delta-map", ...heading, note: noteOf(input, draft.dataset.people) }, context),
  ];
}

function patternFigure(
  input: BesideFigureInput,
  words: BesideWords,
  context: FigureContext,
): readonly Figure[] {
  const { attrition, protocol } = input;
  if (attrition === undefined || attrition.patterns.length === 0) return [];
  const whole = attrition.patterns.find(({ answered }) => answered?.every((one) => one))?.people ?? 0;
  const heading = words.patterns(whole, attrition.people);
  const waves = protocol.waves.map((_, index) => words.wave(index + 1));
  const note = noteOf(input, attrition.people);
  return [
    missingnessMap(
      { waves, patterns: attrition.patterns },
      { id: "missingness-map", ...heading, note },
      context,
    ),
  ];
}

function leaverFigure(input: BesideFigureInput, context: FigureContext): readonly Figure[] {
  const { attrition, protocol, draft } = input;
  if (attrition === undefined) return [];
  const { language } = draft;
  const note = noteOf(input, attrition.people);
  return lastSeenFigure({ protocol, lastSeen: attrition.lastSeen, note, language, context });
}

function groupsFigure(input: BesideFigureInput, context: FigureContext): readonly Figure[] {
  const { strata, draft, protocol } = input;
  const planned = hypothesisFor({ protocol });
  const finding = draft.findings.find(({ id }) => id === planned?.id);
  const people = draft.models.find(({ id }) => id === finding?.model)?.people ?? draft.dataset.people;
  const note = noteOf(input, people);
  return strataFigure({ protocol, strata, finding, language: draft.language, note, context });
}

function slopesFigure(input: BesideFigureInput, context: FigureContext): readonly Figure[] {
  const { slopes, draft, protocol } = input;
  if (slopes === undefined) return [];
  const note = noteOf(input, slopes.people);
  return slopeFigure({ protocol, slopes, language: draft.language, note, context });
}

/** Change over sessions beside rest, all together and by kind. */
function sessionFigure(
  { sessions, protocol, draft }: BesideFigureInput,
  context: FigureContext,
): readonly Figure[] {
  if (sessions === undefined) return [];
  const { figure } = sessionWords(draft.language);
  const limits = protocol.plan.bounds[sessions.bounds];
  const axis = figureWords(draft.language, studyNames(protocol, draft.language));
  const zones =
    limits === undefined
      ? []
      : [
          { lower: -limits.noticeable, upper: limits.noticeable, label: axis.noticeable },
          { lower: -limits.negligible, upper: limits.negligible, label: axis.negligible },
        ];
  const data = {
    types: sessions.kinds,
    zones,
    lowLabel: figure.low,
    highLabel: figure.high,
    unit: sessions.unit,
  };
  const note = noteOf({ draft }, sessions.people);
  return [sessionsAgainstRest(data, { id: "sessions-against-rest", ...figure, note }, context)];
}
