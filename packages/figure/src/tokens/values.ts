/** The colours, type, space and shape of Longwave: the one place they are written down. */

const light = {
  paper: "#fbfaf7",
  surface: "#ffffff",
  band: "#f3f1ea",
  line: "#dcdcd3",
  edge: "#767f85",
  ink: "#18242e",
  "ink-2": "#46525c",
  "ink-3": "#5f6a73",
  accent: "#0b5a70",
  "accent-deep": "#08475a",
  "accent-ink": "#ffffff",
  "accent-wash": "#e2eff1",
  marker: "#a9d3dc",
  focus: "#0b5a70",
  notice: "#8f5600",
  "notice-wash": "#faf0dc",
  error: "#97390f",
  "error-wash": "#fbece3",
  within: "#0b5a70",
  between: "#6f665a",
  women: "#8a3a74",
  men: "#8f5b00",
  mark: "#4a5762",
  grid: "#e4e4dc",
  zone: "#f0ede2",
  "zone-2": "#e4dfce",
  backdrop: "rgb(15 23 29 / 0.55)",
} as const;

/** A colour named by what it is for; components and figures use roles, never a colour. */
export type ColourRole = keyof typeof light;

const dark: Readonly<Record<ColourRole, string>> = {
  paper: "#0f171d",
  surface: "#162028",
  band: "#1a262f",
  line: "#2d3b45",
  edge: "#84929b",
  ink: "#eceeea",
  "ink-2": "#bcc6ca",
  "ink-3": "#9aa7ae",
  accent: "#84cede",
  "accent-deep": "#a9e0eb",
  "accent-ink": "#06222b",
  "accent-wash": "#14323c",
  marker: "#2d7181",
  focus: "#84cede",
  notice: "#e7b465",
  "notice-wash": "#2f2717",
  error: "#f2a680",
  "error-wash": "#33211a",
  within: "#84cede",
  between: "#b9ad9c",
  women: "#e3a0cc",
  men: "#e7b465",
  mark: "#b3bfc6",
  grid: "#27343d",
  zone: "#1f2a2f",
  "zone-2": "#2b3637",
  backdrop: "rgb(0 0 0 / 0.65)",
};

const type = {
  "text-2xs": "0.8125rem",
  "text-xs": "0.9375rem",
  "text-s": "1.0625rem",
  "text-m": "1.25rem",
  "text-l": "1.5rem",
  "text-xl": "clamp(1.625rem, 1.35rem + 1.3vw, 2rem)",
  "text-2xl": "clamp(1.875rem, 1.45rem + 2.1vw, 2.75rem)",
  "text-3xl": "clamp(2.25rem, 1.5rem + 3.6vw, 4rem)",
  lead: "1.55",
  "lead-tight": "1.14",
} as const;

const space = {
  s1: "0.25rem",
  s2: "0.5rem",
  s3: "0.75rem",
  s4: "1rem",
  s5: "1.5rem",
  s6: "2rem",
  s7: "3rem",
  s8: "4.5rem",
  s9: "7rem",
  measure: "38rem",
  page: "68rem",
  gutter: "clamp(1rem, 4vw, 2.5rem)",
} as const;

const shape = {
  r1: "4px",
  r2: "8px",
  r3: "14px",
  target: "3.5rem",
  "target-s": "2.75rem",
} as const;

const motion = { quick: "120ms", calm: "240ms", ease: "cubic-bezier(0.2, 0, 0.1, 1)" } as const;

const lift = {
  light: "0 1px 2px rgb(24 36 46 / 0.06), 0 6px 20px rgb(24 36 46 / 0.07)",
  dark: "0 1px 2px rgb(0 0 0 / 0.4), 0 8px 24px rgb(0 0 0 / 0.35)",
} as const;

const fontStacks = {
  serif: `"Iowan Old Style", "Palatino Linotype", Palatino, Georgia, serif`,
  sans: `system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif`,
  mono: `ui-monospace, "SF Mono", Menlo, Consolas, monospace`,
} as const;

const fontFiles = [
  { family: "Literata", file: "literata-latin-opsz-normal.woff2", style: "normal" },
  { family: "Source Sans 3", file: "source-sans-3-latin-wght-normal.woff2", style: "normal" },
  { family: "Source Sans 3", file: "source-sans-3-latin-wght-italic.woff2", style: "italic" },
] as const;

/** The shape of {@link tokens}: groups of CSS values by role. */
export interface Tokens {
  readonly light: Readonly<Record<ColourRole, string>>;
  readonly dark: Readonly<Record<ColourRole, string>>;
  readonly type: Readonly<Record<string, string>>;
  readonly space: Readonly<Record<string, string>>;
  readonly shape: Readonly<Record<string, string>>;
  readonly motion: Readonly<Record<string, string>>;
  readonly lift: { readonly light: string; readonly dark: string };
  readonly fontStacks: { readonly serif: string; readonly sans: string; readonly mono: string };
  readonly fontFiles: readonly { readonly family: string; readonly file: string; readonly style: string }[];
}

export const tokens: Tokens = { light, dark, type, space, shape, motion, lift, fontStacks, fontFiles };
