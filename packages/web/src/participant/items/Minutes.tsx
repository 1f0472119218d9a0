import type { IntegerItem } from "@longwave/study/answering";
import type { JSX } from "preact";
import { NumberField } from "./NumberField.tsx";
import type { FieldProps } from "./props.ts";

const usual = [10, 15, 20, 30, 45, 60, 75, 90] as const;

interface MinutesProps extends FieldProps<IntegerItem> {
  /** The words over the field for any other number. */
  readonly other: string;
}

/** A number of minutes: the usual ones to tap, any other to write. */
export function Minutes({ other, ...props }: MinutesProps): JSX.Element {
  const { item, draft, onDraft } = props;
  const chosen = draft.kind === "typed" ? Number(draft.text) : undefined;
  return (
    <>
      <div class="eleven few">
        {usual
          .filter((minutes) => minutes >= item.min && minutes <= item.max)
          .map((minutes) => (
            <label key={minutes}>
              <input
                type="radio"
                name={`${item.id}-usual`}
                value={minutes}
                checked={chosen === minutes}
                onChange={() => onDraft({ kind: "typed", text: String(minutes) })}
              />
              {minutes}
            </label>
          ))}
      </div>
      <p class="soft hint-line">{other}</p>
      <NumberField {...props} />
    </>
  );
}
