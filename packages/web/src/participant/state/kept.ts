import type { AnswerSubmission, ParticipantState } from "@longwave/api";
import type { LoggedEvent } from "@longwave/study/answering";
import type { Visit } from "./visit.ts";

/** What a person who closes the page without a connection comes back to. */
export interface KeptContent {
  readonly state: ParticipantState;
  readonly visit: Visit | undefined;
  readonly unsent: readonly AnswerSubmission[];
  readonly logged: readonly LoggedEvent[];
}
