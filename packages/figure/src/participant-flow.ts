import type { Markish } from "@observablehq/plot";
import { notEnough } from "./not-enough.ts";
import { formatCount } from "./numbers.ts";
import { boxes, labels, sketch } from "./sketch.ts";
import { pictureText } from "./svg.ts";
import type { Figure, FigureContext, Words } from "./types.ts";
import { figureText } from "./words.ts";

/** Stages after the invitation, in order; `invited` itself is drawn first and need not be repeated. */
export interface ParticipantFlowData {
  readonly invited: number;
  /** What the first bar is called, and the share of it, when nobody was invited: people in a file. */
  readonly start?: { readonly label: string; readonly share: string };
  readonly stages: readonly {
    readonly label: string;
    readonly count: number;
    readonly kind: "group" | "wave";
  }[];
}

interface Bar {
  readonly label: string;
  readonly count: number;
  readonly kind: "group" | "wave";
  readonly percent: string;
}

/** Bars for everyone invited, then for each stage: how many people were still there, and of how many invited. */
export function participantFlow(data: ParticipantFlowData, words: Words, context: FigureContext): Figure {
  const text = figureText(context);
  const id = words.id ?? "participant-flow";
  const start = data.start ?? { label: text.invited, share: text.ofInvited };
  const columns = [text.step, text.people, start.share];
  if (!(data.invited > 0)) return notEnough(id, words, { columns, rows: [] }, context);
  const stages = [{ label: start.label, count: data.invited, kind: "group" as const }, ...data.stages];
  const bars: readonly Bar[] = stages.map((stage) => ({
    ...stage,
    percent: percentOf(stage.count, data.invited),
  }));
  const count = (bar: Bar): string => formatCount(bar.count, context.language);
  const alt = `${bars.map((bar) => `${bar.label}: ${count(bar)} (${bar.percent})`).join("; ")}.`;
  const frame = { title: words.title, alt };
  return {
    id,
    title: words.title,
    reading: words.reading,
    note: words.note,
    alt,
    wide: drawWide(bars, { ...frame, id: `${id}-wide` }, context),
    narrow: drawNarrow(bars, { ...frame, id: `${id}-narrow` }, context),
    table: { columns, rows: bars.map((bar) => [bar.label, bar.count, bar.percent]) },
  };
}

function percentOf(count: number, total: number): string {
  return `${Math.round((100 * count) / total)}%`;
}

interface Caption {
  readonly id: string;
  readonly title: string;
  readonly alt: string;
}

interface Track {
  readonly left: number;
  readonly right: number;
  readonly thickness: number;
  readonly tops: readonly number[];
}

function drawWide(bars: readonly Bar[], frame: Caption, context: FigureContext): string {
  const width = 900;
  const tops = stackTops(bars, 38);
  const track = { left: 236, right: 842, thickness: 24, tops };
  const height = (tops.at(-1) ?? 0) + 34;
  const names = bars.map((bar, index) => ({
    x: track.left - 14,
    y: (tops[index] ?? 0) + 12,
    text: bar.label,
  }));
  const marks = [
    ...trackMarks(bars, track, context),
    labels(pick(names, bars, "group"), { fill: "ink", anchor: "end", weight: 650 }),
    labels(pick(names, bars, "wave"), { anchor: "end" }),
    labels(
      bars.map((bar, index) => ({ x: width - 4, y: (tops[index] ?? 0) + 12, text: bar.percent })),
      { anchor: "end" },
    ),
  ];
  return pictureText([{ element: sketch(marks, { document: context.document, width, height }) }], {
    ...frame,
    width,
    height,
  });
}

function drawNarrow(bars: readonly Bar[], frame: Caption, context: FigureContext): string {
  const width = 340;
  const tops = stackTops(bars, 58).map((top) => top + 24);
  const track = { left: 0, right: width, thickness: 24, tops };
  const height = (tops.at(-1) ?? 0) + 32;
  const names = bars.map((bar, index) => ({ x: 0, y: (tops[index] ?? 0) - 13, text: bar.label }));
  const marks = [
    ...trackMarks(bars, track, context),
    labels(pick(names, bars, "group"), { fill: "ink", anchor: "start", weight: 650, size: 16 }),
    labels(pick(names, bars, "wave"), { anchor: "start", size: 16 }),
    labels(
      bars.map((bar, index) => ({ x: width, y: (tops[index] ?? 0) - 13, text: bar.percent })),
      { anchor: "end", size: 16 },
    ),
  ];
  return pictureText([{ element: sketch(marks, { document: context.document, width, height }) }], {
    ...frame,
    width,
    height,
  });
}

/** Row positions with a wider gap where the kind changes, so waves read as one group. */
function stackTops(bars: readonly Bar[], step: number): readonly number[] {
  let top = 4;
  return bars.map((bar, index) => {
    const before = bars[index - 1];
    if (before !== undefined) top += step + (before.kind === bar.kind ? 0 : 14);
    return top;
  });
}

function trackMarks(bars: readonly Bar[], track: Track, context: FigureContext): readonly Markish[] {
  const total = bars[0]?.count ?? 1;
  const placed = bars.map((bar, index) => {
    const y1 = track.tops[index] ?? 0;
    const length = Math.max(2, ((track.right - track.left) * Math.min(bar.count, total)) / total);
    const text = formatCount(bar.count, context.language);
    return {
      ...bar,
      text,
      x1: track.left,
      x2: track.left + length,
      y1,
      y2: y1 + track.thickness,
      roomy: length > 70,
    };
  });
  const numbers = placed.map((bar) => ({
    x: bar.roomy ? bar.x2 - 10 : bar.x2 + 8,
    y: bar.y1 + track.thickness / 2,
    text: bar.text,
    roomy: bar.roomy,
  }));
  const inside = numbers.filter((number) => number.roomy);
  const outside = numbers.filter((number) => !number.roomy);
  return [
    boxes(
      placed.map((bar) => ({ ...bar, x2: track.right })),
      { fill: "band", radius: 3 },
    ),
    boxes(
      placed.filter((bar) => bar.kind === "group"),
      { fill: "ink", radius: 3 },
    ),
    boxes(
      placed.filter((bar) => bar.kind === "wave"),
      { fill: "mark", radius: 3 },
    ),
    labels(inside, { fill: "surface", anchor: "end", weight: 650 }),
    labels(outside, { fill: "ink", anchor: "start", weight: 650 }),
  ];
}

function pick<T>(labelled: readonly T[], bars: readonly Bar[], kind: Bar["kind"]): readonly T[] {
  return labelled.filter((_, index) => bars[index]?.kind === kind);
}
