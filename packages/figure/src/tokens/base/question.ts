/** What a participant touches: question, choices, the 0 to 10 scale, progress. Used with body class "participant". */
export const questionCss: string = `/* questions */
.participant { font-size: 1.3125rem; line-height: 1.5; }
.participant .sheet { max-width: 40rem; margin: 0 auto; padding: 0 min(5vw, 2rem) var(--s7); }
.participant .top { max-width: 40rem; margin: 0 auto; padding: var(--s2) min(5vw, 2rem); display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: var(--s4); }
.participant .top .brand { font-size: 1.125rem; min-height: var(--target); }
.participant .top a:not(.brand) { display: inline-flex; align-items: center; min-height: var(--target); font-size: var(--text-s); }
.participant h1 { font-size: clamp(1.75rem, 1.4rem + 1.9vw, 2.375rem); line-height: 1.2; font-weight: 540; }
.participant h2 { font-size: var(--text-xl); line-height: 1.25; }
.participant .btn { min-width: 0; min-height: 4rem; overflow-wrap: anywhere; font-size: 1.375rem; border-radius: var(--r3); }
.participant .btn.quiet { min-height: var(--target); padding-inline: 0; font-size: 1.0625rem; }
.participant details > summary { min-height: var(--target); }
.lede { font-size: 1.375rem; line-height: 1.5; }
.progress { display: grid; gap: var(--s2); margin: var(--s2) 0 var(--s5); font-size: var(--text-s); color: var(--ink-2); }
.progress .track, .track { height: 6px; border-radius: 3px; background: var(--line); }
.progress .track i { display: block; height: 6px; border-radius: 3px; background: var(--accent); }
.recall { text-decoration: underline; text-decoration-color: var(--marker); text-decoration-thickness: 0.16em; text-underline-offset: 0.14em; text-decoration-skip-ink: none; }

.options { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--s3); margin-top: var(--s5); }
.option { position: relative; display: grid; grid-template-columns: auto minmax(0, 1fr); align-items: center; gap: var(--s4); min-height: 4rem; padding: var(--s3) var(--s4); border: 1.5px solid var(--edge); border-radius: var(--r3); background: var(--surface); cursor: pointer; transition: background var(--quick) var(--ease); }
.option input { appearance: none; margin: 0; width: 1.75rem; height: 1.75rem; border: 2px solid var(--edge); border-radius: 50%; display: grid; place-items: center; background: var(--surface); cursor: pointer; }
.option input:checked { border-color: var(--accent); }
.option input:checked::before { content: ""; width: 0.9rem; height: 0.9rem; border-radius: 50%; background: var(--accent); }
.option input[type="checkbox"], .option input[type="checkbox"]:checked::before { border-radius: var(--r1); }
.option:has(:checked) { border-color: var(--accent); background: var(--accent-wash); box-shadow: inset 0 0 0 1.5px var(--accent); font-weight: 650; }
.option:has(:focus-visible), .eleven label:has(:focus-visible) { outline: 3px solid var(--focus); outline-offset: 3px; }
.option input:focus-visible, .eleven input:focus-visible { outline: none; }

/* A finger leaves no hover behind: a tapped row must not look half chosen. */
@media (hover: hover) { .option:hover, .eleven label:not(:has(:checked)):hover { background: var(--accent-wash); } }

.eleven { display: grid; grid-template-columns: repeat(4, minmax(0, 1fr)); gap: var(--s2); }
.eleven label { position: relative; min-height: 4rem; display: grid; place-items: center; border: 1.5px solid var(--edge); border-radius: var(--r2); background: var(--surface); font-size: 1.5rem; font-weight: 550; font-variant-numeric: tabular-nums; cursor: pointer; }
.eleven input { appearance: none; position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer; }
.eleven label:has(:checked) { background: var(--accent); border-color: var(--accent); color: var(--accent-ink); font-weight: 700; text-decoration: underline; text-underline-offset: 0.2em; }
.anchors { display: flex; justify-content: space-between; gap: var(--s5); margin: var(--s5) 0 var(--s3); line-height: 1.3; }
.anchors.end { margin: var(--s3) 0 0; }
.anchors b { font-weight: 700; }

.go { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--s3); margin-top: var(--s6); }
.pairline { display: flex; flex-wrap: wrap; justify-content: space-between; column-gap: var(--s5); }
.help { margin-top: var(--s6); padding: var(--s4) var(--s5); border-left: 4px solid var(--accent); border-radius: 0 var(--r2) var(--r2) 0; background: var(--band); font-size: 1.1875rem; }
.facts { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--s5); margin: var(--s5) 0 var(--s6); }
.facts > div { border-top: 1px solid var(--line); padding-top: var(--s4); }
.facts dt { font-weight: 650; }
.facts dd { margin: var(--s1) 0 0; color: var(--ink-2); }
@media (min-width: 48rem) {
  .participant .sheet.wide, .participant .top.wide { max-width: 48rem; }
  .participant .go .btn:not(.quiet) { justify-self: start; min-width: 20rem; }
  .participant .go .pairline { justify-content: flex-start; }
  .participant .go > .quiet { justify-self: start; }
  .eleven { grid-template-columns: repeat(11, 1fr); }
  .anchors.split { margin-bottom: 0; }
}
`;
