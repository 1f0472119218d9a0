import type { ColourRole } from "./tokens/index.ts";
import { tokens } from "./tokens/index.ts";

/** One plot or group placed in a picture. */
export interface Part {
  readonly element: Element;
  readonly x?: number;
  readonly y?: number;
}

/** The outside of a picture: its size, its id and what it says to people who do not see it. */
export interface Frame {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly alt: string;
}

const fontFamily = `'Source Sans 3', system-ui, -apple-system, 'Segoe UI', sans-serif`;

/** A colour as a role with its light value as fallback, so one file serves light, dark and download. */
export function role(name: ColourRole): string {
  return `var(--${name}, ${tokens.light[name]})`;
}

/** Text made safe for XML content and double-quoted attributes. */
export function escapeXml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}

/**
 * SVG text of several parts in one frame, the same bytes for the same input.
 *
 * The picture is one image with a title and a description; labels that Plot puts on plain groups are
 * dropped, because assistive software rejects them there.
 */
export function pictureText(parts: readonly Part[], frame: Frame): string {
  const id = escapeXml(frame.id);
  const words = `<title id="${id}-title">${escapeXml(frame.title)}</title><desc id="${id}-desc">${escapeXml(frame.alt)}</desc>`;
  return shell(`aria-labelledby="${id}-title ${id}-desc"`, words + parts.map(partText).join(""), frame);
}

/** SVG text of a small picture that says one sentence; it needs no id, so it may stand many times on a page. */
export function imageText(parts: readonly Part[], image: Pick<Frame, "width" | "height" | "alt">): string {
  return shell(`aria-label="${escapeXml(image.alt)}"`, parts.map(partText).join(""), image);
}

function shell(naming: string, content: string, size: Pick<Frame, "width" | "height">): string {
  const { width, height } = size;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"` +
    ` role="img" ${naming} font-family="${fontFamily}" fill="${role("ink")}" font-size="15"` +
    ` text-anchor="middle" font-variant="tabular-nums lining-nums">${content}</svg>`
  );
}

function partText(part: Part): string {
  const content = childText(part.element);
  const { x = 0, y = 0 } = part;
  return x === 0 && y === 0
    ? content
    : `<g transform="translate(${tidy(String(x))},${tidy(String(y))})">${content}</g>`;
}

function childText(element: Element): string {
  return Array.from(element.childNodes).map(nodeText).join("");
}

function nodeText(node: ChildNode): string {
  if (node.nodeType === 3) return escapeXml(node.textContent ?? "");
  if (node.nodeType !== 1) return "";
  const element = node as Element;
  const name = element.tagName.toLowerCase();
  if (name === "style") return "";
  const content = childText(element);
  const isEmptyGroup = name === "g" && content === "";
  if (isEmptyGroup) return "";
  return `<${name}${attributesText(element)}${content === "" ? "/>" : `>${content}</${name}>`}`;
}

function attributesText(element: Element): string {
  return Array.from(element.attributes)
    .filter(({ name }) => name !== "class" && !name.startsWith("aria-"))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, value }) => ` ${name}="${escapeXml(tidy(value))}"`)
    .join("");
}

/** Coordinates to two decimals: a hundredth of a pixel is not visible, and diffs stay readable. */
function tidy(value: string): string {
  return value.replace(/-?\d+\.\d{3,}(?:e-?\d+)?/g, (digits) =>
    String(Math.round(Number(digits) * 100) / 100 + 0),
  );
}
