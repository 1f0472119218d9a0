import { type TextVersion, wavesAsking } from "../amendments/collected.ts";
import { textUnder } from "../amendments/text-under.ts";
import { type Expression, evaluate } from "../answering/index.ts";
import { isAskedIn } from "../instruments/compile-form.ts";
import { parseExpression } from "../protocol/language/parse.ts";
import type { Instrument, ItemText, Language, Protocol } from "../protocol/types.ts";
import { instrumentsOf, waveItems } from "../protocol/variables.ts";
import { columnOf, type Grid } from "../scoring/grid.ts";
import type { AnswerRecord, MissingReason, PersonRecord } from "./types.ts";

/** The answers that stand, by wave and item, of one person. */
export type PersonAnswers = ReadonlyMap<string, ReadonlyMap<string, AnswerRecord>>;

/** An item with its conditions parsed and the waves it is asked at. */
export interface AskedItem {
  readonly item: ItemText;
  readonly instrument: Instrument;
  readonly conditions: readonly Expression[];
  readonly waves: ReadonlySet<string>;
}

/** Why an item has no value at a cell, when it applies and was not skipped. */
export type GapReason = (asked: AskedItem, cell: number) => MissingReason;

/** Every item of the waves but free words, which stay out of datasets. */
export function askedItemsOf(protocol: Protocol): readonly AskedItem[] {
  return [...waveItems(protocol).values()]
    .filter(({ item }) => item.kind !== "text")
    .map(({ item, instrument }) => ({
      item,
      instrument,
      conditions: [instrument.askIf, item.askIf].flatMap((source) =>
        source === undefined ? [] : [parseExpression(source)],
      ),
      waves: new Set(
        protocol.waves
          .filter((wave) => instrumentsOf(protocol, wave.id).includes(instrument))
          .map((wave) => wave.id),
      ),
    }));
}

/** Puts the answers that stand into the grid. */
export function placeAnswersInto(
  grid: Grid,
  items: readonly AskedItem[],
  answersOf: readonly (PersonAnswers | undefined)[],
): void {
  const nWaves = grid.waves.length;
  const columns = new Map(items.map(({ item }) => [item.id, columnOf(grid, item.id)]));
  grid.done.forEach((done, cell) => {
    const answers = answersOf[Math.floor(cell / nWaves)]?.get(grid.waves[cell % nWaves] ?? "");
    if (!done || answers === undefined) return;
    for (const { item, payload } of answers.values()) {
      const column = columns.get(item);
      if (column === undefined) continue;
      if (payload.kind === "value") column.values[cell] = payload.value;
      else column.reasons[cell] = "skipped";
    }
  });
}

/**
 * Settles the items of a grid, in the order of the text: an answer whose question no longer applies is taken back
 * (`not_asked`), every other gap gets its reason, and what is asked once is repeated at every wave of the person.
 */
export function settleItemsInto(grid: Grid, items: readonly AskedItem[], gapReason: GapReason): void {
  for (const asked of items) explainGapsInto(grid, asked, gapReason);
  for (const asked of items) if (asked.instrument.once === true) repeatInto(grid, asked.item.id);
}

function explainGapsInto(grid: Grid, asked: AskedItem, gapReason: GapReason): void {
  const { values, reasons } = columnOf(grid, asked.item.id);
  for (let cell = 0; cell < values.length; cell += 1) {
    if (!grid.done[cell]) continue;
    if (!applies(grid, asked, cell)) {
      values[cell] = undefined;
      reasons[cell] = "not_asked";
    } else if (values[cell] === undefined && reasons[cell] === undefined) {
      reasons[cell] = gapReason(asked, cell);
    }
  }
}

/** Whether the question applies, given the answers that stand; unknown asks. */
function applies(grid: Grid, { conditions }: AskedItem, cell: number): boolean {
  return conditions.every((condition) => {
    const value = evaluate(condition, (name) => {
      const answer = grid.values.get(name)?.[cell];
      return typeof answer === "object" ? undefined : answer;
    });
    return value !== false;
  });
}

/** The text that was put to a person at a cell, as far as they had consented; undefined when there has been one text. */
export type TextOfCell = (cell: number) => Protocol | undefined;

/**
 * The texts of the cells of a grid: the version in force at the last answer, without the questions that were added with
 * a consent this person had not given by then.
 */
export function textOfCells(
  grid: Grid,
  versions: readonly TextVersion[],
  of: {
    readonly people: readonly Pick<PersonRecord, "consents">[];
    readonly answersOf: readonly (PersonAnswers | undefined)[];
    readonly all: readonly AnswerRecord[];
  },
): TextOfCell {
  if (versions.length < 2) return () => undefined;
  const nWaves = grid.waves.length;
  const byId = new Map(of.all.map((answer) => [answer.id, answer]));
  const texts = new Map<string, Protocol | undefined>();
  return (cell) => {
    const person = Math.floor(cell / nWaves);
    const answers = of.answersOf[person]?.get(grid.waves[cell % nWaves] ?? "");
    let last = 0;
    for (const answer of answers?.values() ?? []) last = Math.max(last, placeGiven(answer, byId));
    const isBefore = ({ fromSeq }: { readonly fromSeq: number }): boolean => fromSeq < last;
    const at = Math.max(0, versions.findLastIndex(isBefore));
    const consent = of.people[person]?.consents?.findLast(isBefore)?.version;
    const key = `${at} ${consent}`;
    if (!texts.has(key)) texts.set(key, textPut(versions.slice(0, at + 1), consent));
    return texts.get(key);
  };
}

/** Where in the order an answer was given: a correction by staff says anew what was said then, and asks nothing new. */
function placeGiven(answer: AnswerRecord, byId: ReadonlyMap<string, AnswerRecord>): number {
  let given = answer;
  while (given.enteredBy !== undefined && given.replaces !== undefined) {
    const before = byId.get(given.replaces);
    if (before === undefined) break;
    given = before;
  }
  return given.seq;
}

function textPut(versions: readonly TextVersion[], consent: number | undefined): Protocol | undefined {
  const [first, ...others] = versions.map(({ protocol }) => protocol);
  if (first === undefined || consent === undefined) return others.at(-1) ?? first;
  return textUnder([first, ...others], consent);
}

/** The gap reasons of a study's own answers, by each person's language and the text that was put to them. */
export function gapsByLanguage(
  grid: Grid,
  languages: readonly (Language | undefined)[],
  textOf: TextOfCell = () => undefined,
): GapReason {
  const asking = new Map<Protocol, Map<string, ReadonlySet<string>>>();
  const wavesOf = ({ item, waves }: AskedItem, text: Protocol | undefined): ReadonlySet<string> => {
    if (text === undefined) return waves;
    const known = asking.get(text) ?? new Map<string, ReadonlySet<string>>();
    asking.set(text, known);
    const found = known.get(item.id) ?? wavesAsking(text, item.id);
    known.set(item.id, found);
    return found;
  };
  return (asked, cell) => {
    const language = languages[Math.floor(cell / grid.waves.length)] ?? "en";
    if (!isAskedIn(asked.instrument, language)) return "no_translation";
    return wavesOf(asked, textOf(cell)).has(grid.waves[cell % grid.waves.length] ?? "")
      ? "not_answered"
      : "not_asked";
  };
}

/** What is asked once stands at every wave of the person: the first answer given. */
function repeatInto(grid: Grid, name: string): void {
  const { values, reasons } = columnOf(grid, name);
  const nWaves = grid.waves.length;
  for (let start = 0; start < values.length; start += nWaves) {
    const known = values.slice(start, start + nWaves).find((value) => value !== undefined);
    const why = reasons.slice(start, start + nWaves).find((reason) => reason === "skipped");
    for (let cell = start; cell < start + nWaves; cell += 1) {
      if (!grid.done[cell]) continue;
      values[cell] = known;
      if (known !== undefined) reasons[cell] = undefined;
      else if (why !== undefined) reasons[cell] = why;
    }
  }
}
