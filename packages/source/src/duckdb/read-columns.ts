import type { DuckDBVector } from "@duckdb/node-api";
import { type Column, createTable, factorColumn, type Table } from "@longwave/stats";
import { notFinite } from "../errors.ts";
import type { Relation, RelationColumn } from "../relation.ts";
import type { Database } from "./database.ts";

/** A column being filled from chunks. */
interface Filling {
  take(vector: DuckDBVector, start: number): void;
  column(): Column;
}

/**
 * The given columns of a relation as typed arrays, rows in the order of the file.
 *
 * @throws SourceError `source.not-finite` for an infinite number.
 */
export async function readColumns(
  database: Database,
  relation: Relation,
  columns: readonly RelationColumn[],
): Promise<Table> {
  if (columns.length === 0) return { nrows: relation.nrows, columns: {} };
  const expressions = columns.map((column) => column.sql).join(", ");
  const filling = columns.map((column) =>
    column.kind === "text" ? fillFactor(relation.nrows) : fillNumbers(relation.nrows, column.name),
  );
  const { nrows } = relation;
  let read = 0;
  await database.watch(
    { doing: "reading the rows", size: { amount: nrows, unit: "rows" } },
    async () => {
      for await (const chunk of database.chunks(`select ${expressions} from ${relation.from}`)) {
        filling.forEach((column, index) => {
          column.take(chunk.getColumnVector(index), read);
        });
        read += chunk.rowCount;
      }
    },
    () => read / nrows,
  );
  return createTable(
    Object.fromEntries(columns.map((column, index) => [column.name, (filling[index] as Filling).column()])),
  );
}

function fillNumbers(nrows: number, name: string): Filling {
  const values = new Float64Array(nrows);
  const missing = new Uint8Array(nrows);
  return {
    take(vector, start) {
      for (let row = 0; row < vector.itemCount; row++) {
        const value = vector.getItem(row) as number | null;
        if (value === null || Number.isNaN(value)) {
          values[start + row] = Number.NaN;
          missing[start + row] = 1;
        } else if (Number.isFinite(value)) values[start + row] = value;
        else throw notFinite(name, start + row);
      }
    },
    column: () => ({ kind: "numeric", values, missing }),
  };
}

/** Levels are collected as they come and put in code-point order at the end, whatever the order of the rows. */
function fillFactor(nrows: number): Filling {
  const codes = new Int32Array(nrows);
  const missing = new Uint8Array(nrows);
  const seen = new Map<string, number>();
  return {
    take(vector, start) {
      for (let row = 0; row < vector.itemCount; row++) {
        const value = vector.getItem(row) as string | null;
        if (value === null) {
          missing[start + row] = 1;
          continue;
        }
        const known = seen.get(value);
        codes[start + row] = known ?? seen.size;
        if (known === undefined) seen.set(value, seen.size);
      }
    },
    column() {
      const { levels } = factorColumn([...seen.keys()]);
      const rank = new Map(levels.map((level, index) => [level, index]));
      const newCode = Int32Array.from(seen.keys(), (level) => rank.get(level) ?? 0);
      for (let row = 0; row < nrows; row++)
        if (missing[row] === 0) codes[row] = newCode[codes[row] ?? 0] ?? 0;
      return { kind: "factor", codes, levels, missing };
    },
  };
}
