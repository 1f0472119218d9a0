import {
  explainedVariance,
  type FitData,
  hatvalues,
  influence,
  type LmmFit,
  lmm,
  lmmPredict,
  lmmRanef,
  lmmResiduals,
  personalSlopes,
  type Table,
} from "@longwave/stats";
import type { Comparison, ValidationCase } from "../case.ts";
import { absolute, addIndicator, fixture, inTurn, readNumbers, relative, withColumns } from "../support.ts";

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

const recorded = readNumbers<{ readonly nested: AfterNumbers; readonly slope: SlopeNumbers }>("lmm-after");

// All stand on two optimisers' variances, which agree to about 1e-6.
const NEAR = 1e-5;

function rowNumbers(fit: LmmFit, data: FitData, reference: AfterNumbers): Comparison[] {
  const fitted = lmmResiduals(fit, data);
  const person = lmmPredict(fit, data, { interval: "confidence" });
  const population = lmmPredict(fit, data, { interval: "confidence", level: "population" });
  const hats = hatvalues(fit, data);
  return [
    ...reference.fitted.flatMap((value, i) => [
      relative(`fitted value of row ${i + 1}`, [fitted[i]?.fitted, value], NEAR),
      relative(`its error for the person`, [person[i]?.stdError, reference.predictionError[i]], NEAR),
      relative(`its error for the population`, [population[i]?.stdError, reference.populationError[i]], NEAR),
      relative(`its hat value`, [hats[i]?.hat, reference.hat[i]], NEAR),
    ]),
    relative("sum of hat values", [hats.reduce((sum, { hat }) => sum + hat, 0), reference.hatSum], NEAR),
  ];
}

function effectNumbers(fit: LmmFit, data: FitData, reference: AfterNumbers): Comparison[] {
  const block = lmmRanef(fit, data).find(({ group }) => group === "id");
  const { mode, stdDev } = reference.ranef.id ?? { mode: [], stdDev: [] };
  return mode.flatMap((value, g) => [
    absolute(`mode of person ${block?.levels[g]}`, [block?.modes[g]?.[0], value], NEAR),
    relative("its conditional SD", [block?.conditionalStdDev[g]?.[0], stdDev[g]], NEAR),
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
    relative("marginal R squared", [marginal, reference.marginal], NEAR),
    relative("conditional R squared", [conditional, reference.conditional], NEAR),
    ...reference.dfbetas.flatMap((values, i) => {
      const person = people.find(({ level }) => level === first[i]);
      return values.map((value, j) =>
        absolute(`DFBETAS of ${terms[j]} without person ${first[i]}`, [person?.dfbetas?.[j], value], NEAR),
      );
    }),
  ];
}

function slopeNumbers(fit: LmmFit, data: FitData, reference: SlopeNumbers): Comparison[] {
  const { people, shares } = personalSlopes(fit, data, "wave");
  const [zero] = shares;
  return [
    ...reference.personal.flatMap((value, i) => [
      absolute(`slope of person ${people[i]?.level}`, [people[i]?.slope, value], NEAR),
      relative("its error", [people[i]?.stdError, reference.personalError[i]], NEAR),
    ]),
    relative("share of people with the other sign", [zero?.share, reference.share[0]], NEAR),
    relative("its lower limit", [zero?.lower, reference.share[1]], NEAR),
    relative("its upper limit", [zero?.upper, reference.share[2]], NEAR),
  ];
}

/** The crossover trial with amitriptyline and the second period as 0 and 1. */
const crossover = inTurn(addIndicator("amit", "treatment", "A"), (table) =>
  withColumns(table, { p2: (value) => value("period") - 1 }),
);

/** The first people in the order of the rows that the fit used. */
function firstPeople(table: Table, data: FitData, fit: LmmFit, count: number): string[] {
  const { id } = table.columns;
  if (id === undefined) throw new Error("no id");
  const label = (row: number) =>
    id.kind === "numeric" ? String(id.values[row]) : id.levels[id.codes[row] ?? -1];
  const seen = new Set(lmmResiduals(fit, data).map(({ row }) => label(row) ?? ""));
  return [...seen].slice(0, count);
}

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
