import type { DeviationAnswer, PlanRecord, StudySummary } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { useAction, useResource } from "../data/use-resource.ts";
import { shortDate, shortMoment } from "../text/en.ts";
import { planPage } from "../text/plan.ts";
import { DeviationForm } from "../ui/DeviationForm.tsx";
import { download } from "../ui/download.ts";
import { Empty, Full, NotDone } from "../ui/States.tsx";

/** The locked plan by name and time, every departure from it, and the form that lists one more. */
export function Plan({ study }: { readonly study: StudySummary }): JSX.Element {
  const fetched = useResource(`plan ${study.id}`, () => api.plan({ path: { study: study.id } }));
  return (
    <Full fetched={fetched}>
      {(record) => <PlanCards study={study} record={record} onRecord={fetched.replace} />}
    </Full>
  );
}

interface CardsProps {
  readonly study: StudySummary;
  readonly record: PlanRecord;
  readonly onRecord: (record: PlanRecord) => void;
}

function PlanCards({ study, record, onRecord }: CardsProps): JSX.Element {
  const [answer, setAnswer] = useState<DeviationAnswer>();
  const action = useAction(
    (body: { readonly clause: string; readonly what: string; readonly why: string }) =>
      api.recordDeviation({ path: { study: study.id }, body }),
    (listed: DeviationAnswer) => {
      setAnswer(listed);
      onRecord({ ...record, deviations: [...record.deviations, listed.entry] });
    },
  );
  return (
    <div class="stack wide-gap">
      <Facts study={study} record={record} />
      <section class="card measure-card" aria-labelledby="departures">
        <h2 id="departures">{planPage.listTitle}</h2>
        <p class="soft">{planPage.list}</p>
        {record.deviations.length === 0 ? (
          <Empty title={planPage.emptyTitle}>{planPage.empty}</Empty>
        ) : (
          <Departures record={record} />
        )}
      </section>
      <DeviationForm key={record.deviations.length} clauses={record.clauses} action={action} />
      <Listed answer={answer} />
    </div>
  );
}

function Facts({ study, record }: Pick<CardsProps, "study" | "record">): JSX.Element {
  const day = (at: number | undefined): string => (at === undefined ? planPage.notYet : shortDate(at));
  const { facts } = planPage;
  return (
    <section class="card measure-card" aria-labelledby="locked-plan">
      <h2 id="locked-plan">{planPage.lockedTitle}</h2>
      <p class="soft">{planPage.locked}</p>
      <dl class="plan-facts">
        <dt>{facts.planHash}</dt>
        <dd class="hash">{record.planHash}</dd>
        <dt>{facts.protocolHash}</dt>
        <dd>
          <span class="hash">{record.protocolHash}</span> {planPage.version(record.version)}
        </dd>
        <dt>{facts.lockedAt}</dt>
        <dd>{day(record.lockedAt)}</dd>
        <dt>{facts.firstAnswerAt}</dt>
        <dd>{day(record.firstAnswerAt)}</dd>
        <dt>{facts.dataLockedAt}</dt>
        <dd>{day(record.dataLockedAt)}</dd>
      </dl>
      <FormDownload study={study} />
    </section>
  );
}

/** The plan as a preregistration, made when it is asked for. */
function FormDownload({ study }: Pick<CardsProps, "study">): JSX.Element {
  const action = useAction(
    async (kind: "md" | "json") => ({
      kind,
      answer: await api.preregistration({ path: { study: study.id } }),
    }),
    ({ kind, answer }) => {
      if (kind === "md") download("preregistration.md", "text/markdown", answer.markdown);
      else download("preregistration.json", "application/json", `${JSON.stringify(answer.form, null, 2)}\n`);
    },
  );
  return (
    <div class="stack">
      <h3>{planPage.form}</h3>
      <p class="soft">{planPage.formNote}</p>
      <p class="acts">
        <button type="button" class="btn" aria-disabled={action.busy} onClick={() => action.run("md")}>
          {action.busy ? planPage.formBusy : planPage.formMarkdown}
        </button>
        <button
          type="button"
          class="btn second"
          aria-disabled={action.busy}
          onClick={() => action.run("json")}
        >
          {planPage.formJson}
        </button>
      </p>
      <NotDone failure={action.failure} />
    </div>
  );
}

function Departures({ record }: { readonly record: PlanRecord }): JSX.Element {
  return (
    <ol class="story">
      {record.deviations.map(({ id, clause, what, why, timing, at, by }) => (
        <li class="full" key={id}>
          <b>{clause}</b> <span class="tag">{planPage.timing[timing]}</span>
          <p>{what}</p>
          <p>
            {planPage.reason} {why}
          </p>
          <p class="small soft">{planPage.entered(shortMoment(at), by)}</p>
        </li>
      ))}
    </ol>
  );
}

function Listed({ answer }: { readonly answer: DeviationAnswer | undefined }): JSX.Element {
  return (
    <div role="status">
      {answer === undefined ? null : (
        <div class="card new-link">
          <p>
            <b>{planPage.done}</b> {planPage.timing[answer.entry.timing]}.
          </p>
          {answer.warnings.length === 0 ? null : (
            <div>
              <p>{planPage.warnings}</p>
              <ul class="plain-list">
                {answer.warnings.map((warning) => (
                  <li key={warning}>{warning}</li>
                ))}
              </ul>
            </div>
          )}
        </div>
      )}
    </div>
  );
}
