import { assemble } from "./assemble.ts";
import type { ForestZone } from "./interval-axis.ts";
import { drawIntervals, type IntervalEntry } from "./interval-rows.ts";
import { notEnough } from "./not-enough.ts";
import { digitsFor, formatCount, formatInterval, formatNumber } from "./numbers.ts";
import { isWhole } from "./text.ts";
import type { Figure, FigureContext, Interval, Words } from "./types.ts";
import { figureText } from "./words.ts";

/** Change over a session of one type, over a matched time of rest in the same people, and their difference. */
export interface SessionType {
  readonly label: string;
  readonly session: Interval & { readonly count: number };
  readonly rest: Interval & { readonly count: number };
  readonly difference: Interval;
}

export interface SessionsAgainstRestData {
  readonly types: readonly SessionType[];
  readonly zones: readonly ForestZone[];
  readonly lowLabel: string;
  readonly highLabel: string;
  readonly unit: string;
}

const styles = {
  session: { colour: "within", shape: "circle" },
  rest: { colour: "between", shape: "square" },
  difference: { colour: "ink", shape: "diamond" },
} as const;

/**
 * Change over a session beside change over a matched rest in the same people, by type of session, and their difference.
 *
 * Only the difference may be read as a comparison: change over a session alone holds regression to the mean.
 */
export function sessionsAgainstRest(
  data: SessionsAgainstRestData,
  words: Words,
  context: FigureContext,
): Figure {
  const text = figureText(context);
  const id = words.id ?? "sessions-against-rest";
  const columns = [text.group, text.what, `${text.estimate} (${data.unit})`, text.interval, text.times];
  const types = data.types.filter((type) => [type.session, type.rest, type.difference].every(isWhole));
  if (types.length === 0) return notEnough(id, words, { columns, rows: [] }, context);
  const digits = digitsFor(types.map((type) => type.difference));
  const entries = types.flatMap((type) => typeEntries(type, digits, context));
  const alt = `${types.map((type) => sentence(type, digits, context)).join(" ")} ${data.unit}.`;
  const rows = types.flatMap((type) => tableRows(type, digits, context));
  return assemble({ id, alt, table: { columns, rows } }, words, (size, caption) =>
    drawIntervals(entries, data, { size, context, nameWidth: 210 }, caption),
  );
}

function lines(
  type: SessionType,
  context: FigureContext,
): readonly { key: keyof typeof styles; label: string; interval: Interval; count: number | null }[] {
  const text = figureText(context);
  const times = (count: number): string => `${formatCount(count, context.language)} ${text.times}`;
  const { session, rest, difference } = type;
  return [
    {
      key: "session",
      label: `${text.session}, ${times(session.count)}`,
      interval: session,
      count: session.count,
    },
    { key: "rest", label: `${text.rest}, ${times(rest.count)}`, interval: rest, count: rest.count },
    { key: "difference", label: text.difference, interval: difference, count: null },
  ];
}

function typeEntries(type: SessionType, digits: number, context: FigureContext): readonly IntervalEntry[] {
  const rows = lines(type, context).map(({ key, label, interval }) => ({
    kind: "interval" as const,
    label,
    interval,
    numbers: formatInterval(interval, digits, context.language),
    style: styles[key],
    ink: styles[key].colour,
  }));
  return [{ kind: "heading", label: type.label }, ...rows];
}

function sentence(type: SessionType, digits: number, context: FigureContext): string {
  const parts = lines(type, context).map(
    ({ label, interval }) => `${label} ${formatInterval(interval, digits, context.language)}`,
  );
  return `${type.label}: ${parts.join("; ")}.`;
}

function tableRows(type: SessionType, digits: number, context: FigureContext): Figure["table"]["rows"] {
  const text = figureText(context);
  const number = (value: number): string => formatNumber(value, digits, context.language);
  return lines(type, context).map(({ key, interval, count }) => [
    type.label,
    text[key],
    number(interval.estimate),
    `${number(interval.lower)} ${text.to} ${number(interval.upper)}`,
    count,
  ]);
}
