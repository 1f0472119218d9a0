import { collectedProtocol, type TextVersion } from "../amendments/collected.ts";
import { compareCodePoints } from "../canonical/json.ts";
import { StudyError } from "../errors.ts";
import { suggest } from "../protocol/nearest.ts";
import type { Protocol } from "../protocol/types.ts";
import { eventItems, waveItems } from "../protocol/variables.ts";
import { waveWindows } from "../schedule/windows.ts";
import { columnOf, type Grid } from "../scoring/grid.ts";
import { scoreInto } from "../scoring/score.ts";
import { assembleDataset } from "./assemble.ts";
import { makeLocalDates } from "./calendar.ts";
import { eventTable } from "./event-table.ts";
import {
  askedItemsOf,
  gapsByLanguage,
  type PersonAnswers,
  placeAnswersInto,
  settleItemsInto,
  textOfCells,
} from "./fill-grid.ts";
import { fillFormSecondsInto, firstAnswers, typedForms } from "./form-times.ts";
import { standingAnswers } from "./standing-answers.ts";
import { fillStraightLinedInto } from "./straight-lined.ts";
import type { AnswerRecord, Dataset, PersonRecord } from "./types.ts";

/** What a dataset is made from; answers with `seq` above `upToSeq` do not exist for it. */
export interface DatasetInput {
  /** The text in force. */
  readonly protocol: Protocol;
  /** Every version of the text, the one in force last; absent: there has been one. */
  readonly versions?: readonly TextVersion[];
  readonly people: readonly PersonRecord[];
  readonly answers: readonly AnswerRecord[];
  readonly upToSeq: number;
  /** How many people have been erased; 0 when left out. */
  readonly erasureSeq?: number;
}

/**
 * The dataset of a study at one moment: a pure function of protocol, people and answers.
 *
 * The order of the answers does not matter and sending one twice changes nothing. What only an earlier version of the
 * text asks keeps its column; who answered a wave under a version without it, or had not consented to it, was not asked. The person-wave table has a row
 * for each person and wave with at least one answer given (not only skipped).
 * @throws StudyError `dataset.unknown-person`, `dataset.unknown-wave`, `dataset.unknown-item`
 */
export function buildDataset(asked: DatasetInput): Dataset {
  const { upToSeq, versions = [] } = asked;
  const input = { ...asked, protocol: collectedProtocol(asked.protocol, versions) };
  const { protocol } = input;
  const people = [...input.people].sort((a, b) => compareCodePoints(a.id, b.id));
  checkAnswers(input);
  const standing = standingAnswers(input.answers, upToSeq);
  const answersOf = people.map((person) => standing.get(person.id));
  const grid = emptyGrid(protocol, people, answersOf);
  fillTimesInto(grid, protocol, people, answersOf);
  const items = askedItemsOf(protocol);
  placeAnswersInto(grid, items, answersOf);
  const languages = people.map((person) => person.language);
  const texts = textOfCells(grid, versions, { people, answersOf, all: input.answers });
  settleItemsInto(grid, items, gapsByLanguage(grid, languages, texts));
  const firsts = firstAnswers(input.answers, upToSeq);
  fillFormSecondsInto(grid, items, firsts, typedForms(input.answers, upToSeq));
  fillStraightLinedInto(grid, protocol, items);
  scoreInto(grid, protocol);
  return assembleDataset({
    protocol,
    people,
    grid,
    event: eventTable(protocol, people, answersOf, firsts),
    upToSeq,
    erasureSeq: input.erasureSeq ?? 0,
    consented: people.filter((person) => person.enrolledAt !== undefined).length,
    named: asked.protocol,
    versions,
  });
}

function checkAnswers({ protocol, people, answers }: DatasetInput): void {
  const ids = new Set(people.map((person) => person.id));
  const items = new Set([...waveItems(protocol).keys(), ...eventItems(protocol).keys()]);
  const waves = new Set(protocol.waves.map((wave) => wave.id));
  for (const answer of answers) {
    if (!ids.has(answer.person)) throw strangerIn(answer, "dataset.unknown-person", [...ids].slice(0, 5));
    if (!items.has(answer.item)) throw strangerIn(answer, "dataset.unknown-item", [...items]);
    if (!waves.has(answer.wave) && !answer.wave.includes("/")) {
      throw strangerIn(answer, "dataset.unknown-wave", [...waves]);
    }
  }
}

function strangerIn(
  answer: AnswerRecord,
  code: "dataset.unknown-person" | "dataset.unknown-item" | "dataset.unknown-wave",
  known: readonly string[],
): StudyError {
  const field =
    code === "dataset.unknown-person" ? "person" : code === "dataset.unknown-item" ? "item" : "wave";
  return new StudyError([
    {
      code,
      path: ["answers", answer.id, field],
      expected: `a ${field} of this study`,
      found: `“${answer[field]}”`,
      remedy:
        field === "person"
          ? "Give the dataset every person whose answers it holds."
          : suggest(answer[field], known),
    },
  ]);
}

function emptyGrid(
  protocol: Protocol,
  people: readonly PersonRecord[],
  answersOf: readonly (PersonAnswers | undefined)[],
): Grid {
  const waves = protocol.waves.map((wave) => wave.id);
  const done = people.flatMap((_, person) =>
    waves.map((wave) => {
      for (const answer of answersOf[person]?.get(wave)?.values() ?? []) {
        if (answer.payload.kind === "value") return true;
      }
      return false;
    }),
  );
  return { people: people.map((person) => person.id), waves, done, values: new Map(), reasons: new Map() };
}

/** Wave number, local dates and lateness of every answered wave; a wave counts as answered when its last answer was given. */
function fillTimesInto(
  grid: Grid,
  protocol: Protocol,
  people: readonly PersonRecord[],
  answersOf: readonly (PersonAnswers | undefined)[],
): void {
  const localDate = makeLocalDates();
  const closing = makeClosingTimes(protocol);
  const column = (name: string) => columnOf(grid, name).values;
  const [wave, late, year, month, day, enrolledDay] = [
    column("wave"),
    column("late"),
    column("answered_year"),
    column("answered_month"),
    column("answered_day"),
    column("enrolled_day"),
  ];
  people.forEach((person, p) => {
    const timeZone = person.timeZone ?? "UTC";
    const enrolled = person.enrolledAt === undefined ? undefined : localDate(person.enrolledAt, timeZone).day;
    grid.waves.forEach((id, w) => {
      const cell = p * grid.waves.length + w;
      if (!grid.done[cell]) return;
      const answers = answersOf[p]?.get(id);
      const at = lastAnswerAt(answers);
      const date = localDate(at, timeZone);
      wave[cell] = w + 1;
      year[cell] = date.year;
      month[cell] = date.month;
      day[cell] = date.day;
      enrolledDay[cell] = enrolled;
      const closesAt = closing(person)[w] ?? Number.POSITIVE_INFINITY;
      late[cell] = at >= closesAt || someLate(answers) ? 1 : 0;
    });
  });
}

function someLate(answers: ReadonlyMap<string, AnswerRecord> | undefined): boolean {
  for (const answer of answers?.values() ?? []) if (answer.late) return true;
  return false;
}

function lastAnswerAt(answers: ReadonlyMap<string, AnswerRecord> | undefined): number {
  let last = Number.NEGATIVE_INFINITY;
  for (const answer of answers?.values() ?? []) last = Math.max(last, answer.answeredAt);
  return last;
}

/** Closing times by person; those who enrolled on one local day in one zone share them. */
function makeClosingTimes(protocol: Protocol): (person: PersonRecord) => readonly number[] {
  const localDate = makeLocalDates();
  const kept = new Map<string, readonly number[]>();
  return ({ enrolledAt, timeZone, moves = [], held = [] }) => {
    if (enrolledAt === undefined || timeZone === undefined) return [];
    const key = JSON.stringify([timeZone, localDate(enrolledAt, timeZone).day, moves, held]);
    const found = kept.get(key);
    if (found !== undefined) return found;
    const made = waveWindows(protocol, { enrolledAt, timeZone, moves, held }).map(
      (window) => window.closesAt,
    );
    kept.set(key, made);
    return made;
  };
}
