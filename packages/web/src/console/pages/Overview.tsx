import type { StudyFlow, StudySummary } from "@longwave/api";
import type { JSX } from "preact";
import { api } from "../data/api.ts";
import { useResource } from "../data/use-resource.ts";
import { overview } from "../text/en.ts";
import { Days, type Series } from "../ui/Days.tsx";
import { FlowBars, WaveBars } from "../ui/FlowBars.tsx";
import { Full } from "../ui/States.tsx";
import { WavePlans } from "../ui/WavePlans.tsx";

/** How far a study is: who takes part, wave by wave, day by day. */
export function Overview({ study }: { readonly study: StudySummary }): JSX.Element {
  const fetched = useResource(`flow ${study.id}`, () => api.flow({ path: { study: study.id } }));
  return (
    <div class="cards">
      <div class="c12">
        <Full fetched={fetched}>{(flow) => <FlowCards flow={flow} />}</Full>
      </div>
      <WavePlans study={study} />
    </div>
  );
}

function FlowCards({ flow }: { readonly flow: StudyFlow }): JSX.Element {
  return (
    <div class="cards inner">
      <section class="card c7" aria-labelledby="flow">
        <header>
          <h2 id="flow">{overview.flow}</h2>
          <p>{overview.flowOf(flow.invited)}</p>
        </header>
        <FlowBars flow={flow} />
      </section>
      <section class="card c5" aria-labelledby="waves">
        <header>
          <h2 id="waves">{overview.waves}</h2>
        </header>
        <WaveBars flow={flow} />
        <p class="legend">{overview.wavesOf}</p>
      </section>
      <Days days={flow.byDay} series={series} />
    </div>
  );
}

const series: readonly Series<"invited" | "consented" | "answered">[] = [
  { key: "invited", name: overview.invited },
  { key: "consented", name: overview.consented },
  { key: "answered", name: overview.answered },
];
