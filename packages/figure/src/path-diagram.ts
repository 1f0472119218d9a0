import { assemble } from "./assemble.ts";
import { notEnough } from "./not-enough.ts";
import { digitsFor, formatInterval, formatNumber } from "./numbers.ts";
import { compactDiagrams, wideDiagram } from "./path-drawing.ts";
import {
  type DiagramText,
  drawnInterval,
  type PathDiagramData,
  type PathGroup,
  pathKeys,
  pathName,
} from "./path-text.ts";
import { pictureText } from "./svg.ts";
import { isWhole } from "./text.ts";
import type { Figure, FigureContext, Interval, Words } from "./types.ts";
import { type FigureText, figureText } from "./words.ts";

/**
 * Two series over time, folded into one step: what each value is followed by, with every number on its arrow.
 *
 * An arrow says which wave comes first; it is dashed when its 95 % interval holds zero.
 */
export function pathDiagram(data: PathDiagramData, words: Words, context: FigureContext): Figure {
  const id = words.id ?? "path-diagram";
  const fixed = figureText(context);
  const columns = [fixed.group, fixed.arrow, fixed.units, fixed.estimate, fixed.interval];
  const groups = data.groups.filter((group) => pathKeys.every((key) => isWhole(drawnInterval(group[key]))));
  if (groups.length === 0) return notEnough(id, words, { columns, rows: [] }, context);
  const shown = { ...data, groups };
  const text = diagramText(shown, fixed, context);
  const table = { columns, rows: groups.flatMap((group) => tableRows(group, shown, context)) };
  const alt = groups.map((group) => groupSentence(group, text)).join(" ");
  return assemble({ id, alt, table }, words, (size, caption) => {
    const [group] = groups;
    const parts =
      size === "wide" && groups.length === 1 && group !== undefined
        ? [wideDiagram(group, text, context)]
        : compactDiagrams(groups, size, { text, context });
    const height = Math.max(...parts.map((part) => part.y + part.height));
    return pictureText(parts, { ...caption, width: size === "wide" ? 900 : 340, height });
  });
}

function diagramText(data: PathDiagramData, fixed: FigureText, context: FigureContext): DiagramText {
  const paths = data.groups.flatMap((group) => pathKeys.map((key) => group[key]));
  const mainDigits = digitsFor(paths.map(drawnInterval));
  const rawDigits = digitsFor(paths.map((path) => path.raw));
  const written = (interval: Interval, digits: number): string =>
    formatInterval(interval, digits, context.language);
  return {
    data,
    fixed,
    main: (path) => written(drawnInterval(path), mainDigits),
    raw: (path) => (path.standardised === undefined ? undefined : written(path.raw, rawDigits)),
    together: (interval) => written(interval, 2),
  };
}

function groupSentence(group: PathGroup, text: DiagramText): string {
  const { fixed, data } = text;
  const parts = pathKeys.map((key) => {
    const raw = text.raw(group[key]);
    const units = raw === undefined ? fixed.original : `${fixed.standard}, ${raw} ${fixed.original}`;
    return `${pathName(key, data, fixed)}: ${text.main(group[key])} ${units}`;
  });
  if (group.together !== undefined) parts.push(`${fixed.sameWave}: ${text.together(group.together)}`);
  return `${group.label === "" ? "" : `${group.label}. `}${parts.join("; ")}.`;
}

function tableRows(group: PathGroup, data: PathDiagramData, context: FigureContext): Figure["table"]["rows"] {
  const fixed = figureText(context);
  const cells = (name: string, units: string, interval: Interval): readonly string[] => {
    const digits = digitsFor([interval]);
    const number = (value: number): string => formatNumber(value, digits, context.language);
    const range = `${number(interval.lower)} ${fixed.to} ${number(interval.upper)}`;
    return [group.label, name, units, number(interval.estimate), range];
  };
  const rows = pathKeys.flatMap((key) => {
    const name = pathName(key, data, fixed);
    const { raw, standardised } = group[key];
    const original = cells(name, fixed.original, raw);
    return standardised === undefined ? [original] : [original, cells(name, fixed.standard, standardised)];
  });
  const { together } = group;
  return together === undefined ? rows : [...rows, cells(fixed.sameWave, fixed.correlation, together)];
}
