import { type Html, html } from "../../page/html.ts";
import { pageHtml } from "../../page/parts/layout.ts";
import { tablePart } from "../../page/parts/table.ts";
import { pageText } from "../../page/text/index.ts";
import type { DocumentBlock, ReportDocument } from "./types.ts";

/** A document as a page of the house: complete without a script and without a network. */
export function documentPage(document: ReportDocument, css: string): string {
  const { title, tags, lead, sections } = document;
  return pageHtml({
    language: "en",
    text: pageText("en"),
    title,
    description: lead[0] ?? title,
    css,
    nav: {},
    robots: "noindex",
    main: html`<div class="hero"><p class="eyebrow">${tags.map((tag) => html`<span class="tag">${tag}</span>`)}</p>
<h1>${title}</h1>${lead.map((words) => html`<p class="stand">${words}</p>`)}</div>
${sections.map(
  (
    section,
    place,
  ) => html`<section class="section" aria-labelledby="part-${place}"><div class="section-head"><h2 id="part-${place}">${section.title}</h2></div>${section.blocks.map(blockPart)}</section>
`,
)}`,
    foot: html`<p>${title}</p>`,
  });
}

function blockPart(block: DocumentBlock): Html {
  switch (block.kind) {
    case "text":
      return html`<p class="under-head">${block.text}</p>`;
    case "list":
      return html`<ul>${block.items.map((item) => html`<li>${item}</li>`)}</ul>`;
    case "code":
      return html`<pre><code>${block.lines.join("\n")}</code></pre>`;
    case "table": {
      const columns = block.head.map((head, place) => ({
        head,
        right: place > 0 && block.words?.includes(place) !== true,
      }));
      return html`<h3>${block.name}</h3>${tablePart(block.name, columns, block.rows)}`;
    }
  }
}
