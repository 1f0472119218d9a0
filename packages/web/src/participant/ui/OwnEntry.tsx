import type { JSX } from "preact";
import type { Words } from "../text/index.ts";

/** The way to one's own answers over time. */
export function OwnEntry(props: { readonly words: Words; readonly onOwn: () => void }): JSX.Element {
  return (
    <div class="go">
      <button type="button" class="btn second" onClick={props.onOwn}>
        {props.words.own.enter}
      </button>
    </div>
  );
}
