import type { StudyFlow, StudySummary } from "@longwave/api";
import type { JSX } from "preact";
import { api } from "../data/api.ts";
import { useResource } from "../data/use-resource.ts";
import { addressOf } from "../router.ts";
import { overview } from "../text/en.ts";
import { Days, type Series } from "../ui/Days.tsx";
import { FlowBars, WaveBars } from "../ui/FlowBars.tsx";
import { Full } from "../ui/States.tsx";

/** A study at a glance: the next step, who takes part, wave by wave, day by day. */
export function Overview({ study }: { readonly study: StudySummary }): JSX.Element {
  const fetched = useResource(`flow ${study.id}`, () => api.flow({ path: { study: study.id } }));
  return (
    <div class="cards">
      <NextStep study={study} />
      <MailNotice study={study.id} />
      <div class="c12">
        <Full fetched={fetched}>{(flow) => <FlowCards flow={flow} />}</Full>
      </div>
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

/** Messages that failed or are uncertain, or a mail server that cannot be reached; nothing while all is well. */
function MailNotice({ study }: { readonly study: string }): JSX.Element | null {
  const { resource } = useResource(`mail ${study}`, () =>
    api.messages({ path: { study }, query: { state: "uncertain" } }),
  );
  if (resource.kind !== "here") return null;
  const { counts, way } = resource.value;
  const words = [
    overview.mail(counts.failed, counts.uncertain),
    way.trouble === null ? "" : overview.mailUnreachable,
  ].filter((part) => part !== "");
  if (words.length === 0) return null;
  return (
    <section class="card c12 next-step" aria-labelledby="mail">
      <div>
        <h2 id="mail">{overview.mailTitle}</h2>
        <p class="soft">{words.join(" ")}</p>
      </div>
      <p class="acts">
        <a class="btn second" href={addressOf(study, "messages")}>
          {overview.toMessages}
        </a>
      </p>
    </section>
  );
}

function NextStep({ study }: { readonly study: StudySummary }): JSX.Element {
  const { publication } = study;
  return (
    <section class="card c12 next-step" aria-labelledby="next">
      <div>
        <h2 id="next">{overview.next}</h2>
        <p class="soft">{overview.nextSteps[study.phase]}</p>
      </div>
      <p class="acts">
        {study.phase === "recruiting" ? (
          <a class="btn" href={addressOf(study.id, "add")}>
            {overview.addPeople}
          </a>
        ) : null}
        {publication === undefined ? (
          <a
            class={study.phase === "recruiting" ? "btn second" : "btn"}
            href={addressOf(study.id, "analysis")}
          >
            {overview.runReport}
          </a>
        ) : (
          <a class="btn" href={publication.address}>
            {overview.read}
          </a>
        )}
      </p>
    </section>
  );
}
