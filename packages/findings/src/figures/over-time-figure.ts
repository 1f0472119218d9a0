import { type BandGroup, type BandPoint, type Figure, type FigureContext, meanBands } from "@longwave/figure";
import type { Column } from "@longwave/stats";
import type { Protocol } from "@longwave/study";
import { numberAt, rowsOfModel } from "../flow/used-rows.ts";
import type { FittedModel } from "../plan/fit-model.ts";
import { FEWEST_PEOPLE } from "../plan/reasons.ts";
import type { Language } from "../publication/types.ts";
import { capitalise } from "../words/sentence-parts.ts";
import { localText, studyNames } from "../words/study-names.ts";
import { quantile } from "./binning.ts";

export interface OverTimeInput {
  readonly protocol: Protocol;
  /** The model whose rows are drawn. */
  readonly model: FittedModel;
  /** Draw women and men apart: the plan compares them. */
  readonly apart: boolean;
  readonly note: string;
  readonly language: Language;
  readonly context: FigureContext;
}

/** What the bands hold, widest first. */
const shares = [0.8, 0.5] as const;

const texts = {
  en: {
    everyone: "Everyone",
    title: (outcome: string, means: string) => `Mean ${outcome}, first to last wave: ${means}`,
    to: "to",
    reading:
      "Lines are means with 95% intervals; bands hold most answers. Waves with fewer than ten answers are left out. Not everyone answered every wave, so this is not the change of one person.",
  },
  nb: {
    everyone: "Alle",
    title: (outcome: string, means: string) =>
      `Gjennomsnittlig ${outcome}, fra første til siste runde: ${means}`,
    to: "til",
    reading:
      "Linjene er gjennomsnitt med 95 % intervall; båndene rommer de fleste svarene. Runder med færre enn ti svar er utelatt. Ikke alle svarte hver runde, så dette er ikke endringen hos én person.",
  },
} as const;

/** Means of the outcome at each wave with the bands that hold most answers: nobody's own line. */
export function overTimeFigure(input: OverTimeInput): readonly Figure[] {
  const { protocol, language, context, note } = input;
  const { outcome } = protocol.plan.variables;
  const groups = groupsOf(input).filter(({ points }) => points.some((point) => point !== null));
  if (groups.length === 0) return [];
  const words = texts[language];
  const name = localText(outcome.label, language);
  const means = groups.map((group) => meansText(group, language)).join("; ");
  const yRange = outcome.range ?? rangeOf(groups);
  const data = {
    waves: protocol.waves.map((wave) => (wave.label ? localText(wave.label, language) : wave.id)),
    yLabel: `${capitalise(name)}, ${yRange[0]}\u2013${yRange[1]}`,
    yRange,
    shares,
    groups,
  };
  const heading = { id: "over-time", title: words.title(name, means), reading: words.reading, note };
  return [meanBands(data, heading, context)];
}

/** "Women 1.8 to 1.7". */
function meansText(group: BandGroup, language: Language): string {
  const seen = group.points.filter((point) => point !== null);
  const number = (point: BandPoint | undefined): string => {
    const text = (point?.mean ?? Number.NaN).toFixed(1).replace("-", "\u2212");
    return language === "nb" ? text.replace(".", ",") : text;
  };
  return `${group.label} ${number(seen[0])} ${texts[language].to} ${number(seen.at(-1))}`;
}

function groupsOf({ protocol, model, apart, language }: OverTimeInput): readonly BandGroup[] {
  const { outcome, wave, person, moderator } = protocol.plan.variables;
  const { columns } = model.data.table;
  const { rows } = rowsOfModel(model, person);
  const group = (role: BandGroup["role"], label: string, own: readonly number[]): BandGroup => ({
    label,
    role,
    points: protocol.waves.map((_, index) =>
      pointOf(
        own
          .filter((row) => numberAt(columns[wave], row) === index + 1)
          .map((row) => numberAt(columns[outcome.name], row)),
      ),
    ),
  });
  const sex: Column | undefined = moderator === undefined ? undefined : columns[moderator.name];
  if (!apart || sex === undefined) return [group("everyone", texts[language].everyone, rows)];
  const [first, second] = studyNames(protocol, language).groups;
  // The two colours are those of women and men; other groups borrow them.
  return [
    group(
      "women",
      capitalise(first),
      rows.filter((row) => numberAt(sex, row) === 0),
    ),
    group(
      "men",
      capitalise(second),
      rows.filter((row) => numberAt(sex, row) === 1),
    ),
  ];
}

/** Nothing for fewer than ten answers, so that nobody can be picked out. */
function pointOf(answers: readonly number[]): BandPoint | null {
  const values = answers.filter(Number.isFinite).sort((a, b) => a - b);
  const count = values.length;
  if (count < FEWEST_PEOPLE) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const half = 1.96 * Math.sqrt(squares / (count - 1) / count);
  const bands = shares.map((share) => ({
    lower: quantile(values, (1 - share) / 2),
    upper: quantile(values, (1 + share) / 2),
  }));
  return { mean, lower: mean - half, upper: mean + half, count, bands };
}

function rangeOf(groups: readonly BandGroup[]): readonly [number, number] {
  const bands = groups.flatMap(({ points }) => points.flatMap((point) => point?.bands ?? []));
  const ends = bands.flatMap(({ lower, upper }) => [lower, upper]);
  return [Math.floor(Math.min(...ends)), Math.ceil(Math.max(...ends))];
}
