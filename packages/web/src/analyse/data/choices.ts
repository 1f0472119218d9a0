import type { Table } from "@longwave/stats";
import type { ColumnSummary, TableFile } from "./table-file.ts";

/** Which column plays which part. Empty text: not chosen. */
export interface Choices {
  readonly person: string;
  readonly time: string;
  readonly outcome: string;
  readonly exposure: string;
  /** A column of groups to compare, such as sex; empty for none. */
  readonly group: string;
}

export const NO_CHOICES: Choices = { person: "", time: "", outcome: "", exposure: "", group: "" };

/** English and Norwegian names, as they stand in the files people bring. */
const PERSON =
  /^(id|pid|person|subject|participant|patient|respondent|pp|case|deltaker|pasient)([_ ]?(id|nr|no|number))?$/i;
const TIME =
  /^(wave|time|visit|week|day|month|year|occasion|session|round|date|measurement|bølge|måling|uke|dag|måned|dato)s?([_ ]?(nr|no|number))?$/i;
const OUTCOME = /pain|score|symptom|mood|outcome|depress|anxi|sleep|smerte|søvn/i;
const EXPOSURE = /^ex$|exerc|activ|step|exposure|dose|stress|train|sport|trening|mosjon|aktivitet|skritt/i;

/** A first guess by the names of the columns and what is in them; people correct it. */
export function guessChoices({ table, columns }: TableFile): Choices {
  const rows = table.nrows;
  const named = (pattern: RegExp) => columns.find(({ name }) => pattern.test(name));
  const person = named(PERSON) ?? columns.find(({ distinct }) => distinct > 5 && distinct <= rows / 2);
  const rest = columns.filter((column) => column !== person);
  const time =
    rest.find(({ name, kind }) => kind !== "text" && TIME.test(name)) ??
    rest.find(({ kind }) => kind === "date");
  const numbers = rest.filter(
    (column) =>
      column !== time &&
      column.kind === "number" &&
      column.distinct > 2 &&
      (person === undefined || variesWithin(table, column.name, person.name)),
  );
  const outcome = numbers.find(({ name }) => OUTCOME.test(name));
  const exposure = numbers.find((column) => column !== outcome && EXPOSURE.test(column.name));
  return {
    person: person?.name ?? "",
    time: time?.name ?? "",
    outcome: outcome?.name ?? "",
    exposure: exposure?.name ?? "",
    group: "",
  };
}

/** True when some person has two different values of a column. */
function variesWithin(table: Table, name: string, person: string): boolean {
  const [column, owner] = [table.columns[name], table.columns[person]];
  if (column?.kind !== "numeric" || owner === undefined) return false;
  const keys = owner.kind === "numeric" ? owner.values : owner.codes;
  const first = new Map<number, number>();
  return column.values.some((value, row) => {
    if (column.missing[row] === 1) return false;
    const key = keys[row] ?? Number.NaN;
    const before = first.get(key);
    if (before === undefined) first.set(key, value);
    return before !== undefined && before !== value;
  });
}

/** Columns that can play a part: numbers for the outcome, the exposure and the time; few levels for a group. */
export function candidates(columns: readonly ColumnSummary[], part: keyof Choices): readonly ColumnSummary[] {
  if (part === "person") return columns;
  if (part === "group") return columns.filter(({ distinct }) => distinct >= 2 && distinct <= 6);
  const kinds = part === "time" ? ["number", "date"] : ["number"];
  return columns.filter(({ kind, distinct }) => kinds.includes(kind) && distinct >= 2);
}
