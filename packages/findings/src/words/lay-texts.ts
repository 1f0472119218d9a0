import type { Publication } from "../publication/types.ts";

/**
 * What a lay reader meets first on a page of findings: question, answer, caution, and of every finding its verdict, its
 * sentence and how sure it is. What stands in brackets there, such as a p-value, is for whoever wants it and left out.
 */
export function layTexts(publication: Pick<Publication, "study" | "answer" | "findings">): readonly string[] {
  const { study, answer, findings } = publication;
  return [
    study.question,
    answer.lead,
    answer.caution,
    ...findings.flatMap(({ verdict, sentence, sureWhy }) => [verdict, sentence, sureWhy]),
  ].map((text) => text.replace(/\s*\([^)]*\)/g, ""));
}
