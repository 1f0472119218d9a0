import { FILL_IN } from "@longwave/study";
import type { TimeDraft } from "./time.ts";

/** A number of the file as a plan names it. */
export interface NumberDraft {
  readonly column: string;
  readonly label: string;
  readonly unit: string;
  readonly range: readonly [number, number];
  /** Two words of the file that become 0 and 1. */
  readonly codes: readonly string[];
}

export interface CovariateDraft {
  readonly column: string;
  readonly categories: readonly (number | string)[];
  readonly once: boolean;
}

/** Everything a first plan says. */
export interface PlanDraft {
  readonly id: string;
  readonly file: string;
  readonly title: string;
  readonly question: string;
  readonly person: string;
  readonly time: TimeDraft;
  readonly outcome: NumberDraft;
  readonly negligible: string | undefined;
  readonly noticeable: string | undefined;
  readonly asksAbout: string | undefined;
  readonly exposure: NumberDraft;
  readonly expect: string;
  readonly by: { readonly column: string; readonly groups: readonly (number | string)[] } | undefined;
  readonly covariates: readonly CovariateDraft[];
}

/** A first plan as a text a researcher can read and change. */
export function planText(draft: PlanDraft): string {
  return [
    ...headLines(draft),
    ...timeLines(draft.time),
    "",
    ...outcomeLines(draft),
    "",
    ...exposureLines(draft),
    "",
    ...covariateLines(draft),
    ...groupLines(draft),
    ...askedLines(draft),
    "",
  ].join("\n");
}

function headLines({ id, file, title, question, person }: PlanDraft): readonly string[] {
  return [
    `# A plan for ${file},`,
    "# proposed by longwave plan init from its columns. Read every line: it is yours now.",
    `# longwave analyse waits until the lines with ${FILL_IN} are filled in.`,
    "schema: longwave.plan/1",
    `id: ${id}`,
    `title: ${quoted(title)}`,
    `question: ${quoted(question)}`,
    "# contact: { name: Your Name, email: you@example.org }",
    "",
    "# Who: the column that says whose row it is.",
    `person: ${quoted(person)}`,
    "# only: is_patient == 1      # read only these rows",
    "",
  ];
}

function timeLines(time: TimeDraft): readonly string[] {
  switch (time.kind) {
    case "coded":
      return [
        "# When: each value is a wave, in this order.",
        "time:",
        `  column: ${quoted(time.column)}`,
        `  values: ${list(time.values)}`,
        ...(time.days === undefined
          ? apartLines(time.apart)
          : [`  days: ${list(time.days)}      # from the first wave to each, read from the column's name`]),
      ];
    case "counted":
      return [
        "# When: waves are counted from each person's first row.",
        "time:",
        `  column: ${quoted(time.column)}`,
        `  every: ${durationText(time.everyDays)}`,
        `  waves: ${time.waves}`,
        time.several
          ? "  several: mean      # several rows of a person in one wave become their mean; or: first"
          : "  # several: mean    # when a person has several rows in one wave",
      ];
    case "wide":
      return [
        "# When: the file has one row for each person, and a column for each wave.",
        "time:",
        "  wide:",
        ...Object.entries(time.families).map(([name, columns]) => `    ${quoted(name)}: ${list(columns)}`),
        ...apartLines(time.apart),
      ];
  }
}

function apartLines(apart: string | undefined): readonly string[] {
  return apart === undefined
    ? ['  # apart: 3 months      # how far apart the waves are; without it the page says "at the next wave"']
    : [`  apart: ${apart}`];
}

function durationText(days: number): string {
  const units = [
    [365.25, "year"],
    [91.3125, "months"],
    [30.4375, "month"],
    [7, "week"],
  ] as const;
  const found = units.find(([length]) => length === days);
  if (found?.[0] === 91.3125) return "3 months";
  return found === undefined ? `${days} ${days === 1 ? "day" : "days"}` : `1 ${found[1]}`;
}

function outcomeLines({ outcome, negligible, noticeable, asksAbout }: PlanDraft): readonly string[] {
  return [
    "# What is asked about. The label stands inside sentences: they report less PAIN.",
    "outcome:",
    ...numberLines(outcome),
    `  negligible: ${negligible ?? FILL_IN}      # the largest difference that is too small to matter to anyone`,
    `  noticeable: ${noticeable ?? FILL_IN}      # the smallest difference that people would notice`,
    asksAbout === undefined
      ? "  # asksAbout: week      # day, week, two weeks or year, when each answer is about that long"
      : `  asksAbout: ${asksAbout}`,
  ];
}

function numberLines({ column, label, unit, range, codes }: NumberDraft): readonly string[] {
  return [
    `  column: ${quoted(column)}`,
    `  label: ${quoted(label)}`,
    `  unit: ${quoted(unit)}`,
    ...(codes.length === 0
      ? [`  range: ${list(range)}      # as found in the file: write what the scale can be`]
      : [
          `  values: { ${codes.map((code, index) => `${quoted(code)}: ${index}`).join(", ")} }      # more of it is the one with 1`,
          `  range: ${list(range)}`,
        ]),
  ];
}

function exposureLines({ exposure, expect }: PlanDraft): readonly string[] {
  return [
    "# What it may go together with.",
    "exposure:",
    ...numberLines(exposure),
    "# With more of it, do you expect less or more of the outcome? Write either when you do not know.",
    `expect: ${expect}`,
  ];
}

function covariateLines({ covariates }: PlanDraft): readonly string[] {
  const head = "# Adjusted for. Numbers as they are; categories are compared with the first one listed.";
  if (covariates.length === 0) return [head, "covariates: []", ""];
  return [head, "covariates:", ...covariates.map(covariateLine), ""];
}

function covariateLine({ column, categories, once }: CovariateDraft): string {
  const parts = [
    `column: ${quoted(column)}`,
    ...(categories.length === 0 ? [] : [`categories: ${list(categories)}`]),
    ...(once ? ["once: true"] : []),
  ];
  return `  - { ${parts.join(", ")} }`;
}

function groupLines({ by }: PlanDraft): readonly string[] {
  if (by === undefined) return [];
  return [
    "# Two groups to compare, and what they are called inside a sentence: stronger in MEN than in WOMEN.",
    "by:",
    `  column: ${quoted(by.column)}`,
    `  groups: { ${by.groups.map((code) => `${quoted(code)}: ${quoted(groupName(by.column, code))}`).join(", ")} }`,
    "",
  ];
}

/** "female" speaks for itself; "1" and "Yes" need the name of their column. */
function groupName(column: string, code: number | string): string {
  const bare = typeof code === "number" || /^(yes|no|ja|nei|true|false|.)$/i.test(code);
  return bare ? `${column} ${code}` : code;
}

function askedLines({ by, exposure }: PlanDraft): readonly string[] {
  const groups = by === undefined ? "" : ", groups";
  const two = exposure.codes.length > 0;
  return [
    "# What is answered. Leave a line out and the plan asks what the data allow.",
    two ? `answers: [same-time${groups}]` : `# answers: [same-time${groups}, lags, between]`,
    "# sensitivity: [complete, patterns, weights, e-value, ar1, imputation, ordered]",
    "# lagLimits: { negligible: 0.03, noticeable: 0.07 }      # of a standardised path, when lags are asked",
  ];
}

function list(values: readonly (number | string)[]): string {
  return `[${values.map(quoted).join(", ")}]`;
}

/** Plain where YAML reads it as the same text; else in quotation marks. */
function quoted(value: number | string): string {
  if (typeof value === "number") return String(value);
  const plain =
    /^[\p{L}_][\p{L}\p{N}_ .-]*$/u.test(value) && !/^(y|n|yes|no|true|false|null|on|off)$/i.test(value);
  return plain && value.trim() === value ? value : JSON.stringify(value);
}
