import { may, type RecruitmentPage, type StudySummary } from "@longwave/api";
import type { JSX } from "preact";
import { api } from "../data/api.ts";
import { useAction, useResource } from "../data/use-resource.ts";
import { shortMoment } from "../text/en.ts";
import { recruitmentPage as words } from "../text/recruitment.ts";
import { CopyButton } from "../ui/CopyButton.tsx";
import { Curve } from "../ui/Curve.tsx";
import { Days, type Series } from "../ui/Days.tsx";
import { Duplicates } from "../ui/Duplicates.tsx";
import { Empty, Full, NotDone } from "../ui/States.tsx";

/** How people come into a study: the open link and its switch, the curve against the plan, who may be there twice. */
export function Recruitment({ study }: { readonly study: StudySummary }): JSX.Element {
  const fetched = useResource(`recruitment ${study.id}`, () =>
    api.recruitment({ path: { study: study.id } }),
  );
  return (
    <Full fetched={fetched}>
      {(page) => (
        <div class="cards">
          <OpenLink study={study} page={page} onPage={fetched.replace} />
          <SoFar page={page} />
          <Reasons page={page} />
          <Days days={page.days} series={series} />
          {may(study.role, "people.duplicates") ? <Duplicates study={study} /> : null}
        </div>
      )}
    </Full>
  );
}

const series: readonly Series<keyof typeof words.series>[] = [
  { key: "invited", name: words.series.invited },
  { key: "opened", name: words.series.opened },
  { key: "eligible", name: words.series.eligible },
  { key: "ineligible", name: words.series.ineligible },
  { key: "consented", name: words.series.consented },
];

interface OpenLinkProps {
  readonly study: StudySummary;
  readonly page: RecruitmentPage;
  readonly onPage: (page: RecruitmentPage) => void;
}

function OpenLink({ study, page: { link }, onPage }: OpenLinkProps): JSX.Element {
  const action = useAction(
    (open: boolean) => api.switchOpenLink({ path: { study: study.id }, body: { open } }),
    onPage,
  );
  return (
    <section class="card c12 open-link" aria-labelledby="open-link">
      <h2 id="open-link">{words.linkTitle}</h2>
      {link === undefined ? (
        <p>{words.none}</p>
      ) : (
        <>
          <p role="status">
            <b>{words.states[link.state]}</b>
          </p>
          <p class="row">
            <span class="soft">{words.address}</span> <a href={link.address}>{link.address}</a>
            <CopyButton text={link.address} of={words.address} />
          </p>
          <p class="small soft">
            {words.limits(link.places, link.mostPerDay)}{" "}
            {link.changedAt === undefined ? "" : words.changed(shortMoment(link.changedAt))}
          </p>
          <NotDone failure={action.failure} />
          {may(study.role, "recruitment.open") && link.state !== "closed" ? (
            <p>
              <button
                type="button"
                class={link.switchedOn ? "btn second" : "btn"}
                aria-disabled={action.busy}
                onClick={() => action.run(!link.switchedOn)}
              >
                {action.busy ? words.busy : link.switchedOn ? words.shut : words.open}
              </button>
            </p>
          ) : null}
        </>
      )}
    </section>
  );
}

function SoFar({ page }: { readonly page: RecruitmentPage }): JSX.Element {
  let sum = 0;
  const points = page.days.map(({ day, consented }) => {
    sum += consented;
    return { day, sum };
  });
  return (
    <section class="card c7" aria-labelledby="so-far">
      <h2 id="so-far">{words.soFar}</h2>
      <p>{words.sum(page.consented, page.target)}</p>
      <p class="soft">{words.came(page.invited, page.joinedOpenly)}</p>
      {points.length === 0 ? null : (
        <Curve
          points={points}
          target={page.target}
          says={words.curve(sum, page.target)}
          targetSays={words.curveTarget(page.target)}
        />
      )}
    </section>
  );
}

function Reasons({ page }: { readonly page: RecruitmentPage }): JSX.Element {
  return (
    <section class="card c5" aria-labelledby="why">
      <h2 id="why">{words.why}</h2>
      {page.reasons.length === 0 ? (
        <Empty title={words.whyNone}>{""}</Empty>
      ) : (
        <>
          <ul class="plain-rows">
            {page.reasons.map(({ id, reason, times }) => (
              <li key={id}>
                <span>{reason}</span> <b class="num">{words.times(times)}</b>
              </li>
            ))}
          </ul>
          <p class="small soft">{words.whyText}</p>
        </>
      )}
    </section>
  );
}
