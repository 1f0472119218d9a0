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

/** `−0.13 to −0.10`, with as many decimals as the ends need. */
export function rangeText(
  lower: number,
  upper: number,
  reader: { text: PageText; language: Language },
): string {
  const width = Math.abs(upper - lower);
  const digits = width > 0 ? Math.min(5, Math.max(1, 1 - Math.floor(Math.log10(width)))) : 2;
  const [from, to] = [lower, upper].map((value) => formatNumber(value, digits, reader.language));
  return `${from} ${reader.text.numbers.to} ${to}`;
}

/** A count, or a dash when it is not known. */
export function countText(count: number | null, language: Language): string {
  return count === null ? "–" : formatCount(count, language);
}
