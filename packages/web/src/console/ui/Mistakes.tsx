import type { JSX } from "preact";
import type { Failure } from "../data/api.ts";

interface MistakesProps {
  readonly failure: Failure | undefined;
  readonly title: string;
  /** What to do without a connection. */
  readonly unreachable: string;
}

/** Something refused with several mistakes, each on a line of its own. */
export function Mistakes({ failure, title, unreachable }: MistakesProps): JSX.Element {
  const found = failure?.problem?.found ?? "";
  return (
    <div role="alert">
      {failure === undefined ? null : (
        <div class="trouble">
          <p>
            <b>{title}</b> {failure.problem?.remedy ?? unreachable}
          </p>
          <ul>
            {found
              .split("\n")
              .filter((line) => line !== "")
              .map((line) => (
                <li key={line}>{line}</li>
              ))}
          </ul>
        </div>
      )}
    </div>
  );
}
