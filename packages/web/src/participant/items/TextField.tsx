import type { TextItem } from "@longwave/study/answering";
import type { JSX } from "preact";
import type { FieldProps } from "./props.ts";

/** Words to write, on one line or several. */
export function TextField(props: FieldProps<TextItem>): JSX.Element {
  const { item, draft, words } = props;
  const hint = `${item.id}-room`;
  const shared = {
    name: item.id,
    value: draft.kind === "typed" ? draft.text : "",
    "aria-labelledby": "question",
    "aria-describedby": [hint, props.describedBy].filter(Boolean).join(" "),
    "aria-invalid": props.wrong,
  };
  const changed = (text: string): void => props.onDraft({ kind: "typed", text });
  return (
    <div class={props.wrong ? "field wrong" : "field"}>
      {item.multiline === true ? (
        <textarea {...shared} rows={5} onInput={(event) => changed(event.currentTarget.value)} />
      ) : (
        <input
          {...shared}
          type="text"
          autocomplete="off"
          onInput={(event) => changed(event.currentTarget.value)}
        />
      )}
      <p class="hint" id={hint}>
        {words.question.room(item.maxLength)}
      </p>
    </div>
  );
}
