/** Empty, loading, error, toast, dialog; print, forced colours and reduced motion. */
export const statesCss: string = `/* states */
.empty { padding: var(--s6) var(--s5); border: 1.5px dashed var(--edge); border-radius: var(--r3); color: var(--ink-2); }
.empty h2, .empty h3, .trouble h2, .trouble h3 { color: var(--ink); }
.empty > * + *, .trouble > * + * { margin-top: var(--s3); }
.loading { height: 1.1em; border-radius: var(--r1); background: var(--band); }
.loading + .loading { margin-top: var(--s3); }
.trouble { padding: var(--s5); border: 1px solid var(--line); border-left: 4px solid var(--error); border-radius: 0 var(--r3) var(--r3) 0; background: var(--surface); }
.toast { position: fixed; left: 50%; bottom: var(--s5); transform: translateX(-50%); z-index: 8; width: max-content; max-width: calc(100vw - 2rem); display: flex; gap: var(--s4); align-items: center; padding: var(--s3) var(--s5); border-radius: var(--r2); background: var(--ink); color: var(--paper); box-shadow: var(--lift); }
.toast a, .toast button { color: inherit; font-weight: 650; }
dialog { max-width: min(34rem, calc(100vw - 2rem)); padding: var(--s6); border: 1px solid var(--line); border-radius: var(--r3); background: var(--surface); color: inherit; box-shadow: var(--lift); }
dialog::backdrop { background: var(--backdrop); }
dialog > * + * { margin-top: var(--s4); }

@media (prefers-reduced-motion: reduce) { *, *::before, *::after { animation: none !important; transition: none !important; scroll-behavior: auto !important; } }
@media (forced-colors: active) {
  .btn, .option, .tick, .chip > span, .eleven label, .tag { border: 2px solid ButtonBorder; }
  .option:has(:checked), .tick:has(:checked), .chip input:checked + span, .eleven label:has(:checked) { outline: 3px solid Highlight; outline-offset: -5px; }
  .option input:checked::before, .sure i.on, .progress .track i { background: CanvasText; forced-color-adjust: none; }
  .tick input:checked::before { border-color: CanvasText; }
  .track, .progress .track { border: 1px solid CanvasText; }
}
@media print {
  html { font-size: 9.5pt; }
  .bar nav, .skip, .toast, .go, .no-print, .comment-form, .terms, .turn, .reply, .narrowed a, .acts { display: none !important; }
  .print-only { display: block !important; }
  details::details-content { content-visibility: visible; block-size: auto; opacity: 1; }
  details > summary { list-style: none; }
  details > summary::-webkit-details-marker { display: none; }
  .verdict, tr, .comment, .kinds dl > div, .ledger > div, .draw, .cite, pre, figcaption { break-inside: avoid; }
  figcaption, thead, summary { break-after: avoid; }
  thead { display: table-header-group; }
  .section { padding-top: var(--s6); }
  .fig { padding: 0; border: 0; }
  .draw svg { max-height: 19cm; }
  .fig .under a { display: none; }
  .fig .under details > summary { font-weight: 600; }
  .files a::after, .cite p a::after { content: " (" attr(href) ")"; overflow-wrap: anywhere; color: var(--ink-2); font-weight: 400; }
  .btn.second { padding: 0; border: 0; min-height: 0; text-align: left; }
  .files li a { min-height: 0; }
  .only-wide { display: block !important; }
  .only-narrow { display: none !important; }
  h2, h3, h4 { break-after: avoid; }
  .scroll { overflow: visible; }
  table { font-size: 8pt; }
  th, td, tbody th { padding-right: var(--s2); }
  td.r { white-space: normal; }
  .foot-bar { background: none; }
}
`;
