import type { Figure } from "@longwave/figure";
import type { AlternativeResult, AlternativeRow } from "../../publication/alternative-types.ts";
import type { Publication } from "../../publication/types.ts";
import type { Html, Part } from "../html.ts";
import { html } from "../html.ts";
import { type BesideText, besideText } from "../text/beside.ts";
import { clauseOf, leadingTo } from "./basis.ts";
import { figureFrame } from "./figure-frame.ts";
import { frameContext, type SectionContext } from "./figure-sections.ts";
import { tablePart } from "./table.ts";
import { countText, estimateText, pText, rangeText } from "./values.ts";
import { anchorOf } from "./verdicts.ts";

/** "If we had done it otherwise": how many lead to the same words, the figures, and every analysis in words. */
export function otherwiseSection(publication: Publication, context: SectionContext): Html | undefined {
  const results = publication.sensitivity ?? [];
  if (results.length === 0) return undefined;
  const text = besideText(publication.language);
  const compared = results.filter(({ agrees }) => agrees !== null);
  const same = compared.filter(({ agrees }) => agrees === true).length;
  return html`<section class="section" aria-labelledby="otherwise">
<div class="section-head"><h2 id="otherwise">${text.otherwise.title}</h2><p>${text.otherwise.lead(same, compared.length, results.length)}</p></div>
${figuresOf(publication, ["specification-strip", "delta-map"]).map((figure) => figureFrame(figure, frameContext(context)))}
<details id="otherwise-all"><summary>${text.otherwise.show(results.length)}</summary>
${resultsTable(results, text.otherwise.table, { ...context, publication })}
${resultsList(results, { ...context, publication }, (what) => what)}</details>
</section>`;
}

/** The first answer in groups of people: the figure, and every group in words. */
export function strataSection(publication: Publication, context: SectionContext): Html | undefined {
  const results = publication.strata ?? [];
  if (results.length === 0) return undefined;
  const text = besideText(publication.language);
  const words = text.strata;
  return html`<section class="section" aria-labelledby="strata">
<div class="section-head"><h2 id="strata">${words.title}</h2><p>${words.lead}</p></div>
${figuresOf(publication, ["groups-forest"]).map((figure) => figureFrame(figure, frameContext(context)))}
<details id="strata-all"><summary>${words.show(results.length)}</summary>
${resultsList(results, { ...context, publication }, text.exploratory.name, (result) => testText(result, words.test, context))}</details>
</section>`;
}

/** Exploratory analyses; the word stands in every title. */
export function exploratorySection(publication: Publication, context: SectionContext): Html | undefined {
  const results = publication.exploratory ?? [];
  if (results.length === 0) return undefined;
  const text = besideText(publication.language);
  const words = text.exploratory;
  return html`<section class="section" aria-labelledby="exploratory">
<div class="section-head"><h2 id="exploratory">${words.title}</h2><p>${words.lead}</p></div>
${figuresOf(publication, ["slope-distribution"]).map((figure) => figureFrame(figure, frameContext(context)))}
${resultsList(results, { ...context, publication }, words.name, (result) => testText(result, words.test, context))}
${figuresOf(publication, ["sessions-against-rest"]).map((figure) => figureFrame(figure, frameContext(context)))}
<details id="exploratory-all"><summary>${context.text.showTable}<span class="sr">: ${words.title}</span></summary>
${resultsTable(results, `${context.text.dataTable}: ${words.title}`, { ...context, publication })}</details>
</section>`;
}

function testText(
  { test }: AlternativeResult,
  words: BesideText["exploratory"]["test"],
  { language }: SectionContext,
): string | undefined {
  return test === undefined
    ? undefined
    : words(pText(test.pValue, language), pText(test.pAdjusted, language));
}

/** Figures of the bundle by id, in this order. */
export function figuresOf(publication: Publication, ids: readonly string[]): readonly Figure[] {
  return ids.flatMap((id) => publication.figures.find((figure) => figure.id === id) ?? []);
}

type ResultsContext = SectionContext & { readonly publication: Publication };

function resultsTable(results: readonly AlternativeResult[], name: string, context: ResultsContext): Html {
  const text = besideText(context.language);
  const right = (head: string) => ({ head, right: true });
  const columns = [
    { head: text.analysis },
    ...[text.estimate, text.interval].map(right),
    { head: text.unit },
    ...[text.p, text.people].map(right),
    { head: text.sameWay },
  ];
  return tablePart(
    name,
    columns,
    results.flatMap((result) => resultRows(result, context)),
  );
}

function resultRows(result: AlternativeResult, context: ResultsContext): readonly (readonly Part[])[] {
  const text = besideText(context.language);
  const analysis = alternativeAnchor(result.id);
  const id = html`<a href="#${analysis}">${result.id}</a>`;
  const clause = clauseOf(result.id, context.publication);
  if (result.rows.length === 0) {
    return [[html`${id} ${result.what}`, context.text.numbers.none, "–", "–", "–", "–", text.agrees.none]];
  }
  return result.rows.map((row, index) => {
    const people = index === 0 ? countText(result.people, context.language) : "";
    const counted = result.people === null ? undefined : `count-${analysis}`;
    return [
      html`${id} ${row.label}`,
      ...rowNumbers(row, context, { analysis, clause }),
      leadingTo(counted, people),
      index === 0 ? agreesText(result, text) : "",
    ];
  });
}

/** What a row's numbers rest on: an analysis on the same page, and its clause of the plan. */
interface RowBasis {
  readonly analysis?: string | undefined;
  readonly clause?: string | undefined;
}

/** Estimate, interval, unit and p of a row, leading to what they rest on; a number without an interval has a dash. */
export function rowNumbers(
  row: AlternativeRow,
  { language, text }: SectionContext,
  { analysis, clause }: RowBasis = {},
): readonly Part[] {
  const single = row.lower === row.upper;
  return [
    leadingTo(analysis, estimateText({ value: row.estimate, lower: row.lower, upper: row.upper }, language)),
    single ? "–" : rangeText(row.lower, row.upper, { text, language }),
    row.unit,
    leadingTo(clause, pText(row.pValue, language)),
  ];
}

function agreesText({ agrees }: AlternativeResult, { agrees: words }: BesideText): string {
  if (agrees === null) return words.none;
  return agrees ? words.yes : words.no;
}

/** Every analysis in words, with its model and its note. */
function resultsList(
  results: readonly AlternativeResult[],
  context: ResultsContext,
  name: (what: string) => string,
  after: (result: AlternativeResult) => string | undefined = () => undefined,
): Html {
  const text = besideText(context.language);
  return html`<dl class="ledger">${results.map((result) => {
    const { id, what, label, sentence, note, formula, belongsTo, cautions = [] } = result;
    return html`<div id="${alternativeAnchor(id)}"><dt><span class="tag plain">${id}</span> ${name(what)}</dt><dd><p>${sentence}</p>
${after(result) !== undefined && html`<p>${after(result)}</p>`}${label !== undefined && html`<p>${label}.</p>`}${cautions.length > 0 && html`<p>${text.cautions}</p><ul class="cautions">${cautions.map((caution) => html`<li>${caution}</li>`)}</ul>`}
${note !== undefined && html`<p class="small soft">${note}</p>`}
${formula !== undefined && html`<p class="small soft">${text.formula}: <code>${formula}</code></p>`}
${belongsTo !== undefined && html`<p class="small soft">${text.standsBeside} <a href="#${anchorOf(belongsTo)}">${belongsTo}</a></p>`}${basisPart(result, context)}</dd></div>`;
  })}</dl>`;
}

/** The people of an analysis, and the way to its clause of the plan. */
function basisPart(
  { id, people }: AlternativeResult,
  { publication, text, language }: ResultsContext,
): Html | undefined {
  const clause = clauseOf(id, publication);
  if (people === null && clause === undefined) return undefined;
  const counted = people !== null && text.basis.people(countText(people, language));
  return html`<p class="small soft">${counted !== false && html`<span id="count-${alternativeAnchor(id)}">${counted}</span> `}${clause !== undefined && html`<a href="#${clause}">${text.basis.plan}<span class="sr">: ${id}</span></a>`}</p>`;
}

/** The fragment that leads to one analysis: `analysis-s7a`. */
export function alternativeAnchor(id: string): string {
  return `analysis-${anchorOf(id)}`;
}
