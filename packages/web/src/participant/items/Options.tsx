import type { AnswerValue } from "@longwave/study/answering";
import type { JSX } from "preact";

interface OptionsProps<Value extends AnswerValue> {
  readonly name: string;
  readonly options: readonly { readonly value: Value; readonly text: string }[];
  readonly chosen: AnswerValue | undefined;
  readonly onChoose: (value: Value) => void;
}

/** Radio rows. Native inputs: arrows move, the space bar chooses, a reader says "2 of 6". */
export function Options<Value extends AnswerValue>(props: OptionsProps<Value>): JSX.Element {
  return (
    <div class="options">
      {props.options.map((option) => (
        <label class="option" key={String(option.value)}>
          <input
            type="radio"
            name={props.name}
            value={String(option.value)}
            checked={props.chosen === option.value}
            onChange={() => props.onChoose(option.value)}
          />
          <span>{option.text}</span>
        </label>
      ))}
    </div>
  );
}
