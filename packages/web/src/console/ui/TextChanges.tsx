import type { StudyVersion } from "@longwave/api";
import type { JSX } from "preact";
import { changesPage } from "../text/changes.ts";

type Shown = Pick<StudyVersion, "changes" | "lines">;

/** What changed between two texts: by meaning as a table, and line by line folded under it. */
export function TextChanges({ changes, lines }: Shown): JSX.Element {
  return (
    <>
      <p>
        <b>{changesPage.changes(changes.length)}</b>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard */}
      <section class="scroll" tabIndex={0} aria-label={changesPage.changes(changes.length)}>
        <table class="changes">
          <thead>
            <tr>
              <th scope="col">{changesPage.where}</th>
              <th scope="col">{changesPage.before}</th>
              <th scope="col">{changesPage.after}</th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ place, before, after }) => (
              <tr key={place}>
                <th scope="row">{place}</th>
                <td>{before ?? changesPage.nothing}</td>
                <td>{after ?? changesPage.nothing}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <details>
        <summary>{changesPage.lines}</summary>
        <Lines lines={lines} />
      </details>
    </>
  );
}

const marks = { same: " ", gone: "−", new: "+", gap: "…" } as const;

/** Each line says in words what it is, for who does not see its colour. */
function Lines({ lines }: Pick<Shown, "lines">): JSX.Element {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
    <ol class="diff" tabIndex={0} aria-label={changesPage.lines}>
      {lines.map(({ kind, text }, index) => (
        <li key={`${index} ${text}`} class={kind}>
          <span aria-hidden="true">{marks[kind]} </span>
          {kind === "gone" || kind === "new" ? (
            <span class="sr">{kind === "gone" ? changesPage.gone : changesPage.fresh}: </span>
          ) : null}
          {kind === "gap" ? <span class="sr">{changesPage.gap}</span> : text}
        </li>
      ))}
    </ol>
  );
}
