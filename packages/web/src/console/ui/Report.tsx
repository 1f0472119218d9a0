import type { JSX } from "preact";
import { analysis } from "../text/en.ts";

/** A report in the page, in a frame that may run nothing, and as a link to a tab of its own. */
export function Report(props: { readonly address: string; readonly title: string }): JSX.Element {
  return (
    <section class="card report" aria-labelledby="report">
      <header>
        <h2 id="report">{props.title}</h2>
        <a href={props.address} target="_blank" rel="noreferrer">
          {analysis.openReport}
        </a>
      </header>
      <iframe src={props.address} title={props.title} sandbox="" />
    </section>
  );
}
