import type { ComponentChildren, JSX } from "preact";

/** The heading of a screen; the focus comes here when the screen changes. */
export function Heading(props: { readonly id?: string; readonly children: ComponentChildren }): JSX.Element {
  return (
    <h1 tabIndex={-1} id={props.id ?? "heading"}>
      {props.children}
    </h1>
  );
}
