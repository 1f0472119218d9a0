import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Answer, Request } from "./worker.ts";

type Ask = Request extends infer One ? (One extends Request ? Omit<One, "turn"> : never) : never;

/** Asks the worker one thing at a time; an answer to an older question is ignored. */
export function useWorker(onAnswer: (answer: Answer) => void): {
  readonly busy: boolean;
  readonly ask: (question: Ask) => void;
} {
  const [busy, setBusy] = useState(false);
  const turn = useRef(0);
  const worker = useRef<Worker | null>(null);
  const listener = useRef(onAnswer);
  listener.current = onAnswer;
  useEffect(() => {
    const made = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    made.addEventListener("message", (event: MessageEvent<Answer>) => {
      if (event.data.is === "ready") return listener.current(event.data);
      if (event.data.turn !== turn.current) return;
      setBusy(false);
      listener.current(event.data);
    });
    worker.current = made;
    return () => made.terminate();
  }, []);
  const ask = useCallback((question: Ask): void => {
    turn.current += 1;
    setBusy(true);
    worker.current?.postMessage({ ...question, turn: turn.current });
  }, []);
  return { busy, ask };
}
