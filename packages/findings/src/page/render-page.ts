import { formatCount } from "@longwave/figure";
import type { Publication } from "../publication/types.ts";
import { discussionPart } from "./discussion/discussion-part.ts";
import type { Discussion } from "./discussion/types.ts";
import type { Html } from "./html.ts";
import { html, safeAddress } from "./html.ts";
import type { PageLinks } from "./page-links.ts";
import { exploratorySection, otherwiseSection, strataSection } from "./parts/alternatives-section.ts";
import { attritionSection } from "./parts/attrition-section.ts";
import { figureBasis } from "./parts/basis.ts";
import { closingSections } from "./parts/closing.ts";
import { deviationSection } from "./parts/deviations.ts";
import { figureSections } from "./parts/figure-sections.ts";
import { linkedData } from "./parts/json-ld.ts";
import { lagSection } from "./parts/lags.ts";
import { pageHtml } from "./parts/layout.ts";
import { modelDetails, numbersTable, type Reader } from "./parts/models.ts";
import { planSection } from "./parts/plan.ts";
import { verdictRows } from "./parts/verdicts.ts";
import { longDate, type PageText, pageText } from "./text/index.ts";

/** How a publication is shown: its style sheet and its addresses. */
export interface RenderPageOptions {
  readonly css: string;
  readonly links: PageLinks;
  /** When it was published; a bundle cannot know that itself. */
  readonly publishedAt?: number;
  /** The readers' discussion under it; it is not part of the bundle. */
  readonly discussion?: Discussion;
}

/**
 * The findings page as a whole HTML document, made from the sealed bundle and nothing else.
 *
 * The answer stands first, then how sure, then the pictures and the numbers. It is complete without a script
 * and asks nothing of other sites.
 */
export function renderPage(publication: Publication, options: RenderPageOptions): string {
  const { links, css } = options;
  const text = pageText(publication.language);
  const reader: Reader = { text, language: publication.language };
  const context = { ...reader, links, basis: (id: string) => figureBasis(id, publication) };
  const { study, answer } = publication;
  return pageHtml({
    ...reader,
    title: `${study.question} – Longwave`,
    description: study.simulated ? `${text.simulatedShort}. ${answer.lead}` : answer.lead,
    css,
    nav: links,
    current: "findings",
    ...(links.canonical === undefined ? {} : { canonical: links.canonical }),
    ...(links.script === undefined ? {} : { script: links.script }),
    ...(links.preview === undefined ? {} : { picture: links.preview }),
    ...(options.discussion === undefined ? {} : { feed: options.discussion.feed }),
    jsonLd: linkedData(publication, options),
    main: html`${links.canonical !== undefined && html`<p class="print-only small">${links.canonical}</p>`}
${supersededBanner(publication, links, reader)}
${heroPart(publication, reader, options.publishedAt)}
${shortAnswer(publication, reader)}
${figureSections(publication, context)}
${lagSection(publication, context)}
${numbersSection(publication, reader)}
${planSection(publication, reader)}
${deviationSection(publication, reader)}
${comparisonSection(publication, reader)}
${otherwiseSection(publication, context)}
${attritionSection(publication, context)}
${strataSection(publication, context)}
${exploratorySection(publication, context)}
${notYetRunSection(publication, reader)}
${closingSections(publication, context)}
${options.discussion !== undefined && discussionPart(options.discussion, publication.language, text)}`,
    foot: footPart(publication, reader),
  });
}

function supersededBanner(publication: Publication, links: PageLinks, { text }: Reader): Html {
  const changes = publication.changes ?? [];
  return html`${
    links.supersededBy !== undefined &&
    html`<aside class="banner" aria-label="${text.supersededLink}"><p>${text.superseded} <a href="${safeAddress(links.supersededBy)}">${text.supersededLink}</a></p></aside>`
  }${
    publication.replaces !== undefined &&
    html`<aside class="banner plain" aria-label="${text.replaces("")}"><p>${text.replaces(publication.replaces.slice(0, 12))}</p>${
      links.replaces !== undefined &&
      html`<p><a href="${safeAddress(links.replaces)}">${text.replacedLink}</a></p>`
    }<ul>${changes.map((change) => html`<li>${change}</li>`)}</ul></aside>`
  }`;
}

function heroPart(publication: Publication, { text, language }: Reader, publishedAt?: number): Html {
  const { study, dataset, plan, flow, answer } = publication;
  const facts = [
    text.people(formatCount(dataset.people, language)),
    text.waves(flow.waves.length),
    plan.lockedAt === undefined ? undefined : text.planLocked(longDate(plan.lockedAt, text)),
    publishedAt === undefined ? undefined : text.list.published(longDate(publishedAt, text)),
    text.minutes(readingMinutes(publication)),
  ].filter((fact) => fact !== undefined);
  return html`<div class="hero">
<p class="eyebrow">${study.simulated && html`<span class="tag notice">${text.simulatedTag}</span>`}<span>${study.title}</span></p>
<h1>${study.question}</h1>
<p class="stand">${answer.lead}</p>
<ul class="meta num">${facts.map((fact) => html`<li>${fact}</li>`)}</ul>
</div>`;
}

/** Words before the numbers, at 200 a minute, and at least two minutes. */
function readingMinutes(publication: Publication): number {
  const sentences = [
    publication.answer.lead,
    publication.answer.caution,
    ...publication.findings.flatMap((finding) => [finding.verdict, finding.sentence, finding.sureWhy]),
    ...publication.figures.flatMap((figure) => [figure.title, figure.reading]),
    ...publication.methods.flatMap((section) => section.paragraphs),
    ...publication.limitations,
  ];
  return Math.max(2, Math.round(sentences.join(" ").split(/\s+/).length / 200));
}

function shortAnswer(publication: Publication, { text }: Reader): Html {
  return html`<section class="section" aria-labelledby="short">
<div class="section-head"><h2 id="short">${text.short}</h2></div>
${verdictRows(publication, text)}
<p class="callout">${publication.answer.caution}</p>
</section>`;
}

function numbersSection(publication: Publication, reader: Reader): Html {
  const { text } = reader;
  const models = publication.models.filter((model) => !model.comparisonOnly);
  return html`<section class="section" aria-labelledby="numbers">
<div class="section-head"><h2 id="numbers">${text.numbers.title}</h2><p>${text.numbers.lead}</p></div>
${numbersTable(publication, reader)}
${
  models.length > 0 &&
  html`<div class="models"><h3>${text.model.title}</h3><p class="soft">${text.model.lead}</p>${models.map((model) => modelDetails(model, publication, reader))}</div>`
}
</section>`;
}

function comparisonSection(publication: Publication, reader: Reader): Html | undefined {
  const models = publication.models.filter((model) => model.comparisonOnly);
  if (models.length === 0) return undefined;
  const words = reader.text.comparison;
  return html`<section class="section" aria-labelledby="comparison">
<div class="section-head"><h2 id="comparison">${words.title}</h2><p>${words.lead}</p></div>
<div class="models">${models.map((model) => modelDetails(model, publication, reader))}</div>
</section>`;
}

function notYetRunSection(publication: Publication, { text }: Reader): Html | undefined {
  if (publication.notYetRun.length === 0) return undefined;
  return html`<section class="section" aria-labelledby="not-yet">
<div class="section-head"><h2 id="not-yet">${text.notYetRun.title}</h2><p>${text.notYetRun.lead}</p></div>
<dl class="ledger">${byReason(publication.notYetRun).map(
    ([reason, entries]) => html`<div><dt>${reason}</dt><dd>${ledgerList(entries, text)}</dd></div>`,
  )}</dl>
</section>`;
}

/** More entries than this are folded away: the few that the plan rests on must stay in sight. */
const mostInSight = 5;

function ledgerList(entries: Publication["notYetRun"], text: PageText): Html {
  const list = html`<ul>${entries.map(
    (entry) => html`<li><span class="tag plain">${entry.id}</span><span>${entry.what}</span></li>`,
  )}</ul>`;
  if (entries.length <= mostInSight) return list;
  return html`<details><summary>${text.notYetRun.more(entries.length)}</summary>${list}</details>`;
}

/** Entries with the same reason stand together, in the order in which a reason first comes up. */
function byReason(
  entries: Publication["notYetRun"],
): readonly (readonly [string, Publication["notYetRun"]])[] {
  const reasons = [...new Set(entries.map((entry) => entry.why))];
  return reasons.map((reason) => [reason, entries.filter((entry) => entry.why === reason)]);
}

function footPart(publication: Publication, { text }: Reader): Html {
  const words = text.fingerprints;
  const marks = [
    [words.bundle, publication.hash],
    [words.data, publication.dataset.hash],
    [words.plan, publication.plan.hash],
    [words.protocol, `${publication.study.protocolHash} (${publication.study.protocolVersion})`],
    [words.version, publication.version],
    [words.seed, String(publication.seed)],
  ] as const;
  return html`<div class="stack">${publication.study.simulated && html`<p>${text.simulatedFoot}</p>`}<p>${text.quietFoot}</p></div>
<dl class="prints">${marks.map(([name, value]) => html`<div><dt>${name}</dt><dd class="hash">${value}</dd></div>`)}</dl>`;
}
