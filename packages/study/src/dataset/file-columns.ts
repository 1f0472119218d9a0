import type { StudyProblem } from "../errors.ts";
import { nearest, suggest } from "../protocol/nearest.ts";
import type { ItemText, Protocol } from "../protocol/types.ts";
import { columnNames, eventItems, type PlacedItem, waveItems } from "../protocol/variables.ts";
import type { CellValue } from "../scoring/grid.ts";
import { eventColumnNames } from "./event-table.ts";
import type { ColumnMapping, DataColumn, MappedColumn } from "./types.ts";

/** A column of the file read as a variable of the protocol, row by row. */
export interface ReadColumn {
  readonly name: string;
  readonly values: readonly CellValue[];
}

/** The columns a file gives to the protocol, and everything wrong with them. */
export interface FileColumns {
  readonly read: ReadonlyMap<string, ReadColumn>;
  readonly problems: readonly StudyProblem[];
}

/** Which table a file holds: rows by wave, or sessions and rests. */
export type FileTable = "person_wave" | "event";

function namesOf(protocol: Protocol, table: FileTable): readonly string[] {
  return table === "event" ? eventColumnNames(protocol) : columnNames(protocol);
}

/**
 * The columns of the file that are variables of the protocol, recoded; all others are left alone.
 *
 * Problems have the codes `mapping.unknown-name`, `dataset.missing-column`, `dataset.uneven-columns` and
 * `dataset.unknown-code`.
 */
export function readFileColumns(
  protocol: Protocol,
  columns: readonly DataColumn[],
  mapping: ColumnMapping | undefined,
  table: FileTable = "person_wave",
): FileColumns {
  const names = namesOf(protocol, table);
  const found = names.flatMap((name) => {
    const mapped = mapping?.columns[name] ?? { column: name };
    if (mapping?.columns[name] === undefined && mapping?.ignore?.includes(name)) return [];
    const column = columns.find((candidate) => candidate.name === mapped.column);
    return column === undefined ? [] : [readColumn(protocol, name, column, mapped)];
  });
  return {
    read: new Map(found.map((entry) => [entry.name, entry])),
    problems: [
      ...checkMapping(protocol, columns, { mapping, names }),
      ...checkLengths(columns),
      ...found.flatMap((entry) => entry.problems),
    ],
  };
}

function checkMapping(
  protocol: Protocol,
  columns: readonly DataColumn[],
  { mapping, names }: { readonly mapping: ColumnMapping | undefined; readonly names: readonly string[] },
): readonly StudyProblem[] {
  const known = [...new Set([...namesOf(protocol, "person_wave"), ...namesOf(protocol, "event")])];
  const inFile = columns.map((column) => column.name);
  return Object.entries(mapping?.columns ?? {}).flatMap(([name, { column }]): readonly StudyProblem[] => {
    const path = ["columns", name];
    if (!known.includes(name)) {
      const expected = "a variable of the protocol";
      return [
        { code: "mapping.unknown-name", path, expected, found: `“${name}”`, remedy: suggest(name, known) },
      ];
    }
    // A mapping serves both files; each takes its own part of it.
    if (inFile.includes(column) || !names.includes(name)) return [];
    const expected = `a column “${column}” in the file`;
    const found = inFile.join(", ");
    return [{ code: "dataset.missing-column", path, expected, found, remedy: suggest(column, inFile) }];
  });
}

function checkLengths(columns: readonly DataColumn[]): readonly StudyProblem[] {
  const nrows = columns[0]?.values.length ?? 0;
  return columns
    .filter((column) => column.values.length !== nrows)
    .map((column) => ({
      code: "dataset.uneven-columns",
      path: [column.name],
      expected: `${nrows} values, as many as the first column`,
      found: `${column.values.length}`,
      remedy: "Give every column one value for each row.",
    }));
}

/** What a raw value stands for, or `undefined` when it is no code of the variable. */
type Decode = (raw: number | string) => CellValue;

interface DecodedColumn extends ReadColumn {
  readonly problems: readonly StudyProblem[];
}

function readColumn(
  protocol: Protocol,
  name: string,
  column: DataColumn,
  mapped: MappedColumn,
): DecodedColumn {
  const decode = decoderOf(protocol, name);
  const strangers = new Map<string, number[]>();
  const values = column.values.map((raw, row) => {
    if (raw === null) return undefined;
    const recoded = recode(raw, mapped);
    const value = recoded === undefined ? undefined : decode(recoded);
    if (value === undefined) noteRow(strangers, String(raw), row + 1);
    return value;
  });
  const problems = strangers.size === 0 ? [] : [unknownCodes(protocol, name, column.name, strangers)];
  return { name, values, problems };
}

/** The value after the mapping, or `undefined` when the mapping lists codes and this is none of them. */
function recode(raw: number | string, mapped: MappedColumn): number | string | undefined {
  const { values, multiply = 1, add = 0 } = mapped;
  let value: number | string = raw;
  if (values !== undefined) {
    const listed = Object.hasOwn(values, String(raw)) ? values[String(raw)] : undefined;
    if (listed === undefined) return undefined;
    value = listed;
  }
  return typeof value === "number" ? value * multiply + add : value;
}

function decoderOf(protocol: Protocol, name: string): Decode {
  if (name === "id") return (raw) => String(raw);
  if (name === "wave") return waveDecoder(protocol);
  if (name === "event") return eventDecoder(protocol);
  if (name === "occurrence") return (raw) => String(raw);
  const placed = placedItem(protocol, name);
  if (placed !== undefined) return itemDecoder(placed.item);
  return (raw) => (typeof raw === "number" ? raw : undefined);
}

function placedItem(protocol: Protocol, name: string): PlacedItem | undefined {
  return waveItems(protocol).get(name) ?? eventItems(protocol).get(name);
}

/** The instruments that are asked outside the waves. */
function eventNames(protocol: Protocol): readonly string[] {
  return protocol.instruments.filter(({ trigger }) => trigger !== undefined).map(({ id }) => id);
}

function eventDecoder(protocol: Protocol): Decode {
  const known = new Set<unknown>(eventNames(protocol));
  return (raw) => (known.has(raw) ? raw : undefined);
}

/** A wave by its number (1 is the first) or its name. */
function waveDecoder(protocol: Protocol): Decode {
  const waves = protocol.waves.map((wave) => wave.id);
  return (raw) => {
    if (typeof raw === "string") return waves.includes(raw) ? waves.indexOf(raw) + 1 : undefined;
    return Number.isInteger(raw) && raw >= 1 && raw <= waves.length ? raw : undefined;
  };
}

function itemDecoder(item: ItemText): Decode {
  switch (item.kind) {
    case "single_choice": {
      const codes = new Set<unknown>(item.options.map((option) => option.value));
      return (raw) => (codes.has(raw) ? raw : undefined);
    }
    case "multi_choice": {
      const codes = new Set<unknown>(item.options.map((option) => option.value));
      return (raw) => {
        const places = raw === "none" ? [] : String(raw).split(" ");
        return places.every((place) => codes.has(place)) ? places : undefined;
      };
    }
    case "yes_no":
      return (raw) => (raw === 0 || raw === 1 ? raw : undefined);
    case "text":
      return (raw) => raw;
    default:
      return (raw) => (typeof raw === "number" && raw >= item.min && raw <= item.max ? raw : undefined);
  }
}

function unknownCodes(
  protocol: Protocol,
  name: string,
  column: string,
  strangers: ReadonlyMap<string, readonly number[]>,
): StudyProblem {
  const list = [...strangers]
    .slice(0, 12)
    .map(([code, { length }]) => `${code} (${length} ${length === 1 ? "row" : "rows"})`);
  return {
    code: "dataset.unknown-code",
    path: [name],
    expected: expectedCodes(protocol, name),
    found: `in column “${column}”: ${list.join(", ")}${strangers.size > 12 ? ", and more" : ""}`,
    remedy: `Say in a mapping what each stands for: columns: { ${name}: { column: ${column}, values: { ${[...strangers.keys()][0]}: … } } }, and give it with --map.`,
    rows: firstRows([...strangers.values()].flat()),
  };
}

function noteRow(strangers: Map<string, number[]>, code: string, row: number): void {
  const rows = strangers.get(code);
  if (rows === undefined) strangers.set(code, [row]);
  else rows.push(row);
}

/** More would not be looked up. */
const MOST_ROWS = 20;

/** The first of some rows, in their order. */
export function firstRows(rows: readonly number[]): readonly number[] {
  return [...new Set(rows)].sort((a, b) => a - b).slice(0, MOST_ROWS);
}

function expectedCodes(protocol: Protocol, name: string): string {
  if (name === "wave")
    return `a wave: 1 to ${protocol.waves.length}, or ${protocol.waves.map((w) => w.id).join(", ")}`;
  if (name === "event") return eventNames(protocol).join(" or ");
  const item = placedItem(protocol, name)?.item;
  if (item === undefined) return "numbers";
  if (item.kind === "single_choice") {
    return `the codes ${item.options.map(({ value, text }) => `${value} (${text.en})`).join(", ")}`;
  }
  if (item.kind === "multi_choice") return "codes with a space between, or none";
  if (item.kind === "yes_no") return "1 (yes) or 0 (no)";
  return item.kind === "text" ? "words" : `numbers from ${item.min} to ${item.max}`;
}

/** A remedy for a column the protocol needs: the nearest name in the file and the mapping that would use it. */
export function mapRemedy(name: string, inFile: readonly string[]): string {
  const near = nearest(name, inFile) ?? inFile.find((other) => other.startsWith(`${name}_`));
  const column = near ?? "NAME_IN_FILE";
  const hint = near === undefined ? "" : `Nearest in the file: “${near}”. `;
  return `${hint}Write a mapping with columns: { ${name}: { column: ${column} } } and give it with --map.`;
}
