import type { LocalText, Protocol } from "@longwave/study";
import type { Language } from "../../publication/types.ts";
import { localText } from "../../words/study-names.ts";
import { FEWEST_PEOPLE } from "../reasons.ts";
import { peopleIn, samePeople } from "./contrast.ts";
import type { WholeOccasion } from "./occasions.ts";

/** A kind of session with enough people to be shown, or the rare ones taken together. */
export interface Kind {
  /** Its codes; several when kinds were taken together. */
  readonly codes: readonly (string | null)[];
  readonly label: string;
  /** Its sessions, and the rests of the same people. */
  readonly occasions: readonly WholeOccasion[];
}

/** Kinds of session with at least ten people who also rested, the most frequent first; the rarer ones together. */
export function kindsOf(
  sessions: readonly WholeOccasion[],
  rests: readonly WholeOccasion[],
  names: { readonly labels: ReadonlyMap<string, string>; readonly others: string },
): { readonly shown: readonly Kind[]; readonly anyHidden: boolean } {
  const codes = [...new Set(sessions.map(({ type }) => type))];
  const made = codes.map((code) => kindOf([code], names.labels.get(code ?? "") ?? names.others));
  const large = made.filter((kind) => code(kind) !== null && isLarge(kind));
  const rare = made.filter((kind) => !large.includes(kind));
  const together = kindOf(
    rare.flatMap((kind) => kind.codes),
    names.others,
  );
  const merged = rare.length > 0 && isLarge(together) ? [together] : [];
  const shown = [...large].sort((a, b) => b.occasions.length - a.occasions.length || compare(a, b));
  return { shown: [...shown, ...merged], anyHidden: rare.length > 0 && merged.length === 0 };

  function kindOf(own: readonly (string | null)[], label: string): Kind {
    const chosen = sessions.filter(({ type }) => own.includes(type));
    return { codes: own, label, occasions: samePeople(chosen, rests) };
  }
}

function code({ codes }: Kind): string | null {
  return codes[0] ?? null;
}

function isLarge({ occasions }: Kind): boolean {
  return peopleIn(occasions) >= FEWEST_PEOPLE;
}

function compare(a: Kind, b: Kind): number {
  return (code(a) ?? "") < (code(b) ?? "") ? -1 : 1;
}

/** The answers to a question in the reader's language, by code. */
export function optionLabels(
  protocol: Protocol,
  item: string,
  language: Language,
): ReadonlyMap<string, string> {
  const found = protocol.instruments.flatMap(({ items }) => items).find(({ id }) => id === item);
  const options = found !== undefined && "options" in found ? found.options : [];
  return new Map(options.map(({ value, text }) => [String(value), localText(text, language)]));
}

/** The words of a question, and how far one step of it is: ten for answers that go far. */
export function questionOf(
  protocol: Protocol,
  item: string,
  language: Language,
): { readonly text: string; readonly step: number } {
  const found = protocol.instruments.flatMap(({ items }) => items).find(({ id }) => id === item);
  const range = found !== undefined && "min" in found ? found.max - found.min : 0;
  const text: LocalText = found?.text ?? { en: item };
  return { text: localText(text, language), step: range > 50 ? 10 : 1 };
}
