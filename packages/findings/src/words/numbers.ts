import type { Language } from "../publication/types.ts";

const MINUS = "\u2212";

/** A number with a true minus sign and as many decimals as its size needs (2; 3 under 0.05; 1 from 10). */
export function numberText(value: number, language: Language, decimals: number = decimalsFor(value)): string {
  const rounded = Math.abs(value).toFixed(decimals);
  const sign = value < 0 && Number(rounded) !== 0 ? MINUS : "";
  return sign + (language === "nb" ? rounded.replace(".", ",") : rounded);
}

/** Decimals for an estimate: enough for two figures, never more than three. */
export function decimalsFor(value: number): number {
  const size = Math.abs(value);
  if (size >= 10) return 1;
  return size < 0.05 ? 3 : 2;
}

/** A limit of the plan, as it was written there. */
export function limitText(value: number, language: Language): string {
  return language === "nb" ? String(value).replace(".", ",") : String(value);
}

/** A whole number with its thousands set apart. */
export function countText(count: number, language: Language): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, language === "nb" ? "\u00a0" : ",");
}

/** "-0.11 (-0.13 to -0.10)", all with the decimals of the estimate. */
export function intervalText(
  interval: { readonly value: number; readonly lower: number; readonly upper: number },
  language: Language,
): string {
  const decimals = decimalsFor(interval.value);
  const [value, lower, upper] = [interval.value, interval.lower, interval.upper].map((number) =>
    numberText(number, language, decimals),
  );
  return `${value} (${lower} ${language === "nb" ? "til" : "to"} ${upper})`;
}

/** A p-value as papers print it. */
export function pValueText(pValue: number): string {
  return pValue < 0.001 ? "p < .001" : `p = ${pValue.toFixed(3).replace(/^0/, "")}`;
}
