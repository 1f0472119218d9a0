import { createTable, type GeeOptions, numericColumn, type Table } from "@longwave/stats";
import type { CaseData } from "./case.ts";
import { addIndicator, fixture, type Step, valuesOf } from "./support.ts";

type Family = NonNullable<GeeOptions["family"]>;

function computed(name: string, from: readonly string[], compute: (...numbers: number[]) => number): Step {
  return (table) => {
    const columns = from.map((column) => valuesOf(table, column));
    const made = Array.from({ length: table.nrows }, (_, row) =>
      compute(...columns.map((column) => column[row] ?? Number.NaN)),
    );
    return createTable({ ...table.columns, [name]: numericColumn(made) });
  };
}

/** The number of each row among those of its person that have the columns `seen`, in the order of the file. */
function position(id: string, seen: readonly string[]): Step {
  return (table) => {
    const counts = new Map<number, number>();
    const people = table.columns[id];
    const ids = people?.kind === "factor" ? people.codes : valuesOf(table, id);
    const made = Array.from({ length: table.nrows }, (_, row) => {
      if (seen.some((name) => Number.isNaN(valuesOf(table, name)[row] ?? Number.NaN))) return null;
      const key = ids[row] ?? Number.NaN;
      const place = (counts.get(key) ?? 0) + 1;
      counts.set(key, place);
      return place;
    });
    return createTable({ ...table.columns, position: numericColumn(made) });
  };
}

function above(value: number, limit: number): number {
  return Number.isNaN(value) ? Number.NaN : Number(value >= limit);
}

const hunt: readonly Step[] = [
  computed("high", ["pain_o"], (pain) => above(pain, 3)),
  computed("weight", ["smoke", "edu"], (smoke, edu) => 1 + smoke + 0.25 * edu),
  computed("weightByWave", ["wave"], (wave) => 1 + 0.2 * wave),
  computed("count", ["edu"], (edu) => edu + 1),
];
const sim: readonly Step[] = [
  addIndicator("male", "sex", "male"),
  computed("age10", ["age"], (age) => (age - 50) / 10),
  computed("sig", ["pain_vrs"], (pain) => above(pain, 4)),
  position("id", ["ex_index", "pain_vrs"]),
];
const hivsn: readonly Step[] = [
  addIndicator("amit", "treatment", "A"),
  computed("p2", ["period"], (period) => period - 1),
  position("id", ["pain"]),
];

/** One formula on one data set, fitted with several working correlations. */
export interface Study {
  /** The name of the numbers, and of the cases in kebab case. */
  readonly key: string;
  readonly data: CaseData;
  readonly prepare: readonly Step[];
  readonly formula: string;
  readonly family: Family;
  readonly options: Omit<GeeOptions, "family" | "correlation">;
}

const geepack = (dataset: string): CaseData => ({ kind: "r-package", package: "geepack", dataset });
/** The simulated people of hunt_like, with the columns that the R script computes. */
export const huntLike = { data: fixture("hunt_like"), prepare: hunt, options: { id: "id", time: "wave" } };
const cohort = {
  data: fixture("hunt_sim_6419"),
  prepare: sim,
  options: { id: "id", time: "position", minRows: 2 },
};
const crossover = { data: fixture("hivsn_crossover_pain"), prepare: hivsn };
const HUNT_FORMULA = "pain_o ~ within(ex) + between(ex) + sex + age";
const SIM_FORMULA =
  "pain_vrs ~ wave + male + age10 + within(ex_index) + between(ex_index) + within(ex_index):male";

/** What is compared with geepack. */
export const studies: readonly Study[] = [
  { key: "hunt", ...huntLike, formula: HUNT_FORMULA, family: "gaussian" },
  { key: "huntBinomial", ...huntLike, formula: HUNT_FORMULA.replace("pain_o", "high"), family: "binomial" },
  {
    key: "huntFew",
    ...huntLike,
    prepare: [...hunt, (table) => firstPeople(table, 24)],
    formula: "pain_o ~ ex + sex",
    family: "gaussian",
  },
  {
    key: "huntWeighted",
    ...huntLike,
    formula: "pain_o ~ ex + sex + age",
    family: "gaussian",
    options: { ...huntLike.options, weights: "weight" },
  },
  {
    key: "huntWeightedByWave",
    ...huntLike,
    formula: "high ~ ex + sex + age",
    family: "binomial",
    options: { ...huntLike.options, weights: "weightByWave" },
  },
  { key: "sim", ...cohort, formula: SIM_FORMULA, family: "gaussian" },
  { key: "simBinomial", ...cohort, formula: "sig ~ wave + male + age10 + ex_index", family: "binomial" },
  {
    key: "simByWave",
    ...cohort,
    options: { ...cohort.options, time: "wave" },
    formula: "pain_vrs ~ wave + male + age10 + ex_index",
    family: "gaussian",
  },
  {
    key: "hivsn",
    ...crossover,
    options: { id: "id", time: "position" },
    formula: "pain ~ amit * week_in_period + p2",
    family: "gaussian",
  },
  {
    key: "hivsnByWeek",
    ...crossover,
    options: { id: "id", time: "week" },
    formula: "pain ~ amit * week_in_period + p2",
    family: "gaussian",
  },
  {
    key: "dietox",
    data: geepack("dietox"),
    prepare: [computed("Time2", ["Time"], (time) => time * time)],
    options: { id: "Pig", time: "Time" },
    formula: "Weight ~ Time + Time2 + Cu",
    family: "gaussian",
  },
  {
    key: "ohio",
    data: geepack("ohio"),
    prepare: [],
    options: { id: "id", time: "age" },
    formula: "resp ~ age * smoke",
    family: "binomial",
  },
  {
    key: "respiratory",
    data: geepack("respiratory"),
    prepare: [computed("pid", ["center", "id"], (center, id) => 1000 * center + id)],
    options: { id: "pid", time: "visit" },
    formula: "outcome ~ center + treat + sex + baseline + age",
    family: "binomial",
  },
  {
    key: "knee",
    data: { kind: "r-package", package: "catdata", dataset: "knee" },
    prepare: [
      longKnee,
      computed("trt", ["Th"], (therapy) => therapy - 1),
      computed("age10", ["Age"], (age) => (age - 30) / 10),
    ],
    options: { id: "id", time: "occasion" },
    formula: "pain ~ day * trt + Sex + age10",
    family: "gaussian",
  },
];

/** The table without the outcomes of later people, who are then left out. */
function firstPeople(table: Table, last: number): Table {
  return computed("pain_o", ["pain_o", "id"], (pain, id) => (id <= last ? pain : Number.NaN))(table);
}

/** catdata's knee has one row for each patient; pain was rated before and 3, 7 and 10 days after the start. */
export function longKnee(table: Table): Table {
  const days = [0, 3, 7, 10];
  const stacked = (value: (row: number, occasion: number) => number) =>
    numericColumn(
      Array.from({ length: table.nrows * days.length }, (_, i) =>
        value(Math.floor(i / days.length), i % days.length),
      ),
    );
  const same = (name: string) => stacked((row) => valuesOf(table, name)[row] ?? Number.NaN);
  return createTable({
    id: same("N"),
    Th: same("Th"),
    Age: same("Age"),
    Sex: same("Sex"),
    occasion: stacked((_, occasion) => occasion + 1),
    day: stacked((_, occasion) => days[occasion] ?? Number.NaN),
    pain: stacked((row, occasion) => valuesOf(table, `R${occasion + 1}`)[row] ?? Number.NaN),
  });
}
