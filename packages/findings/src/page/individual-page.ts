import type { IndividualReport } from "../individual/types.ts";
import { html } from "./html.ts";
import { figureFrame } from "./parts/figure-frame.ts";
import type { NavLinks } from "./parts/layout.ts";
import { pageHtml } from "./parts/layout.ts";
import type { Reader } from "./parts/models.ts";
import { pageText } from "./text/index.ts";

export interface IndividualPageOptions {
  readonly css: string;
  readonly links?: NavLinks;
}

const warning =
  "Single people are shown here: a line, a row or a point is somebody. This page is for the study team only. It is not part of the published bundle; do not publish, mail or paste any of it.";

/** Figures of single people as a whole page, marked as such at its head, in its title and under every figure. */
export function renderIndividualReport(report: IndividualReport, options: IndividualPageOptions): string {
  const text = pageText("en");
  const reader: Reader = { text, language: "en" };
  const { study, figures, notes, formula } = report;
  return pageHtml({
    ...reader,
    title: `Individual figures, study team only – ${study.title}`,
    description: warning,
    css: options.css,
    nav: options.links ?? {},
    robots: "noindex",
    main: html`<div class="hero"><p class="eyebrow"><span class="tag notice">Study team only</span>${
      study.simulated && html`<span class="tag notice">${text.simulatedTag}</span>`
    }<span>${study.title}</span></p>
<h1>Individual figures</h1><p class="stand">Single people behind the first planned slope.</p></div>
<p class="callout">${warning}</p>
${
  notes.length > 0 &&
  html`<section class="section" aria-labelledby="notes"><div class="section-head"><h2 id="notes">${
    figures.length > 0 ? "Notes" : "Nothing could be drawn"
  }</h2></div>${notes.map((note) => html`<p>${note}</p>`)}</section>`
}
${
  figures.length > 0 &&
  html`<section class="section" aria-labelledby="people"><div class="section-head"><h2 id="people">Single people</h2><p>What one person's line can say is little: read the reliability before anything else.</p></div>
${figures.map((figure) => figureFrame(figure, reader))}</section>`
}`,
    foot: html`${study.simulated && html`<p>${text.simulatedFoot}</p>`}<dl class="prints">${
      formula !== undefined && html`<div><dt>Model</dt><dd class="hash">${formula}</dd></div>`
    }<div><dt>${text.fingerprints.data}</dt><dd class="hash">${report.dataset.hash} · ${report.dataset.upToSeq}</dd></div></dl>`,
  });
}
