import type { StudySummary } from "@longwave/api";
import type { JSX } from "preact";
import { api } from "../data/api.ts";
import { useResource } from "../data/use-resource.ts";
import { addressOf } from "../router.ts";
import { frame, openStudy, studies } from "../text/en.ts";
import { Empty, Full } from "../ui/States.tsx";

/** The list of studies. */
export function Studies(): JSX.Element {
  const fetched = useResource("studies", () => api.studies());
  return (
    <>
      <header class="study">
        <div>
          <h1 tabIndex={-1}>{studies.title}</h1>
          <p class="soft">{studies.lede}</p>
        </div>
        <a class="btn second" href="#/open">
          {openStudy.link}
        </a>
      </header>
      <Full fetched={fetched}>
        {(list) =>
          list.length === 0 ? (
            <Empty title={studies.emptyTitle}>{studies.empty}</Empty>
          ) : (
            <ul class="study-list">
              {list.map((study) => (
                <StudyCard key={study.id} study={study} />
              ))}
            </ul>
          )
        }
      </Full>
    </>
  );
}

function StudyCard({ study }: { readonly study: StudySummary }): JSX.Element {
  return (
    <li class="card">
      <p class="eyebrow">
        <span class="tag">{frame.phases[study.phase]}</span>
        {study.simulated ? <span class="tag notice">{frame.simulated}</span> : null}
      </p>
      <h2>
        <a href={addressOf(study.id, "today")}>{study.title}</a>
      </h2>
      <p class="soft">{studies.people(study.people)}</p>
    </li>
  );
}
