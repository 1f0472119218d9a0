import { assemble } from "./assemble.ts";
import type { ForestZone } from "./interval-axis.ts";
import { drawIntervals, type IntervalEntry } from "./interval-rows.ts";
import { type RoleStyle, rowStyles } from "./intervals.ts";
import { notEnough } from "./not-enough.ts";
import { digitsFor, formatInterval, formatNumber } from "./numbers.ts";
import { isWhole } from "./text.ts";
import type { Figure, FigureContext, Interval, Words } from "./types.ts";
import { figureText } from "./words.ts";

/** One way of analysing the same question. */
export interface Specification extends Interval {
  /** What was done otherwise, in words; for the confirmatory analysis, its name. */
  readonly label: string;
  readonly kind: "confirmatory" | "sensitivity" | "exploratory";
  /** Same words of the verdict as the confirmatory analysis; `null` when that cannot be compared. */
  readonly agrees: boolean | null;
  /** When it differs from the unit of the figure, the row is written below the axis, not drawn on it. */
  readonly unit?: string;
  readonly people?: number | null;
}

export interface SpecificationStripData {
  readonly rows: readonly Specification[];
  /** Shaded limits, each labelled in words; any order. */
  readonly zones: readonly ForestZone[];
  readonly lowLabel: string;
  readonly highLabel: string;
  readonly unit: string;
}

/**
 * The same question analysed in several ways: one row each, on one axis with the limits shaded.
 *
 * The planned main analysis is square and comes first; a row that would be told in other words is hollow and says so.
 */
export function specificationStrip(
  data: SpecificationStripData,
  words: Words,
  context: FigureContext,
): Figure {
  const text = figureText(context);
  const id = words.id ?? "specification-strip";
  const columns = [
    text.analysis,
    text.kind,
    text.estimate,
    text.interval,
    text.units,
    text.verdict,
    text.people,
  ];
  const rows = confirmatoryFirst(data.rows.filter(isWhole));
  const onAxis = rows.filter((row) => sameUnit(row, data));
  const table = { columns, rows: rows.map((row) => tableRow(row, data, context)) };
  if (onAxis.length === 0) return notEnough(id, words, table, context);
  const digits = digitsFor(onAxis);
  const entries = rows.map((row) =>
    sameUnit(row, data) ? drawnRow(row, digits, context) : writtenRow(row, context),
  );
  const others = entries.filter((entry) => entry.kind === "text");
  const apart = { kind: "text" as const, label: text.otherUnits, numbers: "" };
  const all = [
    ...entries.filter((entry) => entry.kind === "interval"),
    ...(others.length > 0 ? [apart, ...others] : []),
  ];
  const alt = `${entries.map(sentence).join("; ")}. ${data.unit}.`;
  return assemble({ id, alt, table }, words, (size, caption) =>
    drawIntervals(all, data, { size, context, nameWidth: 320 }, caption),
  );
}

function confirmatoryFirst(rows: readonly Specification[]): readonly Specification[] {
  const isMain = (row: Specification): boolean => row.kind === "confirmatory";
  return [...rows.filter(isMain), ...rows.filter((row) => !isMain(row))];
}

function sameUnit(row: Specification, data: SpecificationStripData): boolean {
  return row.unit === undefined || row.unit === data.unit;
}

function styleOf(row: Specification): RoleStyle {
  if (row.kind === "confirmatory") return rowStyles.everyone;
  return row.agrees === false ? { colour: "mark", shape: "diamond", hollow: true } : rowStyles.plain;
}

function drawnRow(row: Specification, digits: number, context: FigureContext): IntervalEntry {
  const remark = row.agrees === false ? { remark: figureText(context).otherVerdict } : {};
  return {
    kind: "interval",
    label: row.label,
    interval: row,
    numbers: formatInterval(row, digits, context.language),
    style: styleOf(row),
    ink: row.kind === "confirmatory" ? "within" : "ink",
    ...remark,
  };
}

function writtenRow(row: Specification, context: FigureContext): IntervalEntry {
  const other = row.agrees === false ? `, ${figureText(context).otherVerdict}` : "";
  const numbers = `${formatInterval(row, digitsFor([row]), context.language)} ${row.unit ?? ""}${other}`;
  return { kind: "text", label: row.label, numbers };
}

function sentence(entry: IntervalEntry): string {
  if (entry.kind === "heading") return entry.label;
  const remark = entry.kind === "interval" && entry.remark !== undefined ? `, ${entry.remark}` : "";
  return `${entry.label}: ${entry.numbers}${remark}`;
}

function tableRow(
  row: Specification,
  data: SpecificationStripData,
  context: FigureContext,
): readonly (string | number | null)[] {
  const text = figureText(context);
  const digits = digitsFor([row]);
  const number = (value: number): string => formatNumber(value, digits, context.language);
  const verdict = row.agrees === null ? null : row.agrees ? text.sameVerdict : text.otherVerdict;
  return [
    row.label,
    text[row.kind],
    number(row.estimate),
    `${number(row.lower)} ${text.to} ${number(row.upper)}`,
    row.unit ?? data.unit,
    verdict,
    row.people ?? null,
  ];
}
