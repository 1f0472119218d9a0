import type { AttritionReport } from "../../publication/alternative-types.ts";
import type { Publication } from "../../publication/types.ts";
import type { Html } from "../html.ts";
import { html } from "../html.ts";
import { besideText } from "../text/beside.ts";
import { alternativeAnchor, figuresOf, rowNumbers } from "./alternatives-section.ts";
import { clauseOf, leadingTo } from "./basis.ts";
import { figureFrame } from "./figure-frame.ts";
import { frameContext, type SectionContext } from "./figure-sections.ts";
import { tablePart } from "./table.ts";
import { countText, estimateText, numberText, pText, rangeText } from "./values.ts";
import { anchorOf } from "./verdicts.ts";

/** "Who left": how many, what leaving went with, and the first answer under other assumptions. */
export function attritionSection(publication: Publication, context: SectionContext): Html | undefined {
  const { attrition } = publication;
  if (attrition === undefined) return undefined;
  const words = besideText(publication.language).left;
  return html`<section class="section" aria-labelledby="left">
<div class="section-head"><h2 id="left">${words.title}</h2><p id="count-left">${attrition.sentences[0]}</p></div>
<div class="stack"><ul class="plain-list">${attrition.sentences.slice(1).map((sentence) => html`<li>${sentence}</li>`)}</ul></div>
${figuresOf(publication, ["missingness-map", "last-wave-means"]).map((figure) => figureFrame(figure, frameContext(context)))}
${besidePart(attrition, publication, context)}
<details id="left-terms"><summary>${words.showTerms(attrition.terms.length)}</summary>${termsTable(attrition, context)}</details>
<details id="left-means"><summary>${words.showMeans}</summary>${meansTable(attrition, context)}</details>
<details id="left-waves"><summary>${words.showWaves}</summary>${wavesTable(attrition, context)}</details>
</section>`;
}

const right = (head: string) => ({ head, right: true });

function besidePart(
  { beside }: AttritionReport,
  publication: Publication,
  context: SectionContext,
): Html | undefined {
  if (beside.length === 0) return undefined;
  const text = besideText(context.language);
  const columns = [
    { head: text.analysis },
    right(text.estimate),
    right(text.interval),
    { head: text.unit },
    right(text.p),
  ];
  const rows = beside.map((row) => [row.label, ...rowNumbers(row, context, basisOf(row.label, publication))]);
  return html`<div class="models"><h3>${text.left.beside}</h3><p class="soft">${text.left.besideLead}</p>${tablePart(text.left.beside, columns, rows)}</div>`;
}

/** What a row rests on, by the id its label begins with: "S7b: Averaged over patterns". */
function basisOf(label: string, publication: Publication) {
  const [id = ""] = /^[\w-]+/.exec(label) ?? [];
  const { findings, models, sensitivity = [] } = publication;
  const model = findings.find((finding) => finding.id === id)?.model;
  const analysis = models.some((candidate) => candidate.id === model)
    ? `model-${anchorOf(model ?? "")}`
    : sensitivity.some((result) => result.id === id)
      ? alternativeAnchor(id)
      : undefined;
  return { analysis, clause: clauseOf(id, publication) };
}

function termsTable({ terms }: AttritionReport, context: SectionContext): Html {
  const text = besideText(context.language);
  const columns = [{ head: text.left.terms }, right(text.left.odds), right(text.interval), right(text.p)];
  const rows = terms.map(({ label, oddsRatio: value, lower, upper, pValue }) => [
    label,
    leadingTo("count-left", estimateText({ value, lower, upper }, context.language)),
    rangeText(lower, upper, context),
    pText(pValue, context.language),
  ]);
  return tablePart(text.left.terms, columns, rows);
}

function meansTable({ lastSeen }: AttritionReport, context: SectionContext): Html {
  const { left, interval, people } = besideText(context.language);
  const columns = [{ head: left.lastWave }, ...[context.text.wave, left.mean, interval, people].map(right)];
  const rows = lastSeen.flatMap(({ lastWave, means }) =>
    means.map((point) => [
      String(lastWave),
      String(point.wave),
      numberText(point.mean, context.language),
      rangeText(point.lower, point.upper, context),
      countText(point.people, context.language),
    ]),
  );
  return tablePart(left.means, columns, rows);
}

function wavesTable({ byWave }: AttritionReport, context: SectionContext): Html {
  const { left } = besideText(context.language);
  const columns = [{ head: context.text.wave }, right(left.atRisk), right(left.leftThen)];
  const rows = byWave.map(({ wave, atRisk, left: count }) => [
    String(wave),
    countText(atRisk, context.language),
    countText(count, context.language),
  ]);
  return tablePart(left.waves, columns, rows);
}
