import type { Language } from "../../publication/types.ts";
import type { Html } from "../html.ts";
import { html, safeAddress } from "../html.ts";
import { type NavLinks, pageHtml } from "../parts/layout.ts";
import { pageText } from "../text/index.ts";
import { type DiscussionWords, discussionWords } from "./words.ts";

/** The terms as a list. */
export function termsList({ terms }: DiscussionWords): Html {
  return html`<ul class="plain-list">${terms.sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul>`;
}

/** The terms a reader agrees to with a comment, as a page of their own. */
export function renderCommentTerms(options: {
  readonly css: string;
  readonly links: NavLinks;
  readonly language: Language;
  /** Where the comment form stands. */
  readonly back: string;
  /** Who answers for what is shown. */
  readonly team: string;
}): string {
  const { language } = options;
  const text = pageText(language);
  const words = discussionWords(language);
  const { title, lead, who, back } = words.terms;
  return pageHtml({
    language,
    text,
    title: `${title} – Longwave`,
    description: lead,
    css: options.css,
    nav: options.links,
    main: html`<div class="message"><h1>${title}</h1><p>${lead}</p>${termsList(words)}
<p>${who(options.team)}</p><p><a href="${safeAddress(options.back)}">${back}</a></p></div>`,
    foot: html`<p>${text.quietFoot}</p>`,
  });
}
