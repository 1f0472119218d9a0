import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { frame } from "../text/en.ts";

/** Copies a text and says whether it did. */
export function CopyButton(props: { readonly text: string; readonly of: string }): JSX.Element {
  const [state, setState] = useState<"rest" | "done" | "failed">("rest");
  const copy = (): void => {
    const copied = navigator.clipboard?.writeText(props.text) ?? Promise.reject(new Error("no clipboard"));
    copied.then(
      () => setState("done"),
      () => setState("failed"),
    );
  };
  return (
    <span class="copying">
      <button type="button" class="btn second small" onClick={copy} aria-label={`${frame.copy}: ${props.of}`}>
        {state === "done" ? frame.copied : frame.copy}
      </button>
      <span role="status" class={state === "failed" ? "small soft" : "sr"}>
        {state === "done" ? frame.copied : state === "failed" ? frame.copyFailed : ""}
      </span>
    </span>
  );
}
