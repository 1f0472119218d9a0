import { formatNumber } from "./numbers.ts";
import type { FigureLanguage, Interval } from "./types.ts";

/** Width of an average letter beside the size of the type, with some to spare: there is no way to measure text here. */
const letterWidth = 0.53;

/** Expected width of a line of text in pixels. */
export function textWidth(text: string, size = 15): number {
  return text.length * size * letterWidth;
}

/** Text in lines that fit a width in pixels, broken between words; a word longer than a line stays whole. */
export function wrapText(text: string, width: number, size = 15): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    const longer = `${last} ${word}`;
    if (last !== undefined && textWidth(longer, size) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** Heights moved apart as little as needed so that neighbours are at least `gap` apart; the order stays. */
export function spreadApart(
  heights: readonly number[],
  gap: number,
  range: readonly [number, number],
): readonly number[] {
  const order = heights.map((height, index) => ({ height, index })).sort((a, b) => a.height - b.height);
  const placed = order.map(({ height }) => height);
  for (let i = 0; i < placed.length; i += 1) {
    const floor = i === 0 ? range[0] : (placed[i - 1] ?? 0) + gap;
    placed[i] = Math.max(placed[i] ?? 0, floor);
  }
  for (let i = placed.length - 1; i >= 0; i -= 1) {
    const ceiling = i === placed.length - 1 ? range[1] : (placed[i + 1] ?? 0) - gap;
    placed[i] = Math.min(placed[i] ?? 0, ceiling);
  }
  const result = new Array<number>(heights.length).fill(0);
  order.forEach(({ index }, rank) => {
    result[index] = placed[rank] ?? 0;
  });
  return result;
}

/** A share of 1 as a whole percentage: `63%`, in Norwegian `63 %`; shares above zero never read 0. */
export function formatShare(share: number, language: FigureLanguage = "en"): string {
  if (!Number.isFinite(share)) return "–";
  const sign = language === "nb" ? "\u00a0%" : "%";
  if (share > 0 && share < 0.005) return `<1${sign}`;
  if (share < 1 && share > 0.995) return `>99${sign}`;
  return `${Math.round(100 * share)}${sign}`;
}

/** A p-value with three decimals, or `< 0.001`, and its sign of equality: `p = 0.034`. */
export function formatP(p: number, language: FigureLanguage = "en"): string {
  if (!Number.isFinite(p)) return "p –";
  return p < 0.001 ? `p < ${formatNumber(0.001, 3, language)}` : `p = ${formatNumber(p, 3, language)}`;
}

/** All three numbers of an interval are there. */
export function isWhole(interval: Interval): boolean {
  return [interval.estimate, interval.lower, interval.upper].every(Number.isFinite);
}

/** The interval holds zero, ends included. */
export function includesZero(interval: Interval): boolean {
  return interval.lower <= 0 && interval.upper >= 0;
}
