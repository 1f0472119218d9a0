import { riclpmColumnNames } from "@longwave/stats";
import type { PlanTest } from "@longwave/study";
import type { PanelModel } from "../plan/resolve-model.ts";
import type { Finding, ModelReport } from "../publication/types.ts";
import { rCondition, rNumber, rString, rStrings } from "./r-text.ts";

/** Two programs that maximise one likelihood: differences up to this share of a standard error. */
const WITHIN = 0.01;

interface ParameterRow {
  readonly lhs: string;
  readonly op: string;
  readonly rhs: string;
  readonly estimate: number;
  readonly stdError: number | null;
}

/** A cross-lagged model of the bundle and the findings that rest on it. */
export interface PanelTests {
  readonly model: ModelReport;
  readonly planned: PanelModel;
  readonly tests: readonly { readonly finding: Finding; readonly test: PlanTest }[];
}

/** The lines of R that fit a cross-lagged model by lavaan and compare its paths; undefined when it cannot be told. */
export function panelSection({ model, planned, tests }: PanelTests): string | undefined {
  const parameters = parametersOf(model.fit);
  const rule = planned.where === undefined ? "TRUE" : rCondition(planned.where);
  if (parameters.length === 0 || rule === undefined) return undefined;
  const waves = wavesOf(parameters);
  const robust = "se" in model.fit && model.fit.se === "robust";
  const nobs = "nobs" in model.fit && typeof model.fit.nobs === "number" ? model.fit.nobs : null;
  const used = riclpmColumnNames({ ...planned, covariates: planned.covariates });
  const constant = used.filter((name) => name !== planned.x && name !== planned.y);
  const ids = tests.map(({ finding }) => finding.id).join(" and ");
  return [
    `wide <- widen(d[which(rep_len(with(d, ${rule}), nrow(d))), ], ${rString(planned.x)}, ${rString(planned.y)}, ${rStrings(constant)})`,
    ...indicatorLines(parameters),
    `model <- "`,
    ...syntax(parameters, waves),
    `"`,
    `fit <- lavaan(model, data = wide, missing = "ml", meanstructure = TRUE, estimator = "${robust ? "MLR" : "ML"}",`,
    "  baseline = FALSE)",
    ...(nobs === null ? [] : [`check_count("${ids} people", lavInspect(fit, "nobs"), ${nobs})`]),
    ...tests.flatMap(({ finding, test }) => pathLines(finding, test, waves)),
  ].join("\n");
}

function parametersOf(fit: object): readonly ParameterRow[] {
  return "parameters" in fit && Array.isArray(fit.parameters)
    ? (fit.parameters as readonly ParameterRow[])
    : [];
}

function wavesOf(parameters: readonly ParameterRow[]): number {
  const numbers = parameters.map(({ lhs }) => /^w[xy](\d+)$/.exec(lhs)?.[1]);
  return Math.max(...numbers.map((text) => Number(text ?? 1)));
}

/** A design column as a name that lavaan takes: `factor(education)[2]` is `factor_education_2`. */
function plainName(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9]+/g, "_").replace(/_$/, "");
}

const covariateRows = (parameters: readonly ParameterRow[]): readonly string[] => [
  ...new Set(
    parameters.filter(({ op, rhs }) => op === "~" && !/^(w[xy]\d+|)$/.test(rhs)).map(({ rhs }) => rhs),
  ),
];

function indicatorLines(parameters: readonly ParameterRow[]): readonly string[] {
  return covariateRows(parameters).flatMap((name) => {
    const found = /^(?:factor\()?([A-Za-z_][A-Za-z0-9_.]*)\)?\[(.*)\]$/.exec(name);
    if (found === null) return [];
    const [, column = "", level = ""] = found;
    return [`wide$${plainName(name)} <- as.integer(as.character(wide$${column}) == ${rString(level)})`];
  });
}

/** lavaan's syntax of the model: what is fixed, then the free parameters of the bundle, those held equal by label. */
function syntax(parameters: readonly ParameterRow[], waves: number): readonly string[] {
  const all = Array.from({ length: waves }, (_, index) => index + 1);
  const has = (latent: string): boolean => parameters.some(({ lhs }) => lhs === latent);
  const loadings = (["x", "y"] as const).flatMap((series) => [
    ...(has(`RI${series}`) ? [`RI${series} =~ ${all.map((t) => `1*${series}${t}`).join(" + ")}`] : []),
    ...(has(`S${series}`) ? [`S${series} =~ ${all.map((t) => `${t - 1}*${series}${t}`).join(" + ")}`] : []),
    ...all.map((t) => `w${series}${t} =~ 1*${series}${t}`),
  ]);
  const labels = labelsOf(parameters);
  const free = parameters.map(({ lhs, op, rhs }, index) => {
    const right = op === "~1" ? "1" : plainName(rhs);
    return `${plainName(lhs)} ${op === "~1" ? "~" : op} ${labels[index] ?? ""}${right}`;
  });
  return [...loadings, ...free];
}

/** Parameters held equal share estimate and standard error to the last digit. */
function labelsOf(parameters: readonly ParameterRow[]): readonly string[] {
  const keys = parameters.map(({ estimate, stdError }) => `${estimate} ${stdError}`);
  return keys.map((key) =>
    keys.filter((other) => other === key).length > 1 ? `p${keys.indexOf(key) + 1}*` : "",
  );
}

function pathLines(finding: Finding, test: PlanTest, waves: number): readonly string[] {
  const { estimate, id } = finding;
  if (test.kind !== "path" || estimate === null) return [];
  const [from, to] = test.path === "x->y" ? [1, 2] : [2, 1];
  const se = (estimate.upper - estimate.lower) / (2 * 1.959963984540054);
  const bundle = [estimate.value, se, estimate.lower, estimate.upper].map(rNumber);
  return [
    `found <- path(fit, ${from}, ${to}, ${waves})`,
    `check(${rString(id)}, found, c(estimate = ${bundle[0]}, se = ${bundle[1]}, lower = ${bundle[2]}, upper = ${bundle[3]}), ${WITHIN})`,
  ];
}
