import { formatCount } from "@longwave/figure";
import type { Finding, Publication } from "../../publication/types.ts";
import type { Html } from "../html.ts";
import { html, trusted } from "../html.ts";
import type { PageText } from "../text/index.ts";
import { lagText } from "../text/lags.ts";
import { hasLags } from "./panel-json.ts";

const filledDots: Readonly<Record<Finding["sure"], number>> = { clear: 3, "fairly clear": 2, "not clear": 0 };

/** The answers in words, each with how sure and with its interval; no verdict has a colour or a different size. */
export function verdictRows(publication: Publication, text: PageText): Html {
  const { findings } = publication;
  return html`<div class="verdicts">${findings.map((finding) => verdictRow(finding, publication, text))}</div>
${findings.some((finding) => finding.graphic !== "") && keyPart(publication, text)}`;
}

function verdictRow(finding: Finding, publication: Publication, text: PageText): Html {
  const anchor = anchorOf(finding.id);
  return html`<article class="verdict" id="${anchor}" aria-labelledby="${anchor}-verdict">
<p class="asks"><b>${finding.label}</b>${finding.term}</p>
<div><h3 id="${anchor}-verdict">${finding.verdict}</h3>
<p class="says">${finding.sentence}</p>
<p class="sure">${dotsPart(finding.sure)}<span><b>${text.sureness[finding.sure]}</b> ${finding.sureWhy}</span></p>
${basisPart(finding, publication, text)}</div>
<div class="see">${seePart(finding, text)}</div>
</article>
`;
}

/** The fragment that leads to one answer: `h1`. */
export function anchorOf(id: string): string {
  return id.toLowerCase().replace(/[^a-z0-9]+/g, "-");
}

/** The way from an answer to its plan clause, its model and the number of people behind it. */
function basisPart(finding: Finding, publication: Publication, text: PageText): Html | undefined {
  const { models, protocol, language } = publication;
  const model = models.find(({ id }) => id === finding.model);
  const planned = protocol?.plan.hypotheses.some(({ id }) => id === finding.id) === true;
  if (model === undefined && !planned) return undefined;
  const people = model && text.basis.people(formatCount(model.people, language));
  return html`<ul class="meta num" aria-label="${text.basis.label}">
${planned && html`<li><a href="#plan-${anchorOf(finding.id)}">${text.basis.plan}</a></li>`}
${model && html`<li><a href="#model-${anchorOf(model.id)}">${text.basis.model}</a></li><li><a href="#count-${anchorOf(model.id)}">${people}</a></li>`}
</ul>`;
}

function dotsPart(sure: Finding["sure"]): Html {
  const dots = [1, 2, 3].map((place) =>
    place <= filledDots[sure] ? html`<i class="on"></i>` : html`<i></i>`,
  );
  return html`<span class="dots" aria-hidden="true">${dots}</span>`;
}

function seePart(finding: Finding, text: PageText): Html {
  if (finding.graphic === "") return html`<p class="none">${text.notFitted}</p>`;
  return html`${trusted(finding.graphic)}${finding.estimate !== null && html`<p class="num">${finding.estimate.text}</p>`}`;
}

function keyPart(publication: Publication, text: PageText): Html {
  return html`<p class="key"><span><i class="in"></i>${text.key.inner}</span><span><i></i>${text.key.outer}</span><span>${text.key.marks}</span>${hasLags(publication) && html`<span>${lagText(publication.language).key}</span>`}</p>`;
}
