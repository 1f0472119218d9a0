import type { EventForm } from "../answering/index.ts";
import type { EventPart, Instrument, Language, Protocol } from "../protocol/types.ts";
import { compileItem, isAskedIn } from "./compile-form.ts";

/** A day: how long a session or rest without parts of its own stays open. */
const DAY_MINUTES = 1440;

/** The instrument asked when a session is logged, or at rest; undefined in a study without one. */
export function eventInstrument(
  protocol: Protocol,
  trigger: NonNullable<Instrument["trigger"]>,
): Instrument | undefined {
  return protocol.instruments.find((instrument) => instrument.trigger === trigger);
}

/** The parts of a session or rest; all questions at once where the text names none. */
export function eventParts(instrument: Instrument): readonly EventPart[] {
  const items = instrument.items.map(({ id }) => id);
  return instrument.parts ?? [{ id: "all", items, fromMinutes: 0, untilMinutes: DAY_MINUTES }];
}

/** The questions of a session or a rest in one language; undefined when the study has none, or no words for them. */
export function compileEventForm(
  protocol: Protocol,
  trigger: NonNullable<Instrument["trigger"]>,
  language: Language,
): EventForm | undefined {
  const instrument = eventInstrument(protocol, trigger);
  if (instrument === undefined || !isAskedIn(instrument, language)) return undefined;
  const parts = eventParts(instrument).map(({ id, items, fromMinutes, untilMinutes }) => ({
    id,
    items: instrument.items
      .filter((item) => items.includes(item.id))
      .map((item) => compileItem(instrument, item, language)),
    fromMinutes,
    untilMinutes,
  }));
  return { event: instrument.id, trigger, parts };
}
