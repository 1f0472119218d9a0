import { fiveAnswerGlyph } from "@longwave/figure";
import type { StudyPhase } from "@longwave/study";
import type { Language } from "../publication/types.ts";
import type { Html } from "./html.ts";
import { html, safeAddress, trusted } from "./html.ts";
import type { NavLinks } from "./parts/layout.ts";
import { pageHtml } from "./parts/layout.ts";
import { longDate, type PageText, pageText } from "./text/index.ts";

/** A study as the public list shows it. */
export interface PublicStudy {
  readonly id: string;
  readonly title: string;
  readonly question: string;
  readonly simulated: boolean;
  readonly phase: StudyPhase;
  readonly publication?: {
    readonly hash: string;
    readonly publishedAt: number;
    /** The short answer, to show in the list. */
    readonly lead?: string;
    /** The first finding's interval graphic: our own SVG from the bundle. */
    readonly graphic?: string;
  };
  /** How far the findings are that are being made now. */
  readonly making?: { readonly done: number; readonly total: number };
  readonly tryIt: boolean;
}

export interface FrontLinks extends NavLinks {
  /** Address of one study's newest findings; by default `/findings/<id>`. */
  readonly study?: (id: string) => string;
  /** Where anyone may try a study that is open for it; the study follows as `=<id>`. */
  readonly tryIt?: string;
  /** Where anyone may analyse a file of their own in the browser. */
  readonly analyse?: string;
  readonly script?: string;
  readonly canonical?: string;
}

export interface FrontPageOptions {
  readonly studies: readonly PublicStudy[];
  readonly css: string;
  readonly links: FrontLinks;
  readonly language?: Language;
}

/** The front page: what Longwave is, and three doors. */
export function renderFrontPage(options: FrontPageOptions): string {
  const text = pageText(options.language ?? "en");
  return shell(options, {
    title: text.front.title,
    description: text.front.lead,
    main: html`<div class="front-hero"><div><h1>${text.front.heading}</h1><p class="lede">${text.front.lead}</p></div>
<figure>${cohortPart()}<figcaption class="small soft">${text.front.cohort}</figcaption></figure></div>
<div class="doors">${readDoor(options, text)}${takeDoor(options, text)}${runDoor(options, text)}</div>${analyseLine(options, text)}`,
  });
}

/** The list of studies: what is published, what is still running. */
export function renderFindingsList(options: FrontPageOptions): string {
  const text = pageText(options.language ?? "en");
  const words = text.list;
  return shell(
    options,
    {
      title: `${words.title} – Longwave`,
      description: words.lead,
      main: html`<div class="hero"><h1>${words.title}</h1><p class="stand">${words.lead}</p></div>
<div class="section">${
        options.studies.length === 0
          ? html`<div class="empty"><h2>${words.empty}</h2><p>${words.emptyNext}</p></div>`
          : html`<ul class="studies">${options.studies.map((study) => studyRow(study, options, text))}</ul>`
      }</div>`,
    },
    "findings",
  );
}

function shell(
  options: FrontPageOptions,
  page: { readonly title: string; readonly description: string; readonly main: Html },
  current?: "findings",
): string {
  const language = options.language ?? "en";
  const text = pageText(language);
  const { canonical, script } = options.links;
  const published = options.studies.filter((study) => study.publication !== undefined);
  const simulated = published.length > 0 && published.every((study) => study.simulated);
  return pageHtml({
    ...page,
    language,
    text,
    css: options.css,
    nav: { ...options.links, ...takePartLink(options) },
    ...(current === undefined ? {} : { current }),
    ...(canonical === undefined ? {} : { canonical }),
    ...(script === undefined ? {} : { script }),
    // While findings are being made the page looks again by itself, with or without a script.
    ...(options.studies.some(({ making }) => making) ? { refreshSeconds: 5 } : {}),
    foot: html`${simulated && html`<p>${text.simulatedFoot}</p>`}<p>${text.quietFoot}</p>`,
  });
}

function studyAddress(study: PublicStudy, links: FrontLinks): string {
  return safeAddress(links.study?.(study.id) ?? `/findings/${encodeURIComponent(study.id)}`);
}

/** Taking part is open to anyone where a study may be tried; else the door says to open one's own link. */
function takePartLink({ studies, links }: FrontPageOptions): { readonly takePart?: string } {
  const address = studies.some((study) => study.tryIt) ? (links.tryIt ?? links.takePart) : links.takePart;
  return address === undefined ? {} : { takePart: address };
}

function tryAddress(study: PublicStudy, links: FrontLinks): string {
  return links.tryIt === undefined
    ? (links.takePart ?? "/p")
    : `${links.tryIt}=${encodeURIComponent(study.id)}`;
}

function makingText({ making }: PublicStudy, text: PageText): string | undefined {
  return making && text.list.making(Math.min(making.done + 1, making.total), making.total);
}

function studyRow(study: PublicStudy, options: FrontPageOptions, text: PageText): Html {
  const { publication } = study;
  const state =
    publication === undefined
      ? (makingText(study, text) ?? text.list.notPublished)
      : text.list.published(longDate(publication.publishedAt, text));
  return html`<li><div><p class="eyebrow">${study.simulated && html`<span class="tag notice">${text.simulatedTag}</span>`}<span>${study.title}</span></p>
<h2>${publication === undefined ? study.question : html`<a href="${studyAddress(study, options.links)}">${study.question}</a>`}</h2>
${publication?.lead !== undefined && html`<p>${publication.lead}</p>`}
<p class="soft small">${state}</p>
${
  study.tryIt &&
  options.links.takePart !== undefined &&
  html`<p><a href="${safeAddress(tryAddress(study, options.links))}">${text.list.tryIt}<span class="sr">: ${study.title}</span></a></p>`
}</div>${publication?.graphic !== undefined && publication.graphic !== "" && html`<div class="see">${trusted(publication.graphic)}</div>`}</li>`;
}

/** Small pictures of up to five answers: a letter is a height from a (low) to e (high), a dot is no answer. */
const cohort =
  "dbcab bea.c a.dce eceda b.ea. cbdbd edbca adbdc cb... acaeb dbe.a cebda e.... bdcea bca.e ebdac ..dac adbec ad... ebdcb c..ae dbeac bdaec e.bd. acebd bd..a ceabd dacbe a.ecb becda";

/** The cohort: one person a picture; the one in the accent is the reader's own place. */
function cohortPart(): Html {
  const glyphs = cohort.split(" ").map((person, index) => {
    const answered = [...person].map((letter) => letter !== ".");
    const levels = [...person].map((letter) => "abcde".indexOf(letter) / 4);
    return html`<span${index === 15 && html` class="on"`}>${trusted(fiveAnswerGlyph(answered, "", levels))}</span>`;
  });
  return html`<div class="cohort" aria-hidden="true">${glyphs}</div>`;
}

interface Door {
  readonly address: string;
  readonly picture: Html;
  readonly title: string;
  readonly words: Html;
  readonly more: string;
}

function doorPart(door: Door): Html {
  return html`<a class="door" href="${safeAddress(door.address)}"><div class="pic" aria-hidden="true">${door.picture}</div><h2>${door.title}</h2><p class="soft">${door.words}</p><span class="more">${door.more}</span></a>`;
}

function readDoor(options: FrontPageOptions, text: PageText): Html {
  const words = text.front.read;
  const published = options.studies.find((study) => study.publication !== undefined);
  const picture = trusted(
    published?.publication?.graphic ??
      `<svg viewBox="0 0 300 60"><path d="M4 6h292v40H4z" fill="var(--zone)"/><path d="M121 6h58v40h-58z" fill="var(--zone-2)"/><path d="M150 6v40" stroke="var(--ink-3)"/><path d="M96 26h46M96 18v16M142 18v16" stroke="var(--within)" stroke-width="3"/><rect x="113" y="20" width="12" height="12" fill="var(--within)"/></svg>`,
  );
  return doorPart({
    address:
      published === undefined
        ? (options.links.findings ?? "/findings")
        : studyAddress(published, options.links),
    picture,
    title: words.title,
    words:
      published === undefined
        ? html`${options.studies.map((study) => makingText(study, text)).find((made) => made !== undefined) ?? words.none}`
        : html`${published.simulated && html`<span class="tag notice">${text.simulatedShort}</span><br>`}<b>${published.question}</b> ${firstSentence(published.publication?.lead) ?? words.text}`,
    more: words.more,
  });
}

/** The answer in one breath: a door has no room for the whole of it. */
function firstSentence(lead: string | undefined): string | undefined {
  return lead === undefined ? undefined : /^.*?[.!?](?=\s|$)/s.exec(lead)?.[0];
}

function analyseLine({ links }: FrontPageOptions, text: PageText): Html {
  if (links.analyse === undefined) return html``;
  const words = text.front.analyse;
  return html`<p class="own-data">${words.text} <a href="${safeAddress(links.analyse)}">${words.more}</a></p>`;
}

function takeDoor(options: FrontPageOptions, text: PageText): Html {
  const words = text.front.take;
  return doorPart({
    address: takePartLink(options).takePart ?? "/p",
    picture: html`<span class="option"><span class="ring"></span><span>${text.front.exampleAnswer}</span></span>`,
    title: words.title,
    words: html`${words.text}`,
    more: words.more,
  });
}

function runDoor(options: FrontPageOptions, text: PageText): Html {
  const words = text.front.run;
  const bars = [188, 178, 166, 155].map(
    (width, index) => `<rect y="${index * 16}" width="${width}" height="11" rx="3"/>`,
  );
  const tracks = [0, 1, 2, 3, 4].map((index) => `<rect y="${index * 16}" width="300" height="11" rx="3"/>`);
  const picture = `<svg viewBox="0 0 300 76"><g fill="var(--band)">${tracks.join("")}</g><g fill="var(--mark)">${bars.join("")}</g><rect y="64" width="143" height="11" rx="3" fill="var(--accent)"/></svg>`;
  return doorPart({
    address: options.links.console ?? "/console",
    picture: trusted(picture),
    title: words.title,
    words: html`${words.text}`,
    more: words.more,
  });
}
