import {
  type FeFit,
  fe,
  feRanef,
  hausman,
  mundlak,
  type PanelErrors,
  type ReFit,
  re,
  type Table,
} from "@longwave/stats";
import type { CaseData, Comparison, ValidationCase } from "../case.ts";
import { fixture, listed, readNumbers, relative, withColumns } from "../support.ts";

interface EstimateNumbers {
  readonly estimate: number | readonly number[];
  readonly stdError: number | readonly number[];
  readonly clustered: Readonly<Record<string, number | readonly number[]>>;
}

interface FitNumbers extends EstimateNumbers {
  readonly dfResidual: number;
  readonly rSquared: number;
}

/** What plm says of one panel. */
interface PanelNumbers {
  readonly person: FitNumbers & {
    readonly effectsTest: { readonly statistic: number; readonly df: readonly number[] };
    readonly levels: readonly number[];
  };
  readonly twoway: FitNumbers;
  readonly random: FitNumbers & { readonly variances: readonly number[]; readonly theta: readonly number[] };
  readonly hausman: { readonly chiSquare: number; readonly df: number };
  readonly mundlak?: number;
}

interface Recorded {
  readonly source: string;
  readonly hunt: PanelNumbers;
  readonly cohort: PanelNumbers;
  readonly grunfeld: PanelNumbers;
  readonly laborSupply: PanelNumbers;
  readonly oracle: EstimateNumbers;
}

const recorded = readNumbers<Recorded>("fe");
// Closed forms: only rounding differs.
const EXACT = 1e-8;
const CLUSTERED: readonly PanelErrors[] = ["arellano-hc0", "arellano-hc1", "arellano"];

interface PanelStudy {
  readonly key: "hunt" | "cohort" | "grunfeld" | "laborSupply";
  readonly data: CaseData;
  readonly formula: string;
  readonly names: { readonly id: string; readonly time: string; readonly minRows?: number };
  readonly prepare?: (table: Table) => Table;
}

function years(table: Table): Table {
  return withColumns(table, { yrs: (value) => value("time") / 365.25 });
}

/** Exercise of men: levels of sex in code-point order are female, male. */
function exerciseOfMen(table: Table): Table {
  return withColumns(table, { xm: (value) => value("ex_index") * value("sex") });
}

const studies: readonly PanelStudy[] = [
  {
    key: "hunt",
    data: fixture("hunt_like"),
    formula: "pain_o ~ ex + yrs + sex",
    names: { id: "id", time: "wave" },
    prepare: years,
  },
  {
    key: "cohort",
    data: fixture("hunt_sim_6419"),
    formula: "pain_vrs ~ wave + ex_index + xm",
    names: { id: "id", time: "wave", minRows: 2 },
    prepare: exerciseOfMen,
  },
  {
    key: "grunfeld",
    data: { kind: "r-package", package: "plm", dataset: "Grunfeld" },
    formula: "inv ~ value + capital",
    names: { id: "firm", time: "year" },
  },
  {
    key: "laborSupply",
    data: { kind: "r-package", package: "plm", dataset: "LaborSupply" },
    formula: "lnhr ~ lnwg + kids + disab",
    names: { id: "id", time: "year" },
  },
];

function estimateRows(fit: FeFit | ReFit, reference: EstimateNumbers): Comparison[] {
  return fit.fixed.flatMap(({ term, estimate, stdError }, j) => [
    relative(`${term} estimate`, [estimate, listed(reference.estimate)[j]], EXACT),
    relative(`${term} standard error`, [stdError, listed(reference.stdError)[j]], EXACT),
  ]);
}

function clusteredRows(refit: (se: PanelErrors) => FeFit | ReFit, reference: EstimateNumbers): Comparison[] {
  return CLUSTERED.flatMap((se) =>
    refit(se).fixed.map(({ term, stdError }, j) =>
      relative(`${term} standard error, ${se}`, [stdError, listed(reference.clustered[se])[j]], EXACT),
    ),
  );
}

function summaryRows(fit: FeFit | ReFit, reference: FitNumbers): Comparison[] {
  return [
    relative("residual df", [fit.dfResidual, reference.dfResidual], EXACT),
    relative("R squared", [fit.rSquared, reference.rSquared], EXACT),
  ];
}

function personCase(study: PanelStudy, reference: PanelNumbers): ValidationCase {
  return {
    id: `fe-${study.key}-person`,
    model: "fixed effects, a level for each person; clustered standard errors",
    reference: "plm within, vcovHC, pFtest",
    data: study.data,
    compare: (raw) => {
      const data = { kind: "rows", table: study.prepare?.(raw) ?? raw } as const;
      const refit = (se: PanelErrors) => fe(study.formula, data, { ...study.names, se });
      const fit = refit("model");
      const { statistic, df } = reference.person.effectsTest;
      const levels = feRanef(fit, data)[0]?.modes ?? [];
      return [
        ...estimateRows(fit, reference.person),
        ...clusteredRows(refit, reference.person),
        ...summaryRows(fit, reference.person),
        relative("F of people's levels", [fit.effectsTest.statistic, statistic], EXACT),
        relative("its numerator df", [fit.effectsTest.dfNumerator, df[0]], EXACT),
        relative("its denominator df", [fit.effectsTest.dfDenominator, df[1]], EXACT),
        ...reference.person.levels.map((level, i) =>
          relative(`level ${i + 1}`, [levels[i]?.[0], level], EXACT),
        ),
      ];
    },
  };
}

function twowayCase(study: PanelStudy, reference: PanelNumbers): ValidationCase {
  return {
    id: `fe-${study.key}-twoway`,
    model: "fixed effects, a level for each person and each time",
    reference: "plm within, twoways",
    data: study.data,
    compare: (raw) => {
      const data = { kind: "rows", table: study.prepare?.(raw) ?? raw } as const;
      const refit = (se: PanelErrors) => fe(study.formula, data, { ...study.names, effect: "twoway", se });
      const fit = refit("model");
      return [
        ...estimateRows(fit, reference.twoway),
        ...clusteredRows(refit, reference.twoway),
        ...summaryRows(fit, reference.twoway),
      ];
    },
  };
}

function randomCase(study: PanelStudy, reference: PanelNumbers): ValidationCase {
  return {
    id: `re-${study.key}`,
    model: "random effects (Swamy-Arora) and Hausman's test",
    reference: "plm random, phtest",
    data: study.data,
    compare: (raw) => {
      const data = { kind: "rows", table: study.prepare?.(raw) ?? raw } as const;
      const refit = (se: PanelErrors) => re(study.formula, data, { ...study.names, se });
      const fit = refit("model");
      const [residual, person] = reference.random.variances;
      const test = hausman(fe(study.formula, data, study.names), fit);
      const regression = mundlak(study.formula, data, { ...study.names, se: "model" });
      return [
        ...estimateRows(fit, reference.random),
        ...clusteredRows(refit, reference.random),
        ...summaryRows(fit, reference.random),
        relative("variance of rows", [fit.variances.residual, residual], EXACT),
        relative("variance of people", [fit.variances.person, person], EXACT),
        relative("smallest theta", [fit.theta.min, reference.random.theta[0]], EXACT),
        relative("largest theta", [fit.theta.max, reference.random.theta[1]], EXACT),
        relative("Hausman chi-square", [test.chiSquare, reference.hausman.chiSquare], 1e-6),
        relative("Hausman df", [test.df, reference.hausman.df], EXACT),
        ...listed(reference.mundlak).map((wald) =>
          relative("Mundlak's regression", [regression.statistic * regression.dfNumerator, wald], EXACT),
        ),
      ];
    },
  };
}

const oracle: ValidationCase = {
  id: "fe-hunt-oracle",
  model: "fixed effects with years since enrolment",
  reference: "plm within, vcovHC sss",
  data: fixture("hunt_like"),
  compare: (raw) => {
    const data = { kind: "rows", table: years(raw) } as const;
    const refit = (se: PanelErrors) => fe("pain_o ~ ex + yrs", data, { id: "id", se });
    return [...estimateRows(refit("model"), recorded.oracle), ...clusteredRows(refit, recorded.oracle)];
  },
};

export const cases: readonly ValidationCase[] = [
  ...studies.flatMap((study) => {
    const reference = recorded[study.key];
    return [personCase(study, reference), twowayCase(study, reference), randomCase(study, reference)];
  }),
  oracle,
];
