import type { PanelAtom } from "@longwave/stats/from-sums";
import type { Relation } from "../relation.ts";
import { sqlNumber, sqlText } from "../sql.ts";
import { columnNamed } from "./facts.ts";

/** An atom's number, where its column's value is `sql`. */
export function atomSql({ code, column }: PanelAtom, relation: Relation, sql: string): string {
  if (code.kind === "number") {
    const shifted = code.shift === 0 ? sql : `(${sql} - ${sqlNumber(code.shift)})`;
    return code.scale === 1 ? shifted : `${shifted} / ${sqlNumber(code.scale)}`;
  }
  const level =
    columnNamed(relation, column).kind === "text" ? sqlText(code.level) : sqlNumber(Number(code.level));
  return `case when ${sql} = ${level} then ${sqlNumber(1)} when ${sql} is not null then ${sqlNumber(0)} end`;
}
