import { LAG_FIGURES } from "../../figures/path-figure.ts";
import type { LagComparison, LagEstimate, LagModelRow, Publication } from "../../publication/types.ts";
import type { Html, Part } from "../html.ts";
import { html } from "../html.ts";
import { lagText } from "../text/lags.ts";
import { leadingTo } from "./basis.ts";
import { figureFrame } from "./figure-frame.ts";
import { frameContext, type SectionContext } from "./figure-sections.ts";
import type { Reader } from "./models.ts";
import { tablePart } from "./table.ts";
import { estimateText, rangeText } from "./values.ts";
import { anchorOf } from "./verdicts.ts";

/** The lagged paths as a diagram, and the same links by other models with why they differ. */
export function lagSection(publication: Publication, reader: SectionContext): Html | undefined {
  const figures = publication.figures.filter(({ id }) => LAG_FIGURES.includes(id));
  const { lagComparison } = publication;
  if (figures.length === 0 && lagComparison === undefined) return undefined;
  const words = lagText(reader.language);
  return html`<section class="section" aria-labelledby="lags">
<div class="section-head"><h2 id="lags">${words.title}</h2>${lagComparison !== undefined && html`<p>${words.lead}</p>`}</div>
${figures.map((figure) => figureFrame(figure, frameContext(reader)))}
${lagComparison !== undefined && comparisonPart(lagComparison, publication, reader)}
</section>`;
}

function comparisonPart(comparison: LagComparison, { models }: Publication, reader: Reader): Html {
  const known = new Set(models.map(({ id }) => id));
  const words = lagText(reader.language);
  const columns = [
    { head: words.model },
    { head: comparison.forwardLabel, right: true },
    { head: comparison.backwardLabel, right: true },
  ];
  return html`<div class="models">${tablePart(
    words.table,
    columns,
    comparison.rows.map((row) => lagRow(row, known, reader)),
  )}
</div><div class="models"><h3>${words.why}</h3>
<dl class="brief">${comparison.rows.map(({ title, reason }) => html`<div><dt>${title}</dt><dd>${reason}</dd></div>`)}</dl>
${comparison.notes.map((note) => html`<p class="small soft">${note}</p>`)}</div>`;
}

function lagRow(row: LagModelRow, known: ReadonlySet<string>, reader: Reader): readonly Part[] {
  const words = lagText(reader.language);
  const role = row.planned ? words.planned : words.comparison;
  const anchor = known.has(row.model) ? `model-${anchorOf(row.model)}` : undefined;
  return [
    html`${leadingTo(anchor, row.title)}<span class="unit">${role}</span>`,
    leadingTo(anchor, estimateCell(row.forward, reader)),
    leadingTo(anchor, estimateCell(row.backward, reader)),
  ];
}

function estimateCell(estimate: LagEstimate, reader: Reader): string {
  const { lower, upper } = estimate;
  return `${estimateText(estimate, reader.language)} (${rangeText(lower, upper, reader)})`;
}
