/** Every code a StudyError or one of its problems can carry; each is explained in docs/problems-study.md. */
export const studyCodes = [
  "protocol.not-readable",
  "protocol.unknown-field",
  "protocol.missing-field",
  "protocol.wrong-type",
  "protocol.wrong-value",
  "protocol.wrong-schema",
  "protocol.expression",
  "protocol.unknown-name",
  "protocol.duplicate",
  "protocol.circular",
  "protocol.missing-translation",
  "protocol.windows-overlap",
  "protocol.feedback-floor",
  "protocol.feedback-item",
  "protocol.feedback-sentence",
  "protocol.feedback-review",
  "amendment.not-allowed",
  "form.unknown-wave",
  "form.unknown-language",
  "schedule.unknown-time-zone",
  "plan.not-readable",
  "plan.unknown-field",
  "plan.not-filled-in",
  "plan.no-values",
  "plan.one-person",
  "plan.one-wave",
  "plan.not-a-date",
  "plan.after-last-wave",
  "mapping.not-readable",
  "mapping.unknown-field",
  "mapping.unknown-name",
  "dataset.unknown-person",
  "dataset.unknown-wave",
  "dataset.unknown-item",
  "dataset.missing-column",
  "dataset.unknown-code",
  "dataset.duplicate-row",
  "dataset.uneven-columns",
  "import.no-consent-day",
  "import.not-a-day",
  "import.person-differs",
  "import.not-asked",
  "import.id-not-a-code",
  "answer.not-an-answer",
  "answer.not-an-option",
  "answer.not-a-whole-number",
  "answer.not-a-number",
  "answer.too-many-decimals",
  "answer.out-of-range",
  "answer.not-yes-or-no",
  "answer.no-words",
  "answer.too-long",
  "consent.needed",
  "consent.unknown-box",
] as const;

export type StudyCode = (typeof studyCodes)[number];

/** One mistake: where it is, what was expected, what was found and what to do. */
export interface StudyProblem {
  readonly code: StudyCode;
  /** The field, from the top of the document: `["waves", 0, "id"]`. */
  readonly path: readonly (string | number)[];
  readonly expected: string;
  readonly found: string;
  readonly remedy: string;
  readonly file?: string;
  /** Counted from 1. */
  readonly line?: number;
  readonly column?: number;
  /** The first rows of a file of data that have it, counted from 1 below the names of the columns. */
  readonly rows?: readonly number[];
}

/** A study text or data that break the contract; lists every mistake found, not only the first. */
export class StudyError extends Error {
  readonly code: StudyCode;
  readonly problems: readonly StudyProblem[];

  constructor(problems: readonly StudyProblem[]) {
    super(problems.map(describeProblem).join("\n"));
    this.name = "StudyError";
    this.code = problems[0]?.code ?? "protocol.not-readable";
    this.problems = problems;
  }
}

/** One problem as one line: place, field, expected, found, remedy. */
export function describeProblem(problem: StudyProblem): string {
  const place = [problem.file, problem.line, problem.column].filter((part) => part !== undefined).join(":");
  const field = describePath(problem.path);
  const where = [place, field].filter((part) => part !== "").join(" ");
  const text = `expected ${problem.expected}; found ${problem.found}. ${problem.remedy}`;
  return where === "" ? text : `${where}: ${text}`;
}

/** A path as people write it: `waves[0].id`. */
export function describePath(path: readonly (string | number)[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    return text === "" ? part : `${text}.${part}`;
  }, "");
}
