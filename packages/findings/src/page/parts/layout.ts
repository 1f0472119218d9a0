import { fiveAnswerGlyph } from "@longwave/figure";
import type { Language } from "../../publication/types.ts";
import type { Html, Part } from "../html.ts";
import { html, safeAddress, trusted } from "../html.ts";
import type { PageText } from "../text/index.ts";

/** Addresses of the three doors; a door without an address is left out. */
export interface NavLinks {
  readonly home?: string;
  readonly findings?: string;
  readonly takePart?: string;
  readonly console?: string;
}

/** One whole page. */
export interface PageShell {
  readonly language: Language;
  readonly text: PageText;
  readonly title: string;
  readonly description: string;
  readonly css: string;
  readonly nav: NavLinks;
  readonly current?: "findings" | "takePart" | "console";
  readonly canonical?: string;
  /** Whole address of the picture that goes with a link to the page. */
  readonly picture?: string;
  /** Address of a script that adds comfort; the page is complete without it. */
  readonly script?: string;
  /** Address of a feed that follows the page. */
  readonly feed?: string;
  readonly robots?: "noindex";
  readonly jsonLd?: object;
  /** Asks the browser to fetch the page again after so many seconds: for what is being made right now. */
  readonly refreshSeconds?: number;
  readonly main: Html;
  readonly foot: Part;
}

const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 40'%3E%3Crect width='40' height='40' rx='9' fill='%230b5a70'/%3E%3Cg fill='%23fff'%3E%3Ccircle cx='7' cy='23' r='3'/%3E%3Ccircle cx='14' cy='14' r='3'/%3E%3Ccircle cx='21' cy='27' r='3'/%3E%3Ccircle cx='28' cy='14' r='3'/%3E%3Ccircle cx='34' cy='19' r='3'/%3E%3C/g%3E%3C/svg%3E";

/** The HTML text of a page in the house frame: skip link, bar, main, foot; style inside, nothing fetched but fonts. */
export function pageHtml(shell: PageShell): string {
  return html`<!doctype html>
<html lang="${shell.language}">
<head>
${headPart(shell)}
<style>${trusted(shell.css.replaceAll("</", "<\\/"))}</style>
</head>
<body>
<a class="skip" href="#main">${shell.text.skip}</a>
${barPart(shell)}
<main id="main" tabindex="-1"><div class="page">
${shell.main}
</div></main>
<footer class="foot-bar"><div>${shell.foot}</div></footer>
${shell.script !== undefined && html`<script type="module" src="${safeAddress(shell.script)}"></script>`}
</body>
</html>
`.text;
}

function headPart(shell: PageShell): Html {
  const { title, description, canonical, picture, feed, jsonLd } = shell;
  return html`<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<meta name="description" content="${description}">
<meta name="color-scheme" content="light dark">
${shell.refreshSeconds !== undefined && html`<meta http-equiv="refresh" content="${shell.refreshSeconds}">`}
${shell.robots !== undefined && html`<meta name="robots" content="${shell.robots}">`}
<meta property="og:type" content="article">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${description}">
${canonical !== undefined && html`<link rel="canonical" href="${safeAddress(canonical)}"><meta property="og:url" content="${safeAddress(canonical)}">`}
${picturePart(picture, description)}
${feed !== undefined && html`<link rel="alternate" type="application/atom+xml" href="${safeAddress(feed)}">`}
<link rel="icon" href="${trusted(icon)}">
${jsonLd !== undefined && html`<script type="application/ld+json">${trusted(JSON.stringify(jsonLd).replaceAll("<", "\\u003c"))}</script>`}`;
}

/** The picture that programs show beside a link to the page; without one they show the words alone. */
function picturePart(picture: string | undefined, description: string): Html {
  if (picture === undefined) return html`<meta name="twitter:card" content="summary">`;
  const address = safeAddress(picture);
  return html`<meta property="og:image" content="${address}"><meta property="og:image:type" content="image/png">
<meta property="og:image:width" content="1200"><meta property="og:image:height" content="630">
<meta property="og:image:alt" content="${description}">
<meta name="twitter:card" content="summary_large_image"><meta name="twitter:image" content="${address}">`;
}

function barPart(shell: PageShell): Html {
  const { nav, text, current } = shell;
  const doors = [
    { key: "findings", address: nav.findings, words: text.nav.findings },
    { key: "takePart", address: nav.takePart, words: text.nav.takePart },
    { key: "console", address: nav.console, words: text.nav.run },
  ].flatMap(({ key, address, words }) => (address === undefined ? [] : [{ key, address, words }]));
  const brand = html`${trusted(fiveAnswerGlyph([true, true, true, true, true], ""))}Longwave`;
  return html`<header class="bar"><div>
${nav.home === undefined ? html`<span class="brand">${brand}</span>` : html`<a class="brand" href="${safeAddress(nav.home)}">${brand}</a>`}
${
  doors.length > 0 &&
  html`<nav aria-label="${text.nav.label}">${doors.map(
    (door) =>
      html`<a href="${safeAddress(door.address)}"${door.key === current && html` aria-current="page"`}>${door.words}</a>`,
  )}</nav>`
}
</div></header>`;
}
