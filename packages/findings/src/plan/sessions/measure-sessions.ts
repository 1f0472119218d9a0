import { StatsError } from "@longwave/stats";
import type { SessionContrastModel } from "@longwave/study";
import type { AlternativeRow } from "../../publication/alternative-types.ts";
import { countText, intervalText, limitText, numberText } from "../../words/numbers.ts";
import { localText } from "../../words/study-names.ts";
import { type AlternativeContext, attempt, type Measured, NotMeasured } from "../alternatives/context.ts";
import { alternativeWords } from "../alternatives/words.ts";
import { FEWEST_PEOPLE } from "../reasons.ts";
import {
  CONTRAST_FORMULA,
  type Contrast,
  contrastOf,
  type Estimate,
  meanOf,
  peopleIn,
  samePeople,
  sessionModel,
  shareOf,
} from "./contrast.ts";
import { type Kind, kindsOf, optionLabels, questionOf } from "./kinds.ts";
import { type Occasions, readOccasions, type WholeOccasion, whole } from "./occasions.ts";
import { type SessionWords, sessionWords } from "./words.ts";

/** What was found for one kind of session; the first of a list is all of them together. */
interface KindContrast extends Contrast {
  readonly label: string;
}

interface Parts {
  readonly context: AlternativeContext;
  readonly model: SessionContrastModel;
  readonly words: SessionWords;
  readonly unit: string;
  readonly occasions: Occasions;
  /** Sessions and rests of people who have both. */
  readonly same: readonly WholeOccasion[];
}

/**
 * The change over sessions beside the change over rest in the same people: together, by kind, the day after, and how
 * often it got worse.
 *
 * @throws NotMeasured when fewer than ten people have both, or the model does not settle.
 */
export async function measureSessions(
  context: AlternativeContext,
  model: SessionContrastModel,
): Promise<Measured> {
  const { language, protocol, dataset } = context;
  const words = sessionWords(language);
  const occasions = readOccasions(dataset.event, protocol, model);
  const same = samePeople(whole(occasions.sessions), whole(occasions.rests));
  const people = peopleIn(same);
  if (people < FEWEST_PEOPLE) throw new NotMeasured(words.tooFew(FEWEST_PEOPLE));
  const unit = localText(protocol.plan.bounds[model.bounds]?.unit ?? { en: "" }, language);
  const parts = { context, model, words, unit, occasions, same };
  const all = attempt(context, () => contrastOf(same));
  if (all === undefined) throw new NotMeasured(alternativeWords(language).notConverged);
  const { kinds, ownKinds, anyHidden } = byKind(parts);
  const alone = sessionsAlone(parts, ownKinds);
  return {
    rows: [
      ...mainRows(all, parts),
      ...kinds.map((kind) => rowOf(words.differenceOf(kind.label), kind.difference, unit)),
      ...nextDayRow(parts),
      ...shareRows(parts),
      ...alone.rows,
    ],
    people,
    formula: [CONTRAST_FORMULA, ...(alone.formula === undefined ? [] : [alone.formula])].join("; "),
    sentence: sentenceOf(all, parts),
    cautions: cautionsOf(parts, anyHidden),
    note: words.note(model),
    agrees: null,
    pValue: all.difference.pValue,
    sessions: { kinds: [{ ...all, label: words.allSessions }, ...kinds], people, unit, bounds: model.bounds },
  };
}

function rowOf(label: string, { estimate, lower, upper }: Estimate, unit: string): AlternativeRow {
  return { label, estimate, lower, upper, unit, pValue: null };
}

function mainRows(all: Contrast, { words, unit }: Parts): readonly AlternativeRow[] {
  const { difference, session, rest } = all;
  return [
    { ...rowOf(words.difference, difference, unit), pValue: difference.pValue },
    rowOf(words.afterSession, session, unit),
    rowOf(words.afterRest, rest, unit),
  ];
}

/** Each kind with the rests of the same people. */
function byKind({ context, model, words, same }: Parts): {
  readonly kinds: readonly KindContrast[];
  /** Codes of the kinds that have enough people to stand alone. */
  readonly ownKinds: ReadonlySet<string | null>;
  readonly anyHidden: boolean;
} {
  const labels = optionLabels(context.protocol, model.type, context.language);
  const { shown, anyHidden } = kindsOf(
    same.filter(({ isSession }) => isSession),
    same.filter(({ isSession }) => !isSession),
    { labels, others: words.otherKinds },
  );
  const kinds = shown.flatMap(({ label, occasions }: Kind) => {
    const found = orNothing(() => contrastOf(occasions));
    return found === undefined ? [] : [{ ...found, label }];
  });
  const ownKinds = new Set(shown.flatMap(({ codes }) => (codes.length === 1 ? codes : [])));
  return { kinds, ownKinds, anyHidden };
}

function nextDayRow({ words, unit, same }: Parts): readonly AlternativeRow[] {
  const known = same.flatMap(({ person, before, nextDay }) =>
    nextDay === null ? [] : [{ person, change: nextDay - before }],
  );
  if (new Set(known.map(({ person }) => person)).size < FEWEST_PEOPLE) return [];
  const mean = meanOf(
    known.map(({ person }) => person),
    known.map(({ change }) => change),
  );
  return [rowOf(words.nextDay, mean, unit)];
}

/** The rare kinds of session, as one level of the factor. */
const OTHERS = "(others)";

/** Shares in percent: begun without pain, and worse afterwards. */
function shareRows({ words, model, context, same }: Parts): readonly AlternativeRow[] {
  const worse = words.worse(limitText(model.worseBy, context.language));
  const share = (isSession: boolean, holds: (one: WholeOccasion) => boolean): Estimate => {
    const those = same.filter((one) => one.isSession === isSession);
    const { estimate, lower, upper } = shareOf(
      those.map(({ person }) => person),
      those.map(holds),
    );
    return { estimate: 100 * estimate, lower: 100 * lower, upper: 100 * upper };
  };
  const gotWorse = ({ before, after }: WholeOccasion): boolean => after - before >= model.worseBy;
  return [
    rowOf(worse.sessions, share(true, gotWorse), words.percentOfSessions),
    rowOf(worse.rests, share(false, gotWorse), words.percentOfRests),
    rowOf(
      words.begunWithoutPain,
      share(true, ({ before }) => before === 0),
      words.percentOfSessions,
    ),
  ];
}

/** What stands beside the comparison must not stop it: a part the engine cannot fit is left out. */
function orNothing<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof StatsError) return undefined;
    throw error;
  }
}

/** The sessions by themselves: what else the change goes with, and how far a high rating before falls by itself. */
function sessionsAlone(
  { context, model, words, unit, same }: Parts,
  ownKinds: ReadonlySet<string | null>,
): { readonly rows: readonly AlternativeRow[]; readonly formula?: string } {
  const sessions = same
    .filter(({ isSession }) => isSession)
    .map((one) => ({ ...one, type: ownKinds.has(one.type) ? one.type : OTHERS }));
  const found = orNothing(() => sessionModel(sessions, model.covariates));
  if (!found?.fit.converged || (found.fit.ngroups.id ?? 0) < FEWEST_PEOPLE) return { rows: [] };
  const { formula, fit } = found;
  const slope = (term: string, label: string, step: number): readonly AlternativeRow[] => {
    const row = fit.fixed.find((one) => one.term === term);
    if (row === undefined || !Number.isFinite(row.stdError)) return [];
    const scaled = { estimate: step * row.estimate, lower: step * row.lower, upper: step * row.upper };
    return [rowOf(label, scaled, unit)];
  };
  const covariates = model.covariates.flatMap((name) => {
    const { text, step } = questionOf(context.protocol, name, context.language);
    return slope(name, words.more(text, step), step);
  });
  return { formula, rows: [...covariates, ...slope("within(before)", words.moreBefore, 1)] };
}

function sentenceOf(all: Contrast, parts: Parts): string {
  const { context, model, words, unit } = parts;
  const { language, protocol } = context;
  const text = ({ estimate, lower, upper }: Estimate): string =>
    intervalText({ value: estimate, lower, upper }, language);
  const percent = ({ estimate, lower, upper }: Estimate): string =>
    rangeText([estimate, lower, upper].map((share) => numberText(share, language, 1)));
  const rangeText = ([share = "", least = "", most = ""]: readonly string[]): string =>
    `${share} (${least} ${words.to} ${most})`;
  const [worse = "", worseRest = "", zero = ""] = shareRows(parts).map(percent);
  const { lower, upper } = all.difference;
  const noticeable = protocol.plan.bounds[model.bounds]?.noticeable ?? Number.NaN;
  const direction = upper < 0 ? "lower" : lower > 0 ? "higher" : "open";
  return words.sentence({
    session: text(all.session),
    rest: text(all.rest),
    difference: text(all.difference),
    unit,
    direction,
    noticeable: Math.max(-lower, upper) < noticeable ? limitText(noticeable, language) : undefined,
    worseBy: limitText(model.worseBy, language),
    worse,
    worseRest,
    zero,
  });
}

/** What the numbers may hide, in plain words. */
function cautionsOf({ words, occasions, context, model }: Parts, anyHidden: boolean): readonly string[] {
  const { sessions, restsNotMatched, restsTimed } = occasions;
  const unfinished = sessions.length - whole(sessions).length;
  const share = Math.round((100 * unfinished) / Math.max(1, sessions.length));
  const { minutes } = model.rest;
  const matching =
    minutes === undefined
      ? []
      : [restsTimed ? words.restsLeftOut(shown(restsNotMatched), minutes) : words.restsNotTimed(minutes)];
  return [
    ...words.threats,
    words.onlyFinished(String(share)),
    ...(model.nextDay === undefined ? [] : [words.nextDayAlone]),
    ...matching,
    ...(anyHidden ? [words.rareHidden(FEWEST_PEOPLE)] : []),
  ];

  function shown(count: number): string {
    return count > 0 && count < FEWEST_PEOPLE
      ? alternativeWords(context.language).fewerThan(FEWEST_PEOPLE)
      : countText(count, context.language);
  }
}
