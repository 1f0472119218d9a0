import type { ParticipantState } from "@longwave/api";
import type { Language } from "../participant/text/index.ts";

/** What the console shows in the preview: the state of somebody who is about to answer, in each language. */
export interface PreviewMessage {
  readonly kind: "longwave-preview";
  readonly language: Language;
  readonly states: Partial<Readonly<Record<Language, ParticipantState>>>;
}

/** What the preview says once it can be shown something. */
export const READY = "longwave-preview-ready";

/** The message, when it is one of the console's. */
export function previewMessage(data: unknown): PreviewMessage | undefined {
  if (typeof data !== "object" || data === null) return undefined;
  return (data as Partial<PreviewMessage>).kind === "longwave-preview" ? (data as PreviewMessage) : undefined;
}
