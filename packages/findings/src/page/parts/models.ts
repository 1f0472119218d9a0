import type { Finding, Language, ModelReport, Publication } from "../../publication/types.ts";
import { warningText } from "../../words/warning-text.ts";
import type { Html, Part } from "../html.ts";
import { html } from "../html.ts";
import type { PageText } from "../text/index.ts";
import { lagText } from "../text/lags.ts";
import { clauseOf, leadingTo } from "./basis.ts";
import type { FitTerm, FitView } from "./fit-json.ts";
import { readFit } from "./fit-json.ts";
import { panelBody } from "./panel-model.ts";
import type { Column } from "./table.ts";
import { tablePart } from "./table.ts";
import { countText, estimateText, numberText, pText, rangeText } from "./values.ts";
import { anchorOf } from "./verdicts.ts";

/** Who reads: the page's sentences and the language of its numbers. */
export interface Reader {
  readonly text: PageText;
  readonly language: Language;
}

/** The table behind the verdicts: one row an answer, with what it rests on. */
export function numbersTable(publication: Publication, reader: Reader): Html {
  const words = reader.text.numbers;
  const robust = hasRobust(publication) ? [lagText(reader.language).robust] : [];
  const columns: readonly Column[] = [
    { head: words.what },
    ...[
      words.estimate,
      words.interval95,
      ...robust,
      words.interval90,
      words.p,
      words.pHolm,
      words.people,
      words.rows,
    ].map((head) => ({ head, right: true })),
  ];
  const rows = publication.findings.map((finding) => numbersRow(finding, publication, reader));
  return html`<div id="numbers-table">${tablePart(words.wide, columns, rows)}</div>`;
}

/** Whether a finding has the second column of the plan: cluster-robust standard errors. */
function hasRobust({ findings }: Publication): boolean {
  return findings.some(({ robust }) => robust !== undefined);
}

/** The robust interval with its p, as one cell; no cell where no finding has one. */
function robustCell({ robust }: Finding, publication: Publication, reader: Reader): readonly Part[] {
  if (!hasRobust(publication)) return [];
  if (robust === undefined) return ["–"];
  const p = pText(robust.pValue, reader.language);
  const range = rangeText(robust.lower, robust.upper, reader);
  return [html`${range}<span class="unit">p ${p.startsWith("<") ? p : `= ${p}`}</span>`];
}

function numbersRow(finding: Finding, publication: Publication, reader: Reader): readonly Part[] {
  const { language, text } = reader;
  const model = publication.models.find((candidate) => candidate.id === finding.model);
  const what = html`<a href="#${anchorOf(finding.id)}">${finding.id}</a> ${finding.label}${
    finding.rule !== "not_fitted" &&
    html`<span class="unit">${finding.estimate?.unit ?? lagText(language).ofTwo}</span>`
  }`;
  const { estimate } = finding;
  const second = robustCell(finding, publication, reader);
  const none = finding.rule === "not_fitted" ? text.numbers.none : "–";
  const numbers =
    estimate === null
      ? [none, "–", ...second, "–"]
      : [
          leadingTo(model && `model-${anchorOf(model.id)}`, estimateText(estimate, language)),
          rangeText(estimate.lower, estimate.upper, reader),
          ...second,
          rangeText(estimate.lower90, estimate.upper90, reader),
        ];
  const used = model === undefined ? null : readFit(model.fit).rows.used;
  const counted = model && `count-${anchorOf(model.id)}`;
  const clause = clauseOf(finding.id, publication);
  return [
    what,
    ...numbers,
    pText(finding.pValue, language),
    leadingTo(clause, pText(finding.pHolm, language)),
    leadingTo(counted, countText(model?.people ?? null, language)),
    leadingTo(counted, countText(used, language)),
  ];
}

/** One model behind a fold: formulas, coefficients, spread between people, how the fit went. */
export function modelDetails(model: ModelReport, publication: Publication, reader: Reader): Html {
  const { text } = reader;
  const clause = clauseOf(model.id, publication);
  const fit = readFit(model.fit);
  return html`<details class="model" id="model-${anchorOf(model.id)}"><summary><h3>${model.title}</h3></summary><div class="model-body">
${model.note !== undefined && html`<p>${model.note}</p>`}
<dl class="formulas">
${model.planned !== model.formula && html`<div><dt>${text.model.planned}</dt><dd><code>${model.planned}</code></dd></div>`}
<div><dt>${text.model.fitted}</dt><dd><code>${model.formula}</code></dd></div></dl>
<p>${model.fallbackUsed ? text.model.fallback : text.model.asPlanned} ${statesPart(fit, reader)}</p>
${panelBody(model, reader) ?? regressionBody(model, fit, reader)}
${clause !== undefined && html`<p class="small"><a href="#${clause}">${text.basis.plan}<span class="sr">: ${model.title}</span></a></p>`}
</div></details>
`;
}

/** The coefficients of a model with a formula, and how the fit went. */
function regressionBody(model: ModelReport, fit: FitView, reader: Reader): Html {
  const { text } = reader;
  const people = text.basis.people(countText(model.people, reader.language));
  return html`<h4>${text.model.fixed}</h4>${fixedTable(model, fit, reader)}
${fit.random.length > 0 && html`<h4>${text.model.random}</h4>${randomTable(model, fit, reader)}`}
<p class="small soft" id="count-${anchorOf(model.id)}">${people}. ${fitLine(fit, reader)}</p>`;
}

/** How the fit went: what the page says in its own words, and what else the engine warned of, in the reader's language. */
function statesPart(fit: FitView, { text, language }: Reader): Html {
  const own = [fit.singular && text.model.singular, !fit.converged && text.model.notConverged];
  const warnings = fit.warnings
    .filter(({ code, message }) => message !== "" && !/\.(singular|not-converged)$/.test(code))
    .map((warning) => warningText(warning, language));
  return html`${own.map((state) => state !== false && `${state} `)}${warnings.map((warning) =>
    warning.language === language
      ? `${warning.text} `
      : html`<span lang="${warning.language}">${warning.text}</span> `,
  )}`;
}

function fixedTable(model: ModelReport, fit: FitView, reader: Reader): Html {
  const { text } = reader;
  const heads = [
    text.numbers.estimate,
    text.numbers.interval95,
    text.model.stdError,
    text.model.df,
    text.model.statistic,
    text.numbers.p,
  ];
  const columns = [{ head: text.model.term }, ...heads.map((head) => ({ head, right: true }))];
  return tablePart(
    `${model.title}: ${text.model.fixed}`,
    columns,
    fit.fixed.map((term) => fixedRow(term, reader)),
  );
}

function fixedRow(term: FitTerm, reader: Reader): readonly Part[] {
  const { language } = reader;
  const { lower, upper } = term;
  return [
    html`<code>${term.term}</code>`,
    numberText(term.estimate, language),
    lower === null || upper === null ? "–" : rangeText(lower, upper, reader),
    numberText(term.stdError, language),
    numberText(term.df, language),
    numberText(term.statistic, language),
    pText(term.pValue, language),
  ];
}

function randomTable(model: ModelReport, fit: FitView, reader: Reader): Html {
  const { text, language } = reader;
  const columns = [
    { head: text.model.term },
    { head: text.model.group },
    { head: text.model.stdDev, right: true },
    { head: text.model.correlation, right: true },
  ];
  const blocks = fit.random.map((row) => [
    html`<code>${row.term}</code>`,
    row.group,
    numberText(row.stdDev, language),
    row.correlations.map((value) => numberText(value, language)).join(", ") || "–",
  ]);
  const residual =
    fit.sigma === null ? [] : [[text.model.residual, "", numberText(fit.sigma, language), "–"]];
  return tablePart(`${model.title}: ${text.model.random}`, columns, [...blocks, ...residual]);
}

function fitLine(fit: FitView, reader: Reader): string {
  const { language, text } = reader;
  const { used, read, droppedMissing } = fit.rows;
  const [usedText = "–", readText = "–", droppedText = "–"] = [used, read, droppedMissing].map((count) =>
    countText(count, language),
  );
  const criteria = [
    fit.method === "" ? undefined : fit.method.toUpperCase(),
    ...(["logLik", "aic", "bic"] as const).map((name) =>
      fit[name] === null
        ? undefined
        : `${name === "logLik" ? "log-likelihood" : name.toUpperCase()} ${numberText(fit[name], language)}`,
    ),
  ].filter((part) => part !== undefined);
  return `${text.model.rowsUsed(usedText, readText, droppedText)} ${text.model.criterion}: ${criteria.join(" · ")}.`;
}
