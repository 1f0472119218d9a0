import type { Problem } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { runWords } from "../text/runs.ts";

interface SmallerDataProps {
  readonly problem: Problem;
  readonly busy: boolean;
  readonly onRun: (reason: string) => void;
  readonly onDismiss: () => void;
}

/** A run that was refused because data are missing: both counts, and the way on with a reason. */
export function SmallerData({ problem, busy, onRun, onDismiss }: SmallerDataProps): JSX.Element {
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const wrong = tried && reason.trim() === "";
  const confirm = (): void => {
    setTried(true);
    if (reason.trim() !== "" && !busy) onRun(reason.trim());
  };
  return (
    <div class="trouble stack" role="alert">
      <p>
        <b>{runWords.smallerTitle}</b> {runWords.smaller(problem.expected, problem.found)}
      </p>
      <p>{runWords.smallerText}</p>
      <div class={wrong ? "field wrong" : "field"}>
        <label for="smaller-reason">{runWords.smallerReason}</label>
        <textarea
          id="smaller-reason"
          rows={2}
          value={reason}
          aria-invalid={wrong}
          aria-describedby="smaller-error"
          onInput={(event) => setReason(event.currentTarget.value)}
        />
        <p class="error" id="smaller-error">
          {wrong ? runWords.smallerNeeded : ""}
        </p>
      </div>
      <p class="acts">
        <button type="button" class="btn second" onClick={confirm} aria-disabled={busy}>
          {runWords.smallerRun}
        </button>
        <button type="button" class="btn second" onClick={onDismiss}>
          {runWords.smallerNot}
        </button>
      </p>
    </div>
  );
}
