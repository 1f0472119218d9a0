import type { StudyFlow } from "@longwave/api";
import type { JSX } from "preact";
import { Track } from "../../participant/ui/Bar.tsx";
import { count, overview, share } from "../text/en.ts";

/** From invited to every wave answered, each as a bar of those invited. */
export function FlowBars({ flow }: { readonly flow: StudyFlow }): JSX.Element {
  const rows = [
    { name: overview.invited, value: flow.invited },
    { name: overview.consented, value: flow.consented },
    { name: overview.once, value: flow.answeredOnce },
    { name: overview.twice, value: flow.answeredTwice },
    { name: overview.all, value: flow.answeredAll },
  ];
  return (
    <ul class="bars">
      {rows.map((row) => (
        <li key={row.name}>
          <span>{row.name}</span>
          <Track share={flow.invited === 0 ? 0 : row.value / flow.invited} />
          <span class="r num">
            <b>{count(row.value)}</b> <span class="soft">{share(row.value, flow.invited)}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Wave by wave: started behind, finished in front. */
export function WaveBars({ flow }: { readonly flow: StudyFlow }): JSX.Element {
  return (
    <ul class="bars waves">
      {flow.waves.map((wave) => (
        <li key={wave.wave}>
          <span>{overview.wave(wave.wave)}</span>
          <TwoBars started={wave.started} finished={wave.finished} of={flow.invited} />
          <span class="r num" title={overview.waveRow(wave.started, wave.finished)}>
            <b>{count(wave.finished)}</b>{" "}
            <span class="sr">{overview.waveRow(wave.started, wave.finished)}</span>
            <span class="soft" aria-hidden="true">
              / {count(wave.started)}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}

interface TwoProps {
  readonly started: number;
  readonly finished: number;
  readonly of: number;
}

function TwoBars({ started, finished, of }: TwoProps): JSX.Element {
  const percent = (value: number): number => (of === 0 ? 0 : (100 * value) / of);
  return (
    <svg class="track-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect class="rest" width="100" height="10" />
      <rect class="part" width={percent(started)} height="10" />
      <rect class="full" width={percent(finished)} height="10" />
    </svg>
  );
}
