import { progress } from "@longwave/study/answering";
import type { Words } from "../text/index.ts";
import type { Screen } from "./screen.ts";

/** The title of the browser tab: where the person is, then the study's or our name. */
export function screenTitle(screen: Screen, words: Words): string {
  const study = "state" in screen ? screen.state.study.title : words.brand;
  return `${place(screen, words)} – ${study}`;
}

function place(screen: Screen, words: Words): string {
  switch (screen.kind) {
    case "landing":
      return screen.tries ? words.tryOut.title : words.landing.title;
    case "opening":
      return words.opening;
    case "help":
      return words.helpPage.title;
    case "trouble":
      return words.trouble[screen.trouble].title;
    case "declined":
      return words.consent.declinedTitle;
    case "consent":
      return screen.state.consent.again ? words.consentAgain.title : screen.state.consent.form.title;
    case "question": {
      const { position, total, minutesLeft } = progress(
        screen.visit.form,
        screen.visit.answers,
        screen.item.id,
      );
      return words.question.progress(position, total, minutesLeft);
    }
    case "finishing":
      return words.finishing.title;
    case "paused":
      return words.paused.title;
    case "thanks":
      return words.thanks.title;
    case "session":
      return words.session.title;
    case "left":
      return words.device.leftTitle;
    case "own":
      return words.own.title;
    case "waiting":
      return screen.closed ? words.closed.title : words.waiting.title;
    case "ended":
      return screen.closed ? words.closed.title : words.ended.title;
  }
}
