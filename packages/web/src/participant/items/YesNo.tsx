import type { YesNoItem } from "@longwave/study/answering";
import type { JSX } from "preact";
import { Options } from "./Options.tsx";
import type { FieldProps } from "./props.ts";

/** Yes or no, as two rows of equal standing. */
export function YesNo(props: FieldProps<YesNoItem>): JSX.Element {
  const { question } = props.words;
  return (
    <Options
      name={props.item.id}
      options={[
        { value: true, text: question.yes },
        { value: false, text: question.no },
      ]}
      chosen={props.draft.kind === "chosen" ? props.draft.value : undefined}
      onChoose={(value) => props.onDraft({ kind: "chosen", value })}
    />
  );
}
