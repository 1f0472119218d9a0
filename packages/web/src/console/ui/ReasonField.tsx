import type { JSX } from "preact";

interface ReasonProps {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  /** Empty while nothing is wrong. */
  readonly error: string;
  readonly value: string;
  readonly onText: (text: string) => void;
}

/** Why something is done, in a sentence. */
export function ReasonField({ id, label, hint, error, value, onText }: ReasonProps): JSX.Element {
  return (
    <div class={error === "" ? "field reason" : "field reason wrong"}>
      <label for={id}>
        {label} <span class="hint">{hint}</span>
      </label>
      <textarea
        id={id}
        rows={2}
        value={value}
        aria-invalid={error !== ""}
        aria-describedby={`${id}-error`}
        onInput={(event) => onText(event.currentTarget.value)}
      />
      <p role="alert" class="error" id={`${id}-error`}>
        {error}
      </p>
    </div>
  );
}
