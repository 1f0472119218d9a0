import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  type FitData,
  type GeeFit,
  gee,
  growth,
  type LmmFit,
  type LmmOptions,
  lmm,
  type RiclpmColumns,
  type RiclpmOptions,
  riclpm,
  type WorkingCorrelationType,
} from "@longwave/stats";
import {
  geeFromSums,
  geeSecondRound,
  growthFromSums,
  growthRequest,
  lmmFromSums,
  lmmSecondRound,
  mergeScores,
  type PanelSums,
  poolPanels,
  poolWide,
  riclpmFromSums,
  type ScoreRecipe,
  type ScoreSums,
  scoreForm,
  type WideRequest,
  type WideSums,
} from "@longwave/stats/from-sums";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openFile } from "../file-source.ts";
import { openPostgres } from "../postgres/postgres-source.ts";
import type { Source } from "../source.ts";
import { temporaryDatabase } from "../testing/postgres.ts";
import { temporaryFolder } from "../testing/temporary-files.ts";

const folder = temporaryFolder();
const cohort = fileURLToPath(new URL("../../../../examples/r-simulated-cohort/cohort.csv", import.meta.url));
const TYPES =
  "id integer, wave smallint, months real, sex text, age integer, education text, smoking text, base_exercise integer, ex_freq integer, ex_int integer, ex_dur integer, ex_index double precision, pain_vrs integer, pain_nrs integer";

const lines = readFileSync(cohort, "utf8").trimEnd().split("\n");
const header = lines[0] ?? "";
const columnAt = (line: string, name: string) => line.split(",")[header.split(",").indexOf(name)] ?? "";

/** The simulated cohort as it is, and its people who miss nothing. */
const DATA = { ragged: lines, complete: completeLines() } as const;

function completeLines(): string[] {
  const seen = new Map<string, number>();
  for (const line of lines.slice(1)) {
    const whole = ["ex_index", "pain_vrs"].every((name) => !["", "NA"].includes(columnAt(line, name)));
    if (whole) seen.set(columnAt(line, "id"), (seen.get(columnAt(line, "id")) ?? 0) + 1);
  }
  return [header, ...lines.slice(1).filter((line) => seen.get(columnAt(line, "id")) === 5)];
}

/** Every source of the same people; sites have one in five each. */
interface Places {
  readonly rows: FitData;
  readonly tables: Readonly<Record<string, Source>>;
  readonly sites: readonly Source[];
}

const places: Partial<Record<keyof typeof DATA, Places>> = {};
const opened: Source[] = [];

async function open(source: Promise<Source>): Promise<Source> {
  const one = await source;
  opened.push(one);
  return one;
}

beforeAll(async () => {
  const database = await temporaryDatabase();
  for (const [name, content] of Object.entries(DATA) as [keyof typeof DATA, readonly string[]][]) {
    const path = folder.write(`${name}.csv`, content.join("\n"));
    await database.load(name, path, TYPES);
    const file = await open(openFile(path));
    const sites = [0, 1, 2, 3, 4].map((site) => {
      const own = content.slice(1).filter((line) => Number(columnAt(line, "id")) % 5 === site);
      return open(openFile(folder.write(`${name}-${site}.csv`, [header, ...own].join("\n"))));
    });
    const names = (await file.describe()).columns.map((column) => column.name);
    places[name] = {
      rows: await file.fitData({ columns: names }),
      tables: { DuckDB: file, PostgreSQL: await open(openPostgres(database.table(name))) },
      sites: await Promise.all(sites),
    };
  }
});

afterAll(async () => {
  for (const source of opened) await source.close();
});

/** The numbers of a fit that have to agree: deviance, estimates and standard errors, to 1e-9. */
interface Numbers {
  readonly deviance: number | null;
  readonly estimates: readonly (number | null)[];
  readonly stdErrors: readonly (number | null)[];
  /** Anything found by a search on a flat surface, to 1e-6. */
  readonly loose: readonly number[];
  readonly counts: unknown;
}

interface Case {
  readonly name: string;
  readonly rows: (data: FitData) => Numbers;
  /** From the sums of several parts. */
  readonly sums: (sources: readonly Source[]) => Promise<Numbers>;
}

function ofRegression(fit: LmmFit | GeeFit): Numbers {
  return {
    deviance: fit.deviance,
    estimates: fit.fixed.map(({ estimate }) => estimate),
    stdErrors: fit.fixed.map(({ stdError }) => stdError),
    loose: "theta" in fit ? fit.theta : [...fit.alpha, fit.scale ?? Number.NaN, ...geeBesides(fit)],
    counts: [fit.rows, fit.ngroups, fit.nobs, fit.fixed.map(({ term }) => term)],
  };
}

/** What equations have with robust standard errors only. */
function geeBesides({ se, alphaStdError, scaleStdError, qic, qicu }: GeeFit): number[] {
  return se === "model"
    ? []
    : [...alphaStdError, ...[scaleStdError, qic, qicu].map((one) => one ?? Number.NaN)];
}

async function panelsOf(sources: readonly Source[], formula: string, person: string): Promise<PanelSums> {
  const parts: PanelSums[] = [];
  for (const { panel } of sources) {
    if (panel === undefined) throw new Error("this source can be summed");
    parts.push(await panel.sums({ formula, time: "wave", person }));
  }
  return poolPanels(parts);
}

/** The second round of a fit: the scores at every source, added up. */
async function scoresOf(
  sources: readonly Source[],
  recipe: ScoreRecipe | null,
  formula: string,
): Promise<ScoreSums | undefined> {
  if (recipe === null) return undefined;
  const parts: ScoreSums[] = [];
  for (const { panel } of sources) {
    if (panel === undefined) throw new Error("this source can be summed");
    const request = { formula, time: "wave", person: "id" };
    const { plan, patterns } = await panel.sums(request);
    const form = scoreForm(
      recipe,
      plan,
      patterns.map(({ waves }) => waves),
    );
    parts.push(await panel.scores(request, form));
  }
  return mergeScores(parts);
}

function robustCase(formula: string, options: LmmOptions): Case {
  const asked = { time: "wave", id: "id", df: "none", ...options } as const;
  return {
    name: `lmm ${options.se} ${formula}`,
    rows: (data) => ofRegression(lmm(formula, data, asked)),
    sums: async (sources) => {
      const sums = await panelsOf(sources, formula, "id");
      const scores = await scoresOf(sources, lmmSecondRound(sums, asked), formula);
      return ofRegression(lmmFromSums(sums, asked, scores));
    },
  };
}

function lmmCase(formula: string): Case {
  return {
    name: `lmm ${formula}`,
    rows: (data) => ofRegression(lmm(formula, data, { time: "wave" })),
    sums: async (sources) =>
      ofRegression(lmmFromSums(await panelsOf(sources, formula, "id"), { time: "wave" })),
  };
}

function geeCase(correlation: WorkingCorrelationType, se: "model" | "robust" = "robust"): Case {
  const formula = "pain_vrs ~ within(ex_index) + between(ex_index) + sex * factor(wave)";
  const options = { id: "id", time: "wave", correlation, se } as const;
  return {
    name: `gee ${correlation} ${se}`,
    rows: (data) => ofRegression(gee(formula, data, options)),
    sums: async (sources) => {
      const sums = await panelsOf(sources, formula, "id");
      const scores = await scoresOf(sources, geeSecondRound(sums, options), formula);
      return ofRegression(geeFromSums(sums, options, scores));
    },
  };
}

async function wideOf(sources: readonly Source[], request: WideRequest): Promise<WideSums> {
  const parts: WideSums[] = [];
  for (const { wide } of sources) {
    if (wide === undefined) throw new Error("this source can be summed");
    parts.push(await wide.sums({ request }));
  }
  return poolWide(parts);
}

function riclpmCase(
  name: string,
  extra: Pick<RiclpmColumns, "group" | "covariates">,
  options: RiclpmOptions,
): Case {
  const long = { id: "id", time: "wave", ...extra };
  const numbers = (fit: ReturnType<typeof riclpm>): Numbers => ({
    deviance: -2 * fit.logLik,
    estimates: fit.parameters.map(({ estimate }) => estimate),
    stdErrors: fit.parameters.map(({ stdError }) => stdError),
    loose: [fit.chiSquare ?? Number.NaN, fit.withinStdDev.x, fit.withinStdDev.y],
    counts: [
      fit.rows,
      fit.nobs,
      fit.leftOut,
      fit.groups,
      fit.parameters.map(({ lhs, op, rhs }) => lhs + op + rhs),
    ],
  });
  return {
    name: `riclpm ${name}`,
    rows: (data) => numbers(riclpm({ x: "ex_index", y: "pain_vrs", ...long }, data, options)),
    sums: async (sources) =>
      numbers(riclpmFromSums(await wideOf(sources, { series: ["ex_index", "pain_vrs"], ...long }), options)),
  };
}

function growthCase(): Case {
  const columns = {
    series: [{ name: "", columns: "pain_vrs" }],
    id: "id",
    time: "wave",
    covariates: ["sex"],
  };
  const numbers = (fit: ReturnType<typeof growth>): Numbers => ({
    deviance: -2 * fit.logLik,
    estimates: fit.parameters.map(({ estimate }) => estimate),
    stdErrors: fit.parameters.map(({ stdError }) => stdError),
    loose: fit.explained.map(({ share }) => share),
    counts: [fit.rows, fit.nobs, fit.leftOut],
  });
  return {
    name: "growth of pain with a covariate",
    rows: (data) => numbers(growth(columns, data)),
    sums: async (sources) => numbers(growthFromSums(columns, await wideOf(sources, growthRequest(columns)))),
  };
}

const BASE = "pain_vrs ~ within(ex_index) + between(ex_index)";
const CASES: readonly Case[] = [
  lmmCase(`${BASE} + sex + wave + (1 | id)`),
  lmmCase("pain_vrs ~ (within(ex_index) + between(ex_index)) * sex + factor(wave) + (1 + wave | id)"),
  lmmCase("pain_vrs ~ lag(ex_index) + factor(education) + factor(wave) + (1 | id)"),
  robustCase(`${BASE} + sex + wave + (1 + wave | id)`, { se: "cr0" }),
  robustCase(`${BASE} * sex + factor(wave) + (1 | id)`, { se: "cr1", residual: { type: "ar1" } }),
  robustCase("pain_vrs ~ lag(ex_index) + factor(education)", {
    se: "cr1",
    residual: { type: "unstructured" },
  }),
  geeCase("independence"),
  geeCase("exchangeable"),
  geeCase("exchangeable", "model"),
  geeCase("ar1"),
  geeCase("unstructured"),
  riclpmCase("with equal lags", {}, { lags: "equal", tests: false }),
  riclpmCase("of women and men", { group: "sex" }, { lags: "equal", residuals: "equal", tests: false }),
  riclpmCase("with covariates", { covariates: ["age", "education"] }, { lags: "equal", tests: false }),
  growthCase(),
];

function expectSame(found: Numbers, wanted: Numbers): void {
  const close = (a: number | null | undefined, b: number | null, tolerance: number) =>
    expect(Math.abs((a ?? 0) - (b ?? 0))).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(b ?? 0)));
  expect(found.counts).toEqual(wanted.counts);
  close(found.deviance, wanted.deviance, 1e-9);
  wanted.estimates.forEach((value, i) => {
    close(found.estimates[i], value, 1e-9);
  });
  wanted.stdErrors.forEach((value, i) => {
    close(found.stdErrors[i], value, 1e-9);
  });
  wanted.loose.forEach((value, i) => {
    close(found.loose[i], value, 1e-6);
  });
}

describe.each(Object.keys(DATA) as (keyof typeof DATA)[])("the same answer everywhere, %s data", (data) => {
  test.each(CASES)("$name", async ({ rows, sums }) => {
    const place = places[data];
    if (place === undefined) throw new Error("the data were opened");
    const wanted = rows(place.rows);
    for (const source of Object.values(place.tables)) expectSame(await sums([source]), wanted);
    expectSame(await sums(place.sites), wanted);
  });
});
