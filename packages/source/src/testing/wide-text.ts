import type { WideWords } from "../spread/wide-words.ts";
import { COHORT_TYPES } from "./same-answer-cases.ts";

/** Columns of the simulated cohort that change from wave to wave. */
const SERIES = ["months", "ex_freq", "ex_int", "ex_dur", "ex_index", "pain_vrs", "pain_nrs"] as const;
const WAVES = ["0", "1", "2", "3", "4"] as const;

/** How the cohort is read with one row for each person. */
export const WIDE_COHORT: WideWords = { series: SERIES.map((name) => ({ name })), id: "id", time: "wave" };

/** The text of a cohort with one row for each person, months_0, months_1, …, and the types of its columns. */
export function wideText(text: string): { readonly text: string; readonly types: string } {
  const [header = "", ...lines] = text.trimEnd().split("\n");
  const names = header.split(",");
  const at = (line: string | undefined, name: string) => line?.split(",")[names.indexOf(name)] ?? "";
  const own = names.filter((name) => name !== "wave" && !SERIES.some((each) => each === name));
  const people = new Map<string, string[]>();
  for (const line of lines) people.set(at(line, "id"), [...(people.get(at(line, "id")) ?? []), line]);
  const rows = [...people.values()].map((rows) => {
    const waveRow = (wave: string) => rows.find((line) => at(line, "wave") === wave);
    const series = SERIES.flatMap((name) => WAVES.map((wave) => at(waveRow(wave), name)));
    return [...own.map((name) => at(rows[0], name)), ...series].join(",");
  });
  const typeOf = (name: string) => COHORT_TYPES.split(", ").find((each) => each.startsWith(`${name} `)) ?? "";
  const series = SERIES.flatMap((name) => WAVES.map((wave) => [`${name}_${wave}`, name] as const));
  const types = [
    ...own.map(typeOf),
    ...series.map(([column, name]) => `${column}${typeOf(name).slice(name.length)}`),
  ];
  return {
    text: [[...own, ...series.map(([column]) => column)].join(","), ...rows].join("\n"),
    types: types.join(", "),
  };
}
