import type { Table } from "@longwave/stats";
import type { Choices } from "./choices.ts";

/** More distinct times than this enter as a straight line instead of one level for each. */
const MOST_WAVES_AS_FACTOR = 12;

/** A column's name as formulas read it: in backticks unless it is a plain word. */
export function inFormula(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_.]*$/.test(name) ? name : `\`${name}\``;
}

/** How many different times the rows have. */
export function countTimes(table: Table, time: string): number {
  const column = table.columns[time];
  if (column === undefined) return 0;
  const values = column.kind === "numeric" ? column.values : column.codes;
  return new Set([...values].filter((_, row) => column.missing[row] === 0)).size;
}

/** The within-between model of the choices, in the words of `longwave fit`; `byGroup` lets its slopes differ. */
export function modelFormula(table: Table, choices: Choices, byGroup: boolean): string {
  const [outcome, exposure, person] = [choices.outcome, choices.exposure, choices.person].map(inFormula);
  const slopes = `within(${exposure}) + between(${exposure})`;
  const right = [slopes];
  if (choices.group !== "") {
    const group = groupTerm(table, choices.group);
    right.splice(0, 1, byGroup ? `(${slopes}) * ${group}` : `${slopes} + ${group}`);
  }
  const time = timeTerm(table, choices.time);
  if (time !== null) right.push(time);
  return `${outcome} ~ ${right.join(" + ")} + (1 | ${person})`;
}

/** Groups written as numbers are groups all the same. */
function groupTerm(table: Table, group: string): string {
  const name = inFormula(group);
  return table.columns[group]?.kind === "numeric" ? `factor(${name})` : name;
}

function timeTerm(table: Table, time: string): string | null {
  const times = countTimes(table, time);
  if (times < 2) return null;
  return times <= MOST_WAVES_AS_FACTOR ? `factor(${inFormula(time)})` : inFormula(time);
}
