import type { Language } from "../../publication/types.ts";
import { html, safeAddress } from "../html.ts";
import { type NavLinks, pageHtml } from "../parts/layout.ts";
import { pageText } from "../text/index.ts";

/** What the page shows for readers who lost the link to their comment, or people who lost their own link to a study. */
export interface LostLink {
  readonly of: "comments" | "study";
  /** `asked` looks the same whether the address is known or not. */
  readonly state: "form" | "asked" | "no address" | "too many";
  /** Where the form is sent. */
  readonly address: string;
  /** The page the comments stand under. */
  readonly page: string;
}

interface Words {
  readonly title: string;
  readonly lead: string;
  readonly email: string;
  readonly send: string;
  readonly asked: string;
  readonly askedText: string;
  readonly noAddress: string;
  readonly tooMany: string;
  readonly back: string;
}

const english: Words = {
  title: "Lost the link to your comment?",
  lead: "Type the e-mail address you gave when you wrote. We send the links of your comments to it.",
  email: "E-mail",
  send: "Send me the links",
  asked: "Look into your e-mail.",
  askedText:
    "If comments were written with this address, the links are on their way. We do not say here whether there are any, so that nobody can find out who wrote. A message comes at most once an hour.",
  noAddress: "Write an e-mail address, such as kari@example.org.",
  tooMany: "That was asked for too often from here. Wait an hour and try again.",
  back: "Back to the findings",
};

const norwegian: Words = {
  title: "Har du mistet lenken til kommentaren din?",
  lead: "Skriv e-postadressen du oppga da du skrev. Vi sender lenkene til kommentarene dine dit.",
  email: "E-post",
  send: "Send meg lenkene",
  asked: "Se i e-posten din.",
  askedText:
    "Er det skrevet kommentarer med denne adressen, er lenkene på vei. Vi sier ikke her om det finnes noen, slik at ingen kan finne ut hvem som har skrevet. Det kommer høyst én melding i timen.",
  noAddress: "Skriv en e-postadresse, som kari@example.org.",
  tooMany: "Det er spurt for ofte herfra. Vent en time og prøv igjen.",
  back: "Tilbake til funnene",
};

const ownEnglish: Words = {
  title: "Lost your own link?",
  lead: "Type the e-mail address the study has from you. We send your own link to it.",
  email: "E-mail",
  send: "Send me my link",
  asked: "Look into your e-mail.",
  askedText:
    "If the study has this address, your link is on its way. We do not say here whether it has, so that nobody can find out who takes part. A message comes at most once an hour. Does nothing come? Then write to the study team.",
  noAddress: "Write an e-mail address, such as kari@example.org.",
  tooMany: "That was asked for too often from here. Wait an hour and try again.",
  back: "About the study",
};

const ownNorwegian: Words = {
  title: "Har du mistet lenken din?",
  lead: "Skriv e-postadressen studien har fra deg. Vi sender din egen lenke dit.",
  email: "E-post",
  send: "Send meg lenken min",
  asked: "Se i e-posten din.",
  askedText:
    "Har studien denne adressen, er lenken på vei. Vi sier ikke her om den har det, slik at ingen kan finne ut hvem som er med. Det kommer høyst én melding i timen. Kommer det ingenting, skriver du til studieteamet.",
  noAddress: "Skriv en e-postadresse, som kari@example.org.",
  tooMany: "Det er spurt for ofte herfra. Vent en time og prøv igjen.",
  back: "Om studien",
};

const allWords = {
  comments: { en: english, nb: norwegian },
  study: { en: ownEnglish, nb: ownNorwegian },
} as const;

/** The page on which somebody asks for their links by e-mail: it never tells whether an address is known. */
export function renderLostLink(
  lost: LostLink,
  options: { readonly css: string; readonly links: NavLinks; readonly language: Language },
): string {
  const { language } = options;
  const text = pageText(language);
  const words = allWords[lost.of][language];
  const asked = lost.state === "asked";
  const title = asked ? words.asked : words.title;
  const mistake = {
    "no address": words.noAddress,
    "too many": words.tooMany,
    form: undefined,
    asked: undefined,
  };
  return pageHtml({
    language,
    text,
    title: `${title} – Longwave`,
    description: title,
    css: options.css,
    nav: options.links,
    robots: "noindex",
    main: html`<div class="message"><h1>${title}</h1>
<p>${asked ? words.askedText : words.lead}</p>
${!asked && emailForm(lost.address, words, mistake[lost.state])}
<p><a href="${safeAddress(lost.page)}">${words.back}</a></p></div>`,
    foot: html`<p>${text.quietFoot}</p>`,
  });
}

function emailForm(address: string, words: Words, mistake: string | undefined) {
  const described =
    mistake === undefined ? undefined : html` aria-invalid="true" aria-describedby="email-error"`;
  return html`<form method="post" action="${safeAddress(address)}" novalidate><div class="field${mistake !== undefined && " wrong"}"><label for="email">${words.email}</label>
<input id="email" name="email" type="email" required autocomplete="email"${described}>
${mistake !== undefined && html`<p class="error" id="email-error" role="alert">${mistake}</p>`}</div>
<button type="submit" class="btn">${words.send}</button></form>`;
}
