import { StudyError, type StudyProblem } from "../errors.ts";
import { describeIssue, type Issue } from "../protocol/issues.ts";
import { dataPlanSchema } from "./schema.ts";
import { type DataPlan, FILL_IN } from "./types.ts";

type Path = readonly (string | number)[];

/**
 * A checked plan for someone else's data.
 *
 * @throws StudyError that lists every mistake: first the lines still to be filled in, then those of shape.
 */
export function parseDataPlan(value: unknown): DataPlan {
  const open = toFillIn(value, []);
  if (open.length > 0) throw new StudyError(open);
  const result = dataPlanSchema.safeParse(value);
  if (result.success) return result.data;
  throw new StudyError(
    result.error.issues.flatMap((issue) => describeIssue(issue as Issue, value)).map(asPlanProblem),
  );
}

function asPlanProblem(problem: StudyProblem): StudyProblem {
  return {
    ...problem,
    code: problem.code === "protocol.unknown-field" ? "plan.unknown-field" : "plan.not-readable",
  };
}

const questions: Readonly<Record<string, string>> = {
  negligible: "Which difference in the outcome is too small to matter to anyone? Write that number.",
  noticeable: "Which difference in the outcome would people notice? Write that number.",
};

function toFillIn(value: unknown, path: Path): readonly StudyProblem[] {
  if (value === FILL_IN) {
    const field = String(path.at(-1));
    return [
      {
        code: "plan.not-filled-in",
        path,
        expected: "your own answer, which no data can give",
        found: FILL_IN,
        remedy: questions[field] ?? "Write what belongs here.",
      },
    ];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) =>
    toFillIn(entry, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}
