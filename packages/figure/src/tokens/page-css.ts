/** Rules of the public pages only: front page, findings list, findings page, messages. */
export const pageCss: string = `/* public pages */
.hero { padding-top: clamp(2.5rem, 7vw, 5.5rem); }
.hero h1 { max-width: 18ch; margin-top: var(--s4); }
.hero .stand { max-width: 37rem; margin-top: var(--s5); font-size: clamp(1.3125rem, 1.15rem + 0.8vw, 1.625rem); line-height: 1.45; }
.meta { display: flex; flex-wrap: wrap; gap: var(--s1) var(--s5); margin-top: var(--s5); list-style: none; font-size: var(--text-s); color: var(--ink-2); }
.print-only { display: none; }
.banner { margin-top: var(--s5); padding: var(--s4) var(--s5); border-left: 4px solid var(--notice); border-radius: 0 var(--r2) var(--r2) 0; background: var(--notice-wash); font-size: var(--text-s); }
.banner.plain { border-color: var(--edge); background: var(--band); }
.banner ul { margin-top: var(--s2); padding-left: 1.25em; }
.verdict .none { padding: var(--s4); border: 1.5px dashed var(--edge); border-radius: var(--r2); }
.verdict:target h3 { text-decoration: underline; text-decoration-color: var(--marker); text-decoration-thickness: 0.14em; text-underline-offset: 0.16em; }

table .unit { display: block; color: var(--ink-2); font-size: var(--text-xs); font-weight: 400; }
.models { margin-top: var(--s7); }
.models > p { margin: var(--s2) 0 var(--s4); }
.models > :first-child { margin-top: 0; }
.model { border-top: 1px solid var(--line); }
.model:last-child { border-bottom: 1px solid var(--line); }
.model > summary { min-height: var(--target); padding-block: var(--s2); font-size: 1.1875rem; line-height: 1.35; }
.model > summary h3 { font: inherit; }
.model-body { padding-bottom: var(--s6); }
.model-body > * + * { margin-top: var(--s4); }
.model-body > p { max-width: var(--measure); }
.model-body h4 { margin-top: var(--s5); }
.formulas { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--s3); }
.formulas dt { font-size: var(--text-s); color: var(--ink-2); }
.formulas code { display: block; padding: var(--s3) var(--s4); border-radius: var(--r2); background: var(--band); }
code, pre { font: 400 0.9375rem/1.5 var(--mono); overflow-wrap: anywhere; }
td code, th code { font-size: 0.875rem; }
pre { margin: 0; padding: var(--s2) 0; }

.ledger { border-top: 1px solid var(--line); }
.ledger > div { display: grid; grid-template-columns: minmax(0, 17rem) minmax(0, 1fr); gap: var(--s3) var(--s6); padding: var(--s4) 0; border-bottom: 1px solid var(--line); font-size: var(--text-s); line-height: 1.45; }
.ledger dt { color: var(--ink-2); }
.ledger ul { display: grid; gap: var(--s3); list-style: none; }
.ledger li { display: grid; grid-template-columns: 3.25rem minmax(0, 1fr); gap: var(--s3); align-items: baseline; }
.ledger .cautions { gap: var(--s2); margin: var(--s3) 0; padding-left: var(--s4); list-style: disc; }
.ledger .cautions li { display: list-item; }
.ledger .tag { justify-self: start; }
.ledger summary { margin-top: calc(-1 * var(--s3)); }
.ledger details ul { padding: var(--s2) 0; }
.brief { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 19rem), 1fr)); gap: var(--s6) var(--s7); }
.brief dt { font-weight: 650; }
.brief dd { margin-top: var(--s2); color: var(--ink-2); font-size: 1.125rem; line-height: 1.5; }
.plain-list { display: grid; gap: var(--s4); max-width: var(--measure); list-style: none; }
.plain-list li { padding-left: var(--s5); border-left: 2px solid var(--line); }
.cite { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--s4); padding: var(--s5) clamp(1rem, 3vw, 2rem); border-radius: var(--r3); background: var(--band); }
.cite blockquote { font: 400 1.125rem/1.5 var(--serif); max-width: 46rem; }
.cite .acts:empty { display: none; }
.cite .acts { display: flex; flex-wrap: wrap; align-items: center; gap: var(--s3); }
.files { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr)); gap: var(--s6) var(--s7); }
.files h3 { font-size: var(--text-s); }
.files ul { list-style: none; margin-top: var(--s2); }
.files li a { display: inline-flex; align-items: center; min-height: var(--target-s); font-size: var(--text-s); }
.files .btn + p { margin-top: var(--s3); }
.prints { display: grid; gap: var(--s1); min-width: 0; flex: 1 1 30rem; max-width: 40rem; }
.foot-bar .stack { flex: 1 1 18rem; }
.prints > div { display: grid; grid-template-columns: 6rem minmax(0, 1fr); gap: var(--s4); align-items: baseline; }
.prints dt { font-size: var(--text-xs); }
.under-head { max-width: var(--measure); margin: calc(-1 * var(--s4)) 0 var(--s5); color: var(--ink-2); }

.front-hero { display: grid; grid-template-columns: minmax(0, 1.1fr) minmax(0, 1fr); gap: var(--s8); align-items: center; padding-top: clamp(2.5rem, 6vw, 5rem); }
.front-hero .lede { max-width: 33rem; margin-top: 1.75rem; }
.front-hero figcaption { margin-top: var(--s5); }
.cohort { display: grid; grid-template-columns: repeat(6, 1fr); gap: var(--s5) var(--s5); color: var(--mark); }
.cohort svg { width: 100%; height: auto; overflow: visible; opacity: 0.75; }
.cohort .on { color: var(--within); }
.cohort .on svg { opacity: 1; }
.doors { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); margin-top: var(--s8); border-top: 2px solid var(--ink); }
.door { display: grid; grid-template-rows: 8.5rem auto auto 1fr; gap: var(--s3); align-content: start; padding: var(--s5) var(--s6) var(--s6) 0; color: inherit; text-decoration: none; }
.door + .door { padding-left: var(--s6); border-left: 1px solid var(--line); }
.door:last-child { padding-right: 0; }
.door h2 { font-size: var(--text-xl); }
.door b { color: var(--ink); font-weight: 600; }
.door .pic { align-self: center; width: 100%; max-width: 17rem; }
.door .pic svg { width: 100%; height: auto; }
.door .option { pointer-events: none; border-color: var(--edge); }
.door .ring { width: 1.75rem; height: 1.75rem; border: 2px solid var(--accent); border-radius: 50%; background: radial-gradient(circle, var(--accent) 0.45rem, transparent 0.5rem); }
.door .more { align-self: end; display: inline-flex; align-items: center; min-height: var(--target-s); color: var(--accent); font-weight: 650; text-decoration: underline; text-underline-offset: 0.2em; text-decoration-thickness: 1.5px; }
.door:hover .more { color: var(--accent-deep); text-decoration-thickness: 3px; }
.kinds { margin-bottom: var(--s6); }
.kinds > p { max-width: var(--measure); margin-top: var(--s2); }
.kinds dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr)); gap: var(--s4) var(--s6); margin-top: var(--s4); }
.kinds dl > div { padding-left: var(--s4); border-left: 3px solid var(--line); min-width: 0; overflow-wrap: anywhere; }
.kinds dt a { display: inline-flex; align-items: center; min-height: var(--target-s); font-weight: 650; }
.kinds dt a[aria-current] { text-decoration-thickness: 3px; }
.kinds dd { font-size: var(--text-s); line-height: 1.45; }
.narrowed { display: flex; flex-wrap: wrap; gap: var(--s2) var(--s5); align-items: baseline; margin: var(--s4) 0; padding: var(--s3) var(--s4); border-radius: var(--r2); background: var(--band); }
.threads { margin-top: var(--s4); }
.threads, .threads ol { display: grid; gap: var(--s5); list-style: none; }
.threads > li { padding-top: var(--s5); border-top: 1px solid var(--line); }
.threads ol { margin: var(--s4) 0 0; padding-left: var(--s5); border-left: 3px solid var(--line); }
.comment { display: grid; gap: var(--s2); max-width: var(--measure); overflow-wrap: anywhere; }
.comment .who { display: flex; flex-wrap: wrap; gap: var(--s1) var(--s3); align-items: baseline; }
.reply, .turn a { display: inline-flex; align-items: center; min-height: var(--target-s); }
.turn { display: flex; flex-wrap: wrap; gap: var(--s1) var(--s5); align-items: center; margin-top: var(--s5); }
.comment-form { display: grid; gap: var(--s4); max-width: var(--measure); margin-top: var(--s6); padding-top: var(--s5); border-top: 2px solid var(--ink); }
.comment-form .tick { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0; }
.comment-form .tick input { flex: none; }
.comment-form .tick a { justify-self: start; display: inline-flex; align-items: center; min-height: var(--target-s); }
.comment-form .tick .hint { color: var(--ink-2); font-size: var(--text-s); line-height: 1.45; }
.discussion .terms { margin-top: var(--s5); }
.comment-form .tick label { display: inline-flex; align-items: center; gap: var(--s2); min-height: var(--target-s); }
.comment-form .trap { position: absolute; left: -99rem; }
.comment-form .btn { justify-self: start; }
.own-data { margin-top: var(--s5); padding-top: var(--s5); border-top: 1px solid var(--line); max-width: none; }
.own-data a { display: inline-flex; align-items: center; min-height: var(--target-s); font-weight: 650; }
.studies { display: grid; list-style: none; border-top: 2px solid var(--ink); }
.studies li { display: grid; grid-template-columns: minmax(0, 1fr) 19rem; gap: var(--s4) var(--s6); align-items: center; padding: var(--s6) 0; border-bottom: 1px solid var(--line); }
.studies li > div:first-child { display: grid; gap: var(--s3); }
.studies li > div:only-child { grid-column: 1 / -1; }
.studies p { max-width: var(--measure); }
.studies h2 { max-width: 24ch; font-size: var(--text-xl); }
.message { display: grid; gap: var(--s4); max-width: var(--measure); padding-top: clamp(3rem, 12vw, 8rem); }
.message h1 { font-size: var(--text-2xl); }
.message .btn { margin-top: var(--s3); }
.notice-page section { display: grid; gap: var(--s3); margin-top: var(--s4); }
.join form { display: grid; gap: var(--s5); }
.join .btn { justify-self: start; min-height: var(--target); }
.join legend { font-weight: 600; margin-bottom: var(--s2); }
.join fieldset.field { gap: var(--s3); }
.join .pick { display: flex; gap: var(--s4); align-items: center; min-height: var(--target); padding: var(--s3) var(--s4); border: 1.5px solid var(--edge); border-radius: var(--r3); background: var(--surface); font-weight: 400; cursor: pointer; }
.join .pick input { flex: none; width: 1.4rem; height: 1.4rem; margin: 0; accent-color: var(--accent); }
.join .pick:has(:checked) { border-color: var(--accent); background: var(--accent-wash); font-weight: 650; }
.join .pick:has(:focus-visible) { outline: 3px solid var(--focus); outline-offset: 3px; }
.join .own-link { overflow-wrap: anywhere; }
@media (max-width: 62rem) {
  .front-hero { grid-template-columns: minmax(0, 1fr); gap: var(--s7); }
  .cohort { max-width: 30rem; }
  .doors { grid-template-columns: minmax(0, 1fr); }
  .door, .door + .door { grid-template-rows: auto; padding: var(--s5) 0; border-left: 0; }
  .door + .door { border-top: 1px solid var(--line); }
  .door .pic { margin-bottom: var(--s3); }
}
@media (max-width: 44rem) {
  .studies li { grid-template-columns: minmax(0, 1fr); }
  .studies .see { max-width: 19rem; }
  .ledger > div { grid-template-columns: minmax(0, 1fr); }
  .section { padding-top: var(--s7); }
}
`;
