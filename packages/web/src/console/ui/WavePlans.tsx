import type { StudySummary, WaveAgainstPlan, WaveStateName } from "@longwave/api";
import type { JSX } from "preact";
import { api } from "../data/api.ts";
import { useResource } from "../data/use-resource.ts";
import { count, shortDate } from "../text/en.ts";
import { wavesWords as words } from "../text/waves.ts";
import { Empty, Full } from "./States.tsx";

const states: readonly WaveStateName[] = ["not_yet", "open", "started", "completed", "missed", "withdrawn"];

/** Every wave beside its plan: where people stand, and who had finished day by day. */
export function WavePlans({ study }: { readonly study: StudySummary }): JSX.Element {
  const fetched = useResource(`waves ${study.id}`, () => api.waves({ path: { study: study.id } }));
  return (
    <section class="card c12" aria-labelledby="plans">
      <header>
        <h2 id="plans">{words.title}</h2>
        <p>{words.lede}</p>
      </header>
      <Full fetched={fetched}>
        {({ waves, asOf }) => (
          <div class="stack wide-gap">
            <StatesTable waves={waves} />
            {waves.every(({ days }) => days.length === 0) ? (
              <Empty title={words.emptyTitle}>{words.empty}</Empty>
            ) : (
              waves
                .filter(({ days }) => days.length > 0)
                .map((wave) => <WaveCurve key={wave.wave} wave={wave} asOf={asOf} />)
            )}
          </div>
        )}
      </Full>
    </section>
  );
}

function StatesTable({ waves }: { readonly waves: readonly WaveAgainstPlan[] }): JSX.Element {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <section class="scroll" tabIndex={0} aria-label={words.states}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.wave}</th>
            {states.map((state) => (
              <th scope="col" class="r" key={state}>
                {words.names[state]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {waves.map((wave) => (
            <tr key={wave.wave}>
              <th scope="row">{words.waveName(wave.wave)}</th>
              {states.map((state) => (
                <td class="r" key={state}>
                  {count(wave.states[state])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const width = 300;
const height = 100;
const dayMs = 86_400_000;
const timeOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);

interface WaveCurveProps {
  readonly wave: WaveAgainstPlan;
  readonly asOf: number;
}

function WaveCurve({ wave, asOf }: WaveCurveProps): JSX.Element {
  const { days, expectedShare } = wave;
  const last = days.at(-1) ?? { opened: 0, completed: 0 };
  const expected = expectedShare === undefined ? undefined : Math.round(last.opened * expectedShare);
  const says = words.says(words.waveName(wave.wave), last.completed, last.opened);
  const first = timeOf(days[0]?.day ?? "");
  const span = Math.max(asOf - first, dayMs);
  const path = (of: (day: WaveAgainstPlan["days"][number]) => number): string => {
    const steps = days.map((day) => {
      const x = (width * (timeOf(day.day) - first)) / span;
      return `H ${x.toFixed(2)} V ${(height - (height * of(day)) / Math.max(1, last.opened)).toFixed(2)}`;
    });
    return `M 0 ${height} ${steps.join(" ")} H ${width}`;
  };
  return (
    <figure class="curve">
      <figcaption>{says}</figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={says}>
        <path class="plan" d={path(({ opened }) => opened * (expectedShare ?? 1))} />
        <path class="line" d={path(({ completed }) => completed)} />
      </svg>
      <p class="small soft">
        {expected === undefined || expectedShare === undefined
          ? words.noPlan
          : words.plan(expected, expectedShare)}
      </p>
      <DayTable wave={wave} />
    </figure>
  );
}

function DayTable({ wave }: { readonly wave: WaveAgainstPlan }): JSX.Element {
  const { expectedShare, days } = wave;
  const label = words.asTable(words.waveName(wave.wave));
  return (
    <details>
      <summary>{label}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard */}
      <section class="scroll tall" tabIndex={0} aria-label={label}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.by}</th>
              <th scope="col" class="r">
                {words.opened}
              </th>
              {expectedShare === undefined ? null : (
                <th scope="col" class="r">
                  {words.expected}
                </th>
              )}
              <th scope="col" class="r">
                {words.names.completed}
              </th>
            </tr>
          </thead>
          <tbody>
            {days.map(({ day, opened, completed }) => (
              <tr key={day}>
                <td>{shortDate(Date.parse(`${day}T12:00:00Z`))}</td>
                <td class="r">{count(opened)}</td>
                {expectedShare === undefined ? null : (
                  <td class="r">{count(Math.round(opened * expectedShare))}</td>
                )}
                <td class="r">{count(completed)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
