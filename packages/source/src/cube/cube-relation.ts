import { SourceError } from "../errors.ts";
import type { RelationColumn } from "../relation.ts";
import type { SpreadRelation } from "../spread/spread.ts";
import { sqlName, sqlPath } from "../sql.ts";
import type { ParquetFooter } from "./footer.ts";
import { readKeptSums } from "./kept-sums.ts";
import { type CubeNotes, checkFresh, MASK } from "./notes.ts";

function columnSql(name: string, kind: "number" | "text" | "date"): string {
  return `cast(${sqlName(name)} as ${kind === "text" ? "varchar" : "double"})`;
}

/**
 * A cube as a relation: what would have to be asked of the data stands in its notes.
 *
 * @throws SourceError `source.cube` where it is older than its data or lacks a column
 */
export async function cubeRelation(
  footer: ParquetFooter,
  path: string,
  notes: CubeNotes,
): Promise<SpreadRelation> {
  await checkFresh(notes, path);
  const from = `read_parquet(${sqlPath(path)}, hive_partitioning=false)`;
  const idKind = footer.columns.get(notes.id)?.isText ? "text" : "number";
  const own = notes.columns.flatMap(({ name, kind, at }) =>
    (at ?? [name]).map((each) => ({ name: each, kind })),
  );
  const stored = [
    { name: notes.id, kind: idKind } as const,
    { name: MASK, kind: "number" } as const,
    ...own,
  ].map(({ name, kind }): RelationColumn => ({ name, kind, sql: columnSql(name, kind) }));
  const lost = stored.find(({ name }) => !footer.columns.has(name));
  if (lost !== undefined) {
    throw new SourceError(
      "source.cube",
      `Expected the column "${lost.name}" that ${path} says it has; found none. Make the cube again with longwave cube.`,
    );
  }
  const described = notes.columns.map(
    ({ name, kind, missing }): RelationColumn => ({
      ...{ name, kind, missing, sql: columnSql(name, kind) },
      isExact: true, // NaN became missing when it was made
    }),
  );
  const { id, time, waves } = notes;
  return {
    name: path,
    from,
    nrows: notes.people,
    stored,
    columns: [
      { name: id, kind: idKind, missing: 0, sql: columnSql(id, idKind) },
      { name: time, kind: "number", missing: 0, sql: "null" },
      ...described,
    ],
    spread: {
      ...{ id, time, waves, mask: MASK },
      series: Object.fromEntries(
        notes.columns.flatMap(({ name, at }) => (at === undefined ? [] : [[name, at]])),
      ),
    },
    sums: async () => readKeptSums(footer, path),
    known: {
      nrows: notes.rows,
      columns: Object.fromEntries(notes.columns.map(({ name, facts }) => [name, facts])),
    },
  };
}
