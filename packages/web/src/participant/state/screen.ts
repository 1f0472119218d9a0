import type { ParticipantState, ParticipantWave } from "@longwave/api";
import type { FormItem } from "@longwave/study/answering";
import type { TroubleKind } from "../text/index.ts";
import type { Model } from "./model.ts";
import type { OwnPage } from "./own-page.ts";
import { ownPageKey } from "./own-page.ts";
import type { SessionPage } from "./session.ts";
import type { Visit } from "./visit.ts";
import { itemAt } from "./visit.ts";

/** The one screen that a model calls for. */
export type Screen =
  | { readonly kind: "landing"; readonly tries: boolean }
  | { readonly kind: "opening" }
  | { readonly kind: "trouble"; readonly trouble: TroubleKind }
  | { readonly kind: "help" }
  | { readonly kind: "declined" }
  | { readonly kind: "consent"; readonly state: ParticipantState }
  | {
      readonly kind: "question";
      readonly state: ParticipantState;
      readonly visit: Visit;
      readonly item: FormItem;
    }
  | { readonly kind: "finishing"; readonly visit: Visit }
  | { readonly kind: "paused"; readonly state: ParticipantState; readonly visit: Visit }
  | { readonly kind: "thanks"; readonly state: ParticipantState }
  | { readonly kind: "session"; readonly state: ParticipantState; readonly page: SessionPage }
  | { readonly kind: "left"; readonly reached: boolean }
  | { readonly kind: "own"; readonly state: ParticipantState; readonly own: OwnPage }
  | { readonly kind: "waiting"; readonly next: ParticipantWave; readonly closed: ParticipantWave | undefined }
  | { readonly kind: "ended"; readonly closed: ParticipantWave | undefined };

/** A page laid over the screen, which stays as it is below. */
export type LaidOver = "help" | "leave" | "write" | "contact";

/** Whether a page is laid over the screen. */
export function isLaid(aside: Model["aside"]): aside is LaidOver {
  return aside === "help" || aside === "leave" || aside === "write" || aside === "contact";
}

/** The screen to draw; derived, never stored. */
export function screenOf(model: Model): Screen {
  if (isLaid(model.aside)) return { kind: "help" };
  if (model.stage === "left") return { kind: "left", reached: model.trouble === undefined };
  if (model.stage === "trouble") return { kind: "trouble", trouble: model.trouble ?? "server" };
  if (model.stage === "landing") return { kind: "landing", tries: model.tries };
  if (model.state === undefined) return { kind: "opening" };
  if (model.state.consent.given === undefined) return beforeConsent(model, model.state);
  if (model.state.consent.again !== undefined) return { kind: "consent", state: model.state };
  if (model.aside === "session" && model.session !== undefined)
    return { kind: "session", state: model.state, page: model.session };
  if (model.aside === "own") return { kind: "own", state: model.state, own: model.own };
  return model.visit === undefined ? betweenWaves(model.state) : inWave(model, model.state, model.visit);
}

/** A name for the screen that changes exactly when a person should notice a new one. */
export function screenKey(screen: Screen): string {
  if (screen.kind === "own") return ownPageKey(screen.own);
  if (screen.kind === "session") return `session ${screen.page.id} ${screen.page.part.id} ${screen.page.at}`;
  return screen.kind === "question" ? `question ${screen.item.id}` : screen.kind;
}

function beforeConsent(model: Model, state: ParticipantState): Screen {
  if (state.study.locked) return { kind: "trouble", trouble: "locked" };
  if (!state.study.recruiting) return { kind: "trouble", trouble: "recruitment_closed" };
  if (state.study.paused) return { kind: "trouble", trouble: "study_paused" };
  return model.aside === "declined" ? { kind: "declined" } : { kind: "consent", state };
}

function inWave(model: Model, state: ParticipantState, visit: Visit): Screen {
  if (model.aside === "paused") return { kind: "paused", state, visit };
  const item = itemAt(visit);
  return item === undefined ? { kind: "finishing", visit } : { kind: "question", state, visit, item };
}

function betweenWaves(state: ParticipantState): Screen {
  const closed = closedWave(state.waves);
  if (state.thanks !== undefined && closed === undefined) return { kind: "thanks", state };
  if (state.study.locked) return { kind: "trouble", trouble: "locked" };
  const next = state.waves.find((wave) => wave.state === "not_yet");
  return next === undefined ? { kind: "ended", closed } : { kind: "waiting", next, closed };
}

/** The wave that was last to answer, when it closed unfinished: whoever comes for it is told so. */
function closedWave(waves: readonly ParticipantWave[]): ParticipantWave | undefined {
  const last = waves.filter(({ state }) => state !== "not_yet").at(-1);
  return last?.state === "missed" ? last : undefined;
}
