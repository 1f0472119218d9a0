import type { LmmOptions } from "../models/lmm/options.ts";
import { createTable } from "../table/columns.ts";
import type { Table } from "../table/table.ts";
import { filterTable } from "../table/where.ts";
import { indicatorOf, readFixture, withColumns } from "./read-csv.ts";

/** One fit of lme4 and lmerTest. */
export interface Lme4Case {
  readonly name: string;
  readonly data: string;
  readonly formula: string;
  readonly method: "reml" | "ml";
  readonly options?: LmmOptions;
  readonly where?: string;
  readonly reference: {
    readonly n: number;
    readonly groups: number;
    /** name, estimate, standard error, Satterthwaite df, p. */
    readonly fixed: readonly (readonly [string, number, number, number, number])[];
    readonly theta: readonly number[];
    readonly sigma: number;
    readonly logLik: number;
    readonly aic: number;
    readonly bic: number;
    readonly singular: boolean;
    /** term, numerator df, denominator df, F (type III). */
    readonly anova3?: readonly (readonly [string, number, number, number])[];
    readonly ranef?: {
      readonly level: readonly string[];
      readonly mode: readonly (readonly number[])[];
      readonly condSd: readonly (readonly number[])[];
    };
    readonly fitted?: readonly number[];
  };
}

const tables = new Map<string, Table>();

/** A data set of the reference fits, with the columns that the R scripts compute. */
export function caseTable(name: string): Table {
  const known = tables.get(name) ?? prepared(name);
  tables.set(name, known);
  return known;
}

function prepared(name: string): Table {
  const table = readFixture(name);
  if (name === "hunt_sim_6419") {
    const withMale = createTable({ ...table.columns, male: indicatorOf(table, "sex", "male") });
    return withColumns(withMale, { age10: (value) => (value("age") - 50) / 10 });
  }
  if (name === "hivsn_crossover_pain") {
    const withAmit = createTable({ ...table.columns, amit: indicatorOf(table, "treatment", "A") });
    return withColumns(withAmit, { p2: (value) => value("period") - 1 });
  }
  if (name === "ashar_backpain") return withColumns(table, { post: (value) => value("time") - 1 });
  return table;
}

/** The rows that a case uses. */
export function tableOf(testCase: Lme4Case): Table {
  const table = caseTable(testCase.data);
  return testCase.where === undefined ? table : filterTable(table, testCase.where);
}
