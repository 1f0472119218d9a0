import type { FigureLanguage } from "./types.ts";

interface Interval {
  readonly estimate: number;
  readonly lower: number;
  readonly upper: number;
}

/** A whole number with a separator for thousands: `6,419`, in Norwegian with a space. */
export function formatCount(count: number, language: FigureLanguage = "en"): string {
  const separator = language === "nb" ? "\u00a0" : ",";
  return Math.round(count)
    .toString()
    .replace(/\B(?=(\d{3})+(?!\d))/g, separator);
}

/** A number with a true minus sign and `digits` decimals; never "−0.00". */
export function formatNumber(value: number, digits: number, language: FigureLanguage = "en"): string {
  if (!Number.isFinite(value)) return "–";
  const fixed = Math.abs(value).toFixed(digits);
  const sign = value < 0 && Number(fixed) !== 0 ? "\u2212" : "";
  return sign + (language === "nb" ? fixed.replace(".", ",") : fixed);
}

/** Decimals that let both ends of an interval be told apart: two at least, four at most. */
export function digitsFor(rows: readonly Interval[]): number {
  const halfWidths = rows.map((row) => (row.upper - row.lower) / 2).filter((width) => width > 0);
  if (halfWidths.length === 0) return 2;
  const needed = Math.ceil(-Math.log10(Math.min(...halfWidths)));
  return Math.min(4, Math.max(2, needed));
}

/** `−0.11 (−0.13 to −0.10)`. */
export function formatInterval(row: Interval, digits: number, language: FigureLanguage = "en"): string {
  const [estimate, lower, upper] = [row.estimate, row.lower, row.upper].map((value) =>
    formatNumber(value, digits, language),
  );
  return `${estimate} (${lower} ${language === "nb" ? "til" : "to"} ${upper})`;
}

/** A signed axis tick: `+0.5`, `0`, `−0.5`, without needless zeros. */
export function formatTick(
  value: number,
  options: { signed?: boolean; language?: FigureLanguage } = {},
): string {
  const rounded = Number(value.toPrecision(6));
  const text = Math.abs(rounded).toString();
  const sign = rounded < 0 ? "\u2212" : options.signed === true && rounded > 0 ? "+" : "";
  return sign + (options.language === "nb" ? text.replace(".", ",") : text);
}

/** Three to five round tick values inside a range, always the same for the same range. */
export function fewTicks(range: readonly [number, number], wanted = 4): readonly number[] {
  const span = range[1] - range[0];
  if (!(span > 0)) return [];
  const rough = span / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 3, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10) * power;
  const first = Math.ceil(range[0] / step - 1e-9);
  const last = Math.floor(range[1] / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}
