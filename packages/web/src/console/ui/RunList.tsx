import type { Run } from "@longwave/api";
import type { JSX } from "preact";
import { api } from "../data/api.ts";
import { useResource } from "../data/use-resource.ts";
import { shortMoment } from "../text/en.ts";
import { runWords } from "../text/runs.ts";
import { Empty, Full } from "./States.tsx";

/** Every run of a study with how many data it was made from and how it ended; fetched anew when `turn` changes. */
export function RunList({ study, turn }: { readonly study: string; readonly turn: string }): JSX.Element {
  const fetched = useResource(`runs ${study} ${turn}`, () => api.runs({ path: { study } }));
  return (
    <div class="card">
      <h2>{runWords.runs}</h2>
      <Full fetched={fetched}>
        {(runs) =>
          runs.length === 0 ? (
            <Empty title={runWords.runsEmptyTitle}>{runWords.runsEmpty}</Empty>
          ) : (
            <Table runs={runs} />
          )
        }
      </Full>
    </div>
  );
}

function Table({ runs }: { readonly runs: readonly Run[] }): JSX.Element {
  const { runHead } = runWords;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls sideways must be reachable by keyboard
    <section class="scroll" aria-label={runWords.runs} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {[runHead.when, runHead.kind, runHead.state, runHead.data, runHead.by].map((head) => (
              <th scope="col" key={head}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.id}>
              <th scope="row">{shortMoment(run.startedAt)}</th>
              <td>
                {run.report === undefined ? (
                  runWords.kinds[run.kind]
                ) : (
                  <a href={run.report} target="_blank" rel="noreferrer">
                    {runWords.kinds[run.kind]}
                  </a>
                )}
              </td>
              <td>{runWords.states[run.state]}</td>
              <td>{run.size === undefined ? "–" : runWords.size(run.size.answers, run.size.people)}</td>
              <td>{run.requestedBy}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
