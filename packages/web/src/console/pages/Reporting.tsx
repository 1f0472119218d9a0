import type { ReportingAnswer, StudySummary } from "@longwave/api";
import type { JSX } from "preact";
import { api } from "../data/api.ts";
import { useResource } from "../data/use-resource.ts";
import { addressOf } from "../router.ts";
import { shortMoment } from "../text/en.ts";
import { reportingPage } from "../text/reporting.ts";
import { download } from "../ui/download.ts";
import { Empty, Full } from "../ui/States.tsx";

/** The reporting list (STROBE) of the latest run: which items are filled, and the list to take away. */
export function Reporting({ study }: { readonly study: StudySummary }): JSX.Element {
  const fetched = useResource(`reporting ${study.id}`, () => api.reporting({ path: { study: study.id } }));
  const { resource } = fetched;
  if (resource.kind === "failed" && resource.failure.problem?.code === "run.not-finished") {
    return (
      <Empty title={reportingPage.emptyTitle}>
        {reportingPage.empty} <a href={addressOf(study.id, "analysis")}>{reportingPage.toAnalysis}</a>
      </Empty>
    );
  }
  return <Full fetched={fetched}>{(answer) => <List study={study} answer={answer} />}</Full>;
}

interface ListProps {
  readonly study: StudySummary;
  readonly answer: ReportingAnswer;
}

function List({ study, answer }: ListProps): JSX.Element {
  const save = (): void => download(reportingPage.file, "text/markdown", answer.markdown);
  return (
    <div class="stack wide-gap">
      <section class="card measure-card" aria-label={reportingPage.title}>
        <p>{reportingPage.about}</p>
        {answer.blind ? (
          <p>
            <b>{reportingPage.blind}</b>
          </p>
        ) : null}
        <p class="small soft">{reportingPage.madeAt(shortMoment(answer.madeAt))}</p>
        <p class="acts">
          <a
            class="btn"
            href={`/api/studies/${encodeURIComponent(study.id)}/reporting/page`}
            target="_blank"
            rel="noreferrer"
          >
            {reportingPage.open}
          </a>
          <button type="button" class="btn second" onClick={save}>
            {reportingPage.markdown}
          </button>
        </p>
      </section>
      <section class="card" aria-labelledby="items">
        <h2 id="items">{reportingPage.items}</h2>
        <Items answer={answer} />
      </section>
    </div>
  );
}

function Items({ answer }: { readonly answer: ReportingAnswer }): JSX.Element {
  const { head, states } = reportingPage;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{head.item}</th>
          <th scope="col">{head.topic}</th>
          <th scope="col">{head.state}</th>
        </tr>
      </thead>
      <tbody>
        {answer.items.map(({ id, topic, state }) => (
          <tr key={id}>
            <th scope="row">{id}</th>
            <td>{topic}</td>
            <td>{states[state]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
