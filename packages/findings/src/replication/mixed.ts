import { formulaColumns } from "@longwave/stats";
import type { PlanStep, PlanTest } from "@longwave/study";
import { groupSlopes } from "../hypotheses/test-slope.ts";
import { type FitTerm, readFit } from "../page/parts/fit-json.ts";
import type { Finding, ModelReport } from "../publication/types.ts";
import { rCondition, rFormula, rNamed, rNumber, rString, rStrings, rTerm, splitNames } from "./r-text.ts";

/** Two mixed models by two optimisers: differences up to this share of a standard error. */
const WITHIN = 0.002;

/** The test of one hypothesis in a mixed model, with what the bundle says of it. */
export interface MixedTest {
  readonly finding: Finding;
  readonly test: PlanTest;
  readonly model: ModelReport;
  /** The same model with more terms, when the plan asks for a second one. */
  readonly second: ModelReport | undefined;
  readonly where: string | undefined;
}

/** The lines of R that fit the model of a hypothesis anew and compare; undefined when R cannot be told what it is. */
export function mixedSection(input: MixedTest): string | undefined {
  const { finding, model, second } = input;
  const fitted = fitLines(input, model, "fit");
  const again = second === undefined ? "" : fitLines(input, second, "second");
  if (fitted === undefined || again === undefined) return undefined;
  const tests = testLines(input);
  return tests === undefined
    ? undefined
    : [fitted, ...coefficientLines(finding.id, model), again, tests].join("\n");
}

function fitLines({ where, finding }: MixedTest, model: ModelReport, name: string): string | undefined {
  const formula = rFormula(model.formula);
  const rule = where === undefined ? "TRUE" : rCondition(where);
  if (formula === undefined || rule === undefined) return undefined;
  const { rows } = readFit(model.fit);
  const columns = rStrings([...new Set(["id", ...formulaColumns(model.formula)])]);
  const used =
    rows.used === null ? [] : [`check_count("${finding.id} ${name} rows", nrow(rows), ${rows.used})`];
  return [
    `rows <- prepare(d[which(rep_len(with(d, ${rule}), nrow(d))), ], ${columns}, ${rStrings(splitNames(model.formula))})`,
    `${name} <- fit_mixed(${formula}, rows)`,
    ...used,
  ].join("\n");
}

function coefficientLines(id: string, model: ModelReport): readonly string[] {
  const fixed = readFit(model.fit).fixed.filter(({ stdError }) => stdError !== null && stdError > 0);
  if (fixed.length === 0) return [];
  return [
    `check_coefficients(${rString(`${id} model`)}, fit, data.frame(`,
    `  term = ${rStrings(fixed.map(({ term }) => rTerm(term)))},`,
    `  estimate = c(${fixed.map(({ estimate }) => rNumber(estimate)).join(", ")}),`,
    `  se = c(${fixed.map(({ stdError }) => rNumber(stdError)).join(", ")})), ${WITHIN})`,
  ];
}

function testLines({ finding, test, model, second }: MixedTest): string | undefined {
  const fixed = readFit(model.fit).fixed;
  const { id } = finding;
  switch (test.kind) {
    case "term":
      return [
        stepLine(test.per, test.term),
        `found <- combination(fit, ${rNamed({ [test.term]: 1 })}, step)`,
        checkLine(id, expectedOf(finding, fixed, test.term)),
        `check_p(${rString(id)}, found[["p"]], ${rNumber(finding.pValue)})`,
        ...robustLines(finding, test.term, "step"),
      ].join("\n");
    case "difference":
      return [
        stepLine(test.per, test.term),
        `found <- combination(fit, ${rNamed({ [test.term]: 1 })}, step)`,
        checkLine(id, expectedOf(finding, fixed, test.term)),
        `check_p(${rString(id)}, found[["p"]], ${rNumber(finding.pValue)})`,
        ...robustLines(finding, test.term, "step"),
        ...groupLines(finding, test),
      ].join("\n");
    case "joint":
      return jointLines(finding, test, { fixed, adjusted: second !== undefined });
    default:
      return undefined;
  }
}

function stepLine(per: PlanStep, term: string): string {
  const [name] = splitNames(term);
  return per !== "unit" && name !== undefined ? `step <- ${per}(rows, ${rString(name)})` : "step <- 1";
}

interface Expected {
  readonly estimate: number;
  readonly se: number | null;
  readonly lower: number;
  readonly upper: number;
}

/** The finding's numbers; its standard error is the coefficient's, on the scale of the finding. */
function expectedOf(finding: Finding, fixed: readonly FitTerm[], term: string): Expected | undefined {
  const { estimate } = finding;
  if (estimate === null) return undefined;
  const row = fixed.find((candidate) => candidate.term === term);
  const scale = row?.estimate ? estimate.value / row.estimate : 1;
  const se = row?.stdError ? Math.abs(row.stdError * scale) : null;
  return { estimate: estimate.value, se, lower: estimate.lower, upper: estimate.upper };
}

function checkLine(what: string, expected: Expected | undefined, within = WITHIN): string {
  if (expected === undefined) return "";
  const { estimate, se, lower, upper } = expected;
  const bundle = `c(estimate = ${rNumber(estimate)}, se = ${rNumber(se)}, lower = ${rNumber(lower)}, upper = ${rNumber(upper)})`;
  return `check(${rString(what)}, found, ${bundle}, ${within})`;
}

/** The second column of the plan: standard errors that are robust by person. */
function robustLines({ id, robust, estimate }: Finding, term: string, step: string): readonly string[] {
  if (robust === undefined || estimate === null) return [];
  const { stdError, lower, upper } = robust;
  return [
    `found <- robust_combination(fit, ${rNamed({ [term]: 1 })}, ${step})`,
    checkLine(`${id} robust (CR2)`, { estimate: estimate.value, se: stdError, lower, upper }),
  ];
}

function groupLines(finding: Finding, test: Extract<PlanTest, { kind: "difference" }>): readonly string[] {
  return Object.values(groupSlopes(test)).flatMap((weights, index) => {
    const row = finding.rows[index];
    if (row === undefined) return [];
    const { label, estimate, lower, upper } = row;
    return [
      `found <- combination(fit, ${rNamed(weights)}, step)`,
      checkLine(`${finding.id} ${label}`, { estimate, se: null, lower, upper }),
    ];
  });
}

function jointLines(
  finding: Finding,
  test: Extract<PlanTest, { kind: "joint" }>,
  { fixed, adjusted }: { readonly fixed: readonly FitTerm[]; readonly adjusted: boolean },
): string {
  const { id } = finding;
  const names = fixed.map(({ term }) => term).filter((term) => isOf(term, test.terms));
  const row = finding.rows[1];
  const contrast = rNamed({ [test.contrast]: 1 });
  return [
    `found <- combination(fit, ${contrast})`,
    checkLine(id, expectedOf(finding, fixed, test.contrast)),
    `check_p(${rString(`${id} together`)}, joint_p(fit, ${rStrings(names.map(rTerm))}), ${rNumber(finding.pValue)})`,
    ...robustLines(finding, test.contrast, "1"),
    ...(adjusted && row
      ? [
          `found <- combination(second, ${contrast})`,
          checkLine(`${id} adjusted`, {
            estimate: row.estimate,
            se: null,
            lower: row.lower,
            upper: row.upper,
          }),
        ]
      : []),
  ].join("\n");
}

function isOf(term: string, name: string): boolean {
  return term === name || term.startsWith(`${name}[`) || term.startsWith(`factor(${name})[`);
}
