import type { Language } from "../../publication/types.ts";
import { type Html, html, type Part, safeAddress } from "../html.ts";
import { type NavLinks, pageHtml } from "../parts/layout.ts";
import { pageText } from "../text/index.ts";
import type { JoinPage, JoinQuestion, JoinStep } from "./types.ts";
import { type JoinWords, joinWords } from "./words.ts";

interface Told {
  readonly page: JoinPage;
  readonly words: JoinWords;
  readonly language: Language;
}

/** The page on which anyone may join a study: complete without script, one step at a time. */
export function renderJoinPage(
  page: JoinPage,
  options: { readonly css: string; readonly links: NavLinks; readonly language: Language },
): string {
  const { language } = options;
  const text = pageText(language);
  const words = joinWords(language);
  const told = { page, words, language };
  const title = titleOf(page, words);
  return pageHtml({
    language,
    text,
    title: `${title} – ${page.study.title}`,
    description: page.study.question,
    css: options.css,
    nav: options.links,
    robots: "noindex",
    main: html`<div class="message join"><p class="soft">${page.study.title}</p><h1>${title}</h1>
${stepPart(told)}
<p class="small soft">${words.questions(page.study.contact)}</p>
${noticesPart(told)}
${otherLanguages(told)}</div>`,
    foot: html`<p>${text.quietFoot}</p>`,
  });
}

function titleOf({ step }: JoinPage, words: JoinWords): string {
  switch (step.kind) {
    case "closed":
      return words.closed[step.why].title;
    case "questions":
      return words.lead;
    case "ineligible":
      return words.ineligibleTitle;
    case "contact":
      return words.contactTitle;
    case "code":
      return words.codeTitle;
    case "in":
      return words.inTitle;
    case "too_many":
      return words.tooManyTitle;
    case "too_late":
      return words.tooLateTitle;
  }
}

function stepPart(told: Told): Part {
  const { page, words } = told;
  const { step } = page;
  switch (step.kind) {
    case "closed":
      return html`<p>${words.closed[step.why].text}</p>`;
    case "questions":
      return [aboutPart(told), questionsPart(told, step)];
    case "ineligible":
      return [step.reason, ...words.ineligibleText].map((sentence) => html`<p>${sentence}</p>`);
    case "contact":
      return contactPart(told, step);
    case "code":
      return codePart(told, step);
    case "in":
      return html`<p><a class="own-link" href="${safeAddress(step.link)}">${step.link}</a></p>
<p>${step.mailed ? words.inText.mailed : words.inText.keep}</p><p>${words.inNext}</p>
<p><a class="btn" href="${safeAddress(step.link)}">${words.inGo}</a></p>`;
    case "too_many":
      return html`<p>${words.tooMany}</p>${restart(told)}`;
    case "too_late":
      return html`<p>${words.tooLate}</p>${restart(told)}`;
  }
}

function aboutPart({ page: { study }, words }: Told): Html {
  return html`<p class="lede">${study.question}</p>
${study.about.map((paragraph) => html`<p>${paragraph}</p>`)}
<p>${words.howLong(study.minutes, study.months)}</p>`;
}

/** Where a form of this page goes; the language travels along. */
function actionOf({ page, language }: Told, part: string): string {
  return safeAddress(`${page.address}${part}?language=${language}`);
}

function questionsPart(told: Told, step: Extract<JoinStep, { kind: "questions" }>): Html {
  const { words } = told;
  const asked = step.questions.length > 0;
  return html`<form method="post" action="${actionOf(told, "/questions")}" novalidate>
${asked && html`<h2>${words.questionsTitle}</h2><p>${words.questionsText}</p>`}
${step.questions.map((question) => questionPart(told, question, step))}
<button type="submit" class="btn">${words.go}</button></form>`;
}

function questionPart(
  { words }: Told,
  question: JoinQuestion,
  { typed, missing }: Extract<JoinStep, { kind: "questions" }>,
): Html {
  const { id, text, help } = question;
  const wrong = missing.includes(id);
  const given = typed[id] ?? "";
  const hint = help !== undefined && html`<p class="hint">${help}</p>`;
  if (question.kind === "year_of_birth") {
    return html`<div class="field${wrong && " wrong"}"><label for="q-${id}">${text}</label>${hint}<p class="hint" id="q-${id}-hint">${words.year}</p>
<input id="q-${id}" name="${id}" value="${given}" inputmode="numeric" autocomplete="bday-year" maxlength="4" required aria-describedby="q-${id}-hint${wrong && ` q-${id}-error`}"${wrong && html` aria-invalid="true"`}>
${mistake(wrong && words.missingYear, `q-${id}-error`)}</div>`;
  }
  const options = question.options ?? [
    { value: "yes", text: words.yes },
    { value: "no", text: words.no },
  ];
  return html`<fieldset class="field${wrong && " wrong"}"${wrong && html` aria-describedby="q-${id}-error"`}><legend>${text}</legend>${hint}
${options.map(
  ({ value, text: label }) =>
    html`<label class="pick"><input type="radio" name="${id}" value="${value}" required${value === given && html` checked`}><span>${label}</span></label>`,
)}
${mistake(wrong && words.missing, `q-${id}-error`)}</fieldset>`;
}

function mistake(words: string | false, id: string): Part {
  return words !== false && html`<p class="error" id="${id}" role="alert">${words}</p>`;
}

function contactPart(told: Told, step: Extract<JoinStep, { kind: "contact" }>): Html {
  const { words } = told;
  const asks = step.email === "not_asked" ? words.contactText.none : words.contactText.email;
  return html`<p>${asks}</p><form method="post" action="${actionOf(told, "/contact")}" novalidate>
<input type="hidden" name="ticket" value="${step.ticket}">
${contactField(told, step, "name")}
${contactField(told, step, "email")}
<button type="submit" class="btn">${words.go}</button></form>`;
}

const attributes = {
  name: { type: "text", autocomplete: "name", maxlength: 120 },
  email: { type: "email", autocomplete: "email", maxlength: 254 },
} as const;

function contactField(
  { words }: Told,
  step: Extract<JoinStep, { kind: "contact" }>,
  field: "name" | "email",
): Part {
  const asked = step[field];
  if (asked === "not_asked") return false;
  const { type, autocomplete, maxlength } = attributes[field];
  const wrong = step.missing.includes(field);
  const optional = asked === "optional";
  const described = [optional && `${field}-hint`, wrong && `${field}-error`].filter((id) => id !== false);
  const error = field === "name" ? words.missingName : words.missingEmail;
  return html`<div class="field${wrong && " wrong"}"><label for="${field}">${words[field]}</label>${optional && html`<p class="hint" id="${field}-hint">${words.optional}</p>`}
<input id="${field}" name="${field}" type="${type}" autocomplete="${autocomplete}" maxlength="${maxlength}" value="${step.typed[field]}"${!optional && html` required`}${described.length > 0 && html` aria-describedby="${described.join(" ")}"`}${wrong && html` aria-invalid="true"`}>
${mistake(wrong && error, `${field}-error`)}</div>`;
}

function codePart(told: Told, { newcomer, minutes, wrong }: Extract<JoinStep, { kind: "code" }>): Html {
  const { words } = told;
  return html`${words.codeText(minutes).map((sentence) => html`<p>${sentence}</p>`)}
<form method="post" action="${actionOf(told, "/code")}" novalidate><input type="hidden" name="newcomer" value="${newcomer}">
<div class="field${wrong && " wrong"}"><label for="code">${words.code}</label>
<input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="20" required${wrong && html` aria-invalid="true" aria-describedby="code-error"`}>
${mistake(wrong && words.wrongCode, "code-error")}</div>
<button type="submit" class="btn">${words.go}</button></form>
${restart(told)}`;
}

function restart({ page, words, language }: Told): Html {
  return html`<p><a href="${safeAddress(`${page.address}?language=${language}`)}">${words.restart}</a></p>`;
}

function noticesPart({ page: { notices, lostLink }, words }: Told): Part {
  const lost = html`<p><a href="${safeAddress(lostLink)}">${words.lostLink}</a></p>`;
  const pages = (["privacy", "terms"] as const).flatMap((kind) => {
    const address = notices[kind];
    return address === undefined
      ? []
      : [html`<p><a href="${safeAddress(address)}">${words.notices[kind]}</a></p>`];
  });
  return [lost, ...pages];
}

/** A step in the middle is not taken again in another language: what was typed would be lost. */
function otherLanguages({ page, words, language }: Told): Part {
  const other = page.languages.find((each) => each !== language);
  if (other === undefined || !["questions", "closed"].includes(page.step.kind)) return false;
  return html`<p><a href="${safeAddress(`${page.address}?language=${other}`)}" lang="${other}" hreflang="${other}">${words.language}</a></p>`;
}
