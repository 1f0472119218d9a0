import { type Condition, type Operand, parseWhere } from "@longwave/stats";
import { SourceError } from "../errors.ts";
import type { Relation } from "../relation.ts";
import type { RowChoice } from "../source.ts";
import { isSpread, type SpreadRelation } from "../spread/spread.ts";
import { sqlText } from "../sql.ts";
import type { SqlEngine } from "../sql-engine.ts";
import { columnNamed, valueSql } from "./facts.ts";

function operandSql(operand: Operand, relation: Relation, dialect: SqlEngine["dialect"]): string {
  if (operand.kind === "number") return `cast('${operand.value}' as double precision)`;
  if (operand.kind === "column") return valueSql(relation, operand.name);
  // Text is compared by code point, as everywhere here, and not by the language of the database.
  return dialect === "postgres" ? `${sqlText(operand.value)} collate "C"` : sqlText(operand.value);
}

function conditionSql(condition: Condition, relation: Relation, dialect: SqlEngine["dialect"]): string {
  switch (condition.kind) {
    case "comparison": {
      const [left, right] = [condition.left, condition.right].map((side) =>
        operandSql(side, relation, dialect),
      );
      return `(${left} ${condition.operator === "!=" ? "<>" : condition.operator} ${right})`;
    }
    case "not":
      return `(not ${conditionSql(condition.of, relation, dialect)})`;
    case "and":
    case "or":
      return `(${condition.of.map((one) => conditionSql(one, relation, dialect)).join(` ${condition.kind} `)})`;
  }
}

/** The rows of a relation for which a filter is true; SQL's unknown is that of `filterTable`. */
function filteredRelation(relation: Relation, where: string, dialect: SqlEngine["dialect"]): Relation {
  const condition = parseWhere(where, (name) =>
    columnNamed(relation, name).kind === "text" ? "text" : "number",
  );
  if (isSpread(relation)) {
    const kept: SpreadRelation = { ...relation, kept: (at) => conditionSql(condition, at, dialect) };
    return kept;
  }
  return {
    ...relation,
    from: `(select * from ${relation.from} where ${conditionSql(condition, relation, dialect)}) as kept`,
  };
}

/** One row for each person and wave; rows without either stay. */
function onceRelation(relation: Relation, { id, time, keep }: NonNullable<RowChoice["once"]>): Relation {
  const [who, when] = [valueSql(relation, id), valueSql(relation, time)];
  const order = keep === "first" ? "asc" : "desc";
  return {
    ...relation,
    from: `(select * from (
      select *, row_number() over (partition by ${who}, ${when} order by longwave_row ${order}) as longwave_turn
      from (select *, row_number() over () as longwave_row from ${relation.from}) as numbered) as turns
    where longwave_turn = 1 or ${who} is null or ${when} is null order by longwave_row) as once`,
  };
}

/**
 * The rows of a relation that a request uses: those of its filter, then one for each person and wave.
 *
 * @throws SourceError `source.wide` for one of several rows in wide data; `source.no-order` where the rows of a table have no order to keep the first of.
 */
export function chosenRelation(
  whole: Relation,
  { where, once }: RowChoice,
  dialect: SqlEngine["dialect"],
): Relation {
  const kept = where === undefined ? whole : filteredRelation(whole, where, dialect);
  if (once === undefined) return kept;
  if (isSpread(whole)) {
    throw new SourceError(
      "source.wide",
      `Expected long data with --on-duplicate ${once.keep}; found ${whole.name} with one row for each person. Leave it out.`,
    );
  }
  if (dialect === "duckdb") return onceRelation(kept, once);
  throw new SourceError(
    "source.no-order",
    `Expected a file, whose rows have an order, with --on-duplicate ${once.keep}; found ${whole.name}, a table of a database. Make a view that keeps the row you mean, and name that.`,
  );
}
