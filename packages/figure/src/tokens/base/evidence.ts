/** Tables, figure frames, verdict rows and interval graphics. */
export const evidenceCss: string = `/* tables */
.scroll { overflow-x: auto; }
.scroll:focus-visible { outline-offset: 2px; }
table { width: 100%; border-collapse: collapse; font-size: var(--text-s); line-height: 1.35; font-variant-numeric: tabular-nums lining-nums; }
caption { padding-bottom: var(--s3); text-align: left; color: var(--ink-2); }
th { padding: var(--s2) var(--s4) var(--s2) 0; border-bottom: 1.5px solid var(--ink-3); text-align: left; vertical-align: bottom; font-weight: 600; color: var(--ink-2); }
td, tbody th { padding: var(--s2) var(--s4) var(--s2) 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tbody th { color: var(--ink); font-weight: 550; }
th:last-child, td:last-child { padding-right: 0; }
.r { text-align: right; }
td.r, .nowrap { white-space: nowrap; }

/* figures: two drawings, swapped so that text never shrinks */
.only-narrow { display: none; }
@media (max-width: 50rem) {
  .only-wide { display: none; }
  .only-narrow { display: block; max-width: 27rem; }
}
.fig { padding: clamp(1rem, 3vw, 2rem); border: 1px solid var(--line); border-radius: var(--r3); background: var(--surface); }
.fig + .fig, .stack + .fig { margin-top: var(--s6); }
.fig + details { margin-top: var(--s4); }
.fig figcaption { max-width: var(--measure); margin-bottom: var(--s5); }
.fig figcaption p { margin-top: var(--s2); color: var(--ink-2); font-size: 1.1875rem; line-height: 1.45; }
.fig .draw svg { width: 100%; height: auto; overflow: visible; }
.fig .under { display: flex; flex-wrap: wrap; align-items: flex-start; gap: 0 var(--s5); margin-top: var(--s5); padding-top: var(--s2); border-top: 1px solid var(--line); font-size: var(--text-s); color: var(--ink-2); }
.fig .under > span { display: inline-flex; align-items: center; min-height: var(--target-s); margin-right: auto; }
.fig .under a { display: inline-flex; align-items: center; min-height: var(--target-s); }
.fig details { order: 9; flex: 1 0 100%; min-width: 0; }
.fig details .scroll { padding: var(--s2) 0 var(--s3); }
@media (max-width: 24rem) { .fig { margin-inline: calc(-1 * var(--gutter)); padding-inline: var(--s3); border-inline: 0; border-radius: 0; } }

/* verdicts: no verdict has a colour */
.verdicts { border-top: 2px solid var(--ink); }
.verdict { display: grid; grid-template-columns: 11rem minmax(0, 1fr) 19rem; gap: var(--s3) var(--s6); align-items: start; padding: var(--s6) 0; border-bottom: 1px solid var(--line); }
.verdict .asks { padding-top: 0.45rem; color: var(--ink-2); font-size: var(--text-s); line-height: 1.35; }
.verdict .asks b { display: block; color: var(--ink); font-size: 1.1875rem; font-weight: 650; }
.verdict h3 { font-family: var(--serif); font-weight: 560; font-size: 1.625rem; line-height: 1.2; letter-spacing: -0.01em; }
.verdict .says { max-width: 30rem; margin-top: var(--s2); }
.verdict .see { font-size: var(--text-s); color: var(--ink-2); line-height: 1.4; }
.sure { display: flex; gap: var(--s3); align-items: baseline; margin-top: var(--s3); font-size: var(--text-s); color: var(--ink-2); line-height: 1.4; }
.sure .dots { display: inline-flex; gap: 4px; flex: none; transform: translateY(-1px); }
.sure i { width: 10px; height: 10px; border-radius: 50%; border: 1.75px solid var(--ink-2); }
.sure i.on { background: var(--ink-2); }
.sure b { color: var(--ink); font-weight: 650; }
.mini { width: 100%; overflow: visible; font-variant-numeric: tabular-nums lining-nums; }
.see svg { width: 100%; height: auto; overflow: visible; }
.see svg + p { margin-top: var(--s2); }
.key { display: flex; flex-wrap: wrap; gap: var(--s2) var(--s5); margin-top: var(--s4); font-size: var(--text-s); color: var(--ink-2); }
.key span { display: inline-flex; align-items: center; gap: var(--s2); }
.key i { width: 1.5rem; height: 0.9rem; border: 1px solid var(--line); background: var(--zone); }
.key i.in { background: var(--zone-2); }
@media (max-width: 62rem) { .verdict { grid-template-columns: minmax(0, 1fr) 17rem; } .verdict .asks { grid-column: 1 / -1; padding: 0; } }
@media (max-width: 44rem) { .verdict { grid-template-columns: minmax(0, 1fr); padding: var(--s5) 0; } .verdict .see { max-width: 24rem; } }
`;
