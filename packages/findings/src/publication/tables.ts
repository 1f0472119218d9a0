import { figureCsv } from "@longwave/figure";
import { csvText } from "@longwave/study";
import { besideTables } from "./beside-tables.ts";
import type { Finding, LagComparison, LagEstimate, ModelReport, Publication } from "./types.ts";

export interface PublicationTable {
  /** File name, such as `estimates.csv` or `figure-participant-flow.csv`. */
  readonly name: string;
  readonly csv: string;
}

/** Every table of a publication as CSV: estimates, the coefficients of each model, who answered, and each figure's numbers. */
export function publicationTables(publication: Publication): readonly PublicationTable[] {
  return [
    { name: "estimates.csv", csv: estimatesCsv(publication.findings) },
    ...publication.models.map((model) => ({
      name: `coefficients-${fileName(model.id)}.csv`,
      csv: coefficientsCsv(model),
    })),
    ...(publication.lagComparison === undefined
      ? []
      : [{ name: "lags.csv", csv: lagsCsv(publication.lagComparison) }]),
    { name: "flow.csv", csv: flowCsv(publication) },
    ...besideTables(publication),
    ...publication.figures.map((figure) => ({
      name: `figure-${fileName(figure.id)}.csv`,
      csv: figureCsv(figure),
    })),
  ];
}

function fileName(id: string): string {
  return id.replaceAll(/[^A-Za-z0-9_-]+/g, "-");
}

const estimateColumns = [
  ...["finding", "label", "estimate", "lower_95", "upper_95", "lower_90", "upper_90", "unit"],
  ...["p_value", "p_holm", "rule", "verdict", "model"],
  ...["cr2_std_error", "cr2_lower_95", "cr2_upper_95", "cr2_df", "cr2_p_value"],
];

function estimatesCsv(findings: readonly Finding[]): string {
  const rows = findings.map((finding) => {
    const { estimate } = finding;
    const numbers = estimate
      ? [estimate.value, estimate.lower, estimate.upper, estimate.lower90, estimate.upper90, estimate.unit]
      : [null, null, null, null, null, null];
    const test = [finding.pValue, finding.pHolm, finding.rule, finding.verdict, finding.model];
    const { robust } = finding;
    const second = robust
      ? [robust.stdError, robust.lower, robust.upper, robust.df, robust.pValue]
      : [null, null, null, null, null];
    return [finding.id, finding.label, ...numbers, ...test, ...second];
  });
  return csvText(estimateColumns, rows);
}

const coefficientFields = [
  "term",
  "estimate",
  "stdError",
  "df",
  "statistic",
  "pValue",
  "lower",
  "upper",
] as const;

/** The columns of a panel model's parameters, with lavaan's operators. */
const parameterFields = [
  ...["lhs", "op", "rhs", "group", "estimate", "stdError", "z", "pValue", "lower", "upper"],
  ...["standardized", "standardizedStdError", "standardizedLower", "standardizedUpper"],
] as const;

function coefficientsCsv({ fit }: ModelReport): string {
  if ("parameters" in fit && Array.isArray(fit.parameters)) return fieldsCsv(parameterFields, fit.parameters);
  return fieldsCsv(coefficientFields, "fixed" in fit && Array.isArray(fit.fixed) ? fit.fixed : []);
}

function fieldsCsv(
  fields: readonly string[],
  rows: readonly Readonly<Record<string, string | number | null>>[],
): string {
  return csvText(
    fields,
    rows.map((row) => fields.map((field) => row[field] ?? null)),
  );
}

function lagsCsv({ rows, forwardLabel, backwardLabel }: LagComparison): string {
  const lines = rows.flatMap(({ model, title, planned, forward, backward }) => {
    const line = (label: string, { value, lower, upper }: LagEstimate) => {
      return [model, title, planned ? "planned" : "comparison", label, value, lower, upper];
    };
    return [line(forwardLabel, forward), line(backwardLabel, backward)];
  });
  return csvText(["model", "title", "role", "direction", "standardised", "lower_95", "upper_95"], lines);
}

function flowCsv({ flow, study }: Publication): string {
  const start: readonly (readonly [string, number])[] =
    study.source === "file"
      ? [["in_file", flow.invited]]
      : [
          ["invited", flow.invited],
          ["consented", flow.consented],
        ];
  const groups: readonly (readonly [string, number])[] = [
    ...start,
    ["answered_once", flow.answeredOnce],
    ["answered_twice", flow.answeredTwice],
    ["answered_all", flow.answeredAll],
    ...flow.waves.map((wave) => [wave.wave, wave.answered] as const),
  ];
  return csvText(["step", "people"], groups);
}
