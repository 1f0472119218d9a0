import { type Expression, evaluate } from "../answering/index.ts";
import { isAskedIn } from "../instruments/compile-form.ts";
import { parseExpression } from "../protocol/language/parse.ts";
import type { Instrument, ItemText, Language, Protocol } from "../protocol/types.ts";
import { instrumentsOf, waveItems } from "../protocol/variables.ts";
import { type CellValue, columnOf, type Grid } from "../scoring/grid.ts";
import type { AnswerRecord, MissingReason } from "./types.ts";

/** The answers that stand, by wave and item, of one person. */
export type PersonAnswers = ReadonlyMap<string, ReadonlyMap<string, AnswerRecord>>;

/** An item with its conditions parsed and the waves it is asked at. */
interface AskedItem {
  readonly item: ItemText;
  readonly instrument: Instrument;
  readonly conditions: readonly Expression[];
  readonly waves: ReadonlySet<string>;
}

/**
 * Fills the grid with every item but free words: first the answers given, then (where a condition is known to be
 * false) the answers taken back because the question no longer applies, then the reason of every gap.
 */
export function fillItemsInto(
  grid: Grid,
  protocol: Protocol,
  answersOf: readonly (PersonAnswers | undefined)[],
  languages: readonly (Language | undefined)[],
): void {
  const items = askedItemsOf(protocol);
  for (const asked of items) placeAnswersInto(grid, asked, answersOf);
  for (const asked of items) explainGapsInto(grid, asked, answersOf, languages);
  for (const asked of items) if (asked.instrument.once === true) repeatInto(grid, asked.item.id);
}

function askedItemsOf(protocol: Protocol): readonly AskedItem[] {
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

function placeAnswersInto(
  grid: Grid,
  { item }: AskedItem,
  answersOf: readonly (PersonAnswers | undefined)[],
): void {
  const { values, reasons } = columnOf(grid, item.id);
  const nWaves = grid.waves.length;
  for (let cell = 0; cell < values.length; cell += 1) {
    if (!grid.done[cell]) continue;
    const payload = answerAt(grid, answersOf, cell, nWaves)?.get(item.id)?.payload;
    if (payload?.kind === "value") values[cell] = payload.value as CellValue;
    else if (payload?.kind === "skipped") reasons[cell] = "skipped";
  }
}

function answerAt(
  grid: Grid,
  answersOf: readonly (PersonAnswers | undefined)[],
  cell: number,
  nWaves: number,
): ReadonlyMap<string, AnswerRecord> | undefined {
  return answersOf[Math.floor(cell / nWaves)]?.get(grid.waves[cell % nWaves] ?? "");
}

function explainGapsInto(
  grid: Grid,
  asked: AskedItem,
  _answersOf: readonly (PersonAnswers | undefined)[],
  languages: readonly (Language | undefined)[],
): void {
  const { values, reasons } = columnOf(grid, asked.item.id);
  const nWaves = grid.waves.length;
  for (let cell = 0; cell < values.length; cell += 1) {
    if (!grid.done[cell]) continue;
    if (!applies(grid, asked, cell)) {
      values[cell] = undefined;
      reasons[cell] = "not_asked";
    } else if (values[cell] === undefined && reasons[cell] === undefined) {
      const language = languages[Math.floor(cell / nWaves)] ?? "en";
      reasons[cell] = gapReason(asked, grid.waves[cell % nWaves] ?? "", language);
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

function gapReason(asked: AskedItem, wave: string, language: Language): MissingReason {
  if (!isAskedIn(asked.instrument, language)) return "no_translation";
  return asked.waves.has(wave) ? "not_answered" : "not_asked";
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
