import type { Expression, FormItem, WaveForm } from "../answering/index.ts";
import { StudyError } from "../errors.ts";
import { mentions } from "../protocol/language/names.ts";
import { parseExpression } from "../protocol/language/parse.ts";
import { suggest } from "../protocol/nearest.ts";
import type { Instrument, ItemText, Language, LocalText, Protocol } from "../protocol/types.ts";
import { instrumentsOf } from "../protocol/variables.ts";

/**
 * The questions of one wave in one language, with conditions parsed: all a phone needs.
 *
 * Instruments without words in the language are left out; buildDataset then says `no_translation`.
 * @param answeredBefore  ids the person has answered or skipped at earlier waves. When given, what is asked once and
 *   is not among them comes at the end, so that who stopped half-way through wave 1 is asked again. Without it
 *   the form holds the wave's own questions only.
 * @throws StudyError `form.unknown-wave`, `form.unknown-language`
 */
export function compileForm(
  protocol: Protocol,
  wave: string,
  language: Language,
  answeredBefore?: readonly string[],
): WaveForm {
  checkRequest(protocol, wave, language);
  const instruments = [
    ...instrumentsOf(protocol, wave),
    ...(answeredBefore === undefined ? [] : leftOver(protocol, wave, answeredBefore)),
  ].filter((instrument) => isAskedIn(instrument, language));
  const items = instruments.flatMap((instrument) =>
    instrument.items.map((item) => compileItem(instrument, item, language)),
  );
  const ids = new Set(items.map((item) => item.id));
  return {
    protocolId: protocol.id,
    protocolVersion: protocol.version,
    wave,
    language,
    minutes: protocol.minutesByWave[wave] ?? 0,
    items,
    helpText: inLanguage(protocol.safety.helpText, language),
    helpWhen: protocol.safety.helpWhen
      .map(parseExpression)
      .filter((rule) => mentions(rule).every((mention) => ids.has(mention.name))),
  };
}

/** What earlier waves ask once and this person has not met, with only the items left. */
function leftOver(protocol: Protocol, wave: string, answered: readonly string[]): readonly Instrument[] {
  const index = protocol.waves.findIndex((candidate) => candidate.id === wave);
  const own = instrumentsOf(protocol, wave);
  const earlier = new Set(protocol.waves.slice(0, index).flatMap(({ id }) => instrumentsOf(protocol, id)));
  return [...earlier]
    .filter((instrument) => instrument.once === true && !own.includes(instrument))
    .map((instrument) => ({
      ...instrument,
      items: instrument.items.filter(({ id }) => !answered.includes(id)),
    }));
}

/** Whether the instrument has words in the language. */
export function isAskedIn(instrument: Instrument, language: Language): boolean {
  return language === "en" || instrument.norwegian.status !== "none";
}

/** The instruments whose words in the language no named person has confirmed; a study stays in design while any is left. */
export function unconfirmedInstruments(protocol: Protocol, language: Language): readonly Instrument[] {
  if (language === "en") return [];
  return protocol.instruments.filter(({ norwegian }) => {
    return (
      norwegian.status !== "none" && (norwegian.status !== "confirmed" || norwegian.confirmedBy === undefined)
    );
  });
}

/** The words in the language, else in English. */
export function inLanguage(text: LocalText, language: Language): string {
  return language === "nb" ? (text.nb ?? text.en) : text.en;
}

function checkRequest(protocol: Protocol, wave: string, language: Language): void {
  const waves = protocol.waves.map((candidate) => candidate.id);
  if (!waves.includes(wave)) {
    throw new StudyError([
      {
        code: "form.unknown-wave",
        path: [],
        expected: `a wave of ${protocol.id}: ${waves.join(", ")}`,
        found: `“${wave}”`,
        remedy: suggest(wave, waves),
      },
    ]);
  }
  if (!protocol.languages.includes(language)) throw unknownLanguage(protocol, language);
}

/** The error for a language the study does not have. */
export function unknownLanguage(protocol: Protocol, language: string): StudyError {
  return new StudyError([
    {
      code: "form.unknown-language",
      path: ["languages"],
      expected: `a language of ${protocol.id}: ${protocol.languages.join(", ")}`,
      found: `“${language}”`,
      remedy: "Ask for one of the study's languages, or add its words to the study text.",
    },
  ]);
}

/** One question in a language, as the phone shows it. */
export function compileItem(instrument: Instrument, item: ItemText, language: Language): FormItem {
  const words = (text: LocalText) => inLanguage(text, language);
  const askIf = condition(instrument.askIf, item.askIf);
  const declaration = instrument.declaration;
  return {
    id: item.id,
    text: words(item.text),
    ...(item.marked === undefined ? {} : { marked: words(item.marked) }),
    ...(item.help === undefined ? {} : { help: words(item.help) }),
    ...(item.why === undefined ? {} : { why: words(item.why) }),
    ...(askIf === undefined ? {} : { askIf }),
    ...(declaration === undefined ? {} : { source: words(declaration) }),
    ...compileKind(item, words),
  };
}

/** Both conditions must allow the question: an instrument's holds for each of its items. */
function condition(instrument: string | undefined, item: string | undefined): Expression | undefined {
  const [first, second] = [instrument, item].flatMap((source) =>
    source === undefined ? [] : [parseExpression(source)],
  );
  if (first === undefined || second === undefined) return first;
  return { kind: "binary", operator: "and", left: first, right: second, at: 0 };
}

type FormItemKind = FormItem extends infer Item
  ? Item extends FormItem
    ? Omit<Item, CommonField>
    : never
  : never;
type CommonField = "id" | "text" | "marked" | "help" | "why" | "askIf" | "source";

function compileKind(item: ItemText, words: (text: LocalText) => string): FormItemKind {
  switch (item.kind) {
    case "single_choice":
      return {
        kind: item.kind,
        options: item.options.map(({ value, text }) => ({ value, text: words(text) })),
      };
    case "multi_choice":
      return {
        kind: item.kind,
        options: item.options.map(({ value, text }) => ({ value, text: words(text) })),
        ...(item.groups === undefined
          ? {}
          : { groups: item.groups.map(({ label, values }) => ({ label: words(label), values })) }),
        noneText: words(item.noneText),
      };
    case "scale":
      return {
        kind: item.kind,
        min: item.min,
        max: item.max,
        lowText: words(item.lowText),
        highText: words(item.highText),
      };
    case "integer":
      return { kind: item.kind, min: item.min, max: item.max, ...unitOf(item.unit, words) };
    case "number":
      return {
        kind: item.kind,
        min: item.min,
        max: item.max,
        decimals: item.decimals,
        ...unitOf(item.unit, words),
      };
    case "yes_no":
      return { kind: item.kind };
    case "text":
      return {
        kind: item.kind,
        maxLength: item.maxLength,
        ...(item.multiline === undefined ? {} : { multiline: item.multiline }),
      };
  }
}

function unitOf(unit: LocalText | undefined, words: (text: LocalText) => string): { readonly unit?: string } {
  return unit === undefined ? {} : { unit: words(unit) };
}
