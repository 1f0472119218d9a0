import { formatCount } from "@longwave/figure";
import type { BlindReport } from "../blind/types.ts";
import type { Html } from "./html.ts";
import { html } from "./html.ts";
import { figureFrame } from "./parts/figure-frame.ts";
import { flowTable } from "./parts/figure-sections.ts";
import type { NavLinks } from "./parts/layout.ts";
import { pageHtml } from "./parts/layout.ts";
import type { Reader } from "./parts/models.ts";
import { tablePart } from "./parts/table.ts";
import { pageText } from "./text/index.ts";

export interface BlindReportOptions {
  readonly css: string;
  readonly links?: NavLinks;
  readonly language?: "en" | "nb";
}

/** The data quality of a running study as a whole page; results stay hidden until the data are locked. */
export function renderBlindReport(report: BlindReport, options: BlindReportOptions): string {
  const language = options.language ?? "en";
  const text = pageText(language);
  const reader: Reader = { text, language };
  const { study } = report;
  return pageHtml({
    ...reader,
    title: `${text.blind.title} – ${study.title}`,
    description: text.blind.hidden,
    css: options.css,
    nav: options.links ?? {},
    robots: "noindex",
    main: html`<div class="hero"><p class="eyebrow"><span class="tag">${text.blind.tag}</span>${
      study.simulated && html`<span class="tag notice">${text.simulatedTag}</span>`
    }<span>${study.title}</span></p>
<h1>${text.blind.title}</h1><p class="stand">${report.lead}</p></div>
<p class="callout">${text.blind.hidden}</p>
${flowSection(report, reader)}
${missingSection(report, reader)}
${answersSection(report, reader)}
${timeSection(report, reader)}`,
    foot: html`${study.simulated && html`<p>${text.simulatedFoot}</p>`}<dl class="prints"><div><dt>${text.fingerprints.data}</dt><dd class="hash">${report.dataset.hash} · ${report.dataset.upToSeq}</dd></div></dl>`,
  });
}

function section(id: string, title: string, body: Html): Html {
  return html`<section class="section" aria-labelledby="${id}"><div class="section-head"><h2 id="${id}">${title}</h2></div>${body}</section>`;
}

function count(value: number | null, { text, language }: Reader): string {
  return value === null ? text.blind.hiddenCount : formatCount(value, language);
}

function flowSection(report: BlindReport, reader: Reader): Html {
  const figures = report.figures.map((figure) => figureFrame(figure, reader));
  return section(
    "who",
    reader.text.who,
    figures.length > 0 ? html`${figures}` : flowTable(report.flow, reader),
  );
}

function missingSection(report: BlindReport, reader: Reader): Html {
  const { text } = reader;
  const columns = [
    { head: text.blind.question },
    { head: text.wave },
    { head: text.answered, right: true },
    { head: text.blind.reasons },
  ];
  const rows = report.missingness.map((entry) => [
    entry.text,
    entry.wave,
    count(entry.answered, reader),
    entry.missing
      .map((reason) => `${reason.reason.replaceAll("_", " ")} ${count(reason.count, reader)}`)
      .join(", ") || "–",
  ]);
  const body =
    rows.length > 0
      ? tablePart(`${text.dataTable}: ${text.blind.missing}`, columns, rows)
      : html`<p class="empty">${text.blind.notAsked}</p>`;
  return section(
    "missing",
    text.blind.missing,
    html`<p class="under-head">${text.blind.missingLead}</p>${body}`,
  );
}

function answersSection(report: BlindReport, reader: Reader): Html {
  const { text } = reader;
  const items = report.distributions.map((item) => {
    const columns = [{ head: text.blind.answers }, { head: text.numbers.people, right: true }];
    const rows = item.answers.map((answer) => [answer.label, count(answer.count, reader)]);
    return html`<details class="model" id="item-${item.item}"><summary><h3>${item.text} (${formatCount(item.total, reader.language)})</h3></summary><div class="model-body">${
      item.note !== undefined && html`<p>${item.note}</p>`
    }${tablePart(item.text, columns, rows)}</div></details>`;
  });
  const body =
    items.length > 0
      ? html`<div class="models">${items}</div>`
      : html`<p class="empty">${text.blind.notAsked}</p>`;
  return section(
    "answers",
    text.blind.answers,
    html`<p class="under-head">${text.blind.answersLead}</p>${body}`,
  );
}

function timeSection(report: BlindReport, reader: Reader): Html | undefined {
  if (report.responseOverTime.length === 0) return undefined;
  const { text } = reader;
  const rows = report.responseOverTime.map((entry) => [entry.label, count(entry.answered, reader)]);
  const columns = [{ head: text.blind.when }, { head: text.answered, right: true }];
  return section(
    "over-time",
    text.blind.overTime,
    tablePart(`${text.dataTable}: ${text.blind.overTime}`, columns, rows),
  );
}
