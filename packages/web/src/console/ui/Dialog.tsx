import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

interface DialogProps {
  readonly title: string;
  readonly confirm: string;
  readonly dismiss: string;
  readonly onConfirm: () => void;
  readonly onDismiss: () => void;
  readonly children: ComponentChildren;
}

/** A question about something that cannot be undone; its buttons are verbs, Escape means no. */
export function Dialog(props: DialogProps): JSX.Element {
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    box.current?.showModal();
  }, []);
  return (
    <dialog ref={box} aria-labelledby="dialog-title" onClose={props.onDismiss}>
      <h2 id="dialog-title">{props.title}</h2>
      <div class="dialog-text">{props.children}</div>
      <div class="dialog-acts">
        <button type="button" class="btn" onClick={props.onConfirm}>
          {props.confirm}
        </button>
        <button type="button" class="btn second" onClick={() => box.current?.close()}>
          {props.dismiss}
        </button>
      </div>
    </dialog>
  );
}
