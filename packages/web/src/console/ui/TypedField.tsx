import type { FormItem } from "@longwave/study/answering";
import type { JSX } from "preact";
import { codesOf, type Typed, wordsOf } from "../data/typed.ts";
import { entryPage as words } from "../text/entry.ts";

interface TypedFieldProps {
  readonly id: string;
  readonly label: string;
  readonly item: FormItem;
  readonly text: string;
  readonly typed: Typed;
  /** What the server said against it. */
  readonly refused?: string | undefined;
  readonly onType: (text: string) => void;
}

/** A question of a form and one line to type its answer in: what can be typed, and how it was read. */
export function TypedField({ id, label, item, text, typed, refused, onType }: TypedFieldProps): JSX.Element {
  const wrong = typed.kind === "wrong" ? words.wrong(typed.expected) : refused;
  return (
    <>
      <label for={id}>{label}</label>
      <p class="codes-line small soft" id={`${id}-codes`}>
        {codesLine(item)}
      </p>
      <div class={wrong === undefined ? "field" : "field wrong"}>
        <input
          id={id}
          value={text}
          autocomplete="off"
          inputMode={item.kind === "text" ? "text" : "numeric"}
          aria-describedby={`${id}-codes ${id}-read`}
          aria-invalid={wrong !== undefined}
          data-typed
          onInput={(event) => onType(event.currentTarget.value)}
        />
        <p class={wrong === undefined ? "hint" : "error"} id={`${id}-read`}>
          {wrong ?? readAs(item, typed)}
        </p>
      </div>
    </>
  );
}

function readAs(item: FormItem, typed: Typed): string {
  return typed.kind === "answer" ? words.taken(wordsOf(item, typed.payload, { blank: words.blank })) : "";
}

function codesLine(item: FormItem): string {
  const codes = codesOf(item)
    .map(({ key, text }) => `${key} ${text}`)
    .join(" · ");
  switch (item.kind) {
    case "multi_choice":
      return `${codes} (${words.multi})`;
    case "single_choice":
    case "yes_no":
      return codes;
    case "text":
      return words.words(item.maxLength);
    case "scale":
      return `${words.range(item.min, item.max, undefined)}: ${item.min} ${item.lowText} · ${item.max} ${item.highText}`;
    default:
      return words.range(item.min, item.max, item.unit);
  }
}

/** Enter and the arrows go from field to field of a form; Ctrl and Enter is left to the form. */
export function moveByKeys(event: JSX.TargetedKeyboardEvent<HTMLElement>): void {
  const { key, ctrlKey, metaKey, target } = event;
  if (ctrlKey || metaKey || !(target instanceof HTMLInputElement) || !("typed" in target.dataset)) return;
  const step = key === "Enter" || key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const fields = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-typed], button[type=submit]")];
  fields[fields.indexOf(target) + step]?.focus();
}
