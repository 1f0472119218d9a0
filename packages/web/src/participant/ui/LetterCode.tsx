import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Words } from "../text/index.ts";
import { ErrorSign } from "./ErrorSign.tsx";

interface LetterCodeProps {
  readonly words: Words;
  readonly busy: boolean;
  readonly onCode: (code: string) => void;
}

/** Where somebody who has a letter, and no camera at hand, types its code. */
export function LetterCode({ words, busy, onCode }: LetterCodeProps): JSX.Element {
  const { letter } = words;
  const [typed, setTyped] = useState("");
  const [isEmpty, setEmpty] = useState(false);
  const submit = (event: Event): void => {
    event.preventDefault();
    setEmpty(typed.trim() === "");
    if (typed.trim() !== "" && !busy) onCode(typed);
  };
  return (
    <form class="after" noValidate onSubmit={submit}>
      <div class={isEmpty ? "field wrong" : "field"}>
        <label for="letter-code">{letter.label}</label>
        <input
          id="letter-code"
          class="figures figures-many"
          type="text"
          autoComplete="off"
          autoCapitalize="characters"
          spellcheck={false}
          maxLength={20}
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
          aria-invalid={isEmpty}
          aria-describedby={isEmpty ? "letter-code-error" : "letter-code-hint"}
        />
        <p class="hint" id="letter-code-hint">
          {letter.hint}
        </p>
        <div role="alert">
          {isEmpty ? (
            <p class="error" id="letter-code-error">
              <ErrorSign />
              <span>{letter.empty}</span>
            </p>
          ) : null}
        </div>
      </div>
      <div class="go">
        <button type="submit" class="btn" aria-disabled={busy}>
          {letter.go}
        </button>
      </div>
    </form>
  );
}
