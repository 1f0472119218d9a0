import { useLayoutEffect, useRef } from "preact/hooks";

/** On a new screen: its title in the tab, the top of the page in view, and the focus on its heading. */
export function useAnnouncedScreen(key: string, title: string, language: string): void {
  const before = useRef<string | undefined>(undefined);
  useLayoutEffect(() => {
    document.title = title;
    document.documentElement.lang = language;
  }, [title, language]);
  useLayoutEffect(() => {
    const isFirst = before.current === undefined || before.current === "opening";
    before.current = key;
    if (isFirst) return;
    window.scrollTo(0, 0);
    document.querySelector<HTMLElement>(":not([hidden]) > main h1[tabindex]")?.focus({ preventScroll: true });
  }, [key]);
}
