import type { Figure } from "@longwave/figure";
import { formatCount, standaloneSvg } from "@longwave/figure";
import type { Language } from "../../publication/types.ts";
import type { Html } from "../html.ts";
import { html, safeAddress, trusted } from "../html.ts";
import type { PageText } from "../text/index.ts";
import { tablePart } from "./table.ts";

/** What a figure frame needs besides the figure. */
export interface FrameContext {
  readonly text: PageText;
  readonly language: Language;
  readonly csvAddress?: (id: string) => string;
  readonly svgAddress?: (id: string) => string;
}

/** A figure with its finding, how to read it, both drawings, its files and its numbers as a table. */
export function figureFrame(figure: Figure, context: FrameContext): Html {
  const { text, csvAddress } = context;
  const svg = figureAddress(figure, context);
  return html`<figure class="fig" id="${figure.id}">
<figcaption><h3>${figure.title}</h3><p>${figure.reading}</p></figcaption>
<div class="draw"><div class="only-wide">${trusted(figure.wide)}</div><div class="only-narrow">${trusted(figure.narrow)}</div></div>
<div class="under"><span>${figure.note}</span>
<a href="${safeAddress(svg)}" download="${figure.id}.svg">${text.picture}<span class="sr">: ${figure.title}</span></a>
${csvAddress !== undefined && html`<a href="${safeAddress(csvAddress(figure.id))}">${text.numbersFile}<span class="sr">: ${figure.title}</span></a>`}
<details id="${figure.id}-table"><summary>${text.showTable}<span class="sr">: ${figure.title}</span></summary>${figureTable(figure, context)}</details></div>
</figure>`;
}

/** Where the picture can be fetched: the server's address, else the picture itself, so a saved page stays whole. */
export function figureAddress(figure: Figure, context: FrameContext): string {
  return context.svgAddress?.(figure.id) ?? `data:image/svg+xml,${encodeURIComponent(figurePicture(figure))}`;
}

/** The picture of a figure as a file: it says its title and whether people are simulated, also away from its page. */
export function figurePicture(figure: Figure): string {
  return standaloneSvg(figure);
}

function figureTable(figure: Figure, context: FrameContext): Html {
  const columns = figure.table.columns.map((head, index) => ({ head, right: index > 0 }));
  const rows = figure.table.rows.map((row) => row.map((cell) => cellText(cell, context.language)));
  return tablePart(`${context.text.dataTable}: ${figure.title}`, columns, rows);
}

function cellText(cell: string | number | null, language: Language): string {
  if (cell === null) return "";
  return typeof cell === "number" && Number.isInteger(cell) ? formatCount(cell, language) : String(cell);
}
