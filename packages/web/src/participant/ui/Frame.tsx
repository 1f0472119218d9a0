import type { ComponentChildren, JSX } from "preact";
import type { Words } from "../text/index.ts";
import { BrandMark } from "./Brand.tsx";

interface FrameProps {
  readonly words: Words;
  readonly wide?: boolean;
  readonly hidden: boolean;
  readonly id?: string;
  readonly onHelp?: () => void;
  /** Where someone has come in: the way out stands at the foot of every page. */
  readonly onLeave?: (() => void) | undefined;
  readonly onWrite?: (() => void) | undefined;
  /** Pages of the study that everyone may read. */
  readonly notices?: readonly { readonly words: string; readonly address: string }[];
  readonly children: ComponentChildren;
}

/** The page around every screen: our name and Help above it, the way out below it. */
export function Frame(props: FrameProps): JSX.Element {
  const { words, wide, hidden, onHelp, onLeave, onWrite, notices = [], children, ...given } = props;
  const id = given.id ?? "main";
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
      {onLeave === undefined ? null : (
        <footer class="foot-line no-print">
          <button type="button" class="btn quiet" onClick={onLeave}>
            {words.leave.enter}
          </button>
          {onWrite === undefined ? null : (
            <button type="button" class="btn quiet" onClick={onWrite}>
              {words.write.enter}
            </button>
          )}
          {notices.map(({ words: name, address }) => (
            <a key={address} href={address}>
              {name}
            </a>
          ))}
        </footer>
      )}
    </div>
  );
}
