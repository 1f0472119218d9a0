import { type Condition, type Operand, parseWhere } from "@longwave/stats";
import type { Relation } from "../relation.ts";
import { sqlText } from "../sql.ts";
import type { SqlEngine } from "../sql-engine.ts";
import { columnNamed, valueSql } from "./facts.ts";

/** Text is compared by code point, as everywhere here, and not by the language of the database. */
function operandSql(operand: Operand, relation: Relation, dialect: SqlEngine["dialect"]): string {
  const byCodePoint = (sql: string) => (dialect === "postgres" ? `(${sql}) collate "C"` : sql);
  if (operand.kind === "number") return `cast('${operand.value}' as double precision)`;
  if (operand.kind === "text") return byCodePoint(sqlText(operand.value));
  const sql = valueSql(relation, operand.name);
  return columnNamed(relation, operand.name).kind === "text" ? byCodePoint(sql) : sql;
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
export function filteredRelation(relation: Relation, where: string, dialect: SqlEngine["dialect"]): Relation {
  const condition = parseWhere(where, (name) =>
    columnNamed(relation, name).kind === "text" ? "text" : "number",
  );
  return {
    ...relation,
    from: `(select * from ${relation.from} where ${conditionSql(condition, relation, dialect)}) as kept`,
  };
}
