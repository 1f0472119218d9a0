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

/**
 * The text in force with everything that is new in its consent since an older version of it, the oldest change first: who
 * missed one version reads of both.
 *
 * @param texts  every text that has been in force, the one in force last.
 */
export function withChangesSince(texts: readonly [Protocol, ...Protocol[]], version: number): Protocol {
  const current = texts[texts.length - 1] ?? texts[0];
  // Of several texts with one version of the consent the latest stands.
  const byVersion = new Map(texts.map(({ consent }) => [consent.version, consent.changes ?? []]));
  const later = [...byVersion].filter(([each]) => each > version).sort(([a], [b]) => a - b);
  const changes = new Map(
    later.flatMap(([, lines]) => lines.map((line) => [canonicalJson(line), line] as const)),
  );
  if (changes.size === 0) return current;
  return { ...current, consent: { ...current.consent, changes: [...changes.values()] } };
}
