import type { DocumentBlock, DocumentTable, ReportDocument } from "./types.ts";

/** A document as Markdown. Words of a study's text or of a file stay words: no mark of theirs is taken for markup. */
export function documentMarkdown(document: ReportDocument): string {
  const tags = document.tags.map((tag) => `**${plain(tag)}**`).join(" · ");
  const parts = [
    `# ${plain(document.title)}`,
    ...(tags === "" ? [] : [tags]),
    ...document.lead.map(plain),
    ...document.sections.flatMap(({ title, blocks }) => [`## ${plain(title)}`, ...blocks.map(blockText)]),
  ];
  return `${parts.join("\n\n")}\n`;
}

function blockText(block: DocumentBlock): string {
  switch (block.kind) {
    case "text":
      return plain(block.text);
    case "list":
      return block.items.map((item) => `- ${plain(item)}`).join("\n");
    case "code":
      return ["```", ...block.lines, "```"].join("\n");
    case "table":
      return tableText(block);
  }
}

function tableText({ name, head, rows, words = [] }: DocumentTable): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => plain(cell).replaceAll("|", "\\|")).join(" | ")} |`;
  const rule = head.map((_, place) => (place === 0 || words.includes(place) ? "---" : "---:"));
  return [`**${plain(name)}**`, "", line(head), `| ${rule.join(" | ")} |`, ...rows.map(line)].join("\n");
}

function plain(words: string): string {
  return words.replace(/[\\`*[\]<>]/g, "\\$&").replace(/\s*\n\s*/g, " ");
}
