import { mentions } from "../protocol/language/names.ts";
import { parseExpression } from "../protocol/language/parse.ts";
import type { Instrument, ItemText, Protocol, WaveText } from "../protocol/types.ts";
import { instrumentsOf } from "../protocol/variables.ts";

/**
 * The text as it stands for somebody who has consented to `version` and to no later one: the text in force without the
 * questions that were added while consent was asked anew.
 *
 * A question counts by where it is asked, so one that is to be asked at one more wave is new there. What an amendment
 * added without asking for consent is for everybody, unless it depends on a question left out. A wave without any
 * question left is gone. A question that was agreed to stays, also where its condition now names one left out: that
 * answer is unknown, and an unknown condition asks. The minutes of a wave shrink by the share of its questions.
 *
 * @param texts  every text that has been in force, the one in force last.
 */
export function textUnder(texts: readonly [Protocol, ...Protocol[]], version: number): Protocol {
  const current = texts[texts.length - 1] ?? texts[0];
  if (version >= current.consent.version) return current;
  const { agreed, withheld } = questionsUnder(texts, version);
  const isLeftOut = withDependents(current, agreed, withheld);
  return isLeftOut.size === 0 ? current : without(current, isLeftOut);
}

/** Where questions are asked, each as one text: its wave, or the instrument of a session or rest, and its id. */
type Places = ReadonlySet<string>;

const placeOf = (where: string, item: string): string => `${where} ${item}`;

function placesOf(protocol: Protocol): Places {
  const ofWaves = protocol.waves.flatMap(({ id }) =>
    instrumentsOf(protocol, id).flatMap(({ items }) => items.map((item) => placeOf(id, item.id))),
  );
  const ofEvents = protocol.instruments.flatMap(({ id, trigger, items }) =>
    trigger === undefined ? [] : items.map((item) => placeOf(id, item.id)),
  );
  return new Set([...ofWaves, ...ofEvents]);
}

/** What was in the texts of that consent, and what later ones added while they asked for another. */
function questionsUnder(
  texts: readonly Protocol[],
  version: number,
): { readonly agreed: Places; readonly withheld: Places } {
  let agreed: Places = new Set();
  const everybody = new Set<string>();
  const withheld = new Set<string>();
  let before: { readonly consent: number; readonly places: Places } | undefined;
  for (const text of texts) {
    const [places, consent] = [placesOf(text), text.consent.version];
    const asksAnew = before !== undefined && consent > before.consent;
    if (consent <= version || before === undefined) {
      // What an earlier consent had and this one has not was never put to who consented to this one.
      agreed = new Set([...(asksAnew ? [] : agreed), ...places]);
    } else {
      const known = before.places;
      const added = [...places].filter(
        (place) => ![known, agreed, everybody, withheld].some((is) => is.has(place)),
      );
      for (const place of added) (asksAnew ? withheld : everybody).add(place);
    }
    before = { consent, places };
  }
  return { agreed, withheld };
}

/** What is left out, and with it whatever asks about it without having been agreed to. */
function withDependents(current: Protocol, agreed: Places, withheld: Places): Places {
  const here = placesOf(current);
  const gone = new Set([...withheld].filter((place) => here.has(place)));
  for (let before = -1; before < gone.size; ) {
    before = gone.size;
    for (const { id } of current.waves)
      for (const instrument of instrumentsOf(current, id))
        for (const item of instrument.items) {
          const place = placeOf(id, item.id);
          if (agreed.has(place)) continue;
          if (asksAbout(instrument, item).some((name) => gone.has(placeOf(id, name)))) gone.add(place);
        }
  }
  return gone;
}

function asksAbout(instrument: Instrument, item: ItemText): readonly string[] {
  return [instrument.askIf, item.askIf].flatMap((source) =>
    source === undefined ? [] : mentions(parseExpression(source)).map(({ name }) => name),
  );
}

/** The text with only the questions left; an instrument with fewer questions is named by them, as it may have others elsewhere. */
function without(current: Protocol, gone: Places): Protocol {
  const instruments = new Map<string, Instrument>();
  const keep = (instrument: Instrument, where: string): Instrument | undefined => {
    const items = instrument.items.filter(({ id }) => !gone.has(placeOf(where, id)));
    if (items.length === instrument.items.length) return instrument;
    if (items.length === 0) return undefined;
    return instrument.trigger === undefined
      ? { ...instrument, id: `${instrument.id}: ${items.map(({ id }) => id).join(", ")}`, items }
      : { ...instrument, items, ...partsOf(instrument, items) };
  };
  for (const instrument of current.instruments) {
    const kept = instrument.trigger === undefined ? undefined : keep(instrument, instrument.id);
    if (kept !== undefined) instruments.set(kept.id, kept);
  }
  const waves: WaveText[] = [];
  const batteries: Record<string, readonly string[]> = {};
  const minutesByWave: Record<string, number> = { ...current.minutesByWave };
  for (const wave of current.waves) {
    const asked = instrumentsOf(current, wave.id);
    const left = asked.flatMap((instrument) => keep(instrument, wave.id) ?? []);
    if (asked.length > 0 && left.length === 0) continue;
    for (const instrument of left) instruments.set(instrument.id, instrument);
    batteries[wave.id] = left.map(({ id }) => id);
    waves.push({ ...wave, batteries: [wave.id] });
    const share = count(left) / Math.max(1, count(asked));
    minutesByWave[wave.id] = Math.ceil((current.minutesByWave[wave.id] ?? 0) * share);
  }
  return { ...current, instruments: [...instruments.values()], waves, batteries, minutesByWave };
}

function partsOf({ parts }: Instrument, items: readonly ItemText[]): Pick<Instrument, "parts"> {
  if (parts === undefined) return {};
  const left = new Set(items.map(({ id }) => id));
  return {
    parts: parts
      .map((part) => ({ ...part, items: part.items.filter((id) => left.has(id)) }))
      .filter((part) => part.items.length > 0),
  };
}

function count(instruments: readonly Instrument[]): number {
  return instruments.reduce((sum, { items }) => sum + items.length, 0);
}
