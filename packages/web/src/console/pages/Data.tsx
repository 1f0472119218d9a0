import type { StudySummary } from "@longwave/api";
import type { JSX } from "preact";
import { takesAnswers } from "../data/standing.ts";
import { addressOf } from "../router.ts";
import { dataPage as words } from "../text/data.ts";
import { Empty } from "../ui/States.tsx";

/** The study's own tables, to be downloaded once the data are locked. */
export function Data({ study }: { readonly study: StudySummary }): JSX.Element {
  if (takesAnswers(study)) {
    return (
      <Empty title={words.notLockedTitle}>
        {words.notLocked} <a href={addressOf(study.id, "lock")}>{words.toLock}</a>
      </Empty>
    );
  }
  return (
    <section class="card measure-card" aria-labelledby="tables">
      <h2 id="tables">{words.what}</h2>
      <ul class="plain-list">
        {words.tables.map((table) => (
          <li key={table}>{table}</li>
        ))}
      </ul>
      <p>{words.formats}</p>
      <p>
        {words.personal} <a href={addressOf(study.id, "release")}>{words.toRelease}</a>
      </p>
      <div class="acts">
        <a class="btn" href={`/api/studies/${encodeURIComponent(study.id)}/data`} download>
          {words.download}
        </a>
        <span class="soft small">{words.hint}</span>
      </div>
    </section>
  );
}
