import { escapeXml } from "./svg.ts";
import { wrapText } from "./text.ts";
import { type ColourRole, tokens } from "./tokens/index.ts";
import type { FigureParts } from "./types.ts";

export interface StandaloneOptions {
  readonly size?: "wide" | "narrow";
  readonly scheme?: "light" | "dark";
}

const margin = 24;

/** Alone, the file is drawn in whatever font there is: some are this much wider. */
const otherFonts = 1.25;

/**
 * A figure as an SVG file that looks right when opened alone: colours resolved, a ground, title above and note below.
 *
 * The note says whether people are simulated, so a picture that travels without its page still says it. A page makes
 * a PNG by drawing this text on a canvas.
 *
 * @returns SVG text with width and height in pixels; light unless asked otherwise.
 */
export function standaloneSvg(figure: FigureParts, options: StandaloneOptions = {}): string {
  const { size = "wide", scheme = "light" } = options;
  const colours = tokens[scheme];
  const drawing = figure[size];
  const [width, height] = sizeOf(drawing);
  const title = wrapText(figure.title, width / otherFonts, 20);
  const note = wrapText(figure.note, width / otherFonts, 14);
  const top = margin + 26 * title.length + 12;
  const foot = top + height + 30;
  const total = { width: width + 2 * margin, height: foot + 20 * (note.length - 1) + margin };
  const inner = withPosition(resolveColours(drawing, colours), margin, top);
  const words = [
    ...title.map((line, index) =>
      textLine(line, { y: margin + 16 + 26 * index, size: 20, weight: 650, fill: colours.ink }),
    ),
    ...note.map((line, index) =>
      textLine(line, { y: foot + 20 * index, size: 14, weight: 400, fill: colours["ink-2"] }),
    ),
  ];
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${total.width} ${total.height}" width="${total.width}" height="${total.height}" font-family="'Source Sans 3', system-ui, 'Segoe UI', Arial, sans-serif">` +
    `<title>${escapeXml(figure.title)}</title><desc>${escapeXml(figure.alt)}</desc>` +
    `<rect width="${total.width}" height="${total.height}" fill="${colours.surface}"/>` +
    `${words.join("")}${inner}</svg>\n`
  );
}

/** The numbers of the frame's `viewBox`: width and height. */
export function sizeOf(drawing: string): readonly [number, number] {
  const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(drawing) ?? [];
  return [Number(width ?? 900), Number(height ?? 400)];
}

/** Roles become colours; a role this version does not know keeps its fallback. */
export function resolveColours(drawing: string, colours: Readonly<Record<ColourRole, string>>): string {
  const known: Readonly<Record<string, string>> = colours;
  return drawing.replace(
    /var\(--([a-z0-9-]+), (#[0-9a-f]{6})\)/g,
    (_, name: string, fallback: string) => known[name] ?? fallback,
  );
}

/** A drawing placed inside another. */
export function withPosition(drawing: string, x: number, y: number): string {
  return drawing.replace("<svg ", `<svg x="${x}" y="${y}" `);
}

function textLine(
  text: string,
  style: { readonly y: number; readonly size: number; readonly weight: number; readonly fill: string },
): string {
  const { y, size, weight, fill } = style;
  return `<text x="${margin}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${fill}">${escapeXml(text)}</text>`;
}
