import type { Deviation } from "../../publication/deviation-types.ts";
import type { Publication } from "../../publication/types.ts";
import type { Html } from "../html.ts";
import { html } from "../html.ts";
import { deviationText } from "../text/deviations.ts";
import { longDate } from "../text/index.ts";
import type { Reader } from "./models.ts";

/** Departures from the plan, beside it; nothing for an early bundle, which does not list them. */
export function deviationSection(publication: Publication, reader: Reader): Html | undefined {
  const { deviations } = publication;
  if (deviations === undefined) return undefined;
  const words = deviationText(reader.language);
  return html`<section class="section" aria-labelledby="deviations">
<div class="section-head"><h2 id="deviations">${words.title}</h2><p>${deviations.length === 0 ? words.none : words.lead}</p></div>
${deviations.length > 0 && html`<dl class="ledger">${deviations.map((entry) => entryPart(entry, reader))}</dl>`}
</section>`;
}

function entryPart(entry: Deviation, reader: Reader): Html {
  const words = deviationText(reader.language);
  return html`<div><dt>${entry.clause}<br><span class="small soft">${whenPart(entry, reader)}</span></dt><dd><p>${entry.what}</p><p><b>${words.reason}:</b> ${entry.why}</p></dd></div>
`;
}

/** When it was entered and what had been seen by then, or that nobody entered it. */
function whenPart({ at, by, timing }: Deviation, { language, text }: Reader): string {
  const words = deviationText(language);
  if (at === undefined || timing === undefined) return words.found;
  return `${words.timing[timing]}. ${words.entered(longDate(at, text), by ?? "")}.`;
}
