import type { Language } from "../../publication/types.ts";
import type { Html } from "../html.ts";
import { escapeHtml, html, safeAddress, trusted } from "../html.ts";
import { longDate, type PageText } from "../text/index.ts";
import { termsList } from "./terms-page.ts";
import {
  COMMENT_LIMITS,
  type CommentField,
  type Discussion,
  type ShownComment,
  type Thread,
} from "./types.ts";
import { type DiscussionWords, discussionWords } from "./words.ts";

interface Reading {
  readonly discussion: Discussion;
  readonly words: DiscussionWords;
  readonly text: PageText;
}

/** The discussion as a section of a page: what was said, then the form. Complete without a script. */
export function discussionPart(discussion: Discussion, language: Language, text: PageText): Html {
  const reading = { discussion, words: discussionWords(language), text };
  const { words } = reading;
  return html`<section class="section discussion" id="discussion" aria-labelledby="discussion-title">
<div class="section-head"><h2 id="discussion-title">${words.title}</h2><p>${words.lead}</p></div>
${kindsPart(reading)}
${discussion.total === 0 ? html`<p class="empty">${words.none}</p>` : threadsPart(reading)}
${formPart(reading)}
${termsPart(words)}
</section>`;
}

/** How experiences differ by kind: how many speak of each, the newest in its own words, and the way to the others. */
function kindsPart({ discussion, words }: Reading): Html | undefined {
  if (discussion.kinds.length === 0) return undefined;
  const kinds = discussion.kinds.map(
    ({ kind, count, newest, address }) =>
      html`<div><dt><a href="${safeAddress(address)}"${kind === discussion.kind && html` aria-current="true"`}>${kind}</a> <span class="num soft">${words.count(count)}</span></dt><dd><span class="soft">${words.newest}</span> “${shortened(newest)}”</dd></div>`,
  );
  return html`<div class="kinds"><h3>${words.kinds(discussion.exposure)}</h3><p class="small soft">${words.kindsCaution}</p><dl>${kinds}</dl></div>`;
}

const LONGEST_QUOTE = 120;

/** The first words of a comment, on one line. */
function shortened(body: string): string {
  const line = body.replace(/\s+/g, " ");
  if (line.length <= LONGEST_QUOTE) return line;
  return `${line.slice(0, LONGEST_QUOTE).replace(/\s+\S*$/, "")} …`;
}

function threadsPart(reading: Reading): Html {
  const { discussion, words } = reading;
  const { page, pages, pageAddress, feed } = discussion;
  return html`<p class="small soft">${words.count(discussion.total)} · <a href="${safeAddress(feed)}">${words.feed}</a></p>
${narrowedPart(reading)}
<ol class="threads">${discussion.threads.map((thread) => threadPart(thread, reading))}</ol>
${
  pages > 1 &&
  html`<nav class="turn" aria-label="${words.title}">${page > 1 && html`<a href="${safeAddress(pageAddress(page - 1))}">${words.newer}</a>`} <span class="soft">${words.page(page, pages)}</span> ${page < pages && html`<a href="${safeAddress(pageAddress(page + 1))}">${words.older}</a>`}</nav>`
}`;
}

/** What is left out here, and the way back to all of it. */
function narrowedPart({ discussion, words }: Reading): Html | undefined {
  const { kind, alone, allAddress } = discussion;
  if (kind === null && !alone) return undefined;
  const what = alone || kind === null ? words.alone : words.onlyKind(kind);
  return html`<p class="narrowed"><b>${what}</b> <a href="${safeAddress(allAddress)}">${words.all}</a></p>`;
}

function threadPart(thread: Thread, reading: Reading): Html {
  const { words, discussion } = reading;
  const { replies, replyCount, gone } = thread;
  return html`<li>${commentPart(thread, reading)}
${replies.length > 0 && html`<ol>${replies.map((reply) => html`<li>${commentPart(reply, reading)}</li>`)}</ol>`}
${replyCount > replies.length && html`<p><a class="reply" href="${safeAddress(discussion.threadAddress(thread.id))}">${words.allReplies(replyCount)}<span class="sr">: ${thread.name}</span></a></p>`}
${!gone && html`<p><a class="reply" href="${safeAddress(discussion.replyAddress(thread.id))}">${words.reply}<span class="sr">: ${thread.name}</span></a></p>`}</li>`;
}

function commentPart(comment: ShownComment, { words, text }: Reading): Html {
  if (comment.gone) return html`<p class="soft" id="comment-${comment.id}">${words.gone}</p>`;
  const marks = [
    comment.isTeam ? html`<span class="tag">${words.team}</span>` : undefined,
    comment.kind === null ? undefined : html`<span class="soft">${words.means(comment.kind)}</span>`,
    comment.editedByTeam ? html`<span class="soft">${words.edited}</span>` : undefined,
  ].filter((mark) => mark !== undefined);
  return html`<article class="comment" id="comment-${comment.id}">
<p class="who"><b>${comment.name}</b> ${marks} <a class="soft" href="#comment-${comment.id}"><time datetime="${new Date(comment.at).toISOString()}">${longDate(comment.at, text)}</time></a></p>
${paragraphs(comment.body)}</article>`;
}

/** Plain text as paragraphs: everything is escaped, web addresses become links that lend no weight to where they go. */
export function paragraphs(body: string): Html {
  return html`${body
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph.trim() !== "")
    .map((paragraph) => html`<p>${trusted(linked(paragraph.trim()).replaceAll("\n", "<br>"))}</p>`)}`;
}

function linked(text: string): string {
  return text
    .split(/(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/)
    .map((part, at) => {
      const shown = escapeHtml(part);
      return at % 2 === 1 ? `<a href="${shown}" rel="nofollow ugc noopener noreferrer">${shown}</a>` : shown;
    })
    .join("");
}

function field(
  reading: Reading,
  part: {
    readonly name: CommentField;
    readonly label: string;
    readonly hint?: string;
    readonly control: string;
  },
): Html {
  const message = reading.discussion.mistakes.find((mistake) => mistake.field === part.name)?.message;
  const described = [
    part.hint === undefined ? "" : `${part.name}-hint`,
    message === undefined ? "" : `${part.name}-error`,
  ]
    .filter((id) => id !== "")
    .join(" ");
  const attributes = `id="comment-${part.name}" name="${part.name}"${described === "" ? "" : ` aria-describedby="${described}"`}${message === undefined ? "" : ' aria-invalid="true"'}`;
  return html`<div class="field${message !== undefined && " wrong"}"><label for="comment-${part.name}">${part.label}</label>
${trusted(part.control.replace("%", () => attributes))}
${part.hint !== undefined && html`<p class="hint" id="${part.name}-hint">${part.hint}</p>`}
${message !== undefined && html`<p class="error" id="${part.name}-error">${message}</p>`}</div>`;
}

function formPart(reading: Reading): Html {
  const { discussion, words } = reading;
  const { typed, replyTo, mistakes } = discussion;
  const form = words.form;
  const wrong = (name: CommentField) => mistakes.find((mistake) => mistake.field === name)?.message;
  return html`<form class="comment-form" id="write" method="post" action="${safeAddress(discussion.action)}" data-challenge="${discussion.challenge}" data-bits="${discussion.challengeBits}" novalidate>
<h3>${replyTo === null ? form.title : words.replyTo(replyTo.name)}</h3>
${mistakes.length > 0 && html`<p role="alert" class="trouble"><b>${form.wrong}</b> ${mistakes.map(({ message }) => `${message} `)}</p>`}
${replyTo !== null && html`<p><a href="#discussion">${words.ownComment}</a></p><input type="hidden" name="parent" value="${replyTo.id}">`}
${field(reading, { name: "name", label: form.name, hint: form.nameHint, control: `<input % required autocomplete="nickname" maxlength="${COMMENT_LIMITS.name}" value="${escapeHtml(typed.name)}">` })}
${field(reading, { name: "email", label: form.email, hint: form.emailHint, control: `<input % type="email" required autocomplete="email" value="${escapeHtml(typed.email)}">` })}
${field(reading, { name: "body", label: form.body, hint: form.bodyHint, control: `<textarea % required rows="6" maxlength="${COMMENT_LIMITS.body}">${escapeHtml(typed.body)}</textarea>` })}
${field(reading, { name: "kind", label: form.kind(discussion.exposure), hint: form.kindHint, control: `<input % list="comment-kinds" maxlength="${COMMENT_LIMITS.kind}" value="${escapeHtml(typed.kind)}">` })}
<datalist id="comment-kinds">${discussion.kinds.map(({ kind }) => html`<option value="${kind}"></option>`)}</datalist>
<div class="trap" aria-hidden="true"><label for="comment-website">${form.website}</label><input id="comment-website" name="website" tabindex="-1" autocomplete="off"></div>
<p class="tick${wrong("agreed") !== undefined && " wrong"}"><label><input type="checkbox" name="agreed" value="yes"${typed.agreed && trusted(" checked")}> ${form.agree}</label> <a href="${safeAddress(discussion.terms)}" target="_blank" rel="noopener">${form.readTerms}</a></p>
${wrong("agreed") !== undefined && html`<p class="error">${wrong("agreed")}</p>`}
<p class="tick"><label><input type="checkbox" name="remember" value="yes"${discussion.remembered && trusted(" checked")}> ${form.remember}</label> <span class="hint">${form.rememberHint}</span></p>
<input type="hidden" name="challenge" value="${discussion.challenge}"><input type="hidden" name="solution" value="">
<button type="submit" class="btn">${form.send}</button>
<p class="small"><a href="${safeAddress(discussion.lostLink)}">${form.lostLink}</a></p>
</form>`;
}

function termsPart(words: DiscussionWords): Html {
  return html`<details class="terms" id="terms"><summary>${words.terms.title}</summary>${termsList(words)}</details>`;
}
