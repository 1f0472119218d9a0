import type { Language } from "../../publication/types.ts";
import { html, safeAddress } from "../html.ts";
import { type NavLinks, pageHtml } from "../parts/layout.ts";
import { pageText } from "../text/index.ts";
import { paragraphs } from "./discussion-part.ts";
import { COMMENT_LIMITS } from "./types.ts";

/** One's own comment, opened by its secret address. */
export interface OwnComment {
  readonly state: "pending" | "approved" | "rejected" | "removed";
  readonly body: string;
  /** Why it is not shown, in the team's words; null without. */
  readonly reason: string | null;
  /** Until when the words can be changed; null when that time is over. */
  readonly editUntil: number | null;
  /** Shown when the comment speaks of danger or asks for medical advice. */
  readonly help: string | null;
  /** The secret address of this page. */
  readonly address: string;
  /** The page the comment stands under. */
  readonly page: string;
}

interface Words {
  readonly title: Readonly<Record<OwnComment["state"], string>>;
  readonly keep: string;
  readonly yours: string;
  readonly reason: string;
  readonly edit: string;
  readonly save: string;
  readonly remove: string;
  readonly removeText: string;
  readonly back: string;
  readonly help: string;
}

const english: Words = {
  title: {
    pending: "Thank you. Your comment waits for a person of the study team.",
    approved: "Your comment is shown.",
    rejected: "Your comment was not accepted.",
    removed: "Your comment has been removed.",
  },
  keep: "Keep the address of this page: whoever has it can change the comment for 15 minutes and remove it at any time.",
  yours: "Your words",
  reason: "Why",
  edit: "Change the words",
  save: "Save",
  remove: "Remove my comment",
  removeText: "The words, the name and the e-mail address are erased at once. Answers of others stay.",
  back: "Back to the findings",
  help: "Before you go",
};

const norwegian: Words = {
  title: {
    pending: "Takk. Kommentaren din venter på en i studieteamet.",
    approved: "Kommentaren din vises.",
    rejected: "Kommentaren din ble ikke godtatt.",
    removed: "Kommentaren din er fjernet.",
  },
  keep: "Ta vare på adressen til denne siden: den som har den, kan endre kommentaren i 15 minutter og fjerne den når som helst.",
  yours: "Dine ord",
  reason: "Hvorfor",
  edit: "Endre ordene",
  save: "Lagre",
  remove: "Fjern kommentaren min",
  removeText: "Ordene, navnet og e-postadressen slettes med en gang. Andres svar blir stående.",
  back: "Tilbake til funnene",
  help: "Før du går",
};

/** The page of one's own comment: where it stands, and how to change or remove it. */
export function renderOwnComment(
  comment: OwnComment,
  options: { readonly css: string; readonly links: NavLinks; readonly language: Language },
): string {
  const { language } = options;
  const text = pageText(language);
  const words = language === "nb" ? norwegian : english;
  const { state, editUntil, help, reason, address } = comment;
  return pageHtml({
    language,
    text,
    title: `${words.title[state]} – Longwave`,
    description: words.title[state],
    css: options.css,
    nav: options.links,
    robots: "noindex",
    main: html`<div class="message"><h1>${words.title[state]}</h1>
${help !== null && html`<section class="callout" aria-label="${words.help}"><p><b>${words.help}:</b> ${help}</p></section>`}
${reason !== null && html`<p><b>${words.reason}:</b> ${reason}</p>`}
${
  state !== "removed" &&
  html`<p>${words.keep}</p><h2>${words.yours}</h2><div class="comment">${paragraphs(comment.body)}</div>
${
  editUntil !== null &&
  html`<form method="post" action="${safeAddress(`${address}/edit`)}"><div class="field"><label for="body">${words.edit}</label><textarea id="body" name="body" rows="6" required maxlength="${COMMENT_LIMITS.body}">${comment.body}</textarea></div><button type="submit" class="btn">${words.save}</button></form>`
}
<form method="post" action="${safeAddress(`${address}/remove`)}"><p class="soft">${words.removeText}</p><button type="submit" class="btn second">${words.remove}</button></form>`
}
<p><a href="${safeAddress(comment.page)}">${words.back}</a></p></div>`,
    foot: html`<p>${text.quietFoot}</p>`,
  });
}
