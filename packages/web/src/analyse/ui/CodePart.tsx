import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { answer } from "../text/en.ts";

/** Code to take along, with a button that copies it. */
export function CodePart(props: {
  readonly title: string;
  readonly hint?: string;
  readonly code: string;
}): JSX.Element {
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    void navigator.clipboard?.writeText(props.code).then(() => setCopied(true));
  };
  return (
    <details>
      <summary>{props.title}</summary>
      {props.hint !== undefined && <p class="soft">{props.hint}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard scrolls only what it can reach */}
      <pre tabIndex={0}>{props.code}</pre>
      <button type="button" class="btn second" onClick={copy} aria-label={`${answer.copy}: ${props.title}`}>
        {copied ? answer.copied : answer.copy}
      </button>
    </details>
  );
}
