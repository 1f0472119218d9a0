import { formatNumber } from "@longwave/figure";
import type { Hypothesis, PlanModel, PlanTest, Protocol } from "@longwave/study";
import type { Publication } from "../../publication/types.ts";
import { localText } from "../../words/study-names.ts";
import type { Html } from "../html.ts";
import { html } from "../html.ts";
import type { Reader } from "./models.ts";
import { anchorOf } from "./verdicts.ts";

/** The clauses of the plan, folded, each with an address of its own; nothing for a bundle without its study text. */
export function planSection(publication: Publication, reader: Reader): Html | undefined {
  const { protocol } = publication;
  if (protocol === undefined) return undefined;
  const { plan } = reader.text;
  const clauses = protocol.plan.hypotheses.map((hypothesis) =>
    clausePart({ publication, protocol, hypothesis, reader }),
  );
  return html`<section class="section" aria-labelledby="plan">
<div class="section-head"><h2 id="plan">${plan.title}</h2><p>${publication.study.source === "file" ? plan.leadFile : plan.lead}</p></div>
<div class="models">${clauses}${besidePart(protocol, reader)}</div>
</section>`;
}

/** The other analyses of the plan: sensitivity, exploratory, for comparison; each with an address of its own. */
function besidePart({ plan }: Protocol, { text, language }: Reader): Html | undefined {
  const analyses = [...plan.sensitivity, ...plan.exploratory, ...plan.comparisons];
  if (analyses.length === 0) return undefined;
  const entries = analyses.map(
    ({ id, what, label, model }) =>
      html`<div id="plan-${anchorOf(id)}"><dt><span class="tag plain">${id}</span> ${localText(what, language)}</dt><dd>${label !== undefined && html`<p>${localText(label, language)}</p>`}<code>${plannedText(model)}</code></dd></div>`,
  );
  return html`<details class="model" id="plan-beside"><summary><h3>${text.plan.beside}</h3></summary><div class="model-body"><p class="soft">${text.plan.besideLead}</p><dl class="ledger">${entries}</dl></div></details>
`;
}

/** A model as the plan writes it down: its formula, what it adds to another, or its family with its columns. */
function plannedText(model: PlanModel): string {
  if ("formula" in model) return model.formula;
  if ("base" in model) return [model.base, ...(("add" in model ? model.add : undefined) ?? [])].join(" + ");
  if ("x" in model && "y" in model) return `${model.family}(${model.x}, ${model.y})`;
  return model.family;
}

interface Clause {
  readonly publication: Publication;
  readonly protocol: Protocol;
  readonly hypothesis: Hypothesis;
  readonly reader: Reader;
}

function clausePart(clause: Clause): Html {
  const { hypothesis, protocol, reader } = clause;
  const { text, language } = reader;
  const { over } = protocol.plan.multiplicity;
  const entries: readonly (readonly [string, Html | string | undefined])[] = [
    [text.plan.claim, localText(hypothesis.claim, language)],
    [text.plan.model, plannedModel(clause)],
    [text.plan.test, html`<code>${testText(hypothesis.test)}</code>`],
    [text.plan.rows, html`<code>${rowsText(clause)}</code>`],
    [text.plan.limits, limitsText(clause)],
    [text.plan.together, over.includes(hypothesis.id) ? text.plan.holm(over.join(", ")) : undefined],
  ];
  const label = localText(hypothesis.label, language);
  return html`<details class="model" id="plan-${anchorOf(hypothesis.id)}"><summary><h3>${hypothesis.id}: ${label}</h3></summary><div class="model-body"><dl class="formulas">
${entries.map(([name, value]) => value !== undefined && html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
</dl></div></details>
`;
}

function plannedModel({ publication, hypothesis }: Clause): Html | undefined {
  const id = publication.findings.find((finding) => finding.id === hypothesis.id)?.model;
  const model = publication.models.find((candidate) => candidate.id === id);
  return model && html`<code>${model.planned}</code>`;
}

function rowsText({ hypothesis, protocol, reader }: Clause): string {
  const { model } = hypothesis;
  const rule = ("rows" in model ? model.rows : undefined) ?? protocol.plan.rows;
  const waves = "waves" in model ? model.waves : undefined;
  const parts = [...(waves === undefined ? [] : [waves.join(", ")]), ...(rule === undefined ? [] : [rule])];
  return parts.length === 0 ? reader.text.plan.allRows : parts.join("; ");
}

/** What is tested, in the plan's own terms. */
function testText(test: PlanTest): string {
  switch (test.kind) {
    case "term":
    case "difference":
      return test.term;
    case "joint":
      return `${test.terms}; ${test.contrast}`;
    case "path":
      return test.path;
    case "intersection":
      return test.of.join(" & ");
  }
}

function limitsText({ protocol, hypothesis, reader }: Clause): string | undefined {
  const bounds = protocol.plan.bounds[hypothesis.bounds];
  if (bounds === undefined) return undefined;
  const { language, text } = reader;
  const digits = (value: number): number => (String(value).split(".")[1] ?? "").length;
  const [small = "", noticeable = ""] = [bounds.negligible, bounds.noticeable].map((value) =>
    formatNumber(value, digits(value), language),
  );
  return text.plan.limitsText(small, noticeable, localText(bounds.unit, language));
}
