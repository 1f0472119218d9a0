import type { Figure } from "@longwave/figure";
import type { AlternativeResult, AlternativeRow } from "../../publication/alternative-types.ts";
import type { Publication } from "../../publication/types.ts";
import type { Html, Part } from "../html.ts";
import { html } from "../html.ts";
import { type BesideText, besideText } from "../text/beside.ts";
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
${resultsTable(results, text.otherwise.table, context)}
${resultsList(results, text, (what) => what)}</details>
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
${resultsList(results, text, words.name, ({ test }) =>
  test === undefined
    ? undefined
    : words.test(pText(test.pValue, publication.language), pText(test.pAdjusted, publication.language)),
)}
<details id="exploratory-all"><summary>${context.text.showTable}<span class="sr">: ${words.title}</span></summary>
${resultsTable(results, `${context.text.dataTable}: ${words.title}`, context)}</details>
</section>`;
}

/** Figures of the bundle by id, in this order. */
export function figuresOf(publication: Publication, ids: readonly string[]): readonly Figure[] {
  return ids.flatMap((id) => publication.figures.find((figure) => figure.id === id) ?? []);
}

function resultsTable(results: readonly AlternativeResult[], name: string, context: SectionContext): Html {
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

function resultRows(result: AlternativeResult, context: SectionContext): readonly (readonly Part[])[] {
  const text = besideText(context.language);
  const id = html`<a href="#${alternativeAnchor(result.id)}">${result.id}</a>`;
  if (result.rows.length === 0) {
    return [[html`${id} ${result.what}`, context.text.numbers.none, "–", "–", "–", "–", text.agrees.none]];
  }
  return result.rows.map((row, index) => {
    const people = index === 0 ? countText(result.people, context.language) : "";
    return [
      html`${id} ${row.label}`,
      ...rowNumbers(row, context),
      people,
      index === 0 ? agreesText(result, text) : "",
    ];
  });
}

/** Estimate, interval, unit and p of a row; a number without an interval has a dash. */
export function rowNumbers(row: AlternativeRow, context: SectionContext): readonly Part[] {
  const { language, text } = context;
  const single = row.lower === row.upper;
  return [
    estimateText({ value: row.estimate, lower: row.lower, upper: row.upper }, language),
    single ? "–" : rangeText(row.lower, row.upper, { text, language }),
    row.unit,
    pText(row.pValue, language),
  ];
}

function agreesText({ agrees }: AlternativeResult, { agrees: words }: BesideText): string {
  if (agrees === null) return words.none;
  return agrees ? words.yes : words.no;
}

/** Every analysis in words, with its model and its note. */
function resultsList(
  results: readonly AlternativeResult[],
  text: BesideText,
  name: (what: string) => string,
  after: (result: AlternativeResult) => string | undefined = () => undefined,
): Html {
  return html`<dl class="ledger">${results.map((result) => {
    const { id, what, label, sentence, note, formula, belongsTo } = result;
    return html`<div id="${alternativeAnchor(id)}"><dt><span class="tag plain">${id}</span> ${name(what)}</dt><dd><p>${sentence}</p>
${after(result) !== undefined && html`<p>${after(result)}</p>`}${label !== undefined && html`<p>${label}.</p>`}${note !== undefined && html`<p class="small soft">${note}</p>`}
${formula !== undefined && html`<p class="small soft">${text.formula}: <code>${formula}</code></p>`}
${belongsTo !== undefined && html`<p class="small soft">${text.standsBeside} <a href="#${anchorOf(belongsTo)}">${belongsTo}</a></p>`}</dd></div>`;
  })}</dl>`;
}

/** The fragment that leads to one analysis: `analysis-s7a`. */
function alternativeAnchor(id: string): string {
  return `analysis-${anchorOf(id)}`;
}
