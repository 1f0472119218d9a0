import type { JSX } from "preact";
import type { Language, Words } from "../text/index.ts";
import { wordsIn } from "../text/index.ts";

interface SwitchProps {
  readonly words: Words;
  readonly languages: readonly Language[];
  readonly current: Language;
  readonly onLanguage: (language: Language) => void;
}

/** A choice of language, each named in itself; nothing when there is only one. */
export function LanguageSwitch({ words, languages, current, onLanguage }: SwitchProps): JSX.Element | null {
  if (languages.length < 2) return null;
  return (
    <fieldset class="languages">
      <legend class="sr">{words.chooseLanguage}</legend>
      <div class="choice-row">
        {languages.map((language) => (
          <label class="chip" key={language} lang={language}>
            <input
              type="radio"
              name="language"
              value={language}
              checked={language === current}
              onChange={() => onLanguage(language)}
            />
            <span>{wordsIn(language).languageName}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
