import type { JSX } from "preact";
import type { Words } from "../text/index.ts";

/** The personal link of somebody who tries: no message holds it, so the page does. */
export function OwnLink({ words, link }: { readonly words: Words; readonly link: string }): JSX.Element {
  return (
    <p class="own-link">
      {words.tryOut.ownLink} <a href={link}>{link}</a>
    </p>
  );
}
