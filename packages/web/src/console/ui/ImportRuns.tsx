import type { ImportRun } from "@longwave/api";
import type { JSX } from "preact";
import { addressOf } from "../router.ts";
import { shortMoment } from "../text/en.ts";
import { importPage as words } from "../text/import.ts";

/** Imports into a study: the one that goes on with its progress, and those before it. */
export function ImportRuns(props: {
  readonly study: string;
  readonly runs: readonly ImportRun[];
}): JSX.Element {
  const { study, runs } = props;
  const [latest] = runs;
  return (
    <section class="card" aria-labelledby="imports">
      <h2 id="imports">{words.runsTitle}</h2>
      {latest === undefined ? <p class="soft">{words.runsEmpty}</p> : <Latest run={latest} study={study} />}
      <ul class="bare-list">
        {runs.map((run) => (
          <li key={run.id}>
            <span class="num soft">{shortMoment(run.startedAt)}</span> {words.by(run.startedBy)}:{" "}
            {words.run(run)} <span class="hash small soft">{run.fileHash.slice(0, 12)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Latest({ run, study }: { readonly run: ImportRun; readonly study: string }): JSX.Element | null {
  switch (run.state) {
    case "running":
      return (
        <div class="running">
          <p role="status">
            <b>{words.running(run.done, run.total)}</b> <span class="soft">{words.runningText}</span>
          </p>
          <progress max={Math.max(1, run.total)} value={run.done} aria-label={words.progress} />
        </div>
      );
    case "done":
      return (
        <p role="status">
          {words.done} <a href={addressOf(study, "people")}>{words.toPeople}</a>
        </p>
      );
    case "failed":
      return (
        <div class="trouble" role="alert">
          <p>
            <b>{run.problem?.title}.</b>{" "}
            {run.problem === undefined ? "" : words.problem(run.problem.expected, run.problem.found)}{" "}
            {run.problem?.remedy}
          </p>
        </div>
      );
    case "stopped":
      return null;
  }
}
