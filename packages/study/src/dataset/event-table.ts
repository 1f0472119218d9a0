import type { Protocol } from "../protocol/types.ts";
import { eventItems } from "../protocol/variables.ts";
import type { PersonAnswers } from "./fill-grid.ts";
import type { AnswerRecord, DataColumn, DataTable, PersonRecord } from "./types.ts";

/** One logged session or rest prompt of one person. */
interface Occurrence {
  readonly person: string;
  readonly event: string;
  readonly occurrence: string;
  readonly answers: ReadonlyMap<string, AnswerRecord>;
}

/** One row for each session and rest prompt; `answered_at` is that of its first answer, ms UTC. Free words stay out. */
export function eventTable(
  protocol: Protocol,
  people: readonly PersonRecord[],
  answersOf: readonly (PersonAnswers | undefined)[],
): DataTable {
  const rows = people.flatMap((person, p) => occurrencesOf(person.id, answersOf[p]));
  const items = [...eventItems(protocol).values()].filter(({ item }) => item.kind !== "text");
  const columns: readonly DataColumn[] = [
    { name: "id", kind: "text", values: rows.map((row) => row.person) },
    { name: "event", kind: "text", values: rows.map((row) => row.event) },
    { name: "occurrence", kind: "text", values: rows.map((row) => row.occurrence) },
    { name: "answered_at", kind: "number", values: rows.map((row) => firstAnswerAt(row.answers)) },
    ...items.map(({ item }) => itemColumn(item.id, rows)),
  ];
  return { name: "event", nrows: rows.length, columns };
}

function occurrencesOf(person: string, waves: PersonAnswers | undefined): readonly Occurrence[] {
  return [...(waves ?? [])]
    .filter(([wave]) => wave.includes("/"))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([wave, answers]) => {
      const slash = wave.indexOf("/");
      return { person, event: wave.slice(0, slash), occurrence: wave.slice(slash + 1), answers };
    });
}

function firstAnswerAt(answers: ReadonlyMap<string, AnswerRecord>): number {
  return Math.min(...[...answers.values()].map((answer) => answer.answeredAt));
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
