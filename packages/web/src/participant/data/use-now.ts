import { useEffect, useState } from "preact/hooks";

/** How often a page that shows what is open looks at the clock. */
const LOOK_MS = 30_000;

/** The time (ms UTC), looked at again now and then, and when the page comes back into sight. */
export function useNow(now: () => number): number {
  const [time, setTime] = useState(now);
  useEffect(() => {
    const look = (): void => setTime(now());
    const timer = setInterval(look, LOOK_MS);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [now]);
  return time;
}
