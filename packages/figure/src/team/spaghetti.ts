import type { Markish } from "@observablehq/plot";
import { assembleForTeam, type Caption, type Size } from "../assemble.ts";
import { type ChartFrame, type ChartScale, chartScale, heightMarks, waveMarks } from "../chart.ts";
import { rowStyles } from "../intervals.ts";
import { type MeanPoint, meanMarks, runsOf } from "../mean-marks.ts";
import { notEnoughForTeam } from "../not-enough.ts";
import { formatCount, formatNumber } from "../numbers.ts";
import { dots, labels, polyline, sketch } from "../sketch.ts";
import { pictureText } from "../svg.ts";
import type { FigureContext, TeamFigure, Words } from "../types.ts";
import { figureText } from "../words.ts";
import { evenSample } from "./sample.ts";

export interface SpaghettiData {
  readonly waves: readonly string[];
  readonly yLabel: string;
  readonly yRange: readonly [number, number];
  /** One list of answers a person, one entry a wave; `null` is a gap. At most 60 are drawn, evenly taken. */
  readonly people: readonly (readonly (number | null)[])[];
  /** How many people they were taken from, when the caller took them; all that are given by default. */
  readonly total?: number;
  readonly means: readonly ((MeanPoint & { readonly count: number }) | null)[];
}

const mostLines = 60;

/** Thin lines of at most sixty people with the mean of everyone: for the study team, since each line is a person. */
export function spaghetti(data: SpaghettiData, words: Words, context: FigureContext): TeamFigure {
  const text = figureText(context);
  const id = words.id ?? "spaghetti";
  const columns = [text.wave, text.mean, text.interval, text.answers];
  const number = (value: number): string => formatNumber(value, 2, context.language);
  const rows = data.waves.map((wave, index) => {
    const mean = data.means[index] ?? null;
    if (mean === null) return [wave, null, null, null];
    return [wave, number(mean.mean), `${number(mean.lower)} ${text.to} ${number(mean.upper)}`, mean.count];
  });
  const lines = evenSample(data.people, mostLines);
  const span = data.yRange[1] - data.yRange[0];
  if (lines.length === 0 || !(span > 0)) return notEnoughForTeam(id, words, { columns, rows }, context);
  const drawn = `${lines.length} ${text.drawnOf} ${formatCount(data.total ?? data.people.length, context.language)}`;
  const means = rows.map(([wave, mean]) => `${wave} ${mean ?? "–"}`).join(", ");
  const alt = `${text.overallMean}: ${means}. ${drawn}.`;
  return assembleForTeam({ id, alt, table: { columns, rows } }, words, (size, caption) =>
    draw({ ...data, people: lines }, drawn, { size, context }, caption),
  );
}

function draw(
  data: SpaghettiData,
  drawn: string,
  drawing: { readonly size: Size; readonly context: FigureContext },
  caption: Caption,
): string {
  const width = drawing.size === "wide" ? 900 : 340;
  const height = drawing.size === "wide" ? 420 : 340;
  const frame: ChartFrame = {
    left: 34,
    right: width - 8,
    top: 46,
    bottom: height - 62,
    x: [-0.4, Math.max(1, data.waves.length - 1) + 0.4],
    y: data.yRange,
  };
  const scale = chartScale(frame);
  const room = scale.x(1) - scale.x(0);
  const marks = [
    ...heightMarks(frame, data.yLabel, drawing.context),
    ...data.people.flatMap((answers) => personMarks(answers, scale)),
    ...meanMarks(data.means, scale, rowStyles.everyone),
    waveMarks(data.waves, { x: scale.x, y: frame.bottom + 18, room }),
    labels([{ x: 2, y: frame.bottom + 46, text: drawn }], { anchor: "start" }),
  ];
  const element = sketch(marks, { document: drawing.context.document, width, height });
  return pictureText([{ element }], { ...caption, width, height });
}

/** One person: a line where neighbours answered, a small dot for an answer between gaps. */
function personMarks(answers: readonly (number | null)[], scale: ChartScale): readonly Markish[] {
  return runsOf(answers).map((run) => {
    const points = run.map(({ index, point }) => ({ x: scale.x(index), y: scale.y(point) }));
    if (points.length > 1) return polyline(points, { stroke: "mark", width: 1, opacity: 0.35 });
    return dots(points, { colour: "edge", shape: "circle", radius: 1.75, rimless: true });
  });
}
