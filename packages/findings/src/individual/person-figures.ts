import { type FigureContext, personLines, personMap, spaghetti, type TeamFigure } from "@longwave/figure";
import type { LmmFit, PersonalSlopes } from "@longwave/stats";
import type { Protocol } from "@longwave/study";
import { strataOf } from "../plan/strata/strata.ts";
import { capitalise } from "../words/sentence-parts.ts";
import { localText } from "../words/study-names.ts";
import { type ModelPerson, seededSample } from "./people.ts";

export interface PersonFigureInput {
  readonly protocol: Protocol;
  readonly people: readonly ModelPerson[];
  readonly seed: number;
  readonly note: string;
  readonly context: FigureContext;
}

const mostLines = 60;

/** Answers over time of a drawn sample with the mean of everyone, in each group that the plan compares. */
export function spaghettiFigures(input: PersonFigureInput): readonly TeamFigure[] {
  const { protocol, people, seed, note, context } = input;
  const names = namesOf(protocol);
  return groupsOf(protocol, people).map(({ id, label, members }) => {
    const sample = seededSample(members, mostLines, seed);
    const data = {
      waves: names.waves,
      yLabel: names.outcomeAxis,
      yRange: names.outcomeRange ?? rangeOf(members.flatMap(({ answers }) => answers)),
      people: sample.map(({ answers }) => answers),
      total: members.length,
      means: names.waves.map((_, wave) => meanOf(members.map(({ answers }) => answers[wave] ?? null))),
    };
    const words = {
      id,
      title: `Single people's answers: ${label}`,
      reading:
        "Each thin line is one person, drawn by a fixed seed. A gap is a wave without an answer. The heavy marks are the means of everyone, with 95% intervals.",
      note,
    };
    return spaghetti(data, words, context);
  });
}

/** Persons by waves, sorted by which they answered. */
export function mapFigure({ protocol, people, note, context }: PersonFigureInput): TeamFigure {
  const names = namesOf(protocol);
  const data = {
    waves: names.waves,
    highLabel: `more ${names.outcome}`,
    people: people.map(({ answers }) => answers),
    range: names.outcomeRange ?? rangeOf(people.flatMap(({ answers }) => answers)),
  };
  const words = {
    id: "person-map",
    title: "Who answered when, and what",
    reading:
      "Each row is one person in the model. Those who answered most waves stand first; within a pattern, those with the highest mean.",
    note,
  };
  return personMap(data, words, context);
}

/** Own means and own lines beside the two slopes that the model tells apart; a line has the person's shrunken slope. */
export function linesFigure(
  input: PersonFigureInput & {
    readonly fit: LmmFit;
    readonly term: string;
    readonly slopes: PersonalSlopes | undefined;
  },
): TeamFigure {
  const { protocol, people, seed, note, context, fit, term, slopes } = input;
  const names = namesOf(protocol);
  const slopeOf = (name: string): number =>
    fit.fixed.find((coefficient) => coefficient.term === name)?.estimate ?? Number.NaN;
  const within = slopes?.mean.estimate ?? slopeOf(term);
  const between = slopeOf(term.replace(/^within\(/, "between("));
  const own = new Map(slopes?.people.map(({ level, slope }) => [level, slope]));
  const means = people.map(({ points }) => centreOf(points));
  const middle = centreOf(means);
  const sample = seededSample(people, mostLines, seed);
  const data = {
    xLabel: names.exposureAxis,
    yLabel: names.outcomeAxis,
    xRange: names.exposureRange ?? rangeOf(people.flatMap(({ points }) => points.map(({ x }) => x))),
    yRange: names.outcomeRange ?? rangeOf(people.flatMap(({ points }) => points.map(({ y }) => y))),
    people: sample.map(({ id, points }) => ({
      x1: Math.min(...points.map(({ x }) => x)),
      x2: Math.max(...points.map(({ x }) => x)),
      mean: centreOf(points),
      slope: own.get(id) ?? within,
    })),
    total: people.length,
    between: { slope: between, intercept: middle.y - between * middle.x },
    typical: { slope: within, ...middle },
  };
  const words = {
    id: "person-lines",
    title: "Single people's own lines, and the two slopes",
    reading:
      "Each thin line runs through one person's own mean with their slope as the model shrinks it, over the range they were seen in. It is drawn by a fixed seed and is no forecast.",
    note,
  };
  return personLines(data, words, context);
}

interface Group {
  readonly id: string;
  readonly label: string;
  readonly members: readonly ModelPerson[];
}

/** The two groups the plan compares, or everyone. */
function groupsOf(protocol: Protocol, people: readonly ModelPerson[]): readonly Group[] {
  const { moderator } = protocol.plan.variables;
  const stratum = strataOf(protocol, "en").find(({ column }) => column === moderator?.name);
  if (stratum === undefined) return [{ id: "spaghetti", label: "everyone", members: people }];
  return ["0", "1"].map((value) => ({
    id: `spaghetti-${value}`,
    label: stratum.groupName(value).toLowerCase(),
    members: people.filter(({ group }) => String(group) === value),
  }));
}

function namesOf(protocol: Protocol) {
  const { outcome, exposure } = protocol.plan.variables;
  const axis = (name: string, range: readonly [number, number] | undefined): string =>
    range === undefined ? capitalise(name) : `${capitalise(name)}, ${range[0]} to ${range[1]}`;
  return {
    outcome: outcome.label.en,
    outcomeAxis: axis(outcome.label.en, outcome.range),
    outcomeRange: outcome.range,
    exposureAxis: axis(exposure.label.en, exposure.range),
    exposureRange: exposure.range,
    waves: protocol.waves.map(({ id, label }) => (label === undefined ? id : localText(label, "en"))),
  };
}

function centreOf(points: readonly { readonly x: number; readonly y: number }[]) {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  return { x: mean(points.map(({ x }) => x)), y: mean(points.map(({ y }) => y)) };
}

function rangeOf(values: readonly (number | null)[]): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value === null || !Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}

function meanOf(answers: readonly (number | null)[]) {
  const values = answers.filter((answer) => answer !== null);
  const count = values.length;
  if (count < 2) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const half = 1.96 * Math.sqrt(squares / (count - 1) / count);
  return { mean, lower: mean - half, upper: mean + half, count };
}
