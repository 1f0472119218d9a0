import { formatCount, formatNumber } from "@longwave/figure";
import type { Language } from "../../publication/types.ts";
import type { PageText } from "../text/index.ts";

/** A p-value to three decimals, never zero: `<0.001`. */
export function pText(p: number | null, language: Language): string {
  if (p === null || !Number.isFinite(p)) return "–";
  if (p < 0.001) return language === "nb" ? "<0,001" : "<0.001";
  return formatNumber(p, 3, language);
}

/** A number to about three figures that matter, with a true minus; a dash when there is none. */
export function numberText(value: number | null, language: Language): string {
  if (value === null || !Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size >= 1000) return (value < 0 ? "\u2212" : "") + formatCount(size, language);
  const digits = size === 0 ? 0 : Math.min(5, Math.max(0, 2 - Math.floor(Math.log10(size))));
  return formatNumber(value, digits, language);
}

/** Decimals that tell the ends of an interval apart. */
function intervalDigits(lower: number, upper: number): number {
  const width = Math.abs(upper - lower);
  return width > 0 ? Math.min(5, Math.max(1, 1 - Math.floor(Math.log10(width)))) : 2;
}

/** `−0.131 to −0.099`, with as many decimals as the ends need. */
export function rangeText(
  lower: number,
  upper: number,
  reader: { text: PageText; language: Language },
): string {
  const digits = intervalDigits(lower, upper);
  const [from, to] = [lower, upper].map((value) => formatNumber(value, digits, reader.language));
  return `${from} ${reader.text.numbers.to} ${to}`;
}

/** An estimate with the decimals of its interval. */
export function estimateText(
  estimate: { readonly value: number; readonly lower: number; readonly upper: number },
  language: Language,
): string {
  return formatNumber(estimate.value, intervalDigits(estimate.lower, estimate.upper), language);
}

/** A count, or a dash when it is not known. */
export function countText(count: number | null, language: Language): string {
  return count === null ? "–" : formatCount(count, language);
}
