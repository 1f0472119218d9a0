import type { ConsentForm } from "../answering/index.ts";
import { canonicalJson } from "../canonical/json.ts";
import { sha256 } from "../canonical/sha256.ts";
import { inLanguage, unknownLanguage } from "../instruments/compile-form.ts";
import type { Language, LocalText, Protocol } from "../protocol/types.ts";

/**
 * The consent text in one language; `hash` is SHA-256 of exactly the words shown, so that a record of consent
 * names what the person read.
 *
 * @throws StudyError `form.unknown-language`
 */
export function compileConsent(protocol: Protocol, language: Language): ConsentForm {
  if (!protocol.languages.includes(language)) throw unknownLanguage(protocol, language);
  const words = (text: LocalText) => inLanguage(text, language);
  const { version, title, sections, ticks, changes } = protocol.consent;
  const shown = {
    version,
    language,
    title: words(title),
    ...(changes === undefined ? {} : { changes: changes.map(words) }),
    sections: sections.map((section) => ({
      title: words(section.title),
      paragraphs: section.paragraphs.map(words),
    })),
    ticks: ticks.map(({ id, label, promise, required }) => ({
      id,
      label: words(label),
      promise: words(promise),
      required,
    })),
  };
  return { ...shown, hash: sha256(canonicalJson(shown)) };
}
