import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { calendarPage as words } from "../text/calendar.ts";

interface AsOfProps {
  /** YYYY-MM-DD; empty is now. */
  readonly asOf: string;
  readonly onAsOf: (asOf: string) => void;
}

/** Moves the calendar to another day, past or to come. */
export function AsOf({ asOf, onAsOf }: AsOfProps): JSX.Element {
  const [typed, setTyped] = useState(asOf);
  const submit = (event: Event): void => {
    event.preventDefault();
    onAsOf(typed);
  };
  return (
    <form class="toolbar" onSubmit={submit}>
      <div class="field">
        <label for="as-of">{words.asOf}</label>
        <input
          id="as-of"
          type="date"
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </div>
      <button type="submit" class="btn second">
        {words.show}
      </button>
      {asOf === "" ? null : (
        <button
          type="button"
          class="btn quiet"
          onClick={() => {
            setTyped("");
            onAsOf("");
          }}
        >
          {words.now}
        </button>
      )}
    </form>
  );
}
