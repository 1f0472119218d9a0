import type { JSX } from "preact";
import type { Measure } from "../state/own-point.ts";
import { pointText } from "../state/own-point.ts";
import type { Words } from "../text/index.ts";

type Point = Measure["points"][number];

const width = 360;
const height = 250;
const left = 124;
const right = 12;
const top = 14;
const foot = 44;
const barWidth = 26;

/** A person's answers as a quiet line: joined only between neighbours, a gap is a gap, direction has no colour. */
export function OwnChart(props: { readonly words: Words; readonly measure: Measure }): JSX.Element {
  const { words, measure } = props;
  const { points, axis } = measure;
  const x = (index: number): number =>
    left + ((index + 0.5) * (width - left - right)) / Math.max(1, points.length);
  const y = (value: number): number =>
    height - foot - ((value - axis.min) * (height - foot - top)) / (axis.max - axis.min || 1);
  const said = points.map((point) => `${point.when} ${pointText(point, words)}`).join(", ");
  return (
    <svg
      class="own-chart"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={words.own.chart(measure.label, said)}
    >
      {axis.ticks.map((tick) => (
        <g key={tick.value}>
          <line class="rule" x1={left} x2={width - right} y1={y(tick.value)} y2={y(tick.value)} />
          <text class="tick-word" x={left - 8} y={y(tick.value)} dy="0.32em" text-anchor="end">
            {shortened(tick.text)}
          </text>
        </g>
      ))}
      {points.map((point, index) => (
        <Bar key={point.wave} point={point} x={x(index)} y={y} />
      ))}
      {points.map((point, index) => (
        <Piece key={point.wave} from={points[index - 1]} to={point} x={[x(index - 1), x(index)]} y={y} />
      ))}
      {points.map((point, index) => (
        <Mark key={point.wave} point={point} x={x(index)} y={y} />
      ))}
      {points.map((point, index) =>
        index % everyHowMany(points.length) === 0 ? (
          <WhenLabel key={point.wave} when={point.when} before={points[index - 1]?.when} x={x(index)} />
        ) : null,
      )}
    </svg>
  );
}

/** The middle half of similar others, where it may be shown. */
function Bar(props: { readonly point: Point; readonly x: number; readonly y: (value: number) => number }) {
  const { low, high } = props.point;
  if (low === undefined || high === undefined) return null;
  const padding = 7;
  return (
    <rect
      class="others"
      x={props.x - barWidth / 2}
      width={barWidth}
      y={props.y(high) - padding}
      height={props.y(low) - props.y(high) + 2 * padding}
      rx="6"
    />
  );
}

function Piece(props: {
  readonly from: Point | undefined;
  readonly to: Point;
  readonly x: readonly [number, number];
  readonly y: (value: number) => number;
}): JSX.Element | null {
  const { from, to, x, y } = props;
  if (from === undefined || from.value === null || to.value === null) return null;
  return <line class="own-line" x1={x[0]} x2={x[1]} y1={y(from.value)} y2={y(to.value)} />;
}

function Mark(props: { readonly point: Point; readonly x: number; readonly y: (value: number) => number }) {
  const { point, x, y } = props;
  if (point.value !== null) return <circle class="own-dot" cx={x} cy={y(point.value)} r="7" />;
  const ground = height - foot;
  return <line class="gap" x1={x} x2={x} y1={ground} y2={ground - (point.state === "to_come" ? 4 : 16)} />;
}

function WhenLabel(props: {
  readonly when: string;
  readonly before: string | undefined;
  readonly x: number;
}) {
  const year = yearOf(props.when);
  const isNew = props.before === undefined || yearOf(props.before) !== year;
  return (
    <text class="tick-word" x={props.x} y={height - foot + 20} text-anchor="middle">
      {monthOf(props.when)}
      {isNew ? (
        <tspan x={props.x} dy="1.2em">
          {year}
        </tspan>
      ) : null}
    </text>
  );
}

function yearOf(when: string): string {
  return when.split(" ").at(-1) ?? "";
}

/** "Mar" of "March 2026"; "2 Mar" of "2 March 2026". */
function monthOf(when: string): string {
  const parts = when.split(" ").slice(0, -1);
  return parts.map((part) => (/^\d/.test(part) ? part : part.slice(0, 3))).join(" ");
}

/** So many labels that they do not touch. */
function everyHowMany(count: number): number {
  return Math.ceil(count / 6);
}

function shortened(text: string): string {
  return text.length > 16 ? `${text.slice(0, 15)}…` : text;
}
