import { may, type StudySummary } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { takesAnswers } from "../data/standing.ts";
import { addressOf } from "../router.ts";
import { dataPage as words } from "../text/data.ts";
import { qualityWords } from "../text/quality.ts";
import { FlaggedForms } from "../ui/FlaggedForms.tsx";
import { Queries } from "../ui/Queries.tsx";
import { Empty } from "../ui/States.tsx";

interface DataProps {
  readonly study: StudySummary;
  readonly show: string | undefined;
}

/** Looking after data: queries and flagged forms; and the tables, to be downloaded once the data are locked. */
export function Data({ study, show }: DataProps): JSX.Element {
  const [moves, setMoves] = useState(0);
  const moved = (): void => setMoves(moves + 1);
  return (
    <div class="cards">
      {may(study.role, "queries.read") ? (
        <>
          <Queries study={study} show={show} opened={moves} onChanged={moved} />
          <FlaggedForms study={study} moved={moves} onOpened={moved} />
        </>
      ) : null}
      <Tables study={study} />
    </div>
  );
}

function Tables({ study }: { readonly study: StudySummary }): JSX.Element {
  if (takesAnswers(study))
    return (
      <section class="card c12" aria-labelledby="tables">
        <h2 id="tables">{qualityWords.tablesTitle}</h2>
        <Empty title={words.notLockedTitle}>
          {words.notLocked} <a href={addressOf(study.id, "lock")}>{words.toLock}</a>
        </Empty>
      </section>
    );
  return (
    <section class="card c12" aria-labelledby="tables">
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
      {may(study.role, "releases.take") ? (
        <div class="acts">
          <a class="btn" href={`/api/studies/${encodeURIComponent(study.id)}/data`} download>
            {words.download}
          </a>
          <span class="soft small">{words.hint}</span>
        </div>
      ) : null}
    </section>
  );
}
