import type { Run } from "@longwave/api";
import type { JSX } from "preact";
import { analysis, shortMoment } from "../text/en.ts";
import { runWords } from "../text/runs.ts";

/** How far a run has come: in words first, then a line. */
export function RunProgress({ run }: { readonly run: Run }): JSX.Element {
  const { done, total, doing } = run.progress;
  if (run.state === "failed") {
    return (
      <div class="trouble" role="alert">
        <p>
          <b>{analysis.failed}</b>{" "}
          {run.problem === undefined
            ? ""
            : `${run.problem.title}. ${run.problem.found}. ${run.problem.remedy}`}
        </p>
      </div>
    );
  }
  if (run.state === "cancelled") {
    return (
      <p role="status">
        <b>{runWords.cancelled}</b> <span class="soft">{runWords.cancelledText}</span>
      </p>
    );
  }
  if (run.state === "done") {
    return (
      <p role="status">
        <b>{run.kind === "blind" ? analysis.doneBlind : analysis.doneResults}</b>{" "}
        <span class="soft">
          {run.finishedAt === undefined ? "" : analysis.when(shortMoment(run.finishedAt))}
        </span>
      </p>
    );
  }
  return (
    <div class="running">
      <p role="status">
        <b>{run.state === "queued" ? analysis.queued : doing}</b>{" "}
        <span class="soft">{total > 0 ? analysis.running(done, total) : ""}</span>
      </p>
      <progress max={Math.max(1, total)} value={done} aria-label={analysis.progress} />
    </div>
  );
}
