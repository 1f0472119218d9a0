import { type AnswerPayload, checkAnswer, type FormItem } from "../answering/index.ts";
import { dayOf } from "../data-plan/arrange-rows.ts";
import { arrangedBy } from "../dataset/arranged-by.ts";
import { firstRows, mapRemedy, readFileColumns } from "../dataset/file-columns.ts";
import { type Columns, layOut } from "../dataset/from-rows.ts";
import type { ColumnMapping, DataColumn } from "../dataset/types.ts";
import { StudyError, type StudyProblem } from "../errors.ts";
import { reasonColumnName } from "../export/table-csv.ts";
import { compileForm } from "../instruments/compile-form.ts";
import type { Protocol } from "../protocol/types.ts";
import { columnNames, waveItems } from "../protocol/variables.ts";
import type { WaveWindow } from "../schedule/windows.ts";
import { waveWindows } from "../schedule/windows.ts";
import { listed, noonOf, readPeople } from "./read-people.ts";
import type { ImportedAnswer, ImportedPerson, ImportedWave, ImportReading } from "./types.ts";

/** A file of people and their answers: one row for each person and wave, or one for each person as `wide` says. */
export interface PanelInput {
  readonly protocol: Protocol;
  readonly columns: readonly DataColumn[];
  readonly mapping?: ColumnMapping;
}

/**
 * The people and answers of a panel file by the names and codes of a study, maybe through a mapping. Nothing is coerced:
 * whatever does not fit is a problem with how often it occurs, and then nothing is given.
 */
export function readPanel({ protocol, columns: file, mapping }: PanelInput): ImportReading {
  try {
    return readArranged(protocol, arrangedBy(mapping, file), mapping);
  } catch (error) {
    if (!(error instanceof StudyError)) throw error;
    // Waves that stood beside each other have rows of their own by then, which the file does not know.
    const placed = mapping?.wide === undefined;
    const problems = error.problems.map(({ rows, ...each }) =>
      placed && rows !== undefined ? { ...each, rows } : each,
    );
    return { people: [], answers: [], waves: [], leftAlone: [], problems };
  }
}

function readArranged(
  protocol: Protocol,
  columns: readonly DataColumn[],
  mapping: ColumnMapping | undefined,
): ImportReading {
  const { read, problems } = readFileColumns(protocol, columns, answersOnly(protocol, mapping));
  const lacking = ["id", "wave"]
    .filter((name) => !read.has(name))
    .map((name) => lackingColumn(name, columns));
  // Without a person or a wave a row has no place, and nothing more can be said of it.
  const hasNoPlace = problems.some(({ path }) => path[0] === "id" || path[0] === "wave");
  if (lacking.length > 0 || hasNoPlace) throw new StudyError([...problems, ...lacking]);
  const { cells } = placed(() => layOut(protocol, read), problems);
  const ids = cells.map((_, row) => String(read.get("id")?.values[row]));
  const names = mapping?.people ?? {};
  const found = readPeople({ protocol, columns, names, ids });
  const all = [...problems, ...found.problems];
  if (all.length > 0) throw new StudyError(all);
  const panel: Panel = { protocol, columns, read, ids, answeredOn: names.answeredOn ?? "answered_day" };
  const rows = rowsOf(panel, new Map(found.people.map((person) => [person.id, person])));
  const answers = rows.flatMap(({ answers }) => answers);
  const wrong = [...together(rows.flatMap(({ problems }) => problems)), ...changed(protocol, answers)];
  if (wrong.length > 0) throw new StudyError(wrong);
  return {
    people: found.people,
    answers: answersOnce(protocol, answers),
    waves: rows.map(({ wave }) => wave),
    leftAlone: leftAlone(panel, mapping),
    problems: [],
  };
}

/** What the work gives; when it finds more problems, all of them are thrown together. */
function placed<Value>(work: () => Value, problems: readonly StudyProblem[]): Value {
  try {
    return work();
  } catch (error) {
    throw error instanceof StudyError ? new StudyError([...problems, ...error.problems]) : error;
  }
}

/** Scores and counted days follow from answers; a file's own are not taken, so they need not be read. */
function answersOnly(protocol: Protocol, mapping: ColumnMapping | undefined): ColumnMapping {
  const wanted = new Set(["id", "wave", "late", ...waveItems(protocol).keys()]);
  const others = columnNames(protocol).filter((name) => !wanted.has(name));
  return { columns: {}, ...mapping, ignore: [...(mapping?.ignore ?? []), ...others] };
}

interface Panel {
  readonly protocol: Protocol;
  readonly columns: readonly DataColumn[];
  readonly read: Columns;
  readonly ids: readonly string[];
  readonly answeredOn: string;
}

/** Something wrong with a value, before the same of many rows is told together. */
interface RowProblem {
  readonly item: string;
  readonly problem: StudyProblem;
  /** Counted from 1. */
  readonly row: number;
}

interface PanelRow {
  readonly wave: ImportedWave;
  readonly answers: readonly ImportedAnswer[];
  readonly problems: readonly RowProblem[];
}

/** Rows in the order of their waves, so that what is asked once is taken from the first. */
function rowsOf(panel: Panel, people: ReadonlyMap<string, ImportedPerson>): readonly PanelRow[] {
  const { protocol, read, ids } = panel;
  const forms = new Map(protocol.waves.map(({ id }) => [id, itemsOf(protocol, id)]));
  const windows = new Map<string, readonly WaveWindow[]>();
  const numbers = read.get("wave")?.values ?? [];
  return ids
    .map((id, row) => ({ row, person: people.get(id), number: Number(numbers[row]) }))
    .sort((a, b) => a.number - b.number)
    .flatMap(({ row, person, number }) => {
      const wave = protocol.waves[number - 1];
      if (person === undefined || wave === undefined) return [];
      const { id, enrolledAt, timeZone } = person;
      const own = windows.get(id) ?? waveWindows(protocol, { enrolledAt, timeZone });
      windows.set(id, own);
      const window = own[number - 1];
      return window === undefined
        ? []
        : [readRow(panel, { row, person, window, form: forms.get(wave.id) ?? [] })];
    });
}

/** The questions of a wave, with those of earlier waves that are asked once and may have been missed. */
function itemsOf(protocol: Protocol, wave: string): readonly FormItem[] {
  const [language = "en"] = protocol.languages;
  return compileForm(protocol, wave, language, []).items;
}

interface PlacedRow {
  readonly row: number;
  readonly person: ImportedPerson;
  readonly window: WaveWindow;
  readonly form: readonly FormItem[];
}

function readRow(panel: Panel, { row, person, window, form }: PlacedRow): PanelRow {
  const day = dayOf(panel.columns.find(({ name }) => name === panel.answeredOn)?.values[row] ?? null);
  const target = Date.parse(window.targetDate) / 86_400_000;
  const answeredAt = noonOf(Math.floor(day ?? target), person.timeZone);
  const told = panel.read.get("late")?.values[row];
  const late = told === undefined ? answeredAt >= window.closesAt : told === 1;
  const { wave } = window;
  const read = [...waveItems(panel.protocol).keys()].flatMap((item) => {
    const payload = payloadOf(panel, item, row);
    return payload === undefined ? [] : [checked({ item, payload, form, wave })];
  });
  const place = { person: person.id, wave };
  return {
    wave: { ...place, at: answeredAt },
    answers: read.flatMap(({ answer }) =>
      answer === undefined ? [] : [{ ...place, ...answer, answeredAt, late }],
    ),
    problems: read.flatMap(({ problem }) => (problem === undefined ? [] : [{ ...problem, row: row + 1 }])),
  };
}

/** What the file says of a question: a value, that it was skipped, or nothing. */
function payloadOf({ read, columns, protocol }: Panel, item: string, row: number): AnswerPayload | undefined {
  const value = read.get(item)?.values[row];
  if (value === undefined) {
    const reason = columns.find(({ name }) => name === reasonColumnName(item))?.values[row];
    return reason === "skipped" ? { kind: "skipped" } : undefined;
  }
  const isYesNo = waveItems(protocol).get(item)?.item.kind === "yes_no";
  return { kind: "value", value: isYesNo ? value === 1 : value };
}

function checked({
  item,
  payload,
  form,
  wave,
}: {
  readonly item: string;
  readonly payload: AnswerPayload;
  readonly form: readonly FormItem[];
  readonly wave: string;
}): {
  readonly answer?: Pick<ImportedAnswer, "item" | "payload">;
  readonly problem?: Omit<RowProblem, "row">;
} {
  const asked = form.find(({ id }) => id === item);
  if (asked === undefined) return { problem: { item, problem: notAsked(item, wave) } };
  const result = checkAnswer(asked, payload);
  if (result.ok) return { answer: { item, payload: result.payload } };
  const { expected, found, remedy } = result.problem;
  return {
    problem: { item, problem: { code: "dataset.unknown-code", path: [item], expected, found, remedy } },
  };
}

function notAsked(item: string, wave: string): StudyProblem {
  return {
    code: "import.not-asked",
    path: [item],
    expected: `no answer to “${item}” at ${wave}, which does not ask it`,
    found: "one",
    remedy: "Take the values out, name the right wave, or ask the question there in the study text.",
  };
}

/** The same mistake of many rows as one, with how many. */
function together(problems: readonly RowProblem[]): readonly StudyProblem[] {
  const same = new Map<string, { readonly problem: StudyProblem; readonly rows: number[] }>();
  for (const { item, problem, row } of problems) {
    const key = JSON.stringify([item, problem.expected, problem.found]);
    const known = same.get(key);
    if (known === undefined) same.set(key, { problem, rows: [row] });
    else known.rows.push(row);
  }
  return [...same.values()].map(({ problem, rows }) => ({
    ...problem,
    found: `${problem.found} (${rows.length} ${rows.length === 1 ? "row" : "rows"})`,
    rows: firstRows(rows),
  }));
}

/** Of what is asked once, the first wave's answer: the rows of an export repeat it. */
function answersOnce(protocol: Protocol, answers: readonly ImportedAnswer[]): readonly ImportedAnswer[] {
  const seen = new Set<string>();
  const once = new Set(onceItems(protocol));
  return answers.filter(({ person, item }) => {
    if (!once.has(item)) return true;
    const key = JSON.stringify([person, item]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function onceItems(protocol: Protocol): readonly string[] {
  return [...waveItems(protocol)].flatMap(([id, { instrument }]) => (instrument.once === true ? [id] : []));
}

/** What is asked once and differs from row to row was asked of two people, or is a mistake. */
function changed(protocol: Protocol, answers: readonly ImportedAnswer[]): readonly StudyProblem[] {
  return onceItems(protocol).flatMap((item): readonly StudyProblem[] => {
    const first = new Map<string, string>();
    const those = new Set<string>();
    for (const { person, payload } of answers.filter((each) => each.item === item)) {
      const value = JSON.stringify(payload);
      const before = first.get(person) ?? value;
      first.set(person, before);
      if (before !== value) those.add(person);
    }
    if (those.size === 0) return [];
    const problem = { expected: "one answer of a person to what is asked once", found: listed([...those]) };
    return [
      { code: "import.person-differs", path: [item], ...problem, remedy: `Correct “${item}” in their rows.` },
    ];
  });
}

function lackingColumn(name: string, columns: readonly DataColumn[]): StudyProblem {
  return {
    code: "dataset.missing-column",
    path: [name],
    expected: `a column “${name}”, or one that the mapping names`,
    found: columns.map((column) => column.name).join(", "),
    remedy: mapRemedy(
      name,
      columns.map((column) => column.name),
    ),
  };
}

function leftAlone(
  { protocol, columns, answeredOn }: Panel,
  mapping: ColumnMapping | undefined,
): readonly string[] {
  const used = new Set<string>([answeredOn, "enrolled_day", ...Object.values(mapping?.people ?? {})]);
  for (const name of ["id", "wave", "late", ...waveItems(protocol).keys()]) {
    const column = mapping?.columns[name]?.column ?? name;
    used.add(column).add(reasonColumnName(column));
  }
  return columns.map(({ name }) => name).filter((name) => !used.has(name));
}
