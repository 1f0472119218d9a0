import type { WaveStateName } from "@longwave/api";
import type { JSX } from "preact";
import { peoplePage } from "../text/en.ts";

const step = 20.5;
const left = 5;
const middle = 17;
const foot = 29;

/** One place for each wave: a dot when answered, a short stroke at the foot for a gap, a ring for what is due. */
export function Glyph({ waves }: { readonly waves: readonly WaveStateName[] }): JSX.Element {
  const width = left * 2 + step * Math.max(0, waves.length - 1);
  const alt = peoplePage.glyph(waves.map((state) => peoplePage.states[state]));
  return (
    <svg class="glyph" viewBox={`0 0 ${width} 34`} width={width} height="34" role="img" aria-label={alt}>
      {waves.map((state, index) =>
        state === "completed" && waves[index + 1] === "completed" ? (
          <line
            class="join"
            key={placeOf(index)}
            x1={placeOf(index)}
            x2={placeOf(index + 1)}
            y1={middle}
            y2={middle}
          />
        ) : null,
      )}
      {waves.map((state, index) => (
        <Place key={placeOf(index)} state={state} x={placeOf(index)} />
      ))}
    </svg>
  );
}

function placeOf(index: number): number {
  return left + index * step;
}

function Place({ state, x }: { readonly state: WaveStateName; readonly x: number }): JSX.Element {
  switch (state) {
    case "completed":
      return <circle class="answered" cx={x} cy={middle} r="3.2" />;
    case "open":
    case "started":
      return <circle class={state} cx={x} cy={middle} r="3.2" />;
    case "missed":
    case "withdrawn":
      return <line class="gap" x1={x - 2.5} x2={x + 2.5} y1={foot} y2={foot} />;
    case "not_yet":
      return <circle class="later" cx={x} cy={foot} r="0.9" />;
  }
}
