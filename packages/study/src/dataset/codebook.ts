import { spanOf, type TextVersion } from "../amendments/collected.ts";
import type { DerivedVariable, Protocol } from "../protocol/types.ts";
import { eventItems, type PlacedItem, waveItems } from "../protocol/variables.ts";
import { eventTableItems, isTimed, minutesName } from "./event-table.ts";
import { personLevelNames } from "./person-level.ts";
import type { CodebookEntry } from "./types.ts";

/** What every column of the three tables holds, in English, the language of the analysis. */
export function buildCodebook(
  protocol: Protocol,
  versions: readonly TextVersion[] = [],
): readonly CodebookEntry[] {
  const constant = new Set(personLevelNames(protocol));
  const placed = [
    ...[...waveItems(protocol).values()].map((entry) => itemEntry(entry, "person_wave")),
    ...protocol.derived.map(derivedEntry),
  ];
  const entries = [
    ...builtIns,
    ...straightLinedEntry(protocol),
    ...placed,
    ...placed
      .filter((entry) => constant.has(entry.name))
      .map((entry) => ({ ...entry, table: "person" as const })),
    ...eventEntries,
    ...[...eventItems(protocol).values()].map((entry) => itemEntry(entry, "event")),
    ...eventTableItems(protocol)
      .filter(isTimed)
      .map(({ id }) => ({
        ...builtIn(minutesName(id), `Time from the first answer to that of ${id}`, "number", "event"),
        unit: "minutes",
      })),
  ];
  if (versions.length < 2) return entries;
  return entries.map((entry) => {
    const span = entry.instrument === undefined ? undefined : spanOf(versions, entry.name);
    return span === undefined ? entry : { ...entry, versions: span };
  });
}

const builtIns: readonly CodebookEntry[] = [
  builtIn("id", "Person, by a code that is not a name", "nominal"),
  builtIn("wave", "Wave, 1 is the first", "ordinal"),
  builtIn("late", "1 when the last answer came after the wave had closed", "nominal"),
  builtIn("answered_year", "Year of the last answer, local calendar", "number"),
  builtIn("answered_month", "Month of the last answer, local calendar", "nominal"),
  builtIn("answered_day", "Day of the last answer, days since 1970-01-01, local calendar", "number"),
  builtIn("enrolled_day", "Day of enrolment, days since 1970-01-01, local calendar", "number"),
  {
    ...builtIn(
      "form_seconds",
      "Time from the first to the last answer of a form answered to its end; of each question its first answer counts, and a pause counts too",
      "number",
    ),
    unit: "seconds",
  },
];

function straightLinedEntry({ straightLining }: Protocol): readonly CodebookEntry[] {
  if (straightLining === undefined) return [];
  const { fewestItems, sets } = straightLining;
  const rule = sets
    .map(
      ({ items, honest }) =>
        `${items.join(", ")}${honest.length > 0 ? ` (but not ${honest.join(" or ")})` : ""}`,
    )
    .join("; ");
  const label = "1 when every set of questions answered whole got one and the same answer";
  return [
    {
      ...builtIn("straight_lined", label, "nominal"),
      coding: yesNo,
      rule: `one answer in each of: ${rule}; missing with fewer than ${fewestItems} such questions answered`,
    },
  ];
}

const eventEntries: readonly CodebookEntry[] = [
  builtIn("id", "Person, by a code that is not a name", "nominal", "event"),
  builtIn("event", "Which questions: a session logged, or a rest prompt", "nominal", "event"),
  builtIn("occurrence", "Which of the person's sessions or rests", "nominal", "event"),
  builtIn("answered_at", "Time of the first answer, ms UTC", "number", "event"),
];

function builtIn(
  name: string,
  label: string,
  level: CodebookEntry["level"],
  table: CodebookEntry["table"] = "person_wave",
): CodebookEntry {
  return { name, table, label, level, inDataset: true };
}

function itemEntry({ item, instrument }: PlacedItem, table: "person_wave" | "event"): CodebookEntry {
  const options = "options" in item ? item.options : [];
  return {
    name: item.id,
    table,
    label: item.text.en,
    level: item.level,
    ...("unit" in item && item.unit !== undefined ? { unit: item.unit.en } : {}),
    ...(options.length > 0 ? { coding: options.map(({ value, text }) => ({ value, label: text.en })) } : {}),
    ...(item.kind === "yes_no" ? { coding: yesNo } : {}),
    instrument: instrument.id,
    ...(instrument.source === undefined ? {} : { source: instrument.source }),
    inDataset: item.kind !== "text",
  };
}

const yesNo: readonly { readonly value: number; readonly label: string }[] = [
  { value: 0, label: "No" },
  { value: 1, label: "Yes" },
];

function derivedEntry(derived: DerivedVariable): CodebookEntry {
  const rules = [
    derived.expr,
    derived.zeroWhen === undefined ? "" : `0 when ${derived.zeroWhen}`,
    derived.missingWhen === undefined ? "" : `missing when ${derived.missingWhen}`,
  ];
  return {
    name: derived.name,
    table: "person_wave",
    label: derived.label.en,
    level: derived.level,
    ...(derived.unit === undefined ? {} : { unit: derived.unit.en }),
    ...(derived.labels === undefined
      ? {}
      : { coding: derived.labels.map(({ value, text }) => ({ value, label: text.en })) }),
    rule: rules.filter((rule) => rule !== "").join("; "),
    inDataset: true,
  };
}
