import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { useAction } from "../data/use-resource.ts";
import { qualityWords as words } from "../text/quality.ts";
import { NotDone } from "./States.tsx";

interface QueryWordsProps {
  readonly id: string;
  readonly label: string;
  /** Whether it may be sent without words. */
  readonly optional?: boolean;
  readonly send: string;
  readonly action: Pick<ReturnType<typeof useAction<string, unknown>>, "busy" | "failure" | "run">;
  readonly onCancel?: () => void;
}

/** A field for what is said about a query, and the button that sends it. */
export function QueryWords(props: QueryWordsProps): JSX.Element {
  const { id, label, optional = false, send, action, onCancel } = props;
  const [text, setText] = useState("");
  const [missing, setMissing] = useState(false);
  const submit = (): void => {
    const short = !optional && text.trim().length < 3;
    setMissing(short);
    if (!short) action.run(text.trim());
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div class={missing ? "field wrong" : "field"}>
        <label for={id}>
          {label} {optional ? <span class="hint">{words.optional}</span> : null}
        </label>
        <p class="hint" id={`${id}-hint`}>
          {words.wordsHint}
        </p>
        <textarea
          id={id}
          rows={2}
          maxLength={1000}
          value={text}
          aria-invalid={missing}
          aria-describedby={missing ? `${id}-hint ${id}-error` : `${id}-hint`}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
        <div role="alert">
          {missing ? (
            <p class="error" id={`${id}-error`}>
              {words.wordsMissing}
            </p>
          ) : null}
        </div>
      </div>
      <p class="acts">
        <button type="submit" class="btn second" aria-disabled={action.busy}>
          {action.busy ? words.busy : send}
        </button>
        {onCancel === undefined ? null : (
          <button type="button" class="btn quiet" onClick={onCancel}>
            {words.cancel}
          </button>
        )}
      </p>
      <NotDone failure={action.failure} />
    </form>
  );
}
