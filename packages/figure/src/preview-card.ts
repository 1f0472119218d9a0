import { fiveAnswerGlyph } from "./glyph.ts";
import { resolveColours, sizeOf, withPosition } from "./standalone.ts";
import { escapeXml } from "./svg.ts";
import { wrapText } from "./text.ts";
import { type ColourRole, tokens } from "./tokens/index.ts";

export interface PreviewCardData {
  /** The question of the study. */
  readonly title: string;
  /** Sentences of the answer, as many as fit; the first always stands. */
  readonly sentences: readonly string[];
  /** What must be seen before anything else, such as that the people are simulated. */
  readonly tag?: string;
  /** An interval graphic as SVG text with roles; empty for none. */
  readonly graphic: string;
  /** The numbers of the graphic written out. */
  readonly graphicText?: string;
}

/** Half of the 1200 by 630 pixels that programs show beside a link; a picture of twice the pixels has them all. */
const card = { width: 600, height: 315, margin: 36 } as const;
const title = { size: 29, step: 34, most: 2 } as const;
const lead = { size: 18, step: 24, most: 4 } as const;

/** The picture that goes with a link to a publication: question, short answer and its interval, as standalone SVG. */
export function previewCard(data: PreviewCardData): string {
  const colours = tokens.light;
  const inner = card.width - 2 * card.margin;
  const titleLines = cut(wrapText(data.title, inner, title.size), title.most);
  const top = 94;
  const leadTop = top + title.step * titleLines.length - 2;
  const [, graphicHeight] = data.graphic === "" ? [0, 0] : sizeOf(data.graphic);
  const graphicTop = card.height - graphicHeight - 18;
  const room = Math.max(1, Math.min(lead.most, Math.floor((graphicTop - leadTop) / lead.step)));
  const words = [
    ...(data.tag === undefined ? [] : [line(data.tag, { y: 46, size: 15, weight: 600, role: "notice" })]),
    ...titleLines.map((text, index) =>
      line(text, { y: top + title.step * index, size: title.size, weight: 600, role: "ink", serif: true }),
    ),
    ...leadLines(data.sentences, inner, room).map((text, index) =>
      line(text, { y: leadTop + lead.step * index, size: lead.size, weight: 400, role: "ink" }),
    ),
  ];
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${card.width} ${card.height}" width="${card.width}" height="${card.height}" font-family="'Source Sans 3', Arial, sans-serif">` +
    `<title>${escapeXml(data.title)}</title>` +
    `<rect width="${card.width}" height="${card.height}" fill="${colours.paper}"/>` +
    `<rect width="${card.width}" height="8" fill="${colours.within}"/>` +
    `${words.join("")}${graphicPart(data, graphicTop)}${brandPart()}</svg>\n`
  );
}

/** As many whole sentences as there are lines for; of the first what fits. */
function leadLines(sentences: readonly string[], width: number, most: number): readonly string[] {
  for (let count = sentences.length; count > 1; count -= 1) {
    const lines = wrapText(sentences.slice(0, count).join(" "), width, lead.size);
    if (lines.length <= most) return lines;
  }
  return cut(wrapText(sentences[0] ?? "", width, lead.size), most);
}

function cut(lines: readonly string[], most: number): readonly string[] {
  if (lines.length <= most) return lines;
  return lines.slice(0, most).map((text, index) => (index === most - 1 ? `${text} …` : text));
}

function graphicPart({ graphic, graphicText }: PreviewCardData, y: number): string {
  if (graphic === "") return "";
  const [width, height] = sizeOf(graphic);
  const placed = withPosition(resolveColours(graphic, tokens.light), card.margin, y);
  const lines = cut(wrapText(graphicText ?? "", card.width - 2 * card.margin - width - 24, 14), 5);
  const words = lines.map((text, index) =>
    line(text, {
      x: card.margin + width + 24,
      y: y + height / 2 - 8 * (lines.length - 1) + 17 * index,
      size: 14,
      weight: 400,
      role: "ink-2",
    }),
  );
  return placed + words.join("");
}

function brandPart(): string {
  const glyph = fiveAnswerGlyph([true, true, true, true, true], "").replaceAll(
    "currentColor",
    tokens.light.within,
  );
  const x = card.width - card.margin - 122;
  const y = 47;
  return `${withPosition(glyph, x, y - 15)}${line("Longwave", { x: x + 48, y, size: 17, weight: 600, role: "ink", serif: true })}`;
}

interface LineStyle {
  readonly x?: number;
  readonly y: number;
  readonly size: number;
  readonly weight: number;
  readonly role: ColourRole;
  readonly serif?: boolean;
}

function line(text: string, { x = card.margin, y, size, weight, role, serif }: LineStyle): string {
  const family = serif === true ? ` font-family="Literata, serif"` : "";
  return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${tokens.light[role]}"${family}>${escapeXml(text)}</text>`;
}
