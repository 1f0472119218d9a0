import type { Run, StudySummary } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { api } from "../data/api.ts";
import type { Action } from "../data/use-resource.ts";
import { useAction } from "../data/use-resource.ts";
import { useRun } from "../data/use-run.ts";
import { addressOf } from "../router.ts";
import { analysis } from "../text/en.ts";
import { LinkCard } from "../ui/LinkCard.tsx";
import { Report } from "../ui/Report.tsx";
import { RunProgress } from "../ui/RunProgress.tsx";
import { Full, NotDone } from "../ui/States.tsx";

interface AnalysisProps {
  readonly study: StudySummary;
  readonly onChanged: () => void;
}

/** Start a run, follow it, read what it wrote: blind before the lock, results after. */
export function Analysis({ study, onChanged }: AnalysisProps): JSX.Element {
  const [started, setStarted] = useState<string | undefined>(undefined);
  const fetched = useRun(study.id, started ?? study.lastRun?.id);
  const start = useAction(
    () => api.startRun({ path: { study: study.id } }),
    (run: Run) => {
      setStarted(run.id);
      onChanged();
    },
  );
  const blind = study.phase === "recruiting" || study.phase === "running";
  return (
    <div class="stack wide-gap">
      <section class="card" aria-labelledby="kind">
        <h2 id="kind">{blind ? analysis.blindTitle : analysis.resultsTitle}</h2>
        <p class="soft measure">{blind ? analysis.blind : analysis.results}</p>
        <Full fetched={fetched}>
          {(run) => (
            <div class="stack">
              {run === undefined ? <p class="soft">{analysis.emptyTitle}</p> : <RunProgress run={run} />}
              <StartButton run={run} blind={blind} start={start} />
            </div>
          )}
        </Full>
        <NotDone failure={start.failure} />
      </section>
      {fetched.resource.kind === "here" && fetched.resource.value?.state === "done" ? (
        <Finished study={study} run={fetched.resource.value} />
      ) : null}
      {blind ? null : (
        <LinkCard
          id="individual"
          title={analysis.individualTitle}
          text={analysis.individual}
          action={analysis.openIndividual}
          address={`/api/studies/${encodeURIComponent(study.id)}/individual`}
        />
      )}
    </div>
  );
}

interface StartProps {
  readonly run: Run | undefined;
  readonly blind: boolean;
  readonly start: Action<undefined>;
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
