import { csvText, type Dataset, type Protocol } from "@longwave/study";
import { replicationTexts } from "./script.ts";

/**
 * The person-wave rows as the plan's models read them, as CSV: who, which wave, and the columns the models name, with
 * derived variables computed. It holds people's answers, so it never goes into a bundle.
 */
export function replicationRows(protocol: Protocol, dataset: Dataset): string {
  const { person, wave } = protocol.plan.variables;
  const words = replicationTexts(protocol).flatMap((text) => text.match(/[A-Za-z_][A-Za-z0-9_.]*/g) ?? []);
  const named = new Set([person, wave, ...words]);
  const columns = dataset.personWave.columns.filter(({ name }) => named.has(name));
  const rows = Array.from({ length: dataset.personWave.nrows }, (_, row) =>
    columns.map(({ values }) => values[row] ?? null),
  );
  return csvText(
    columns.map(({ name }) => name),
    rows,
  );
}
