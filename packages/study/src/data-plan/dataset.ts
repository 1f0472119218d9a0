import { datasetFromRows } from "../dataset/from-rows.ts";
import type { ColumnMapping, DataColumn, Dataset } from "../dataset/types.ts";
import { StudyError, type StudyProblem } from "../errors.ts";
import type { Protocol } from "../protocol/types.ts";
import { arrangeRows } from "./arrange-rows.ts";
import { missingColumns, uselessRows } from "./check-rows.ts";
import { compilePlan } from "./compile.ts";
import type { DataPlan } from "./types.ts";

/** A file read by a plan. */
export interface PlanRows {
  readonly plan: DataPlan;
  readonly columns: readonly DataColumn[];
}

/**
 * The dataset of a file read by a plan, for the study text the plan compiles to.
 *
 * @throws StudyError `dataset.missing-column`, `dataset.unknown-code`, `dataset.duplicate-row`, `plan.no-values`,
 *   `plan.one-person`, `plan.one-wave`, `plan.not-a-date`, `plan.after-last-wave`; paths are those of the plan.
 */
export function datasetFromPlan({ plan, columns }: PlanRows): { protocol: Protocol; dataset: Dataset } {
  refuse(missingColumns(plan, columns));
  const rows = arrangeRows(plan, columns);
  refuse(uselessRows(plan, rows));
  const { protocol, mapping } = compilePlan(plan);
  try {
    return { protocol, dataset: datasetFromRows({ protocol, columns: rows, mapping }) };
  } catch (error) {
    if (!(error instanceof StudyError)) throw error;
    throw new StudyError(error.problems.map((problem) => inPlan(problem, plan, mapping)));
  }
}

function refuse(problems: readonly StudyProblem[]): void {
  if (problems.length > 0) throw new StudyError(problems);
}

/** A problem of the rows, told by the plan's own fields. */
function inPlan(problem: StudyProblem, plan: DataPlan, mapping: ColumnMapping): StudyProblem {
  if (problem.code === "dataset.duplicate-row") {
    const remedy =
      plan.time.kind === "counted"
        ? "Write several: mean (or first) under time, a smaller every:, or keep one row in the file."
        : "Keep one of the rows, or name another column for person or time.";
    return { ...problem, path: ["time"], remedy };
  }
  const column = mapping.columns[String(problem.path[0])]?.column;
  const field = column === undefined ? undefined : fieldOf(plan, column);
  if (problem.code !== "dataset.unknown-code" || field === undefined) return problem;
  return { ...problem, path: field.path, expected: field.expected ?? problem.expected, remedy: field.remedy };
}

interface Field {
  readonly path: readonly (string | number)[];
  readonly expected?: string;
  readonly remedy: string;
}

/** Where the plan says what the values of a column may be, and what to change there. */
function fieldOf(plan: DataPlan, column: string): Field | undefined {
  const { time, by, outcome, exposure, covariates } = plan;
  const number = (
    [
      ["outcome", outcome],
      ["exposure", exposure],
    ] as const
  ).find(([, role]) => role.column === column);
  if (number !== undefined) {
    return {
      path: [number[0], "range"],
      remedy: "Widen range: if the scale has these values, or correct them in the file.",
    };
  }
  if (time.kind === "coded" && time.column === column) {
    return {
      path: ["time", "values"],
      expected: `the waves ${time.values.join(", ")}`,
      remedy: "Add the value to values: in its place, or leave its rows out with only:.",
    };
  }
  if (by?.column === column) {
    return {
      path: ["by", "groups"],
      expected: `the codes ${by.groups.map(({ code }) => code).join(" and ")}`,
      remedy: "Two groups can be compared: leave the others out with only:.",
    };
  }
  const index = covariates.findIndex((covariate) => covariate.column === column);
  const categories = covariates[index]?.categories;
  if (index === -1) return undefined;
  return categories === undefined
    ? {
        path: ["covariates", index],
        remedy: `If these are categories, write { column: ${column}, categories: […] }.`,
      }
    : {
        path: ["covariates", index, "categories"],
        expected: `the codes ${categories.map(({ code }) => code).join(", ")}`,
        remedy: "Add the code to categories:, or leave its rows out with only:.",
      };
}
