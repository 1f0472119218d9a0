/** Reset, text, page frame, bar, brand and footer. */
export const frameCss: string = `/* text and page frame */
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-top: var(--s6); }
body {
  margin: 0; min-height: 100vh; min-height: 100dvh;
  background: var(--paper); color: var(--ink);
  font: 400 var(--text-m) / var(--lead) var(--sans);
  font-optical-sizing: auto; -webkit-font-smoothing: antialiased; text-rendering: optimizeLegibility;
  overflow-wrap: break-word;
}
h1, h2, h3, h4, p, ul, ol, dl, dd, figure, blockquote, table, fieldset, legend { margin: 0; padding: 0; }
h1, h2 { font-family: var(--serif); font-weight: 560; line-height: var(--lead-tight); letter-spacing: -0.012em; text-wrap: balance; }
h1 { font-size: var(--text-3xl); }
h2 { font-size: var(--text-2xl); }
h3 { font-size: var(--text-l); font-weight: 650; line-height: 1.25; text-wrap: balance; }
h4 { font-size: var(--text-s); font-weight: 650; line-height: 1.3; }
p, li, dd { text-wrap: pretty; }
a { color: var(--accent); text-decoration-thickness: 1.5px; text-underline-offset: 0.18em; text-decoration-color: color-mix(in srgb, currentColor 45%, transparent); }
a:hover { text-decoration-color: currentColor; }
svg { display: block; max-width: 100%; }
button, input, textarea, select { font: inherit; color: inherit; }
fieldset { border: 0; min-width: 0; }
[hidden] { display: none !important; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 3px; border-radius: var(--r1); }
:target { scroll-margin-top: var(--s6); }

.skip { position: absolute; left: -999px; }
.skip:focus { left: var(--gutter); top: var(--s2); z-index: 9; padding: var(--s3) var(--s4); background: var(--surface); border-radius: var(--r2); }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.soft { color: var(--ink-2); }
.small { font-size: var(--text-s); line-height: 1.5; }
.num { font-variant-numeric: tabular-nums lining-nums; }
.hash { font: 400 var(--text-xs) / 1.5 var(--mono); color: var(--ink-2); overflow-wrap: anywhere; }

.brand { display: inline-flex; align-items: center; gap: var(--s3); min-height: var(--target-s); color: var(--ink); text-decoration: none; font: 600 1.3125rem/1 var(--serif); letter-spacing: -0.01em; }
.brand svg { width: 2.5rem; height: 1.25rem; flex: none; color: var(--accent); overflow: visible; }
.bar { border-bottom: 1px solid var(--line); }
.bar > div { max-width: var(--page); margin: 0 auto; padding: var(--s3) var(--gutter); display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; column-gap: var(--s6); }
.bar nav { display: flex; flex-wrap: wrap; column-gap: var(--s5); font-size: var(--text-s); }
.bar nav a { display: inline-flex; align-items: center; min-height: var(--target-s); color: var(--ink-2); text-decoration: none; border-bottom: 2px solid transparent; }
.bar nav a:hover { color: var(--ink); border-color: var(--edge); }
.bar nav a[aria-current] { color: var(--ink); border-color: var(--accent); font-weight: 600; }

.page { max-width: var(--page); margin: 0 auto; padding: 0 var(--gutter); }
.prose { max-width: var(--measure); }
.prose > * + * { margin-top: var(--s4); }
.section { padding-top: var(--s8); }
.section-head { max-width: var(--measure); margin-bottom: var(--s6); }
.section-head p { margin-top: var(--s4); color: var(--ink-2); }
.stack { display: grid; gap: var(--s3); align-content: start; }
.foot-bar { margin-top: var(--s9); border-top: 1px solid var(--line); background: var(--band); font-size: var(--text-s); color: var(--ink-2); }
.foot-bar > div { max-width: var(--page); margin: 0 auto; padding: var(--s6) var(--gutter) var(--s7); display: flex; flex-wrap: wrap; gap: var(--s4) var(--s7); justify-content: space-between; }
.foot-bar .hash { font-size: var(--text-2xs); }

.eyebrow { display: flex; flex-wrap: wrap; gap: var(--s2) var(--s4); align-items: center; font-size: var(--text-s); color: var(--ink-2); }
.tag { display: inline-block; padding: 0.28rem 0.6rem; border-radius: var(--r1); background: var(--accent-wash); color: var(--ink); font-size: var(--text-xs); line-height: 1.2; font-weight: 550; text-wrap: balance; }
.tag.notice { background: var(--notice-wash); }
.tag.plain { background: var(--band); }
.callout { max-width: var(--measure); margin-top: var(--s6); padding: var(--s1) 0 var(--s1) var(--s5); border-left: 4px solid var(--accent); }
`;
