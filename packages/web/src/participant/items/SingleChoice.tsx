import type { SingleChoiceItem } from "@longwave/study/answering";
import type { JSX } from "preact";
import { Options } from "./Options.tsx";
import type { FieldProps } from "./props.ts";

/** One choice among words: full-width rows of native radio buttons. */
export function SingleChoice(props: FieldProps<SingleChoiceItem>): JSX.Element {
  return (
    <Options
      name={props.item.id}
      options={props.item.options}
      chosen={props.draft.kind === "chosen" ? props.draft.value : undefined}
      onChoose={(value) => props.onDraft({ kind: "chosen", value })}
    />
  );
}
