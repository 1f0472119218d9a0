/** Buttons, fields, chips, tick cards and details. */
export const controlsCss: string = `/* controls */
.btn { display: inline-flex; align-items: center; justify-content: center; gap: var(--s3); min-height: var(--target-s); padding: var(--s2) var(--s5); border: 2px solid var(--accent); border-radius: var(--r2); background: var(--accent); color: var(--accent-ink); font-weight: 650; line-height: 1.2; text-decoration: none; cursor: pointer; transition: background var(--quick) var(--ease); }
.btn:hover { background: var(--accent-deep); border-color: var(--accent-deep); }
.btn.second { background: transparent; color: var(--accent); }
.btn.second:hover { background: var(--accent-wash); border-color: var(--accent); }
.btn.quiet { padding-inline: var(--s2); background: none; border-color: transparent; color: var(--accent); font-weight: 550; text-decoration: underline; text-underline-offset: 0.2em; text-decoration-thickness: 1.5px; }
.btn.quiet:hover { background: var(--accent-wash); }
.btn[disabled], .btn[aria-disabled="true"] { background: var(--band); border-color: var(--line); color: var(--ink-3); cursor: not-allowed; }
.btn.small { padding-inline: var(--s4); font-size: var(--text-s); }

::placeholder { color: var(--ink-3); opacity: 1; }
.field { display: grid; grid-template-columns: minmax(0, 1fr); gap: var(--s2); }
.field label, .label { font-weight: 600; }
.field .hint { color: var(--ink-2); font-size: var(--text-s); font-weight: 400; }
.input, .field input:not([type="checkbox"], [type="radio"]), .field textarea, .field select { width: 100%; min-height: var(--target); padding: var(--s3) var(--s4); border: 1.5px solid var(--edge); border-radius: var(--r2); background: var(--surface); }
.field textarea { min-height: 9rem; resize: vertical; line-height: 1.45; }
.field input:focus-visible, .field textarea:focus-visible, .field select:focus-visible { outline-offset: 1px; border-color: var(--accent); border-radius: var(--r2); }
.field.wrong input, .field.wrong textarea, .field.wrong select { border: 2.5px solid var(--error); }
.field .error { display: flex; gap: var(--s2); color: var(--error); font-size: var(--text-s); font-weight: 600; line-height: 1.4; }
.error svg { flex: none; width: 1.25rem; height: 1.25rem; margin-top: 0.1em; }

.choice-row { display: flex; flex-wrap: wrap; gap: var(--s2); }
.chip { position: relative; }
.chip input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer; }
.chip > span { display: inline-flex; align-items: center; min-height: var(--target-s); padding: var(--s2) var(--s4); border: 1.5px solid var(--edge); border-radius: 99px; background: var(--surface); font-size: var(--text-s); }
.chip input:checked + span { background: var(--accent-wash); border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); font-weight: 600; }
.chip input:focus-visible + span { outline: 3px solid var(--focus); outline-offset: 2px; }

.tick { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: var(--s4); align-items: start; min-height: var(--target); padding: var(--s4); border: 1.5px solid var(--edge); border-radius: var(--r3); background: var(--surface); cursor: pointer; }
.tick input { appearance: none; width: 2rem; height: 2rem; margin: 0; border: 2px solid var(--edge); border-radius: var(--r1); background: var(--surface); display: grid; place-items: center; cursor: pointer; }
.tick input:checked { background: var(--accent); border-color: var(--accent); }
.tick input:checked::before { content: ""; width: 0.95rem; height: 0.5rem; border: solid var(--accent-ink); border-width: 0 0 3px 3px; transform: translateY(-2px) rotate(-45deg); }
.tick strong { display: block; padding-top: 0.15rem; font-weight: 650; line-height: 1.3; }
.tick:has(:checked) { border-color: var(--accent); background: var(--accent-wash); }
.tick:has(:focus-visible) { outline: 3px solid var(--focus); outline-offset: 3px; }
.tick input:focus-visible { outline: none; }

details > summary { display: flex; align-items: center; gap: var(--s3); min-height: var(--target-s); cursor: pointer; list-style: none; font-weight: 550; color: var(--accent); }
details > summary::-webkit-details-marker { display: none; }
details > summary::before { content: ""; flex: none; width: 0.55em; height: 0.55em; border: solid currentColor; border-width: 0 2px 2px 0; transform: rotate(-45deg); transition: transform var(--quick) var(--ease); }
details[open] > summary::before { transform: rotate(45deg); }
details > summary:hover { text-decoration: underline; text-underline-offset: 0.2em; }
details.why { margin-top: var(--s5); border-top: 1px solid var(--line); border-bottom: 1px solid var(--line); }
details.why p { padding-bottom: var(--s4); color: var(--ink-2); }
`;
