import { SourceError } from "./errors.ts";
import { nearestName } from "./nearest-name.ts";
import type { ColumnDescription, FitRequest } from "./source.ts";

const NAMES_SHOWN = 30;

/** A sentence that helps to find the right column: the nearest name, then the names there are. */
function suggestColumn(name: string, names: readonly string[]): string {
  const nearest = nearestName(name, names);
  const waves = names.filter((each) => each.startsWith(name) && /^[_.]?w?-?\d/.test(each.slice(name.length)));
  const hint =
    waves.length > 1
      ? `${waves[0]} and ${waves[1]} are in one row for each person: add --wide ${name}. `
      : nearest === undefined
        ? ""
        : `Did you mean "${nearest}"? `;
  const more = names.length > NAMES_SHOWN ? `, and ${names.length - NAMES_SHOWN} more` : "";
  return `${hint}The columns are: ${names.slice(0, NAMES_SHOWN).join(", ")}${more}.`;
}

/** The words of a --where text that can be column names: `names in backticks`, and words outside quoted text. */
function wordsOfWhere(where: string): string[] {
  const plain = where.replace(/'[^']*'|"[^"]*"/g, " ");
  const backticked = Array.from(plain.matchAll(/`([^`]+)`/g), (match) => match[1] ?? "");
  const words = plain.replace(/`[^`]*`/g, " ").match(/[\p{L}_.][\p{L}\p{N}_.]*/gu) ?? [];
  return [...backticked, ...words.filter((word) => !["and", "or", "not"].includes(word))];
}

/**
 * The columns to read for a request, each once: those asked for, and those its `where` names.
 *
 * @throws SourceError `source.unknown-column`, naming the nearest one; `source.column-kind` for a column that
 *   is neither number, text nor date.
 */
export function requestedColumns(
  sourceName: string,
  columns: readonly ColumnDescription[],
  request: FitRequest,
): readonly ColumnDescription[] {
  const wanted = [...new Set([...request.columns, ...wordsOfWhere(request.where ?? "")])];
  return wanted.map((name) => {
    const column = columns.find((candidate) => candidate.name === name);
    if (column === undefined) {
      const names = columns.map((candidate) => candidate.name);
      throw new SourceError(
        "source.unknown-column",
        `Expected a column called "${name}" in ${sourceName}; there is none. ${suggestColumn(name, names)}`,
      );
    }
    if (column.kind === "other") {
      throw new SourceError(
        "source.column-kind",
        `Expected numbers, text or dates in column "${name}" of ${sourceName}; found nested or binary values. Write the part you need to a column of its own.`,
      );
    }
    return column;
  });
}
