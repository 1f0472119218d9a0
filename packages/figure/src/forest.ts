import { assemble } from "./assemble.ts";
import type { ForestZone } from "./interval-axis.ts";
import { drawIntervals, type IntervalEntry } from "./interval-rows.ts";
import { rowStyles } from "./intervals.ts";
import { notEnough } from "./not-enough.ts";
import { digitsFor, formatInterval, formatNumber } from "./numbers.ts";
import { formatP, isWhole } from "./text.ts";
import type { Figure, FigureContext, ForestRow, Words } from "./types.ts";
import { figureText } from "./words.ts";

/** Rows under one heading, for example those by age, with the p-value of the interaction. */
export interface ForestSection {
  readonly label: string;
  readonly rows: readonly ForestRow[];
  readonly interactionP?: number;
  /** The same p after allowing for all sections. */
  readonly adjustedP?: number;
}

export interface ForestData {
  readonly rows: readonly ForestRow[];
  /** Drawn under `rows`, in order. */
  readonly sections?: readonly ForestSection[];
  /** Shaded limits, each labelled in words; any order. */
  readonly zones: readonly ForestZone[];
  /** What left of zero means, for example "less pain". */
  readonly lowLabel: string;
  readonly highLabel: string;
  readonly unit: string;
}

/** One interval a row on one axis, with the limits shaded and the numbers written beside each row. */
export function forest(data: ForestData, words: Words, context: FigureContext): Figure {
  const text = figureText(context);
  const id = words.id ?? "forest";
  const sections = wholeSections(data);
  const rows = sections.flatMap((section) => section.rows);
  const grouped = data.sections !== undefined;
  const counted = rows.some(({ people }) => people !== undefined);
  const columns = [
    ...(grouped ? [text.comparison] : []),
    text.group,
    `${text.estimate} (${data.unit})`,
    text.interval,
    ...(counted ? [text.people] : []),
    ...(grouped ? [text.interaction] : []),
  ];
  if (rows.length === 0) return notEnough(id, words, { columns, rows: [] }, context);
  const digits = digitsFor(rows);
  const alt = `${sections.map((section) => sentence(section, digits, context)).join(". ")}. ${data.unit}.`;
  const cells = sections.flatMap((section) =>
    tableRows(section, digits, context).map(([name = null, people = null, p = null, ...rest]) => [
      ...(grouped ? [name] : []),
      ...rest,
      ...(counted ? [people] : []),
      ...(grouped ? [p] : []),
    ]),
  );
  const entries = sections.flatMap((section) => sectionEntries(section, digits, context));
  return assemble({ id, alt, table: { columns, rows: cells } }, words, (size, caption) =>
    drawIntervals(entries, data, { size, context, nameWidth: 190 }, caption),
  );
}

/** The rows without a heading first, then the sections; rows whose interval could not be computed are left out. */
function wholeSections(data: ForestData): readonly ForestSection[] {
  return [{ label: "", rows: data.rows }, ...(data.sections ?? [])]
    .map((section) => ({ ...section, rows: section.rows.filter(isWhole) }))
    .filter((section) => section.rows.length > 0);
}

function interaction(section: ForestSection, context: FigureContext): string | undefined {
  const text = pText(section, context);
  return text === null ? undefined : `${figureText(context).interaction} ${text}`;
}

/** As it is drawn, where there is little room: the adjusted p as a bare number in brackets. */
function drawnInteraction(section: ForestSection, context: FigureContext): string | undefined {
  const { adjustedP, ...own } = section;
  const text = interaction(own, context);
  if (text === undefined || adjustedP === undefined) return text;
  return `${text} (${formatP(adjustedP, context.language).replace(/^p (= )?/, "")})`;
}

/** "p = 0.048", with the adjusted one in brackets where there is one. */
function pText({ interactionP, adjustedP }: ForestSection, context: FigureContext): string | null {
  if (interactionP === undefined) return null;
  const own = formatP(interactionP, context.language);
  if (adjustedP === undefined) return own;
  return `${own} (${figureText(context).adjusted} ${formatP(adjustedP, context.language)})`;
}

function sentence(section: ForestSection, digits: number, context: FigureContext): string {
  const rows = section.rows.map((row) => `${row.label} ${formatInterval(row, digits, context.language)}`);
  const heading = [section.label, interaction(section, context)].filter(
    (part) => part !== undefined && part !== "",
  );
  return `${heading.length === 0 ? "" : `${heading.join(", ")}: `}${rows.join("; ")}`;
}

function sectionEntries(
  section: ForestSection,
  digits: number,
  context: FigureContext,
): readonly IntervalEntry[] {
  const remark = drawnInteraction(section, context);
  const heading = {
    kind: "heading" as const,
    label: section.label,
    ...(remark === undefined ? {} : { remark }),
  };
  const rows = section.rows.map((row) => ({
    kind: "interval" as const,
    label: row.label,
    interval: row,
    numbers: formatInterval(row, digits, context.language),
    style: rowStyles[row.role],
    ink: row.role === "plain" ? ("ink" as const) : rowStyles[row.role].colour,
  }));
  return section.label === "" ? rows : [heading, ...rows];
}

/** Heading, people and p, then what every table has: name, estimate and interval. */
function tableRows(section: ForestSection, digits: number, context: FigureContext): Figure["table"]["rows"] {
  const { to } = figureText(context);
  const number = (value: number): string => formatNumber(value, digits, context.language);
  const p = pText(section, context);
  return section.rows.map((row, index) => [
    section.label,
    row.people ?? null,
    index === 0 ? p : null,
    row.label,
    number(row.estimate),
    `${number(row.lower)} ${to} ${number(row.upper)}`,
  ]);
}
