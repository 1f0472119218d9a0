import type { StudySummary } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { useResource } from "../data/use-resource.ts";
import { addressOf } from "../router.ts";
import { frame, studies } from "../text/en.ts";
import { newStudy } from "../text/new-study.ts";
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
        <a class="btn second" href="#/new">
          {newStudy.link}
        </a>
      </header>
      <Full fetched={fetched}>
        {(list) =>
          list.length === 0 ? (
            <Empty title={studies.emptyTitle}>{studies.empty}</Empty>
          ) : (
            <Found list={list} />
          )
        }
      </Full>
    </>
  );
}

/** Fewer are seen at a glance. */
const WORTH_SEARCHING = 5;

/** The studies whose title or name holds what was typed. */
function Found({ list }: { readonly list: readonly StudySummary[] }): JSX.Element {
  const [typed, setTyped] = useState("");
  const wanted = typed.trim().toLowerCase();
  const found = list.filter(({ id, title }) => `${title} ${id}`.toLowerCase().includes(wanted));
  return (
    <>
      {list.length < WORTH_SEARCHING ? null : (
        <div class="field study-search">
          <label for="search">{studies.search}</label>
          <input
            id="search"
            type="search"
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
          <p role="status" class="sr">
            {studies.found(found.length)}
          </p>
        </div>
      )}
      {found.length === 0 ? <Empty title={studies.notFound}>{studies.notFoundText}</Empty> : null}
      <ul class="study-list">
        {found.map((study) => (
          <StudyCard key={study.id} study={study} />
        ))}
      </ul>
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
        <a href={addressOf(study.id, study.phase === "design" ? "text" : "today")}>{study.title}</a>
      </h2>
      <p class="soft break">
        {study.id} · {studies.people(study.people)}
      </p>
    </li>
  );
}
