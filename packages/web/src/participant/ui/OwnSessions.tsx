import type { OwnRecord } from "@longwave/api";
import type { JSX } from "preact";
import type { Words } from "../text/index.ts";

type Sessions = Extract<OwnRecord["feedback"], { kind: "record" }>["sessions"];

interface SessionsProps {
  readonly words: Words;
  readonly sessions: Sessions;
  readonly shows: boolean;
  readonly busy: boolean;
  readonly onChoose: (show: boolean) => void;
}

/** Sessions beside rest: hidden until asked for, and hidden again when asked. */
export function OwnSessionsView(props: SessionsProps): JSX.Element | null {
  const { words, sessions, shows, busy, onChoose } = props;
  if (sessions.kind === "none") return null;
  return (
    <section class="own-part" aria-labelledby="own-sessions">
      <h2 id="own-sessions">{words.own.sessionsTitle}</h2>
      {sessions.sentences.map((text) => (
        <p key={text}>{text}</p>
      ))}
      {sessions.kind === "shown" ? <Dots words={words} sessions={sessions} /> : null}
      <div class="go no-print">
        <button type="button" class="btn second" onClick={() => onChoose(!shows)} aria-disabled={busy}>
          {shows ? words.own.sessionsHide : words.own.sessionsShow}
        </button>
      </div>
    </section>
  );
}

const width = 360;
const side = 16;
const radius = 6;

function Dots(props: {
  readonly words: Words;
  readonly sessions: Extract<Sessions, { kind: "shown" }>;
}): JSX.Element {
  const { words, sessions } = props;
  const all = [...sessions.own.dots, ...sessions.group.dots, 0];
  const reach = Math.max(1, ...all.map(Math.abs));
  const x = (value: number): number => width / 2 + (value / reach) * (width / 2 - side);
  return (
    <>
      <DotRow name={words.own.dotsYou} row={sessions.own} own words={words} x={x} />
      <DotRow name={words.own.dotsGroup} row={sessions.group} words={words} x={x} />
      <p class="dot-ends soft small">
        <span>← {words.own.dotsLower}</span> <span>{words.own.dotsHigher} →</span>
      </p>
    </>
  );
}

interface RowProps {
  readonly name: string;
  readonly row: { readonly text: string; readonly dots: readonly number[] };
  readonly own?: boolean;
  readonly words: Words;
  readonly x: (value: number) => number;
}

function DotRow({ name, row, own, words, x }: RowProps): JSX.Element {
  const piles = piled(row.dots.map(x));
  const tallest = Math.max(...piles.map(({ level }) => level)) + 1;
  const height = tallest * 2 * radius + 26;
  const [low, high] = [row.dots[0] ?? 0, row.dots.at(-1) ?? 0];
  const text = words.own.dotsText(name, oneDecimal(low), oneDecimal(high));
  return (
    <figure class="dots">
      <figcaption>
        <b>{name}</b> <span class="soft">{row.text}</span>
      </figcaption>
      <svg class="own-chart" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={text}>
        <line class="rule" x1={x(0)} x2={x(0)} y1={0} y2={height - 20} />
        <text class="tick-word" x={x(0)} y={height - 4} text-anchor="middle">
          {words.own.dotsSame}
        </text>
        {piles.map((dot, index) => (
          <circle
            key={`${name} ${String(index)}`}
            class={own === true ? "own-dot" : "group-dot"}
            cx={dot.x}
            cy={height - 26 - radius - dot.level * 2 * radius}
            r={radius - 0.5}
          />
        ))}
      </svg>
    </figure>
  );
}

/** Dots that would touch stand on one another. */
function piled(places: readonly number[]): readonly { readonly x: number; readonly level: number }[] {
  const taken = new Map<number, number>();
  return places.map((place) => {
    const column = Math.round(place / (2 * radius));
    const level = taken.get(column) ?? 0;
    taken.set(column, level + 1);
    return { x: column * 2 * radius, level };
  });
}

function oneDecimal(value: number): string {
  return value.toFixed(1).replace("-", "−");
}
