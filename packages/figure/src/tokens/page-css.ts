/** Rules of the public pages only: front page, findings list, findings page, messages. */
export const pageCss: string = `/* public pages */
.hero { padding-top: clamp(2.5rem, 7vw, 5.5rem); }
.hero h1 { max-width: 18ch; margin-top: var(--s4); }
.hero .stand { max-width: 36rem; margin-top: var(--s5); font-size: clamp(1.3125rem, 1.15rem + 0.8vw, 1.625rem); line-height: 1.45; }
`;
