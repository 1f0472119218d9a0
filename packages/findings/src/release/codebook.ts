import type { CodebookEntry, DataColumn, Dataset } from "@longwave/study";
import type { QuasiReport, ReleaseEntry, ReleaseReport } from "./types.ts";
import type { ReleaseVariables } from "./variables.ts";

interface Treated {
  readonly variables: ReleaseVariables;
  readonly report: ReleaseReport;
}

/** The codebook of a release: an entry for each column of its tables, in their order, with what was done to it. */
export function releaseCodebook(
  codebook: readonly CodebookEntry[],
  tables: Pick<Dataset, "person" | "personWave" | "event">,
  treated: Treated,
): readonly ReleaseEntry[] {
  return [tables.person, tables.personWave, tables.event].flatMap((table) =>
    (table.nrows === 0 ? [] : table.columns).map((column) => {
      const known = codebook.find((entry) => entry.name === column.name);
      const entry: CodebookEntry = known ?? builtIn(column.name);
      return {
        ...entry,
        ...told(entry, column, treated.report),
        table: table.name,
        treatment: treatmentOf(column, table.name, treated),
      };
    }),
  );
}

const BUILT_IN: Readonly<Record<string, string>> = {
  waves_answered: "Waves with at least one answer",
  event: "What was logged: a session or an answer to a rest prompt",
  occurrence: "Running number within a person and kind",
  week: "Whole weeks since enrolment",
};

function builtIn(name: string): CodebookEntry {
  const label = BUILT_IN[name] ?? name;
  return { name, table: "person", label, level: name === "event" ? "nominal" : "number", inDataset: true };
}

/** A variable told in bands or merged codes has other codes than in the study. */
function told(entry: CodebookEntry, column: DataColumn, report: ReleaseReport): Partial<CodebookEntry> {
  const quasi = report.quasi.find(({ name }) => name === column.name);
  if (quasi === undefined || quasi.how === AS_ANSWERED) return {};
  const labels = new Map((entry.coding ?? []).map(({ value, label }) => [String(value), label]));
  const values = [
    ...new Set(column.values.flatMap((value) => (value === null ? [] : [String(value)]))),
  ].sort();
  const coding = values.map((value) => ({
    value,
    label: value
      .split(" or ")
      .map((code) => labels.get(code) ?? code)
      .join(" / "),
  }));
  return {
    coding: entry.coding === undefined ? values.map((value) => ({ value, label: value })) : coding,
    level: "ordinal",
  };
}

const AS_ANSWERED = "as answered";

function treatmentOf(column: DataColumn, table: string, { report }: Treated): string {
  const quasi = table === "person" ? report.quasi.find(({ name }) => name === column.name) : undefined;
  if (quasi !== undefined) return quasiTreatment(quasi);
  if (column.name === "id") return "A new number in a new order, drawn at random; it leads nowhere";
  if (column.name === "week") return "In place of the date and time";
  if (column.name.endsWith("_day")) {
    return "Moved by whole weeks to a made-up year, the same for all dates of a person: weekdays and spans are true, dates are not";
  }
  const ends = report.ends.filter(({ name }) => name === column.name);
  const rare = report.rare.find(({ name }) => name === column.name);
  const parts = [
    ...ends.map(({ end, at }) =>
      end === "top" ? `Values above ${at} are told as ${at}` : `Values below ${at} are told as ${at}`,
    ),
    ...(rare === undefined ? [] : [`Rare codes are hidden together: ${rare.codes.join(", ")}`]),
  ];
  return parts.length === 0 ? "As answered, or computed from answers as they stand here" : parts.join(". ");
}

function quasiTreatment({ how, hidden }: QuasiReport): string {
  const told = how === AS_ANSWERED ? "As answered" : how.charAt(0).toUpperCase() + how.slice(1);
  return hidden === 0 ? told : `${told}; ${hidden} values hidden`;
}
