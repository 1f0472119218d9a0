import type { DatasetSummary, Language, StudySummary } from "./types.ts";

/**
 * How to cite a publication, as a sentence and as BibTeX. Its authors are whoever the study text names as its contact.
 * The year is that of the locked plan; without a lock there is no year, since this package has no clock.
 */
export function citationOf(
  study: StudySummary,
  dataset: DatasetSummary,
  { lockedAt, language }: { readonly lockedAt: number | undefined; readonly language: Language },
): { readonly text: string; readonly bibtex: string } {
  const year = lockedAt === undefined ? undefined : new Date(lockedAt).getUTCFullYear();
  const { name } = contactOf(study);
  const title = citedTitle(study, language);
  const version = `Protocol ${study.id}, version ${study.protocolVersion}`;
  const data = `Data ${dataset.hash.slice(0, 16)}`;
  const text = `${name}${year === undefined ? "" : ` (${year})`}. ${title}. ${version}. ${data}. Longwave.`;
  const fields = [
    `  author = {{${latexText(name)}}}`,
    `  title = {${latexText(title)}}`,
    ...(year === undefined ? [] : [`  year = {${year}}`]),
    "  howpublished = {Longwave}",
    `  note = {${latexText(`${version}. ${data}`)}}`,
  ];
  const key = `longwave-${study.id}-${dataset.hash.slice(0, 8)}`;
  return { text, bibtex: `@misc{${key},\n${fields.join(",\n")}\n}\n` };
}

const simulatedMark: Readonly<Record<Language, string>> = {
  en: "(simulated people)",
  nb: "(simulerte personer)",
};

/** The title of a study as it is cited: simulated people are said to be. */
export function citedTitle(study: StudySummary, language: Language): string {
  const mark = simulatedMark[language];
  return study.simulated && !study.title.includes(mark) ? `${study.title} ${mark}` : study.title;
}

/** Name and address of the study's contact, which a bundle keeps as one line. */
export function contactOf({ contact }: StudySummary): { readonly name: string; readonly email?: string } {
  const at = contact.lastIndexOf(", ");
  const email = contact.slice(at + 2);
  return at > 0 && email.includes("@") ? { name: contact.slice(0, at), email } : { name: contact };
}

/** Text for a BibTeX field: no braces of its own, and no signs that LaTeX reads as commands. */
function latexText(text: string): string {
  return text.replaceAll(/[{}\\]/g, "").replaceAll(/[&%$#_]/g, "\\$&");
}
