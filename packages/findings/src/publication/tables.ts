import { csvText } from "./csv.ts";
import type { Finding, ModelReport, Publication } from "./types.ts";

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
    { name: "flow.csv", csv: flowCsv(publication) },
    ...publication.figures.map((figure) => ({
      name: `figure-${fileName(figure.id)}.csv`,
      csv: csvText(figure.table.columns, figure.table.rows),
    })),
  ];
}

function fileName(id: string): string {
  return id.replaceAll(/[^A-Za-z0-9_-]+/g, "-");
}

const estimateColumns = [
  ...["finding", "label", "estimate", "lower_95", "upper_95", "lower_90", "upper_90", "unit"],
  ...["p_value", "p_holm", "rule", "verdict", "model"],
];

function estimatesCsv(findings: readonly Finding[]): string {
  const rows = findings.map((finding) => {
    const { estimate } = finding;
    const numbers = estimate
      ? [estimate.value, estimate.lower, estimate.upper, estimate.lower90, estimate.upper90, estimate.unit]
      : [null, null, null, null, null, null];
    const test = [finding.pValue, finding.pHolm, finding.rule, finding.verdict, finding.model];
    return [finding.id, finding.label, ...numbers, ...test];
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

function coefficientsCsv(model: ModelReport): string {
  const fixed = "fixed" in model.fit && Array.isArray(model.fit.fixed) ? model.fit.fixed : [];
  const rows = fixed.map((row: Readonly<Record<string, string | number | null>>) =>
    coefficientFields.map((field) => row[field] ?? null),
  );
  return csvText(coefficientFields, rows);
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
