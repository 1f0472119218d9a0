import {
  type FitData,
  type GeeFit,
  gee,
  growth,
  type LmmFit,
  type LmmOptions,
  lmm,
  lmmRanef,
  type RandomEffects,
  riclpm,
} from "@longwave/stats";
import {
  type EachPerson,
  type EachWidePerson,
  geeFromPeople,
  growthFromPeople,
  growthRequest,
  lmmFromPeople,
  type PanelSums,
  riclpmFromPeople,
  type WideRequest,
  type WideSums,
} from "@longwave/stats/from-sums";
import type { PanelRequest } from "../panel/panel-sums.ts";
import type { Source } from "../source.ts";
import { growthColumns, growthNumbers, type Numbers } from "./same-answer-cases.ts";

/** A model that looks at each person: from rows, and from the sums of each person of a source. */
interface PeopleCase {
  readonly name: string;
  readonly rows: (data: FitData) => Numbers;
  readonly people: (source: Source) => Promise<Numbers>;
}

const FORMULA = { time: "wave", person: "id" } as const;

/** The sums of everybody, and a way through them one by one. */
async function panelOf(
  { panel }: Source,
  request: PanelRequest,
  named: boolean,
): Promise<{ readonly sums: PanelSums; readonly each: EachPerson }> {
  if (panel === undefined) throw new Error("this source can be summed");
  const sums = await panel.sums(request);
  return { sums, each: (take) => panel.people(request, { plan: sums.plan, named }, take) };
}

function ofFit(fit: LmmFit | GeeFit, loose: readonly number[]): Numbers {
  return {
    deviance: fit.deviance,
    estimates: fit.fixed.map(({ estimate }) => estimate),
    stdErrors: fit.fixed.map(({ stdError }) => stdError),
    loose,
    counts: [fit.rows, fit.ngroups, fit.nobs, fit.fixed.map(({ term }) => term)],
  };
}

function ofLmm(fit: LmmFit, ranef: readonly RandomEffects[] | null): Numbers {
  const effects = (ranef ?? []).flatMap(({ modes, conditionalStdDev }) =>
    [...modes, ...conditionalStdDev].flat(),
  );
  const numbers = ofFit(fit, [...fit.theta, ...fit.fixed.map(({ df }) => df ?? 0), ...effects]);
  return { ...numbers, counts: [...numbers.counts, ranef?.map(({ levels }) => levels), fit.warnings] };
}

function lmmCase(formula: string, options: LmmOptions, ranef = false): PeopleCase {
  const asked = { time: "wave", id: "id", ...options } as const;
  return {
    name: `lmm ${options.se ?? "model"} ${ranef ? "with random effects " : ""}${formula}`,
    rows(data) {
      const fit = lmm(formula, data, asked);
      return ofLmm(fit, ranef ? lmmRanef(fit, data) : null);
    },
    async people(source) {
      const { sums, each } = await panelOf(source, { formula, ...FORMULA, slopes: true }, ranef);
      const found = await lmmFromPeople(sums, asked, each, { ranef });
      return ofLmm(found.fit, found.ranef);
    },
  };
}

function geeCase(se: "mancl-derouen" | "kauermann-carroll"): PeopleCase {
  const formula = "pain_vrs ~ within(ex_index) + between(ex_index) + sex * factor(wave)";
  const options = { id: "id", time: "wave", correlation: "ar1", se } as const;
  const numbers = (fit: GeeFit) => ofFit(fit, [...fit.alpha, ...fit.alphaStdError, fit.qic ?? Number.NaN]);
  return {
    name: `gee ${se}`,
    rows: (data) => numbers(gee(formula, data, options)),
    async people(source) {
      const { sums, each } = await panelOf(source, { formula, ...FORMULA }, false);
      return numbers(await geeFromPeople(sums, options, each));
    },
  };
}

async function wideOf(
  { wide }: Source,
  request: WideRequest,
): Promise<{ readonly sums: WideSums; readonly each: EachWidePerson }> {
  if (wide === undefined) throw new Error("this source can be summed");
  const sums = await wide.sums({ request });
  return { sums, each: (take) => wide.people({ request }, sums.plan, take) };
}

function riclpmCase(): PeopleCase {
  const long = { id: "id", time: "wave", group: "sex", covariates: ["age"] };
  const options = { lags: "equal", se: "robust" } as const;
  const numbers = (fit: ReturnType<typeof riclpm>): Numbers => ({
    deviance: -2 * fit.logLik,
    estimates: fit.parameters.map(({ estimate }) => estimate),
    stdErrors: fit.parameters.map(({ stdError }) => stdError),
    loose: [fit.chiSquareScaled, ...fit.tests.map(({ pValue }) => pValue)].map((one) => one ?? -1),
    counts: [fit.rows, fit.nobs, fit.leftOut, fit.groups],
  });
  return {
    name: "riclpm, robust, of women and men with a covariate",
    rows: (data) => numbers(riclpm({ x: "ex_index", y: "pain_vrs", ...long }, data, options)),
    async people(source) {
      const { sums, each } = await wideOf(source, { series: ["ex_index", "pain_vrs"], ...long });
      return numbers(await riclpmFromPeople(sums, options, each));
    },
  };
}

function growthCase(): PeopleCase {
  const numbers = (fit: ReturnType<typeof growth>) => growthNumbers(fit, [fit.chiSquareScaled ?? -1]);
  return {
    name: "growth, robust",
    rows: (data) => numbers(growth(growthColumns, data, { se: "robust" })),
    async people(source) {
      const { sums, each } = await wideOf(source, growthRequest(growthColumns));
      return numbers(await growthFromPeople(growthColumns, sums, { se: "robust" }, each));
    },
  };
}

const BASE = "pain_vrs ~ within(ex_index) + between(ex_index)";

/** What sums of everybody do not give, held to the rows by one pass or two over the people of a source. */
export const peopleCases: readonly PeopleCase[] = [
  lmmCase(`${BASE} + sex + factor(wave) + (1 + wave | id)`, { se: "cr2" }, true),
  lmmCase(`${BASE} + wave + (1 + within(ex_index) | id)`, { se: "cr1" }, true),
  lmmCase(`${BASE} + wave + (1 + within(ex_index) || id)`, { residual: { type: "ar1" } }),
  lmmCase("pain_vrs ~ ex_index * sex + (1 | id)", { se: "cr2", df: "none", method: "ml" }),
  geeCase("mancl-derouen"),
  geeCase("kauermann-carroll"),
  riclpmCase(),
  growthCase(),
];
