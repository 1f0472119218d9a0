import type { JSX } from "preact";
import { answer } from "../text/en.ts";

/** What was expected, what was found, what to do; the file and the choices stay. */
export function Problem({ message }: { readonly message: string }): JSX.Element {
  return (
    <div class="trouble" role="alert">
      <p>
        <b>{answer.problem}</b> {message}
      </p>
    </div>
  );
}
