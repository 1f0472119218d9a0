import { tokens } from "./values.ts";

type Values = Readonly<Record<string, string>>;

function declarations(values: Values, indent: string): string {
  return Object.entries(values)
    .map(([name, value]) => `${indent}--${name}: ${value};`)
    .join("\n");
}

function fontFaces(fontsPath: string): string {
  const folder = fontsPath.replace(/\/$/, "");
  return tokens.fontFiles
    .map(
      ({ family, file, style }) => `@font-face {
  font-family: "${family}";
  src: url("${folder}/${file}") format("woff2");
  font-weight: 200 900;
  font-style: ${style};
  font-display: swap;
}`,
    )
    .join("\n");
}

function families(selfHosted: boolean): Values {
  const { serif, sans, mono } = tokens.fontStacks;
  if (!selfHosted) return { serif, sans, mono };
  return { serif: `"Literata", ${serif}`, sans: `"Source Sans 3", ${sans}`, mono };
}

/**
 * The design tokens as CSS custom properties: light, dark (by the reader's setting) and no motion when asked.
 *
 * @param options.fontsPath  folder of the two self-hosted families; without it only system fonts are named.
 */
export function tokensCss(options: { readonly fontsPath?: string } = {}): string {
  const { fontsPath } = options;
  const faces = fontsPath === undefined ? "" : `${fontFaces(fontsPath)}\n`;
  const common = { ...families(fontsPath !== undefined), ...tokens.type, ...tokens.space };
  return `${faces}:root {
  color-scheme: light dark;
${declarations({ ...tokens.light, ...common, ...tokens.shape, ...tokens.motion, lift: tokens.lift.light }, "  ")}
}
@media (prefers-color-scheme: dark) {
  :root {
${declarations({ ...tokens.dark, lift: tokens.lift.dark }, "    ")}
  }
}
@media (prefers-reduced-motion: reduce) {
  :root { --quick: 0ms; --calm: 0ms; }
}
@media print {
  :root {
    color-scheme: light;
${declarations({ ...tokens.light, paper: "#ffffff", lift: "none" }, "    ")}
  }
}
`;
}
