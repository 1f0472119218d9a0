import type { Finding } from "../../publication/types.ts";
import type { Html } from "../html.ts";
import { html, trusted } from "../html.ts";
import type { PageText } from "../text/index.ts";

const filledDots: Readonly<Record<Finding["sure"], number>> = { clear: 3, "fairly clear": 2, "not clear": 0 };

/** The answers in words, each with how sure and with its interval; no verdict has a colour or a different size. */
export function verdictRows(findings: readonly Finding[], text: PageText): Html {
  return html`<div class="verdicts">${findings.map((finding) => verdictRow(finding, text))}</div>
${findings.some((finding) => finding.graphic !== "") && keyPart(text)}`;
}

function verdictRow(finding: Finding, text: PageText): Html {
  const anchor = anchorOf(finding.id);
  return html`<article class="verdict" id="${anchor}" aria-labelledby="${anchor}-verdict">
<p class="asks"><b>${finding.label}</b>${finding.term}</p>
<div><h3 id="${anchor}-verdict">${finding.verdict}</h3>
<p class="says">${finding.sentence}</p>
<p class="sure">${dotsPart(finding.sure)}<span><b>${text.sureness[finding.sure]}</b> ${finding.sureWhy}</span></p></div>
<div class="see">${seePart(finding, text)}</div>
</article>
`;
}

/** The fragment that leads to one answer: `h1`. */
export function anchorOf(id: string): string {
  return id.toLowerCase().replace(/[^a-z0-9]+/g, "-");
}

function dotsPart(sure: Finding["sure"]): Html {
  const dots = [1, 2, 3].map((place) =>
    place <= filledDots[sure] ? html`<i class="on"></i>` : html`<i></i>`,
  );
  return html`<span class="dots" aria-hidden="true">${dots}</span>`;
}

function seePart(finding: Finding, text: PageText): Html {
  if (finding.graphic === "") return html`<p class="none">${text.notFitted}</p>`;
  return html`${trusted(finding.graphic)}<p class="num">${finding.estimate?.text}</p>`;
}

function keyPart(text: PageText): Html {
  return html`<p class="key"><span><i class="in"></i>${text.key.inner}</span><span><i></i>${text.key.outer}</span><span>${text.key.marks}</span></p>`;
}
