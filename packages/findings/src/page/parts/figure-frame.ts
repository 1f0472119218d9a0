import type { FigureParts } from "@longwave/figure";
import { formatCount, standaloneSvg } from "@longwave/figure";
import type { Language } from "../../publication/types.ts";
import type { Html } from "../html.ts";
import { html, safeAddress, trusted } from "../html.ts";
import type { FigureFile } from "../page-links.ts";
import type { PageText } from "../text/index.ts";
import { tablePart } from "./table.ts";

/** What a figure frame needs besides the figure. */
export interface FrameContext {
  readonly text: PageText;
  readonly language: Language;
  readonly csvAddress?: (id: string) => string;
  /** The fragment on the same page that a figure's numbers rest on. */
  readonly basis?: (id: string) => string;
  readonly fileAddress?: (id: string, kind: FigureFile) => string;
}

/** A figure with its finding, how to read it, both drawings, its files and its numbers as a table. */
export function figureFrame(figure: FigureParts, context: FrameContext): Html {
  const { text, csvAddress, basis } = context;
  return html`<figure class="fig" id="${figure.id}">
<figcaption><h3>${figure.title}</h3><p>${figure.reading}</p></figcaption>
<div class="draw"><div class="only-wide">${trusted(figure.wide)}</div><div class="only-narrow">${trusted(figure.narrow)}</div></div>
<div class="under"><span>${figure.note}</span>
${figureFiles(figure, context).map(
  ({ name, address, label }) =>
    html`<a href="${safeAddress(address)}" download="${name}">${label}<span class="sr">: ${figure.title}</span></a>\n`,
)}${csvAddress !== undefined && html`<a href="${safeAddress(csvAddress(figure.id))}">${text.numbersFile}<span class="sr">: ${figure.title}</span></a>`}
${basis !== undefined && html`<a href="#${basis(figure.id)}">${text.basis.figure}<span class="sr">: ${figure.title}</span></a>`}
<details id="${figure.id}-table"><summary>${text.showTable}<span class="sr">: ${figure.title}</span></summary>${figureTable(figure, context)}</details></div>
</figure>`;
}

/** A file of a figure, by the name under which it is kept. */
export interface FigureDownload {
  readonly name: string;
  readonly address: string;
  readonly label: string;
}

/** The files of a figure: picture and drawing where they have addresses, else the drawing itself, so that a page alone is whole. */
export function figureFiles(figure: FigureParts, context: FrameContext): readonly FigureDownload[] {
  const { text, fileAddress } = context;
  const label = { png: text.picture, svg: text.drawing };
  if (fileAddress === undefined) {
    const address = `data:image/svg+xml,${encodeURIComponent(figureDrawing(figure))}`;
    return [{ name: `${figure.id}.svg`, address, label: label.svg }];
  }
  return (["png", "svg"] as const).map((kind) => ({
    name: `${figure.id}.${kind}`,
    address: fileAddress(figure.id, kind),
    label: label[kind],
  }));
}

/** The drawing of a figure as a file: it says its title and whether people are simulated, also away from its page. */
export function figureDrawing(figure: FigureParts): string {
  return standaloneSvg(figure);
}

function figureTable(figure: FigureParts, context: FrameContext): Html {
  const columns = figure.table.columns.map((head, index) => ({ head, right: index > 0 }));
  const rows = figure.table.rows.map((row) => row.map((cell) => cellText(cell, context.language)));
  return tablePart(`${context.text.dataTable}: ${figure.title}`, columns, rows);
}

function cellText(cell: string | number | null, language: Language): string {
  if (cell === null) return "";
  return typeof cell === "number" && Number.isInteger(cell) ? formatCount(cell, language) : String(cell);
}
