import type { PanelRequest } from "@longwave/source";
import type { Typed } from "../arguments.ts";

/** What is to be summed for a formula, as it was typed; null without the column that says which wave a row is. */
export function panelRequest(typed: Typed, formula: string): PanelRequest | null {
  const [time, person, where] = [typed.text("time"), typed.text("id"), typed.text("where")];
  if (time === undefined) return null;
  return {
    formula,
    time,
    ...(person === undefined ? {} : { person }),
    ...(where === undefined ? {} : { where }),
  };
}
