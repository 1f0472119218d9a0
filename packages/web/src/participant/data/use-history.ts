import { useEffect, useRef } from "preact/hooks";
import type { Happening, Model } from "../state/model.ts";

/** The phone's own Back goes one question back, as the button does, and does not leave the form. */
export function useHistory(model: Model, tell: (happening: Happening) => void): void {
  const at = model.visit?.at;
  const before = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (at === undefined || before.current === at) return;
    const entry = { question: at };
    if (before.current === undefined || questionIn(history.state) === at) history.replaceState(entry, "");
    else history.pushState(entry, "");
    before.current = at;
  }, [at]);
  useEffect(() => {
    const onMove = (event: PopStateEvent): void => {
      const item = questionIn(event.state);
      if (item !== undefined) tell({ kind: "goTo", item });
    };
    window.addEventListener("popstate", onMove);
    return () => window.removeEventListener("popstate", onMove);
  }, [tell]);
}

function questionIn(state: unknown): string | undefined {
  if (typeof state !== "object" || state === null || !("question" in state)) return undefined;
  return typeof state.question === "string" ? state.question : undefined;
}
