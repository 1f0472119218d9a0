import type { StudySummary } from "@longwave/api";
import type { JSX } from "preact";
import { frame } from "../text/en.ts";

const order: readonly StudySummary["phase"][] = [
  "design",
  "recruiting",
  "running",
  "locked",
  "published",
  "closed",
];

/** The head of every page of a study: simulated or not, its name, its page, and how far it has come. */
export function StudyHead(props: { readonly study: StudySummary; readonly title: string }): JSX.Element {
  const { study, title } = props;
  const now = order.indexOf(study.phase);
  return (
    <header class="study">
      <div>
        <p class="eyebrow">
          {study.simulated ? <span class="tag notice">{frame.simulated}</span> : null}
          <span>{study.title}</span>
        </p>
        <h1 tabIndex={-1}>{title}</h1>
        <ol class="phases">
          {order.map((phase, index) => (
            <li
              key={phase}
              class={index < now ? "done" : index === now ? "now" : ""}
              aria-current={index === now ? "step" : undefined}
            >
              {frame.phases[phase]}
            </li>
          ))}
        </ol>
      </div>
      {study.pausedAt === undefined ? null : <p class="tag notice">{frame.paused}</p>}
      {now < order.indexOf("locked") ? <p class="small soft">{frame.hidden}</p> : null}
    </header>
  );
}
