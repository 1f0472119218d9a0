import { FindingsError } from "../errors.ts";
import type { Finding, Language, PublicationDraft } from "../publication/types.ts";
import { lintCausal } from "../words/lint-causal.ts";

/** A text this package wrote, with the place it stands in. */
interface GeneratedText {
  readonly place: string;
  readonly text: string;
}

/**
 * Refuses a publication whose generated words claim that one thing acts on another. Words people wrote
 * (titles, claims, reasons) are not generated: those are warned about where they are edited.
 *
 * @throws FindingsError `findings.causal-wording`
 */
export function requireCarefulWords(draft: CheckedParts, language: Language): void {
  for (const { place, text } of generatedTexts(draft)) {
    const [first] = lintCausal(text, language);
    if (!first) continue;
    throw new FindingsError(
      "findings.causal-wording",
      `Expected words of association in ${place}; found "${first.word}" in "${text}". Say what went together instead.`,
    );
  }
}

type CheckedParts = Pick<PublicationDraft, "answer" | "findings" | "figures" | "methods" | "lagComparison">;

function generatedTexts(draft: CheckedParts): readonly GeneratedText[] {
  return [
    { place: "the short answer", text: draft.answer.lead },
    { place: "the caution", text: draft.answer.caution },
    ...draft.findings.flatMap(findingTexts),
    ...draft.figures.flatMap(({ id, title, reading, alt, note }) =>
      [title, reading, alt, note].map((text) => ({ place: `figure ${id}`, text })),
    ),
    ...(draft.lagComparison?.rows ?? []).map(({ model, reason }) => ({
      place: `why ${model} differs`,
      text: reason,
    })),
    ...(draft.lagComparison?.notes ?? []).map((text) => ({ place: "the comparison of lags", text })),
    ...draft.methods.flatMap(({ title, paragraphs }) =>
      paragraphs.map((text) => ({ place: `methods, ${title}`, text })),
    ),
  ];
}

function findingTexts(finding: Finding): readonly GeneratedText[] {
  // Why a model was not fitted may quote the engine; its words are not about people.
  const why = finding.rule === "not_fitted" ? "" : finding.sureWhy;
  const texts = [finding.verdict, finding.sentence, why, finding.estimate?.text ?? ""];
  return texts.map((text) => ({ place: `finding ${finding.id}`, text }));
}
