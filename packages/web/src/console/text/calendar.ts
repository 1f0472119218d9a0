import type { CalendarKind } from "@longwave/api";
import { people } from "./en.ts";

const dayFormat = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  day: "numeric",
  month: "short",
  timeZone: "UTC",
});
const monthFormat = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
const wave = (id: string | null): string =>
  id === null ? "the invitation" : `wave ${id.replace(/^w/i, "")}`;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What is to come, of a study and of one person. */
export const calendarPage = {
  title: "Calendar",
  lede: "The next twelve months, if nobody answers and nothing changes: who answers gets fewer messages than are listed here. A day in the past shows what was known then. Days are those of each person's own calendar.",
  asOf: "Show as of",
  show: "Show",
  now: "Back to now",
  emptyTitle: "Nothing is to come.",
  empty: "Waves and messages are listed here once people are invited or have joined.",
  day: (day: string): string => dayFormat.format(Date.parse(day)),
  month: (day: string): string => monthFormat.format(Date.parse(day)),
  columns: { day: "Day", what: "What happens", people: "People" },
  what: (kind: CalendarKind, id: string | null): string =>
    ({
      opens: `${capital(wave(id))} opens`,
      closes: id === null ? "Last day to join" : `Last day of ${wave(id)}`,
      message: `Message about ${wave(id)}`,
    })[kind],
  people: (value: number): string => people(value),
  open: "Calendar",
  openFor: (who: string): string => `Calendar of ${who}`,
  personTitle: (who: string): string => `What is to come for ${who}`,
  zone: (zone: string): string => `Days of ${zone.replaceAll("_", " ")}.`,
  personEmpty: "Nothing: they have answered all there is, have left, or were given their link by hand.",
  wave: (id: string): string => wave(id),
} as const;
