import type { StudyTemplate } from "@longwave/api";
import { readProtocol } from "@longwave/study/text";

/** Study texts to begin from, each described by its own first comment. */
export function describeTemplates(texts: readonly string[]): readonly StudyTemplate[] {
  return texts.map((text) => {
    const { id, title } = readProtocol(text, "template.yaml");
    return { id, title: title.en, about: firstComment(text), text };
  });
}

/** The first line of a text when it is a comment: `# Two waves: …` gives "Two waves: …". */
function firstComment(text: string): string {
  return /^#\s*(.+)/.exec(text)?.[1]?.trim() ?? "";
}
