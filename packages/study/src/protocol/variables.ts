import type { Instrument, ItemText, Protocol } from "./types.ts";

/** Names every row has besides items and derived variables. Days and years are those of the person's own time zone. */
export const builtInNames: readonly string[] = [
  "wave",
  "late",
  "answered_year",
  "answered_month",
  "answered_day",
  "enrolled_day",
  "form_seconds",
];

/** Names the rows of a study have besides items and derived variables. */
export function builtInNamesOf(protocol: Protocol): readonly string[] {
  // Whether a form was answered the same all the way down is known only where the text says how that is told.
  return protocol.straightLining === undefined ? builtInNames : [...builtInNames, "straight_lined"];
}

/** An item with the instrument it belongs to. */
export interface PlacedItem {
  readonly item: ItemText;
  readonly instrument: Instrument;
}

/** Every item of the waves by id, in the order of the text; session and rest items are not among them. */
export function waveItems(protocol: Protocol): ReadonlyMap<string, PlacedItem> {
  return itemsWhere(protocol, (instrument) => instrument.trigger === undefined);
}

/** Every item asked outside the waves, by id. */
export function eventItems(protocol: Protocol): ReadonlyMap<string, PlacedItem> {
  return itemsWhere(protocol, (instrument) => instrument.trigger !== undefined);
}

function itemsWhere(
  protocol: Protocol,
  keep: (instrument: Instrument) => boolean,
): ReadonlyMap<string, PlacedItem> {
  const items = new Map<string, PlacedItem>();
  for (const instrument of protocol.instruments.filter(keep)) {
    for (const item of instrument.items) items.set(item.id, { item, instrument });
  }
  return items;
}

/** The instruments of a wave, in the order of its batteries, each once. */
export function instrumentsOf(protocol: Protocol, wave: string): readonly Instrument[] {
  const batteries = protocol.waves.find((candidate) => candidate.id === wave)?.batteries ?? [];
  const ids = new Set(batteries.flatMap((battery) => protocol.batteries[battery] ?? []));
  return [...ids].flatMap((id) => protocol.instruments.filter((instrument) => instrument.id === id));
}

/** The questions of a wave, in the order of its form. */
export function itemsAsked(protocol: Protocol, wave: string): readonly string[] {
  return instrumentsOf(protocol, wave)
    .filter(({ trigger }) => trigger === undefined)
    .flatMap(({ items }) => items.map(({ id }) => id));
}

/** Every column name a formula may use. */
export function columnNames(protocol: Protocol): readonly string[] {
  const items = [...waveItems(protocol).values()].filter(({ item }) => item.kind !== "text");
  return [
    "id",
    ...builtInNamesOf(protocol),
    ...items.map(({ item }) => item.id),
    ...protocol.derived.map((derived) => derived.name),
  ];
}
