import { publicationTables } from "../../publication/tables.ts";
import type { Language, Publication } from "../../publication/types.ts";
import type { Html, Part } from "../html.ts";
import { html, safeAddress } from "../html.ts";
import type { PageLinks } from "../page-links.ts";
import type { PageText } from "../text/index.ts";
import { figureFiles } from "./figure-frame.ts";
import { frameContext } from "./figure-sections.ts";

interface ClosingContext {
  readonly text: PageText;
  readonly language: Language;
  readonly links: PageLinks;
}

/** How it was done, what it cannot say, how to cite, what to download. */
export function closingSections(publication: Publication, context: ClosingContext): Html {
  return html`${howSection(publication, context.text)}
${cannotSection(publication, context.text)}
${citeSection(publication, context)}
${downloadSection(publication, context)}`;
}

function howSection(publication: Publication, text: PageText): Html | undefined {
  if (publication.methods.length === 0) return undefined;
  return html`<section class="section" aria-labelledby="how">
<div class="section-head"><h2 id="how">${text.how}</h2></div>
<dl class="brief">${publication.methods.map(
    (section) =>
      html`<div><dt>${section.title}</dt>${section.paragraphs.map((paragraph) => html`<dd>${paragraph}</dd>`)}</div>`,
  )}</dl>
</section>`;
}

function cannotSection(publication: Publication, text: PageText): Html | undefined {
  if (publication.limitations.length === 0) return undefined;
  return html`<section class="section" aria-labelledby="cannot">
<div class="section-head"><h2 id="cannot">${text.cannot}</h2></div>
<ul class="plain-list">${publication.limitations.map((limitation) => html`<li>${limitation}</li>`)}</ul>
</section>`;
}

function citeSection(publication: Publication, { text, links }: ClosingContext): Html {
  const files = [
    [links.citation, "CITATION.cff"],
    [links.bibtex, text.cite.bibtex],
  ] as const;
  return html`<section class="section" aria-labelledby="cite">
<div class="section-head"><h2 id="cite">${text.cite.title}</h2></div>
<div class="cite"><h3>${text.cite.page}</h3>
<blockquote id="citation">${publication.citation.text}</blockquote>
<div class="acts" data-copy="citation"></div>
${
  files.some(([address]) => address !== undefined) &&
  html`<p class="small">${files.map(
    ([address, words]) =>
      address !== undefined && html`<a href="${safeAddress(address)}" download>${text.cite.file(words)}</a> `,
  )}</p>`
}
<details id="bibtex"><summary>${text.cite.bibtex}</summary><div class="scroll" tabindex="0" role="region" aria-label="${text.cite.bibtex}"><pre>${publication.citation.bibtex}</pre></div></details>
</div>
</section>`;
}

function downloadSection(publication: Publication, context: ClosingContext): Html {
  const { text, links } = context;
  const tables = publicationTables(publication).map((table) => table.name);
  const frame = frameContext(context);
  return html`<section class="section" aria-labelledby="download">
<div class="section-head"><h2 id="download">${text.download.title}</h2><p>${text.download.lead}</p></div>
<div class="files">
<div><a class="btn second" href="${safeAddress(links.bundle)}" download>${text.download.bundle}</a><p class="small soft">${text.download.bundleWhy}</p></div>
${
  links.replication !== undefined &&
  publication.protocol !== undefined &&
  html`<div><a class="btn second" href="${safeAddress(links.replication)}" download>${text.download.script}</a><p class="small soft">${text.download.scriptWhy}</p></div>`
}
${
  links.reporting !== undefined &&
  publication.reporting !== undefined &&
  html`<div><a class="btn second" href="${safeAddress(links.reporting.html)}" download>${text.download.reporting}</a><p class="small soft">${text.download.reportingWhy} <a href="${safeAddress(links.reporting.markdown)}" download>Markdown</a></p></div>`
}
${
  tables.length > 0 &&
  html`<div><h3>${text.download.tables}</h3>${fileList(
    "download-tables",
    tables.map((name) => html`<a href="${safeAddress(links.table(name))}" download>${name}</a>`),
    text,
  )}</div>`
}
${
  publication.figures.length > 0 &&
  html`<div><h3>${text.download.figures}</h3>${fileList(
    "download-figures",
    publication.figures.map((figure) =>
      figureFiles(figure, frame).map(
        ({ name, address }) => html`<a href="${safeAddress(address)}" download="${name}">${name}</a> `,
      ),
    ),
    text,
  )}</div>`
}
</div>
</section>`;
}

/** More files than this are folded away. */
const mostFiles = 6;

function fileList(id: string, files: readonly Part[], text: PageText): Html {
  const list = html`<ul>${files.map((file) => html`<li>${file}</li>`)}</ul>`;
  if (files.length <= mostFiles) return list;
  return html`<details id="${id}"><summary>${text.notYetRun.more(files.length)}</summary>${list}</details>`;
}
