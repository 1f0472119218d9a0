import type { DatasetSummary, StudySummary } from "./types.ts";

/**
 * How to cite a publication, as a sentence and as BibTeX. The year is that of the locked plan; without a
 * lock there is no year, since this package has no clock.
 */
export function citationOf(
  study: StudySummary,
  dataset: DatasetSummary,
  lockedAt: number | undefined,
): { readonly text: string; readonly bibtex: string } {
  const year = lockedAt === undefined ? undefined : new Date(lockedAt).getUTCFullYear();
  const title = study.simulated ? `${study.title} (simulated people)` : study.title;
  const version = `Protocol ${study.id}, version ${study.protocolVersion}`;
  const data = `Data ${dataset.hash.slice(0, 16)}`;
  const text = `Longwave${year === undefined ? "" : ` (${year})`}. ${title}. ${version}. ${data}.`;
  const fields = [
    "  author = {{Longwave}}",
    `  title = {${title.replaceAll(/[{}]/g, "")}}`,
    ...(year === undefined ? [] : [`  year = {${year}}`]),
    `  note = {${version}. ${data}}`,
  ];
  const key = `longwave-${study.id}-${dataset.hash.slice(0, 8)}`;
  return { text, bibtex: `@misc{${key},\n${fields.join(",\n")}\n}\n` };
}
