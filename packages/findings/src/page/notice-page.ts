import type { LocalText, NoticeText } from "@longwave/study";
import type { Language } from "../publication/types.ts";
import { html, safeAddress } from "./html.ts";
import { type NavLinks, pageHtml } from "./parts/layout.ts";
import { pageText } from "./text/index.ts";

/** A page of a study that everyone may read, such as its privacy notice. */
export interface NoticePage {
  readonly notice: NoticeText;
  readonly study: LocalText;
  readonly contact: { readonly name: string; readonly email: string };
  /** The last day on which data are kept, as YYYY-MM-DD, where this page tells it. */
  readonly keepUntil?: string;
  /** The version of the study text that the words are from. */
  readonly version: string;
  readonly languages: readonly Language[];
  readonly address: string;
}

const words = {
  en: {
    contact: "Write to",
    other: { name: "Norsk", language: "nb" },
    keep: (day: string) => `What you give is kept until ${day} at the latest.`,
    from: (version: string) => `From version ${version} of the study text.`,
  },
  nb: {
    contact: "Skriv til",
    other: { name: "English", language: "en" },
    keep: (day: string) => `Det du gir, tar vi vare på til senest ${day}.`,
    from: (version: string) => `Fra versjon ${version} av studieteksten.`,
  },
} as const;

/** The privacy notice, or the terms, of a study as a page: complete without script. */
export function renderNotice(
  page: NoticePage,
  options: { readonly css: string; readonly links: NavLinks; readonly language: Language },
): string {
  const { language } = options;
  const text = pageText(language);
  const say = (local: LocalText): string => local[language] ?? local.en;
  const { contact, other, from, keep } = words[language];
  const title = say(page.notice.title);
  return pageHtml({
    language,
    text,
    title: `${title} – ${say(page.study)}`,
    description: title,
    css: options.css,
    nav: options.links,
    main: html`<div class="message notice-page"><p class="soft">${say(page.study)}</p><h1>${title}</h1>
${page.notice.sections.map(
  (section) => html`<section><h2>${say(section.title)}</h2>
${section.paragraphs.map((paragraph) => html`<p>${say(paragraph)}</p>`)}</section>`,
)}
${page.keepUntil !== undefined && html`<p>${keep(dayIn(page.keepUntil, language))}</p>`}
<p>${contact} ${page.contact.name}: <a href="mailto:${page.contact.email}">${page.contact.email}</a>.</p>
<p class="small soft">${from(page.version)}</p>
${page.languages.includes(other.language) && html`<p><a href="${safeAddress(`${page.address}?language=${other.language}`)}" lang="${other.language}" hreflang="${other.language}">${other.name}</a></p>`}</div>`,
    foot: html`<p>${text.quietFoot}</p>`,
  });
}

function dayIn(day: string, language: Language): string {
  const form = new Intl.DateTimeFormat(language === "nb" ? "nb-NO" : "en-GB", {
    dateStyle: "long",
    timeZone: "UTC",
  });
  return form.format(new Date(day));
}
