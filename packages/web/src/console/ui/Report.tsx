import type { JSX } from "preact";
import { analysis } from "../text/en.ts";

/** The way to a report: a tab of its own, because no page of ours may stand in a frame. */
export function Report(props: {
  readonly address: string;
  readonly title: string;
  readonly isNext?: boolean;
}): JSX.Element {
  return (
    <section class="card measure-card report" aria-labelledby="report">
      <div>
        <h2 id="report">{props.title}</h2>
        <p class="soft">{analysis.reportText}</p>
      </div>
      <a
        class={props.isNext === true ? "btn" : "btn second"}
        href={props.address}
        target="_blank"
        rel="noreferrer"
      >
        {analysis.openReport}
      </a>
    </section>
  );
}
