import type { Html } from "../page/html.ts";
import { html, trusted } from "../page/html.ts";
import { tablePart } from "../page/parts/table.ts";
import type { OwnCopy } from "./own-copy.ts";
import { copyWords } from "./own-copy-words.ts";

// A file on somebody's disk: it must stand alone, on paper too.
const style = `body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:CanvasText;background:Canvas;color-scheme:light dark}
h1,h2{line-height:1.2}h2{margin-top:2.5rem}table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.35rem .75rem .35rem 0;border-bottom:1px solid GrayText}
.scroll{overflow-x:auto}th[scope=row]{font-weight:400}del{opacity:.75}@media print{.scroll{overflow:visible}tr{break-inside:avoid}}`;

/** A person's copy as one whole HTML file to read, keep or print. */
export function renderOwnCopy(copy: OwnCopy): string {
  const words = copyWords(copy.language);
  const at = timeWriter(copy);
  const page = html`<!doctype html>
<html lang="${copy.language}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.title}</title>
<style>${trusted(style)}</style>
</head>
<body>
<main>
<h1>${words.title}</h1>
<p>${words.intro(copy.study.title, at(copy.madeAt))}</p>
${copy.study.demonstration && html`<p><strong>${words.demonstration}</strong></p>`}
<p>${words.contact(copy.study.contact.name, copy.study.contact.email)}</p>
${aboutPart(copy, at)}
${consentPart(copy, at)}
${answersPart(copy, at)}
${eventsPart(copy, at)}
</main>
</body>
</html>
`;
  return page.text;
}

type TimeWriter = (at: number) => string;

function timeWriter({ language, person }: OwnCopy): TimeWriter {
  const format = new Intl.DateTimeFormat(language === "nb" ? "nb-NO" : "en-GB", {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: person.timeZone ?? "UTC",
  });
  return (at) => format.format(at);
}

function section(title: string, content: Html): Html {
  return html`<section><h2>${title}</h2>
${content}</section>`;
}

/** A table, or a word that there is nothing. */
function rowsPart(
  copy: OwnCopy,
  title: string,
  heads: readonly string[],
  rows: readonly (readonly (string | Html)[])[],
): Html {
  if (rows.length === 0) return section(title, html`<p>${copyWords(copy.language).none}</p>`);
  return section(
    title,
    tablePart(
      title,
      heads.map((head) => ({ head })),
      rows,
    ),
  );
}

function aboutPart(copy: OwnCopy, at: TimeWriter): Html {
  const words = copyWords(copy.language);
  const { person } = copy;
  const when = (time: number | undefined): string => (time === undefined ? words.notKept : at(time));
  return rowsPart(
    copy,
    words.about,
    [words.what, ""],
    [
      [words.id, `${person.number} · ${person.id}`],
      [words.name, person.name ?? words.notKept],
      [words.email, person.email ?? words.notKept],
      [words.phone, person.phone ?? words.notKept],
      [words.invited, at(person.invitedAt)],
      [words.enrolled, when(person.enrolledAt)],
      [words.timeZone, person.timeZone ?? words.notKept],
    ],
  );
}

function consentPart(copy: OwnCopy, at: TimeWriter): Html {
  const words = copyWords(copy.language);
  const consents = copy.consents.map(
    (consent) => html`<h3>${words.consent(consent.version, at(consent.givenAt))}</h3>
${consent.signedOn === undefined ? "" : html`<p>${words.onPaper(consent.signedOn, consent.seenBy ?? "")}</p>`}
<ul>${Object.entries(consent.ticks).map(([id, ticked]) => {
      const label = consent.words?.ticks.find((tick) => tick.id === id)?.label ?? id;
      return html`<li>${label}: ${ticked ? words.ticked : words.notTicked}</li>`;
    })}</ul>
${consent.words?.sections.map(
  (part) => html`<h4>${part.title}</h4>${part.paragraphs.map((paragraph) => html`<p>${paragraph}</p>`)}`,
)}`,
  );
  const declined = copy.declined.map(
    ({ version, at: time }) => html`<p>${words.declined(version, at(time))}</p>`,
  );
  const none = consents.length + declined.length === 0;
  return section(words.consents, none ? html`<p>${words.none}</p>` : html`${consents}${declined}`);
}

function answersPart(copy: OwnCopy, at: TimeWriter): Html {
  const words = copyWords(copy.language);
  const rows = copy.answers.map((answer) => [
    answer.wave,
    answer.question,
    answer.stands ? answer.answer : html`<del>${answer.answer}</del> (${words.replaced})`,
    at(answer.answeredAt),
    at(answer.receivedAt),
  ]);
  const heads = [words.round, words.question, words.answer, words.answeredAt, words.receivedAt];
  const finished = copy.rounds.map(({ wave, finishedAt }) => [wave, at(finishedAt)]);
  const again = copy.typedAgain.map(({ wave, question, answer, at: time }) => [
    wave,
    question,
    answer,
    at(time),
  ]);
  const againHeads = [words.round, words.question, words.answer, words.when];
  return html`${rowsPart(copy, words.answers, heads, rows)}
${again.length > 0 && rowsPart(copy, words.typedAgain, againHeads, again)}
${rowsPart(copy, words.finished, [words.round, words.when], finished)}`;
}

function eventsPart(copy: OwnCopy, at: TimeWriter): Html {
  const words = copyWords(copy.language);
  const { shown, choices } = copy.ownPage;
  const ownPage = [
    ...shown.map((each) => ({
      time: each.at,
      what: `${words.rules(each.version)} (${each.hash.slice(0, 12)})`,
    })),
    ...choices.map((each) => ({
      time: each.at,
      what: each.showsSessions ? words.sessionsShown : words.sessionsHidden,
    })),
  ].sort((a, b) => a.time - b.time);
  const messages = copy.messages.map(({ about, state, decidedAt }) => [at(decidedAt), `${about} (${state})`]);
  const written = copy.written.flatMap((message) => [
    [at(message.at), message.words, words.you],
    ...message.answers.map((answer) => [at(answer.at), answer.words, words.team]),
  ]);
  const changes = copy.contactChanges.flatMap(({ at: time, who, fields }) =>
    fields.map(({ from, to }) => [at(time), `${from ?? words.notKept} → ${to ?? words.notKept}`, who]),
  );
  const queries = copy.queries.map((query) => [at(query.at), query.question, query.words || query.what]);
  const joined = Object.entries(copy.joinedOpenly?.answers ?? {}).map(([question, answer]) => [
    at(copy.joinedOpenly?.at ?? 0),
    question,
    String(answer),
  ]);
  return html`${
    joined.length > 0 && rowsPart(copy, words.joined, [words.when, words.question, words.answer], joined)
  }
${changes.length > 0 && rowsPart(copy, words.contactChanges, [words.when, words.what, words.who], changes)}
${rowsPart(copy, words.written, [words.when, words.what, words.who], written)}
${queries.length > 0 && rowsPart(copy, words.queries, [words.when, words.question, words.what], queries)}
${rowsPart(
  copy,
  words.ownPage,
  [words.when, words.what],
  ownPage.map(({ time, what }) => [at(time), what]),
)}
${rowsPart(copy, words.messages, [words.when, words.what], messages)}
${rowsPart(
  copy,
  words.events,
  [words.when, words.what, words.who],
  copy.events.map((event) => [at(event.at), event.what, event.who]),
)}`;
}
