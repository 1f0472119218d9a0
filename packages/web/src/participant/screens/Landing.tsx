import type { JSX } from "preact";
import type { Model } from "../state/model.ts";
import type { Language, Words } from "../text/index.ts";
import { Heading } from "../ui/Heading.tsx";
import { LanguageSwitch } from "../ui/LanguageSwitch.tsx";
import { TroubleNote } from "./Notes.tsx";

interface LandingProps {
  readonly words: Words;
  readonly model: Model;
  readonly onGo: () => void;
  readonly onOwn: () => void;
  readonly onLanguage: (language: Language) => void;
  readonly onNotMine: (notMine: boolean) => void;
}

/** The page a personal link, or the door to the demonstration, opens: quiet, and nothing happens until the button is pressed. */
export function Landing({ words, model, onGo, onOwn, onLanguage, onNotMine }: LandingProps): JSX.Element {
  const { landing, tryOut } = words;
  const said = model.tries
    ? { title: tryOut.title, study: tryOut.study, explain: tryOut.explain, after: tryOut.after }
    : { title: landing.title, study: landing.invitedTo, explain: landing.explain, after: landing.notYou };
  return (
    <>
      <LanguageSwitch
        words={words}
        languages={["en", "nb"]}
        current={model.language}
        onLanguage={onLanguage}
      />
      <Heading>{said.title}</Heading>
      {model.invitation === undefined ? null : (
        <div class="invited">
          <p class="soft small">{said.study}</p>
          <p class="study-title">{model.invitation.title}</p>
        </div>
      )}
      <p class="lede">{said.explain}</p>
      <TroubleNote words={words} trouble={model.trouble} />
      <div class="go">
        <button type="button" class="btn" onClick={onGo} aria-disabled={model.busy}>
          {model.busy ? landing.going : landing.go}
        </button>
        {model.tries ? null : (
          <button type="button" class="btn quiet" onClick={onOwn} aria-disabled={model.busy}>
            {words.own.enter}
          </button>
        )}
      </div>
      <label class="tick after">
        <input
          type="checkbox"
          checked={model.notMine}
          onChange={(event) => onNotMine(event.currentTarget.checked)}
        />
        <span>
          {words.device.notMine}
          <span class="small soft promise">{words.device.notMineHint}</span>
        </span>
      </label>
      <p class="soft small after">{said.after}</p>
    </>
  );
}
