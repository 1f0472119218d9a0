import type { JSX } from "preact";

interface CurveProps {
  /** The sum at the end of some days (such as 2026-11-02), in their order. */
  readonly points: readonly { readonly day: string; readonly sum: number }[];
  readonly target: number;
  /** What the curve shows, in a sentence with its numbers. */
  readonly says: string;
  readonly targetSays: string;
}

const width = 300;
const height = 100;
const dayMs = 86_400_000;

/** A sum over days against a target: the line rises, the dashed line is the plan. */
export function Curve({ points, target, says, targetSays }: CurveProps): JSX.Element {
  const top = Math.max(target, ...points.map(({ sum }) => sum), 1) * 1.05;
  const times = points.map(({ day }) => Date.parse(`${day}T00:00:00Z`));
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  // The last day has a width too, so that its step can be seen.
  const x = (time: number): number => (width * (time - first)) / (last - first + dayMs);
  const y = (value: number): number => height - (height * value) / top;
  const steps = points.map(
    ({ sum }, index) => `H ${x(times[index] ?? first).toFixed(2)} V ${y(sum).toFixed(2)}`,
  );
  return (
    <figure class="curve">
      <figcaption>{says}</figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={says}>
        <path class="plan" d={`M 0 ${y(target).toFixed(2)} H ${width}`} />
        <path class="line" d={`M 0 ${height} ${steps.join(" ")} H ${width}`} />
      </svg>
      <p class="small soft">{targetSays}</p>
    </figure>
  );
}
