import type { IntegerItem, NumberItem } from "@longwave/study/answering";
import type { JSX } from "preact";
import type { FieldProps } from "./props.ts";

/** A number to write, with the phone's figure keys, its unit and the range we expect. */
export function NumberField(props: FieldProps<IntegerItem | NumberItem>): JSX.Element {
  const { item, draft, words } = props;
  const hint = `${item.id}-range`;
  return (
    <div class={props.wrong ? "field wrong" : "field"}>
      <div class="number-line">
        <input
          type="text"
          class={`figures figures-${figureCount(item)}`}
          name={item.id}
          inputMode={item.kind === "integer" ? "numeric" : "decimal"}
          autocomplete="off"
          value={draft.kind === "typed" ? draft.text : ""}
          aria-labelledby="question"
          aria-describedby={[hint, props.describedBy].filter(Boolean).join(" ")}
          aria-invalid={props.wrong}
          onInput={(event) => props.onDraft({ kind: "typed", text: event.currentTarget.value })}
        />
        {item.unit === undefined ? null : <span class="unit">{item.unit}</span>}
      </div>
      <p class="hint" id={hint}>
        {words.question.between(String(item.min), String(item.max))}
        {item.unit === undefined ? "" : ` ${item.unit}`}
      </p>
    </div>
  );
}

/** How wide the field is: room for the longest number, so that its size says what is asked for. */
function figureCount(item: IntegerItem | NumberItem): "few" | "some" | "many" {
  const longest =
    String(item.max).length + (item.kind === "number" && item.decimals > 0 ? item.decimals + 1 : 0);
  if (longest <= 2) return "few";
  return longest <= 5 ? "some" : "many";
}
