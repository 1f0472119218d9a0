import type { ComponentChildren, JSX } from "preact";
import type { Words } from "../text/index.ts";
import { BrandMark } from "./Brand.tsx";

interface FrameProps {
  readonly words: Words;
  readonly wide?: boolean;
  readonly hidden: boolean;
  readonly onHelp?: () => void;
  readonly children: ComponentChildren;
}

/** The page around every screen: our name, Help, and nothing else to press. */
export function Frame({ words, wide, hidden, onHelp, children }: FrameProps): JSX.Element {
  const id = onHelp === undefined ? "help" : "main";
  const width = wide === true ? " wide" : "";
  return (
    <div hidden={hidden}>
      <a class="skip" href={`#${id}`}>
        {words.skipToPage}
      </a>
      <header class={`top${width}`}>
        <span class="brand">
          <BrandMark />
          {words.brand}
        </span>
        {onHelp === undefined ? null : (
          <button type="button" class="btn quiet" onClick={onHelp}>
            {words.help}
          </button>
        )}
      </header>
      <main id={id} class={`sheet${width}`}>
        {children}
      </main>
    </div>
  );
}
