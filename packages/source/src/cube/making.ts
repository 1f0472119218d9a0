import type { Database } from "../duckdb/database.ts";
import { SourceError } from "../errors.ts";
import { valueSql } from "../panel/facts.ts";
import type { Relation, RelationColumn } from "../relation.ts";
import type { RowChoice } from "../source.ts";
import { sqlNumber } from "../sql.ts";

/** What a cube is to be made of. */
export interface CubeRequest extends Pick<RowChoice, "once"> {
  /** The columns that name the person and the wave. */
  readonly id: string;
  readonly time: string;
  /** Columns to keep; all by default. */
  readonly columns?: readonly string[];
  /** Where it is written. */
  readonly out: string;
}

/** The refusal of data that make no cube. */
export function refuse(name: string, found: string, fix: string): SourceError {
  return new SourceError(
    "source.cube",
    `Expected data with one row for each person and wave to make a cube of; found ${found} in ${name}. ${fix}`,
  );
}

/** A cube being made. */
export interface Making {
  readonly database: Database;
  readonly relation: Relation;
  readonly request: CubeRequest;
  /** The columns besides person and wave. */
  readonly columns: readonly RelationColumn[];
}

/** What somebody who waits is told. */
export const MAKING = { doing: "putting each person in a row" } as const;

/** Whose row it is, at which wave, and the values, under names of our own. */
export function rowsSql(
  { relation, request, columns }: Making,
  waves: readonly number[],
  limit = "",
): string {
  const when = valueSql(relation, request.time);
  const place = waves.map((wave, at) => `when ${when} = ${sqlNumber(wave)} then ${at}`);
  const values = columns.map(({ name }, c) => `${valueSql(relation, name)} as x${c}`);
  const read = [
    `${valueSql(relation, request.id)} as who`,
    `case ${place.join(" ")} end as place`,
    ...values,
  ];
  return `(select ${read.join(", ")} from ${relation.from} where ${valueSql(relation, request.id)} is not null${limit}) as read`;
}
