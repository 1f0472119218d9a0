import { type QueryState, queryStates, type StudySummary } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { useResource } from "../data/use-resource.ts";
import { qualityWords as words } from "../text/quality.ts";
import { QueryCard } from "./QueryCard.tsx";
import { Empty, Full } from "./States.tsx";

interface QueriesProps {
  readonly study: StudySummary;
  /** Which state is asked for first. */
  readonly show: string | undefined;
  /** Changes when a query has been opened elsewhere on the page. */
  readonly opened: number;
  readonly onChanged: () => void;
}

/** The queries of a study by state. */
export function Queries({ study, show, opened, onChanged }: QueriesProps): JSX.Element {
  const [state, setState] = useState<QueryState | undefined>(queryStates.find((each) => each === show));
  const fetched = useResource(`queries ${study.id} ${state ?? ""} ${opened}`, () =>
    api.queries({ path: { study: study.id }, query: state === undefined ? {} : { state } }),
  );
  return (
    <section class="card c12" aria-labelledby="queries">
      <header>
        <h2 id="queries">{words.queriesTitle}</h2>
        <p>{words.queriesLede}</p>
      </header>
      <Full fetched={fetched}>
        {({ queries, counts }) => (
          <div class="stack">
            <div class="field">
              <label for="query-state">{words.show}</label>
              <select
                id="query-state"
                value={state ?? ""}
                onChange={({ currentTarget }) =>
                  setState(queryStates.find((each) => each === currentTarget.value))
                }
              >
                <option value="">
                  {words.counted(words.all, counts.open + counts.answered + counts.closed)}
                </option>
                {queryStates.map((each) => (
                  <option key={each} value={each}>
                    {words.counted(words.states[each], counts[each])}
                  </option>
                ))}
              </select>
            </div>
            {queries.length === 0 ? (
              <Empty title={words.noQueriesTitle}>{words.noQueries}</Empty>
            ) : (
              <ul class="plain-rows letters-in">
                {queries.map((query) => (
                  <QueryCard
                    key={query.id}
                    study={study}
                    query={query}
                    onDone={() => {
                      fetched.reload();
                      onChanged();
                    }}
                  />
                ))}
              </ul>
            )}
          </div>
        )}
      </Full>
    </section>
  );
}
