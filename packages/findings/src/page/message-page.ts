import type { Language } from "../publication/types.ts";
import { html, safeAddress } from "./html.ts";
import type { NavLinks } from "./parts/layout.ts";
import { pageHtml } from "./parts/layout.ts";
import { pageText } from "./text/index.ts";

export interface MessageOptions {
  readonly css: string;
  readonly links: NavLinks;
  readonly language?: Language;
  readonly title: string;
  /** What happened, that nothing is lost, what to do: one sentence each. */
  readonly sentences: readonly string[];
  readonly action?: { readonly words: string; readonly address: string };
  /** A button that changes something, so it posts. */
  readonly post?: { readonly words: string; readonly address: string };
  /** Buttons of which one is pressed; each posts its own address. */
  readonly choices?: readonly { readonly words: string; readonly address: string }[];
}

/** A page that says one thing in plain words: an error, a closed door, a notice. */
export function renderMessage(options: MessageOptions): string {
  const language = options.language ?? "en";
  const text = pageText(language);
  const { action, post, choices = [] } = options;
  const buttons = post === undefined ? choices : [post, ...choices];
  return pageHtml({
    language,
    text,
    title: `${options.title} – Longwave`,
    description: options.sentences[0] ?? options.title,
    css: options.css,
    nav: options.links,
    robots: "noindex",
    main: html`<div class="message"><h1>${options.title}</h1>
${options.sentences.map((sentence) => html`<p>${sentence}</p>`)}
${action !== undefined && html`<p><a class="btn" href="${safeAddress(action.address)}">${action.words}</a></p>`}
${buttons.map(({ words, address }) => html`<form method="post" action="${safeAddress(address)}"><button type="submit" class="btn">${words}</button></form>`)}</div>`,
    foot: html`<p>${text.quietFoot}</p>`,
  });
}

/** The page for an address that leads nowhere. */
export function renderNotFound(options: Pick<MessageOptions, "css" | "links" | "language">): string {
  const text = pageText(options.language ?? "en");
  return renderMessage({
    ...options,
    title: text.notFound.title,
    sentences: [text.notFound.text],
    action: { words: text.notFound.back, address: options.links.home ?? "/" },
  });
}
