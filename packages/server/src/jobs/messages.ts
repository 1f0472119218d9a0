import type { Progress } from "@longwave/findings";
import type { AnalysisOutcome } from "./analyse.ts";

/** What the thread of an analysis tells the server. */
export type WorkerMessage =
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "done"; readonly outcome: AnalysisOutcome }
  | { readonly kind: "failed"; readonly why: string };
