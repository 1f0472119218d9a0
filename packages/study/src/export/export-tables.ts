import { compareCodePoints } from "../canonical/json.ts";
import type { CodebookEntry, DataColumn, Dataset, DataTable } from "../dataset/types.ts";
import { eventItems, waveItems } from "../protocol/variables.ts";
import { entriesOf } from "./entries.ts";
import { moments } from "./moments.ts";
import type { ExportColumn, ExportInput, ExportTable, ExportType, MessageRecord } from "./types.ts";

type Entry = ExportColumn["entry"];

const times = new Set(["invited_at", "enrolled_at", "answered_at"]);
const days = new Set(["answered_day", "enrolled_day"]);

/** Labels of columns that a dataset has and its codebook does not. */
const unlisted: Readonly<Record<string, Entry>> = {
  invited_at: { label: "When the person was invited", level: "number" },
  enrolled_at: { label: "When the person consented", level: "number" },
  waves_answered: { label: "Waves with at least one answer", level: "number", unit: "waves" },
};

/**
 * The tables of an export: those of the dataset, each column with its meaning, and beside them the times of forms and
 * messages. Free words, names and addresses are in none of them.
 */
export function exportTables(input: ExportInput): readonly ExportTable[] {
  const { dataset } = input;
  return [
    extended(input, dataset.person, personColumns(input)),
    extended(input, dataset.personWave, formColumns(input)),
    extended(input, dataset.event, []),
    messageTable(input),
  ];
}

function extended(input: ExportInput, table: DataTable, more: readonly ExportColumn[]): ExportTable {
  const described = table.columns.map((column) => describedColumn(input, table, column));
  return { name: table.name, nrows: table.nrows, columns: [...described, ...more] };
}

function describedColumn(input: ExportInput, table: DataTable, column: DataColumn): ExportColumn {
  const { name } = column;
  const found = entryOf(input.dataset, name, table.name) ??
    unlisted[name] ?? { label: name, level: "number" as const };
  const { table: _table, name: _name, inDataset: _in, ...entry } = found as CodebookEntry;
  return { ...column, type: typeOf(input, column, entry), entry };
}

/** What does not change over the waves is described where it is asked. */
function entryOf({ codebook }: Dataset, name: string, table: string): CodebookEntry | undefined {
  const of = codebook.filter((entry) => entry.name === name);
  return of.find((entry) => entry.table === table) ?? (table === "person" ? of[0] : undefined);
}

function typeOf({ protocol }: ExportInput, column: DataColumn, entry: Entry): ExportType {
  const { name, kind } = column;
  if (times.has(name)) return "time";
  if (days.has(name)) return "day";
  const placed = waveItems(protocol).get(name) ?? eventItems(protocol).get(name);
  if (placed?.item.kind === "multi_choice") return "codes";
  if (entry.coding !== undefined && entry.level !== "number") return "code";
  return kind === "text" ? "text" : "number";
}

const standingCodes = [
  { value: "active", label: "Takes part" },
  { value: "no_contact", label: "Wants no messages" },
  { value: "withdrawn", label: "Left; earlier answers stay" },
] as const;

function personColumns(input: ExportInput): readonly ExportColumn[] {
  const byId = new Map(input.people.map((person) => [person.id, person]));
  const ids = idsOf(input.dataset.person);
  const text = (name: string, entry: Entry, of: (id: string) => string | undefined): ExportColumn =>
    withReason("not_consented", {
      name,
      kind: "text",
      type: entry.coding === undefined ? "text" : "code",
      entry,
      values: ids.map((id) => of(id) ?? null),
    });
  return [
    text(
      "standing",
      { label: "Whether the person takes part", level: "nominal", coding: standingCodes },
      (id) => input.standings.get(id) ?? "active",
    ),
    text("language", { label: "Language of the forms", level: "nominal" }, (id) => byId.get(id)?.language),
    text("time_zone", { label: "Time zone at enrolment", level: "nominal" }, (id) => byId.get(id)?.timeZone),
  ];
}

/** When each form was begun, last answered, received, finished, and when its first message went out. */
function formColumns(input: ExportInput): readonly ExportColumn[] {
  const { dataset, protocol } = input;
  const waves = columnValues(dataset.personWave, "wave");
  const forms = idsOf(dataset.personWave).map((id, row) => ({
    person: id,
    wave: protocol.waves[Number(waves[row]) - 1]?.id ?? "",
  }));
  const known = moments(input);
  const time = (name: string, label: string, reason: string, of: ReadonlyMap<string, number>): ExportColumn =>
    withReason(reason, {
      name,
      kind: "number",
      type: "time",
      entry: { label, level: "number" },
      values: forms.map(({ person, wave }) => of.get(`${person} ${wave}`) ?? null),
    });
  return [
    time("sent_at", "When the first message about this wave was sent", "not_sent", known.firstSent),
    {
      name: "messages_sent",
      kind: "number",
      type: "number",
      entry: { label: "Messages about this wave that were sent", level: "number", unit: "messages" },
      values: forms.map(({ person, wave }) => known.sentCount.get(`${person} ${wave}`) ?? 0),
    },
    time(
      "started_at",
      "When the first question was answered, by the person's device",
      "not_answered",
      known.started,
    ),
    time(
      "last_answer_at",
      "When the last question was answered, by the person's device",
      "not_answered",
      known.last,
    ),
    time("received_at", "When the server had the last answer", "not_answered", known.received),
    time("finished_at", "When the person said that the form is done", "form_not_finished", known.finished),
    ...entryColumns(input, forms),
  ];
}

const modeCodes = [
  { value: "web", label: "Answered on a page of their own" },
  { value: "phone", label: "Told to staff on the phone" },
  { value: "paper", label: "Written on paper, entered by staff" },
  { value: "import", label: "Taken from a file" },
  { value: "mixed", label: "In more than one of these ways" },
] as const;

/** How each form came, who of the staff entered it, and how many of its answers they corrected. */
function entryColumns(
  input: ExportInput,
  forms: readonly { readonly person: string; readonly wave: string }[],
): readonly ExportColumn[] {
  const entries = entriesOf(input.answers, input.dataset.upToSeq);
  const of = forms.map(({ person, wave }) => entries.get(`${person} ${wave}`));
  const column = (
    name: string,
    entry: Entry,
    values: ExportColumn["values"],
    type: ExportType,
  ): ExportColumn => ({ name, kind: type === "number" ? "number" : "text", type, entry, values });
  return [
    column(
      "mode",
      { label: "How the answers came", level: "nominal", coding: modeCodes },
      of.map((each) => each?.mode ?? "web"),
      "code",
    ),
    withReason(
      "not_entered",
      column(
        "entered_by",
        { label: "Who of the staff entered answers, by numbers that are not names", level: "nominal" },
        of.map((each) => each?.by ?? null),
        "text",
      ),
    ),
    column(
      "corrections",
      { label: "Answers of the form that staff corrected", level: "number", unit: "answers" },
      of.map((each) => each?.corrections ?? 0),
      "number",
    ),
  ];
}

function messageTable({ people, messages }: ExportInput): ExportTable {
  const ids = new Set(people.map(({ id }) => id));
  const rows = messages
    .filter(({ person }) => ids.has(person))
    .sort(
      (a, b) =>
        compareCodePoints(a.person, b.person) ||
        a.decidedAt - b.decidedAt ||
        compareCodePoints(a.template, b.template),
    );
  const column = (
    name: string,
    label: string,
    of: (message: MessageRecord) => number | string | undefined,
    { type = "text", reason }: { readonly type?: ExportType; readonly reason?: string } = {},
  ): ExportColumn => {
    const made: ExportColumn = {
      name,
      kind: type === "time" ? "number" : "text",
      type,
      entry: { label, level: type === "time" ? "number" : "nominal" },
      values: rows.map((row) => of(row) ?? null),
    };
    return reason === undefined ? made : withReason(reason, made);
  };
  return {
    name: "message",
    nrows: rows.length,
    columns: [
      column("id", "Person, by a code that is not a name", ({ person }) => person),
      column("template", "What the message is about", ({ template }) => template),
      column("wave", "Wave that it is about", ({ wave }) => wave, { reason: "no_wave" }),
      column("state", "Where it stands: sent, queued, cancelled, failed, uncertain", ({ state }) => state),
      column("decided_at", "When it was decided", ({ decidedAt }) => decidedAt, { type: "time" }),
      column("sent_at", "When it was sent", ({ sentAt }) => sentAt, { type: "time", reason: "not_sent" }),
    ],
  };
}

function withReason(reason: string, column: ExportColumn): ExportColumn {
  if (!column.values.includes(null)) return column;
  return { ...column, missing: column.values.map((value) => (value === null ? reason : null)) };
}

function columnValues(table: DataTable, name: string): DataColumn["values"] {
  return table.columns.find((column) => column.name === name)?.values ?? [];
}

function idsOf(table: DataTable): readonly string[] {
  return columnValues(table, "id").map(String);
}
