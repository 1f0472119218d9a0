import { type Column, createRandom, formulaColumns, type Table } from "@longwave/stats";
import type { Protocol } from "@longwave/study";
import { numberAt, usedRows } from "../flow/used-rows.ts";
import type { SettledModel } from "../plan/alternatives/mixed-model.ts";

/** One person as the model used them. */
export interface ModelPerson {
  /** As the data name them. */
  readonly id: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
  /** The outcome at each wave of the study; null where there is none. */
  readonly answers: readonly (number | null)[];
  /** The plan's moderator; NaN without one. */
  readonly group: number;
}

/** The people whose rows a model used, in the order of the data. */
export function peopleOf(
  protocol: Protocol,
  { data, formula }: Pick<SettledModel, "data" | "formula">,
): readonly ModelPerson[] {
  const { outcome, exposure, wave, person, moderator } = protocol.plan.variables;
  const { table } = data;
  const { columns } = table;
  const { byPerson } = usedRows(table, formulaColumns(formula.replace(/, residual .*$/, "")), person);
  return byPerson.map((rows): ModelPerson => {
    const [first = 0] = rows;
    return {
      id: nameAt(columns[person], first),
      points: rows.map((row) => ({
        x: numberAt(columns[exposure.name], row),
        y: numberAt(columns[outcome.name], row),
      })),
      answers: answersOf(protocol, table, { rows, wave, outcome: outcome.name }),
      group: moderator === undefined ? Number.NaN : numberAt(columns[moderator.name], first),
    };
  });
}

function nameAt(column: Column | undefined, row: number): string {
  if (column?.kind === "factor") return column.levels[column.codes[row] ?? 0] ?? "";
  return String(column?.values[row] ?? "");
}

function answersOf(
  protocol: Protocol,
  { columns }: Table,
  at: { readonly rows: readonly number[]; readonly wave: string; readonly outcome: string },
): readonly (number | null)[] {
  const byWave = new Map(at.rows.map((row) => [numberAt(columns[at.wave], row), row]));
  return protocol.waves.map((_, index) => {
    const row = byWave.get(index + 1);
    const value = row === undefined ? Number.NaN : numberAt(columns[at.outcome], row);
    return Number.isFinite(value) ? value : null;
  });
}

/** At most `most` entries drawn by a seed, in their first order: the same seed draws the same. */
export function seededSample<T>(entries: readonly T[], most: number, seed: number): readonly T[] {
  if (entries.length <= most) return entries;
  const random = createRandom(seed);
  const places = entries.map((_, index) => index);
  for (let index = 0; index < most; index++) {
    const other = index + Math.floor(random.uniform() * (places.length - index));
    const [a = 0, b = 0] = [places[index], places[other]];
    places[index] = b;
    places[other] = a;
  }
  const drawn = new Set(places.slice(0, most));
  return entries.filter((_, index) => drawn.has(index));
}
