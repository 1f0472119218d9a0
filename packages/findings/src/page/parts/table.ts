import type { Html, Part } from "../html.ts";
import { html } from "../html.ts";

/** A column of a page table; right-aligned ones hold figures. */
export interface Column {
  readonly head: Part;
  readonly right?: boolean;
}

/** A table in a frame that scrolls by itself on a phone and can be reached by keyboard. */
export function tablePart(
  name: string,
  columns: readonly Column[],
  rows: readonly (readonly Part[])[],
): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${name}"><table>
<thead><tr>${columns.map((column) => html`<th scope="col"${column.right === true && html` class="r"`}>${column.head}</th>`)}</tr></thead>
<tbody>${rows.map(
    (row) => html`<tr>${row.map((cell, index) => cellPart(cell, index, columns[index]))}</tr>
`,
  )}</tbody>
</table></div>`;
}

function cellPart(cell: Part, index: number, column: Column | undefined): Html {
  if (index === 0) return html`<th scope="row">${cell}</th>`;
  return html`<td${column?.right === true && html` class="r"`}>${cell}</td>`;
}
