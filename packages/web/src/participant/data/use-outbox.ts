import { useEffect } from "preact/hooks";
import type { Model } from "../state/model.ts";
import { nextBatch, waitBeforeRetryMs } from "../state/outbox.ts";
import type { Opening } from "./opening.ts";
import { withSession } from "./opening.ts";
import { troubleOf } from "./server.ts";

/** Sends what is unsent, tries again after a while, and warns before the page is left with answers on it. */
export function useOutbox(opening: Opening, model: Model): void {
  const { outbox } = model;
  const hasUnsent = outbox.unsent.length > 0;
  useEffect(() => {
    if (hasUnsent && outbox.status === "idle") void send(opening, outbox);
  }, [opening, outbox, hasUnsent]);
  useRetry(opening, outbox.status === "waiting", outbox.failures);
  // What the phone keeps is safe when the page is closed.
  useWarning(hasUnsent && model.keptUntil === undefined);
}

async function send(opening: Opening, outbox: Model["outbox"]): Promise<void> {
  opening.tell({ kind: "sending" });
  const answers = nextBatch(outbox);
  const reply = await withSession(opening, () => opening.world.server.sendAnswers({ answers }));
  if (reply.kind === "ok") {
    opening.tell({ kind: "received", receipt: reply.value });
    return;
  }
  opening.tell({ kind: "notReceived" });
  // Without a connection the words "not yet sent" are enough; what a person must act on is said besides.
  const trouble = troubleOf(reply);
  if (trouble !== "offline" && trouble !== "server") opening.tell({ kind: "failed", trouble });
}

function useRetry(opening: Opening, waiting: boolean, failures: number): void {
  useEffect(() => {
    if (!waiting) return;
    const again = (): void => opening.tell({ kind: "readyAgain" });
    const timer = setTimeout(again, waitBeforeRetryMs(failures));
    window.addEventListener("online", again);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("online", again);
    };
  }, [opening, waiting, failures]);
}

function useWarning(hasUnsent: boolean): void {
  useEffect(() => {
    if (!hasUnsent) return;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [hasUnsent]);
}
