import type { EntryMode, EntrySheet } from "@longwave/api";
import type { JSX } from "preact";
import { entryPage as words } from "../text/entry.ts";

interface Header {
  readonly mode: EntryMode;
  readonly day: string;
  readonly twice: boolean;
}

interface HowItCameProps extends Header {
  readonly sheet: EntrySheet;
  readonly dayMissing: boolean;
  readonly onChange: (header: Header) => void;
}

/** How the answers came, on which day, and whether a colleague is to type them again. */
export function HowItCame({ sheet, dayMissing, onChange, ...header }: HowItCameProps): JSX.Element {
  const { mode, day, twice } = header;
  const choose = (next: EntryMode): void =>
    onChange({ ...header, mode: next, day: next === "phone" && day === "" ? sheet.today : day });
  return (
    <div class="card measure-card stack">
      <fieldset class="choices-row">
        <legend>{words.how}</legend>
        {(["paper", "phone"] as const).map((each) => (
          <label key={each} class="choice-inline">
            <input type="radio" name="mode" checked={mode === each} onChange={() => choose(each)} />{" "}
            {words.modes[each]}
          </label>
        ))}
      </fieldset>
      <div class={dayMissing ? "field wrong" : "field"}>
        <label for="day">
          {words.day} <span class="hint">{words.dayHint}</span>
        </label>
        <input
          id="day"
          type="date"
          min={sheet.firstDay}
          max={sheet.today}
          value={day}
          aria-invalid={dayMissing}
          onInput={(event) => onChange({ ...header, day: event.currentTarget.value })}
        />
        <p class="error">{dayMissing ? words.dayNeeded : ""}</p>
      </div>
      {sheet.typedTwice === "none" ? null : <p class="soft">{words.typedTwice[sheet.typedTwice]}</p>}
      {sheet.double === null && sheet.typedTwice !== "all" ? (
        <label class="choice-inline">
          <input
            type="checkbox"
            checked={twice}
            onChange={(event) => onChange({ ...header, twice: event.currentTarget.checked })}
          />{" "}
          {words.twice}
        </label>
      ) : null}
    </div>
  );
}
