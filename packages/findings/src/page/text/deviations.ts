import type { DeviationTiming } from "../../publication/deviation-types.ts";
import type { Language } from "../../publication/types.ts";

/** What the page says by itself of departures from the plan; an entry's words are the study team's own. */
export interface DeviationText {
  readonly title: string;
  readonly lead: string;
  readonly none: string;
  readonly found: string;
  readonly reason: string;
  readonly entered: (date: string, by: string) => string;
  readonly timing: Readonly<Record<DeviationTiming, string>>;
}

const english: DeviationText = {
  title: "Departures from the plan",
  lead: "What was done otherwise than the plan says, and why. The times are the server's own; entries are never changed or removed.",
  none: "No departures from the plan were recorded.",
  found: "Found when the plan was run",
  reason: "Reason",
  entered: (date, by) => `Entered ${date} by ${by}`,
  timing: {
    before_first_answer: "Before the first answer",
    before_data_seen: "After the first answer, before results were seen",
    after_data_seen: "After results were seen",
  },
};

const norwegian: DeviationText = {
  title: "Avvik fra planen",
  lead: "Det som ble gjort annerledes enn planen sier, og hvorfor. Tidene er tjenerens egne; ingenting endres eller fjernes.",
  none: "Ingen avvik fra planen er ført opp.",
  found: "Funnet da planen ble kjørt",
  reason: "Grunn",
  entered: (date, by) => `Ført opp ${date} av ${by}`,
  timing: {
    before_first_answer: "Før det første svaret",
    before_data_seen: "Etter det første svaret, før resultater var sett",
    after_data_seen: "Etter at resultater var sett",
  },
};

/** The sentences on departures in the reader's language. */
export function deviationText(language: Language): DeviationText {
  return language === "nb" ? norwegian : english;
}
