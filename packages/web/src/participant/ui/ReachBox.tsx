import type { JSX } from "preact";
import type { Words } from "../text/index.ts";

/** The quiet question between the rounds whether somebody is still reached where they were. */
export function ReachBox(props: { readonly words: Words; readonly onOpen: () => void }): JSX.Element {
  const { contact } = props.words;
  return (
    <section class="own-part" aria-labelledby="reach">
      <h2 id="reach">{contact.ask}</h2>
      <p>{contact.askText}</p>
      <div class="go">
        <button type="button" class="btn second" onClick={props.onOpen}>
          {contact.enter}
        </button>
      </div>
    </section>
  );
}
