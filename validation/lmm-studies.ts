import { filterTable, type Table } from "@longwave/stats";
import type { CaseData } from "./case.ts";
import { addIndicator, fixture, inTurn, readNumbers, valuesOf, withColumns } from "./support.ts";

/** One mixed model whose tests and intervals validation/r/lmm-nested.R recorded. */
export interface LmmStudy {
  readonly numbers: string;
  readonly model: string;
  readonly data: CaseData;
  readonly formula: string;
  readonly minRows?: number;
  readonly prepare?: (table: Table) => Table;
  /** The share by which standard errors may differ; 1e-6 where the optimiser of the reference is as exact. */
  readonly tolerance?: number;
  /** Parameters whose recorded profile interval does not hold, with the reason in a comment beside. */
  readonly withoutProfile?: readonly string[];
}

type OneOrMore<T> = T | readonly T[];

interface Tests {
  readonly stdError: OneOrMore<number>;
  readonly df: OneOrMore<number>;
}

interface TermNumbers {
  readonly term: readonly string[];
  readonly dfNumerator: readonly number[];
  readonly dfDenominator: readonly number[];
  readonly statistic: readonly number[];
}

/** What R recorded of one model; single numbers are not in a list. */
export interface LmmNumbers {
  readonly estimate: OneOrMore<number>;
  readonly satterthwaite: Tests;
  readonly kenwardRoger?: Tests;
  readonly theta: OneOrMore<number>;
  readonly groups: Readonly<Record<string, number>>;
  readonly sigma: number;
  readonly logLik: number;
  readonly logLikMl: number;
  readonly sumOfSquaredModes: Readonly<Record<string, OneOrMore<number> | Readonly<Record<string, number>>>>;
  readonly termTests: TermNumbers | readonly [];
  readonly termTestsKenwardRoger?: TermNumbers | readonly [];
  readonly profile?: {
    readonly parameter: readonly string[];
    readonly lower: readonly (number | null)[];
    readonly upper: readonly (number | null)[];
  };
}

const recorded = readNumbers<Record<string, LmmNumbers>>("lmm-tests");

/** The numbers of a study. */
export function numbersOf({ numbers }: LmmStudy): LmmNumbers {
  const found = recorded[numbers];
  if (found === undefined) throw new Error(`${numbers} is not among the recorded numbers`);
  return found;
}

/** The first 300 people who have at least two complete rows. */
function first300(table: Table): Table {
  const [id, ex, pain] = ["id", "ex_index", "pain_vrs"].map((name) => valuesOf(table, name));
  if (id === undefined || ex === undefined || pain === undefined) return table;
  const complete = new Map<number, number>();
  for (let row = 0; row < table.nrows; row++) {
    const person = id[row] ?? Number.NaN;
    if (Number.isFinite(ex[row]) && Number.isFinite(pain[row]))
      complete.set(person, (complete.get(person) ?? 0) + 1);
  }
  const last = [...complete].filter(([, count]) => count >= 2)[299]?.[0];
  return filterTable(table, `id <= ${last}`);
}

const file = (path: string): CaseData => ({ kind: "file", path });
const packaged = (name: string, dataset: string): CaseData => ({ kind: "r-package", package: name, dataset });
const hivsn = {
  data: fixture("hivsn_crossover_pain"),
  prepare: inTurn(addIndicator("amit", "treatment", "A"), (table) =>
    withColumns(table, { p2: (value) => value("period") - 1 }),
  ),
};
const cohort = {
  data: fixture("hunt_sim_6419"),
  prepare: inTurn(addIndicator("male", "sex", "male"), first300),
  minRows: 2,
};
const exposure =
  "pain_vrs ~ wave + male + age + within(ex_index) + between(ex_index) + within(ex_index):male";

/** Models of nested grouping factors. */
export const nestedStudies: readonly LmmStudy[] = [
  {
    numbers: "hivsn-nested",
    model: "period within person",
    formula: "pain ~ amit * week_in_period + p2 + (1 | id/period)",
    ...hivsn,
  },
  {
    numbers: "pastes",
    model: "cask within batch",
    data: file("validation/data/pastes.csv"),
    formula: "strength ~ 1 + (1 | batch/cask)",
  },
  {
    numbers: "oxide",
    model: "wafer within lot",
    data: file("validation/data/oxide.csv"),
    formula: "Thickness ~ factor(Source) + (1 | Lot/Wafer)",
  },
  {
    numbers: "three-levels",
    model: "simulated people within sites within regions",
    data: file("validation/data/nested_sim.csv"),
    formula: "y ~ factor(wave) + x + (1 | region) + (1 | site) + (1 | person)",
  },
  {
    numbers: "three-levels-slopes",
    model: "simulated people within sites within regions, slopes at two levels",
    data: file("validation/data/nested_sim.csv"),
    formula: "y ~ wave + x + (1 | region) + (1 + wave | site) + (1 + wave | person)",
    // bobyqa stops 1e-5 from the optimum in seven parameters.
    tolerance: 5e-6,
  },
  {
    numbers: "pixel",
    model: "side within dog, slope of the dog",
    data: packaged("nlme", "Pixel"),
    formula: "pixel ~ day + day2 + (day | Dog) + (1 | Dog:Side)",
    prepare: (table) => withColumns(table, { day2: (value) => value("day") * value("day") }),
  },
  {
    numbers: "egsingle",
    model: "child within school, slopes at both levels",
    data: packaged("mlmRev", "egsingle"),
    formula: "math ~ year + (1 + year | schoolid/childid)",
  },
];

/** Models of one grouping factor. */
export const plainStudies: readonly LmmStudy[] = [
  {
    numbers: "sleepstudy-slope",
    model: "random intercept and slope",
    data: fixture("sleepstudy"),
    formula: "Reaction ~ Days + (Days | Subject)",
  },
  {
    numbers: "sleepstudy-uncorrelated",
    model: "uncorrelated intercept and slope",
    data: fixture("sleepstudy"),
    formula: "Reaction ~ Days + (Days || Subject)",
  },
  {
    numbers: "dyestuff",
    model: "balanced one-way",
    data: fixture("dyestuff"),
    formula: "Yield ~ 1 + (1 | Batch)",
  },
  {
    numbers: "dyestuff2",
    model: "variance of zero",
    data: fixture("dyestuff2"),
    formula: "Yield ~ 1 + (1 | Batch)",
    // lme4's profile of sigma breaks off here: it has no upper bound, and 0 as the lower.
    withoutProfile: ["sigma"],
  },
  {
    numbers: "hivsn-intercept",
    model: "crossover trial, random intercept",
    formula: "pain ~ amit * week_in_period + p2 + (1 | id)",
    ...hivsn,
  },
  {
    numbers: "ashar",
    model: "trial, group by time",
    data: fixture("ashar_backpain"),
    formula: "pain_avg ~ post * factor(group) + (1 | id)",
    prepare: (table) =>
      withColumns(filterTable(table, "is_patient == 1"), { post: (value) => value("time") - 1 }),
  },
  {
    numbers: "cohort-intercept",
    model: "300 simulated people, random intercept",
    formula: `${exposure} + (1 | id)`,
    ...cohort,
  },
  {
    numbers: "cohort-slope",
    model: "300 simulated people, random slope, singular",
    formula: `${exposure} + (1 + wave | id)`,
    ...cohort,
    // lme4 interpolates this profile near the limit 1: held at its bound the deviance rises by 3.6564, at ours
    // (0.1173356) by 3.841459, which is the chi-square quantile.
    withoutProfile: ["cor_wave.(Intercept)|id"],
  },
  {
    numbers: "orthodont",
    model: "age by sex, random slope",
    data: packaged("nlme", "Orthodont"),
    formula: "distance ~ age11 * male + (1 + age11 | Subject)",
    prepare: inTurn(
      (table) => withColumns(table, { age11: (value) => value("age") - 11 }),
      addIndicator("male", "Sex", "Male"),
    ),
  },
  {
    numbers: "oxboys",
    model: "random quadratic",
    data: packaged("nlme", "Oxboys"),
    formula: "height ~ age + age2 + (age + age2 | Subject)",
    // bobyqa stops 1e-5 from the optimum in six parameters.
    tolerance: 5e-6,
    prepare: (table) => withColumns(table, { age2: (value) => value("age") * value("age") }),
  },
  {
    numbers: "dietox",
    model: "random slope and a factor of three levels",
    data: packaged("geepack", "dietox"),
    formula: "Weight ~ Time + Cu + (Time | Pig)",
  },
  {
    numbers: "mathachieve",
    model: "hybrid, random slope, 7,185 pupils",
    data: packaged("nlme", "MathAchieve"),
    formula: "MathAch ~ within(SES) * between(SES) + (within(SES) | School)",
  },
];
