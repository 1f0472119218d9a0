import type { SlopePanel } from "@longwave/figure";
import { type Point, slopePanelsOf } from "@longwave/findings";
import {
  type Coefficient,
  contrast,
  encodeJson,
  fitToJson,
  jointTest,
  type LmmFit,
  type LmmOptions,
  lmm,
  lmmDetails,
  printFit,
  type RiclpmFit,
  riclpm,
  StatsError,
  type Table,
} from "@longwave/stats";
import type { Choices } from "./choices.ts";
import { countTimes, inFormula, modelFormula } from "./formula.ts";
import { plainNote } from "./notes.ts";
import { FileProblem } from "./table-file.ts";

/** One lagged direction: standardised by the SDs of deviations from people's own usual. */
export interface Direction {
  readonly from: "exposure" | "outcome";
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}

/** What follows what, or the sentence that says why it cannot be told here. */
type LaterAnswer =
  | {
      readonly kind: "answered";
      readonly directions: readonly Direction[];
      readonly notes: readonly string[];
    }
  | { readonly kind: "not-asked" | "not-answered"; readonly why: string };

/** The slopes within people, group by group. */
export interface GroupAnswer {
  readonly slopes: readonly { readonly label: string; readonly slope: Coefficient }[];
  /** Of the test that all groups have one slope. */
  readonly differenceP: number;
}

/** Everything the page shows, as plain data: it crosses from the worker. */
export interface Analysis {
  readonly choices: Choices;
  readonly formula: string;
  readonly within: Coefficient;
  readonly between: Coefficient;
  /** Within-person standard deviation of the exposure. */
  readonly usualChange: number | null;
  /** The same of the outcome. */
  readonly usualChangeOfOutcome: number | null;
  readonly people: number;
  readonly peopleCompared: number;
  readonly rows: number;
  readonly rowsRead: number;
  readonly groups: GroupAnswer | null;
  readonly panels: { readonly between: SlopePanel; readonly within: SlopePanel };
  readonly later: LaterAnswer;
  readonly printed: string;
  readonly json: string;
  readonly notes: readonly string[];
}

/** RI-CLPM needs three waves, and more than twelve are a diary, not a panel. */
const WAVES = { fewest: 3, most: 12 } as const;

/**
 * The within-between model of the choices, and the lagged one where the waves allow it.
 *
 * @throws StatsError when the model cannot be fitted; its message says why and what to do.
 * @throws FileProblem when the column of people holds one person, or nobody twice.
 */
export function analyse(table: Table, choices: Choices): Analysis {
  checkPeople(table, choices.person);
  const formula = modelFormula(table, choices, false);
  const options: LmmOptions = choices.time === "" ? {} : { time: choices.time };
  const { fit, fitted } = lmmDetails(formula, { kind: "rows", table }, options);
  const points = pointsByPerson(
    table,
    choices,
    fitted.map(({ row }) => row),
  );
  const exposure = inFormula(choices.exposure);
  const slopes = {
    within: slopeOf(fit, `within(${exposure})`, choices.exposure),
    between: slopeOf(fit, `between(${exposure})`, choices.exposure),
  };
  return {
    choices,
    formula,
    ...slopes,
    usualChange: Object.values(fit.withinStdDev)[0] ?? null,
    usualChangeOfOutcome: withinStdDev(points.map((own) => own.map(({ y }) => y))),
    people: Object.values(fit.ngroups)[0] ?? 0,
    peopleCompared: fit.groupsWithTwoRows,
    rows: fit.nobs,
    rowsRead: fit.rows.read,
    groups: groupSlopes(table, choices, options),
    panels: slopePanelsOf({
      people: points,
      ...slopes,
      words: panelWords(choices),
    }),
    later: laterAnswer(table, choices),
    printed: printFit(fit),
    json: encodeJson(fitToJson(fit), { indent: 2 }),
    notes: fit.warnings.map((warning) => plainNote(warning, choices)),
  };
}

/** The page compares people with themselves, and with each other. */
function checkPeople(table: Table, person: string): void {
  const column = table.columns[person];
  if (column === undefined) return;
  const keys = column.kind === "numeric" ? column.values : column.codes;
  const present = [...keys].filter((_, row) => column.missing[row] === 0);
  const people = new Set(present).size;
  if (people === 1) {
    throw new FileProblem(
      `Expected answers of several people; found one person in "${person}". This page compares people. For one person's own series use personal() of @longwave/stats; if there are more people, choose the column that tells them apart.`,
    );
  }
  if (people < present.length || people === 0) return;
  throw new FileProblem(
    `Expected people with several rows each; found ${people} different values of "${person}" in as many rows. Choose the column that says who a row is about, or bring a file with one row for each person and occasion.`,
  );
}

/** Root of the squared deviations from people's own means over rows less people, of those with two rows or more. */
function withinStdDev(people: readonly (readonly number[])[]): number | null {
  let [squares, free] = [0, 0];
  for (const own of people.filter(({ length }) => length >= 2)) {
    const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
    squares += own.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    free += own.length - 1;
  }
  return free > 0 && squares > 0 ? Math.sqrt(squares / free) : null;
}

function slopeOf(fit: LmmFit, term: string, exposure: string): Coefficient {
  const found = fit.fixed.find((row) => row.term === term);
  if (found !== undefined) return found;
  throw new StatsError(
    "fit.unknown-term",
    `Expected "${exposure}" to vary within people and between them; found that ${term} is constant or determined by the other columns. Choose another exposure, or leave out the group.`,
  );
}

function panelWords({ exposure, outcome }: Choices): Parameters<typeof slopePanelsOf>[0]["words"] {
  return {
    between: {
      label: "People compared with each other",
      xLabel: `a person's average ${exposure}`,
      yLabel: `their average ${outcome}`,
    },
    within: {
      label: "People compared with themselves",
      xLabel: `${exposure}, above or below own usual`,
      yLabel: `${outcome}, above or below own usual`,
    },
  };
}

/** A number, or the code of a text; NaN where there is none. */
function valueAt(table: Table, name: string, row: number): number {
  const column = table.columns[name];
  return (column?.kind === "numeric" ? column.values[row] : column?.codes[row]) ?? Number.NaN;
}

function pointsByPerson(table: Table, choices: Choices, rows: readonly number[]): readonly Point[][] {
  const people = new Map<number, Point[]>();
  for (const row of rows) {
    const key = valueAt(table, choices.person, row);
    const own = people.get(key) ?? [];
    people.set(key, own);
    own.push({ x: valueAt(table, choices.exposure, row), y: valueAt(table, choices.outcome, row) });
  }
  return [...people.values()];
}

/** The slope within people of each group, and the test that they are the same; null without groups. */
function groupSlopes(table: Table, choices: Choices, options: LmmOptions): GroupAnswer | null {
  const column = table.columns[choices.group];
  if (column === undefined) return null;
  const fit = lmm(modelFormula(table, choices, true), { kind: "rows", table }, options);
  const within = `within(${inFormula(choices.exposure)})`;
  const isDifference = (term: string) => term.includes(within) && term.includes(":");
  const differences = fit.fixed.map(({ term }) => term).filter(isDifference);
  const levels = column.kind === "factor" ? column.levels : numbersOf(column.values, column.missing);
  const slopes = levels.flatMap((label) => {
    const added = differences.find((term) => term.endsWith(`[${label}]`) || term.includes(`[${label}]:`));
    if (added === undefined && label !== levels[0]) return [];
    const weights = { [within]: 1, ...(added === undefined ? {} : { [added]: 1 }) };
    return [{ label, slope: contrast(fit, weights) }];
  });
  if (differences.length === 0) return null;
  return { slopes, differenceP: jointTest(fit, differences).pValue };
}

function numbersOf(values: Float64Array, missing: Uint8Array): string[] {
  const present = [...values].filter((_, row) => missing[row] === 0);
  return [...new Set(present)].sort((a, b) => a - b).map(String);
}

function laterAnswer(table: Table, choices: Choices): LaterAnswer {
  if (choices.time === "") {
    return { kind: "not-asked", why: "Choose the column with the occasion to ask what follows what." };
  }
  const waves = countTimes(table, choices.time);
  if (waves < WAVES.fewest || waves > WAVES.most) {
    return {
      kind: "not-asked",
      why: `Asking what follows what needs ${WAVES.fewest} to ${WAVES.most} occasions; this file has ${waves}.${waves > WAVES.most ? " If these are dates, add a column that numbers each person's occasions 1, 2, 3." : ""}`,
    };
  }
  try {
    return directionsOf(fitLags(table, choices));
  } catch (error) {
    if (!(error instanceof StatsError)) throw error;
    return { kind: "not-answered", why: error.message };
  }
}

function fitLags(table: Table, { exposure, outcome, person, time }: Choices): RiclpmFit {
  const columns = { x: exposure, y: outcome, id: person, time };
  return riclpm(columns, { kind: "rows", table }, { lags: "equal", tests: false });
}

/** Lags held equal have one raw value; the standardised one of the last interval stands for all. */
function directionsOf(fit: RiclpmFit): LaterAnswer {
  const last = fit.waves.length;
  const path = (to: "x" | "y", from: "x" | "y") =>
    fit.parameters.find(
      ({ lhs, op, rhs }) => lhs === `w${to}${last}` && op === "~" && rhs === `w${from}${last - 1}`,
    );
  const directions = [directionOf("exposure", path("y", "x")), directionOf("outcome", path("x", "y"))].filter(
    (direction) => direction !== null,
  );
  const improper = fit.warnings.find(({ code }) => code === "riclpm.improper");
  if (improper !== undefined) {
    return {
      kind: "not-answered",
      why: `The lagged model came out with a value that cannot be, so its paths are not shown as an answer. ${improper.message}`,
    };
  }
  if (!fit.converged || directions.length < 2) {
    return {
      kind: "not-answered",
      why: "The lagged model did not give numbers to stand behind. More people, more occasions or more variation within people would help.",
    };
  }
  return { kind: "answered", directions, notes: fit.warnings.map(({ message }) => message) };
}

function directionOf(
  from: Direction["from"],
  path: RiclpmFit["parameters"][number] | undefined,
): Direction | null {
  const { standardized, standardizedLower, standardizedUpper } = path ?? {};
  if (standardized == null || standardizedLower == null || standardizedUpper == null) return null;
  return { from, estimate: standardized, lower: standardizedLower, upper: standardizedUpper };
}
