import type { RecipientRequest } from "@longwave/api";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Action } from "../data/use-resource.ts";
import { releasePage as words } from "../text/release.ts";
import { NotDone } from "./States.tsx";

interface FormProps {
  /** Tells the fields of several forms on a page apart. */
  readonly id: string;
  /** Today, as 2026-03-02: the first value of the date. */
  readonly today: string;
  readonly action: Action<RecipientRequest>;
}

const FIELDS = ["name", "organisation", "purpose", "agreement"] as const;
type Field = (typeof FIELDS)[number];

/** Write down who received a version, for what, under which agreement. */
export function RecipientForm({ id, today, action }: FormProps): JSX.Element {
  const [typed, setTyped] = useState<Readonly<Record<Field, string>>>({
    name: "",
    organisation: "",
    purpose: "",
    agreement: "",
  });
  const [day, setDay] = useState(today);
  const [tried, setTried] = useState(false);
  const receivedAt = Date.parse(day);
  const isWhole = FIELDS.every((field) => typed[field].trim() !== "") && Number.isFinite(receivedAt);
  const submit = (event: Event): void => {
    event.preventDefault();
    setTried(true);
    if (isWhole) action.run({ ...typed, receivedAt });
  };
  return (
    <form class="stack" onSubmit={submit} noValidate>
      {FIELDS.map((field) => (
        <TextField
          key={field}
          id={`${id}-${field}`}
          label={words[field]}
          hint={field === "agreement" ? words.agreementHint : ""}
          value={typed[field]}
          wrong={tried && typed[field].trim() === ""}
          onText={(text) => setTyped({ ...typed, [field]: text })}
        />
      ))}
      <div class={tried && !Number.isFinite(receivedAt) ? "field wrong" : "field"}>
        <label for={`${id}-received`}>{words.received}</label>
        <input
          id={`${id}-received`}
          type="date"
          value={day}
          onInput={(event) => setDay(event.currentTarget.value)}
        />
      </div>
      <div>
        <button type="submit" class="btn second" aria-disabled={action.busy}>
          {action.busy ? words.addBusy : words.add}
        </button>
      </div>
      <NotDone failure={action.failure} />
    </form>
  );
}

interface TextFieldProps {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly wrong: boolean;
  readonly onText: (text: string) => void;
}

function TextField({ id, label, hint, value, wrong, onText }: TextFieldProps): JSX.Element {
  return (
    <div class={wrong ? "field wrong" : "field"}>
      <label for={id}>
        {label} {hint === "" ? null : <span class="hint">{hint}</span>}
      </label>
      <input
        id={id}
        type="text"
        value={value}
        aria-invalid={wrong}
        aria-describedby={`${id}-error`}
        onInput={(event) => onText(event.currentTarget.value)}
      />
      <p role="alert" class="error" id={`${id}-error`}>
        {wrong ? words.needed : ""}
      </p>
    </div>
  );
}
