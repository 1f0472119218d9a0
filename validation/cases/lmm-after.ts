import { readFileSync } from "node:fs";
import {
  createTable,
  explainedVariance,
  type FitData,
  hatvalues,
  influence,
  type LmmFit,
  lmm,
  lmmPredict,
  lmmRanef,
  lmmResiduals,
  numericColumn,
  personalSlopes,
  type Table,
} from "@longwave/stats";
import type { Comparison, ValidationCase } from "../case.ts";

/** What whole matrices give, from lme4's estimates. */
interface AfterNumbers {
  /** Of the first rows. */
  readonly fitted: readonly number[];
  readonly predictionError: readonly number[];
  readonly populationError: readonly number[];
  readonly hat: readonly number[];
  readonly hatSum: number;
  readonly marginal: number;
  readonly conditional: number;
  /** Of the first people, in the order of the rows. */
  readonly dfbetas: readonly (readonly number[])[];
  /** Of the first levels. */
  readonly ranef: Readonly<
    Record<string, { readonly mode: readonly number[]; readonly stdDev: readonly number[] }>
  >;
}

interface SlopeNumbers extends AfterNumbers {
  readonly personal: readonly number[];
  readonly personalError: readonly number[];
  /** Share of people whose slope has the other sign, and its interval. */
  readonly share: readonly number[];
}

const recorded: { readonly nested: AfterNumbers; readonly slope: SlopeNumbers } = JSON.parse(
  readFileSync(new URL("../numbers/lmm-after.json", import.meta.url), "utf8"),
);

// All stand on two optimisers' variances, which agree to about 1e-6.
function near(quantity: string, ours: number | null | undefined, reference: number | undefined): Comparison {
  return {
    quantity,
    ours: ours ?? Number.NaN,
    reference: reference ?? Number.NaN,
    tolerance: 1e-5,
    scale: "relative",
  };
}

/** A number that may be near zero, in its units. */
function close(quantity: string, ours: number | null | undefined, reference: number | undefined): Comparison {
  return { ...near(quantity, ours, reference), scale: "absolute" };
}

function rowNumbers(fit: LmmFit, data: FitData, reference: AfterNumbers): Comparison[] {
  const fitted = lmmResiduals(fit, data);
  const person = lmmPredict(fit, data, { interval: "confidence" });
  const population = lmmPredict(fit, data, { interval: "confidence", level: "population" });
  const hats = hatvalues(fit, data);
  return [
    ...reference.fitted.flatMap((value, i) => [
      near(`fitted value of row ${i + 1}`, fitted[i]?.fitted, value),
      near(`its error for the person`, person[i]?.stdError, reference.predictionError[i]),
      near(`its error for the population`, population[i]?.stdError, reference.populationError[i]),
      near(`its hat value`, hats[i]?.hat, reference.hat[i]),
    ]),
    near(
      "sum of hat values",
      hats.reduce((sum, { hat }) => sum + hat, 0),
      reference.hatSum,
    ),
  ];
}

function effectNumbers(fit: LmmFit, data: FitData, reference: AfterNumbers): Comparison[] {
  const block = lmmRanef(fit, data).find(({ group }) => group === "id");
  const { mode, stdDev } = reference.ranef.id ?? { mode: [], stdDev: [] };
  return mode.flatMap((value, g) => [
    close(`mode of person ${block?.levels[g]}`, block?.modes[g]?.[0], value),
    near("its conditional SD", block?.conditionalStdDev[g]?.[0], stdDev[g]),
  ]);
}

function summaryNumbers(
  fit: LmmFit,
  data: FitData,
  reference: AfterNumbers,
  first: readonly string[],
): Comparison[] {
  const { marginal, conditional } = explainedVariance(fit, data);
  const { people, terms } = influence(fit, data);
  return [
    near("marginal R squared", marginal, reference.marginal),
    near("conditional R squared", conditional, reference.conditional),
    ...reference.dfbetas.flatMap((values, i) => {
      const person = people.find(({ level }) => level === first[i]);
      return values.map((value, j) =>
        close(`DFBETAS of ${terms[j]} without person ${first[i]}`, person?.dfbetas?.[j], value),
      );
    }),
  ];
}

function slopeNumbers(fit: LmmFit, data: FitData, reference: SlopeNumbers): Comparison[] {
  const { people, shares } = personalSlopes(fit, data, "wave");
  const [zero] = shares;
  return [
    ...reference.personal.flatMap((value, i) => [
      close(`slope of person ${people[i]?.level}`, people[i]?.slope, value),
      near("its error", people[i]?.stdError, reference.personalError[i]),
    ]),
    near("share of people with the other sign", zero?.share, reference.share[0]),
    near("its lower limit", zero?.lower, reference.share[1]),
    near("its upper limit", zero?.upper, reference.share[2]),
  ];
}

/** The crossover trial with amitriptyline and the second period as 0 and 1. */
function crossover(table: Table): Table {
  const { treatment, period } = table.columns;
  if (treatment?.kind !== "factor" || period?.kind !== "numeric") throw new Error("no treatment or period");
  return createTable({
    ...table.columns,
    amit: numericColumn(Array.from(treatment.codes, (code) => 1 - code)),
    p2: numericColumn(period.values.map((value) => value - 1)),
  });
}

/** The first people in the order of the rows that the fit used. */
function firstPeople(table: Table, data: FitData, fit: LmmFit, count: number): string[] {
  const { id } = table.columns;
  if (id === undefined) throw new Error("no id");
  const label = (row: number) =>
    id.kind === "numeric" ? String(id.values[row]) : id.levels[id.codes[row] ?? -1];
  const seen = new Set(lmmResiduals(fit, data).map(({ row }) => label(row) ?? ""));
  return [...seen].slice(0, count);
}

const fixture = (name: string) =>
  ({ kind: "file", path: `packages/stats/src/testing/fixtures/${name}.csv` }) as const;
const REFERENCE = "lme4 estimates, whole matrices in R";

export const cases: readonly ValidationCase[] = [
  {
    id: "lmm-after-nested",
    model: "predictions, leverage, influence: nested random intercepts",
    reference: REFERENCE,
    data: fixture("hivsn_crossover_pain"),
    compare: (raw) => {
      const table = crossover(raw);
      const data = { kind: "rows", table } as const;
      const fit = lmm("pain ~ amit * week_in_period + p2 + (1 | id) + (1 | id:period)", data);
      const first = firstPeople(table, data, fit, 3);
      return [
        ...rowNumbers(fit, data, recorded.nested),
        ...effectNumbers(fit, data, recorded.nested),
        ...summaryNumbers(fit, data, recorded.nested, first),
      ];
    },
  },
  {
    id: "lmm-after-slope",
    model: "predictions, leverage, influence and personal slopes: random slope of wave",
    reference: REFERENCE,
    data: fixture("hunt_like"),
    compare: (raw) => {
      const data = { kind: "rows", table: raw } as const;
      const fit = lmm("pain_o ~ within(ex) + between(ex) + wave + (1 + wave | id)", data);
      const first = firstPeople(raw, data, fit, 3);
      return [
        ...rowNumbers(fit, data, recorded.slope),
        ...effectNumbers(fit, data, recorded.slope),
        ...summaryNumbers(fit, data, recorded.slope, first),
        ...slopeNumbers(fit, data, recorded.slope),
      ];
    },
  },
];
