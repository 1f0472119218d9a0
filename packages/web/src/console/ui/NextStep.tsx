import type { StudySummary } from "@longwave/api";
import type { JSX } from "preact";
import { addressOf } from "../router.ts";
import { overview } from "../text/en.ts";

/** What to do next in a study, by its phase. */
export function NextStep({ study }: { readonly study: StudySummary }): JSX.Element {
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
