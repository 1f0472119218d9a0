import type { ItemText, Protocol } from "../protocol/types.ts";
import { eventItems } from "../protocol/variables.ts";
import type { PersonAnswers } from "./fill-grid.ts";
import type { FirstAnswers } from "./form-times.ts";
import type { AnswerRecord, DataColumn, DataTable, PersonRecord } from "./types.ts";

/** One logged session or rest prompt of one person. */
interface Occurrence {
  readonly person: string;
  readonly event: string;
  readonly occurrence: string;
  readonly answers: ReadonlyMap<string, AnswerRecord>;
  /** When each question was first answered, ms UTC. */
  readonly firsts: ReadonlyMap<string, number>;
}

/** The columns of the event table beside the items and their minutes. */
const eventBuiltIns = ["id", "event", "occurrence", "answered_at"] as const;

/** The items of sessions and rests that are in a dataset: all but free words. */
export function eventTableItems(protocol: Protocol): readonly ItemText[] {
  return [...eventItems(protocol).values()].flatMap(({ item }) => (item.kind === "text" ? [] : [item]));
}

/** Every column of the event table. */
export function eventColumnNames(protocol: Protocol): readonly string[] {
  const items = eventTableItems(protocol);
  return [
    ...eventBuiltIns,
    ...items.map(({ id }) => id),
    ...items.filter(isTimed).map(({ id }) => minutesName(id)),
  ];
}

/** The column with the minutes from the first answer of a session or rest to the answer of an item. */
export function minutesName(item: string): string {
  return `${item}_minutes`;
}

/** Whether an item has such a column: the ratings, whose distance in time matters. */
export function isTimed(item: ItemText): boolean {
  return item.kind === "scale";
}

/**
 * One row for each session and rest prompt. `answered_at` is the time of its first answer, ms UTC; each rating has
 * its minutes since then. Of a corrected answer the first time counts. Free words stay out.
 */
export function eventTable(
  protocol: Protocol,
  people: readonly PersonRecord[],
  answersOf: readonly (PersonAnswers | undefined)[],
  firsts: FirstAnswers,
): DataTable {
  const rows = people.flatMap((person, p) => occurrencesOf(person.id, answersOf[p], firsts));
  const items = eventTableItems(protocol);
  const columns: readonly DataColumn[] = [
    { name: "id", kind: "text", values: rows.map((row) => row.person) },
    { name: "event", kind: "text", values: rows.map((row) => row.event) },
    { name: "occurrence", kind: "text", values: rows.map((row) => row.occurrence) },
    { name: "answered_at", kind: "number", values: rows.map(firstAnswerAt) },
    ...items.map(({ id }) => itemColumn(id, rows)),
    ...items.filter(isTimed).map(({ id }) => minutesColumn(id, rows)),
  ];
  return { name: "event", nrows: rows.length, columns };
}

function occurrencesOf(
  person: string,
  waves: PersonAnswers | undefined,
  firsts: FirstAnswers,
): readonly Occurrence[] {
  return [...(waves ?? [])]
    .filter(([wave]) => wave.includes("/"))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([wave, answers]) => {
      const slash = wave.indexOf("/");
      const [event, occurrence] = [wave.slice(0, slash), wave.slice(slash + 1)];
      return { person, event, occurrence, answers, firsts: firsts(person, wave) ?? new Map() };
    });
}

function firstAnswerAt({ firsts }: Occurrence): number {
  return Math.min(...firsts.values());
}

/** Minutes since the first answer, where the rating has a value. */
function minutesColumn(item: string, rows: readonly Occurrence[]): DataColumn {
  const values = rows.map((row) => {
    const at = row.answers.get(item)?.payload.kind === "value" ? row.firsts.get(item) : undefined;
    return at === undefined ? null : (at - firstAnswerAt(row)) / 60_000;
  });
  const missing = values.map((value) => (value === null ? "not_answered" : null));
  return { name: minutesName(item), kind: "number", values, missing };
}

function itemColumn(name: string, rows: readonly Occurrence[]): DataColumn {
  const payloads = rows.map((row) => row.answers.get(name)?.payload);
  const values = payloads.map((payload) => {
    if (payload?.kind !== "value" || typeof payload.value === "object") return null;
    return typeof payload.value === "boolean" ? Number(payload.value) : payload.value;
  });
  const missing = payloads.map((payload) => {
    if (payload === undefined) return "not_answered";
    return payload.kind === "skipped" ? "skipped" : null;
  });
  const kind = values.some((value) => typeof value === "string") ? "text" : "number";
  return { name, kind, values, missing };
}
