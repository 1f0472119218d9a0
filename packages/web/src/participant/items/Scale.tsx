import type { ScaleItem } from "@longwave/study/answering";
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { FieldProps } from "./props.ts";
import type { TypedFigure } from "./scale-keys.ts";
import { figureTyped } from "./scale-keys.ts";

/** The 0 to 10 scale: equal native radio buttons, four a row on a phone; the keys 0 to 9 answer too. */
export function Scale(props: FieldProps<ScaleItem>): JSX.Element {
  const { item, draft, words } = props;
  useFigureKeys(item, (value) => {
    props.onDraft({ kind: "chosen", value });
    // So that Enter goes on from there.
    document.querySelector<HTMLElement>(`input[name="${item.id}"][value="${value}"]`)?.focus();
  });
  const chosen = draft.kind === "chosen" ? draft.value : undefined;
  const steps = Array.from({ length: item.max - item.min + 1 }, (_, index) => item.min + index);
  return (
    <>
      <p class="anchors split" aria-hidden="true">
        <span>
          <b>{item.min}</b> {item.lowText}
        </span>
      </p>
      <div class="eleven">
        {steps.map((step) => (
          <label key={step}>
            <input
              type="radio"
              name={item.id}
              value={step}
              checked={chosen === step}
              aria-label={stepLabel(item, step, words.question.scaleEnd)}
              onChange={() => props.onDraft({ kind: "chosen", value: step })}
            />
            {step}
          </label>
        ))}
      </div>
      <p class="anchors end" aria-hidden="true">
        <span>
          <b>{item.max}</b> {item.highText}
        </span>
      </p>
    </>
  );
}

function stepLabel(item: ScaleItem, step: number, end: (value: number, text: string) => string): string {
  if (step === item.min) return end(step, item.lowText);
  return step === item.max ? end(step, item.highText) : String(step);
}

function useFigureKeys(item: ScaleItem, onFigure: (value: number) => void): void {
  const before = useRef<TypedFigure | undefined>(undefined);
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const typed = figureTyped(event.key, event.timeStamp, item, before.current);
      before.current = typed;
      if (typed !== undefined) onFigure(typed.value);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  });
}
