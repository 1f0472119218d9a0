import type { Run, StudySummary } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../data/api.ts";
import { takesAnswers } from "../data/standing.ts";
import type { Action } from "../data/use-resource.ts";
import { useAction } from "../data/use-resource.ts";
import { useRun } from "../data/use-run.ts";
import { addressOf } from "../router.ts";
import { analysis } from "../text/en.ts";
import { runWords } from "../text/runs.ts";
import { LinkCard } from "../ui/LinkCard.tsx";
import { Report } from "../ui/Report.tsx";
import { RunList } from "../ui/RunList.tsx";
import { RunProgress } from "../ui/RunProgress.tsx";
import { SmallerData } from "../ui/SmallerData.tsx";
import { Full, NotDone } from "../ui/States.tsx";

interface AnalysisProps {
  readonly study: StudySummary;
  readonly onChanged: () => void;
}

/** Start a run, follow it, read what it wrote: blind before the lock, results after. */
export function Analysis({ study, onChanged }: AnalysisProps): JSX.Element {
  const [started, setStarted] = useState<string | undefined>(undefined);
  const fetched = useRun(study.id, started ?? study.lastRun?.id);
  const [dismissed, setDismissed] = useState(false);
  const start = useAction(
    (reason: string | undefined) => {
      setDismissed(false);
      const body = reason === undefined ? {} : { smallerDataReason: reason };
      return api.startRun({ path: { study: study.id }, body });
    },
    (run: Run) => {
      setStarted(run.id);
      onChanged();
    },
  );
  const smaller = start.failure?.problem?.code === "run.smaller-data" ? start.failure.problem : undefined;
  const shown = fetched.resource.kind === "here" ? fetched.resource.value : undefined;
  const blind = takesAnswers(study);
  return (
    <div class="stack wide-gap">
      <section class="card" aria-labelledby="kind">
        <h2 id="kind">{blind ? analysis.blindTitle : analysis.resultsTitle}</h2>
        <p class="soft measure">{blind ? analysis.blind : analysis.results}</p>
        <Full fetched={fetched}>
          {(run) => (
            <div class="stack">
              {run === undefined ? <p class="soft">{analysis.emptyTitle}</p> : <RunProgress run={run} />}
              <CancelButton study={study.id} run={run} onEnded={fetched.replace} />
              <StartButton run={run} blind={blind} start={start} />
            </div>
          )}
        </Full>
        {smaller === undefined ? <NotDone failure={start.failure} /> : null}
        {smaller === undefined || dismissed ? null : (
          <SmallerData
            problem={smaller}
            busy={start.busy}
            onRun={start.run}
            onDismiss={() => setDismissed(true)}
          />
        )}
      </section>
      {shown?.state === "done" ? <Finished study={study} run={shown} /> : null}
      {blind ? null : (
        <LinkCard
          id="individual"
          title={analysis.individualTitle}
          text={analysis.individual}
          action={analysis.openIndividual}
          address={`/api/studies/${encodeURIComponent(study.id)}/individual`}
        />
      )}
      <RunList study={study.id} turn={`${shown?.id} ${shown?.state}`} />
    </div>
  );
}

interface CancelProps {
  readonly study: string;
  readonly run: Run | undefined;
  readonly onEnded: (run: Run) => void;
}

function CancelButton({ study, run, onEnded }: CancelProps): JSX.Element | null {
  const action = useAction(
    (id: string) => api.cancelRun({ path: { study, run: id } }),
    (ended: Run) => onEnded(ended),
  );
  if (run?.state !== "queued" && run?.state !== "running") return null;
  return (
    <div>
      <button type="button" class="btn second" onClick={() => action.run(run.id)} aria-disabled={action.busy}>
        {action.busy ? runWords.cancelling : runWords.cancel}
      </button>
      <NotDone failure={action.failure} />
    </div>
  );
}

interface StartProps {
  readonly run: Run | undefined;
  readonly blind: boolean;
  readonly start: Action<string | undefined>;
}

function StartButton({ run, blind, start }: StartProps): JSX.Element | null {
  if (run?.state === "queued" || run?.state === "running") return null;
  const first = blind ? analysis.runBlind : analysis.runResults;
  const sameKind = run !== undefined && (run.kind === "blind") === blind;
  const words = sameKind ? analysis.runAgain : first;
  return (
    <div>
      <button
        type="button"
        class={sameKind && run.state === "done" ? "btn second" : "btn"}
        onClick={() => start.run(undefined)}
        aria-disabled={start.busy}
      >
        {start.busy ? analysis.starting : words}
      </button>
    </div>
  );
}

function Finished({ study, run }: { readonly study: StudySummary; readonly run: Run }): JSX.Element | null {
  if (run.report === undefined) return null;
  return (
    <>
      {run.kind === "results" ? (
        <p class="acts">
          <a class="btn" href={addressOf(study.id, "publish")}>
            {analysis.toPublish}
          </a>
        </p>
      ) : null}
      <Report address={run.report} title={analysis.reportTitle} isNext={run.kind === "blind"} />
    </>
  );
}
