import { useEffect, useRef } from "preact/hooks";

/** A choice counts as made when it has stood this long: arrow keys pass over choices that nobody means. */
const settleMs = 400;

/** Calls `keep` when `value` has changed and then stood still, or at once when the page goes out of sight. */
export function useSettled(value: unknown, keep: () => void): void {
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    const timer = setTimeout(keep, settleMs);
    const onHidden = (): void => {
      if (document.visibilityState === "hidden") keep();
    };
    document.addEventListener("visibilitychange", onHidden);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", onHidden);
    };
  }, [value]);
}
