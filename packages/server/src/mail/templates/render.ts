import type { Language } from "@longwave/api";
import { escapeHtml } from "@longwave/findings";
import type { MessageLine, MessageText } from "./words.ts";

/** A message ready to be put into an envelope: the same words as plain text and as simple HTML. */
export interface RenderedMessage {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The two parts of a message, with the signature under them. */
export function renderMessageText(
  message: MessageText,
  signature: string,
  language: Language,
): RenderedMessage {
  const { subject, lines } = message;
  return {
    subject,
    text: `${lines.map(plainLine).join("\n\n")}\n\n${signature}\n`,
    html: `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>
<body style="font-family:sans-serif;font-size:16px;line-height:1.5;max-width:34em">
${lines.map(htmlLine).join("\n")}
<p style="font-size:14px">${escapeHtml(signature)}</p>
</body></html>
`,
  };
}

function plainLine(line: MessageLine): string {
  return line.kind === "link" ? `${line.label}:\n${line.address}` : line.text;
}

function htmlLine(line: MessageLine): string {
  switch (line.kind) {
    case "words":
      return `<p>${escapeHtml(line.text)}</p>`;
    case "link":
      return `<p><a href="${escapeHtml(line.address)}">${escapeHtml(line.label)}</a></p>`;
    case "code":
      return `<p style="font-size:28px;letter-spacing:2px"><b>${escapeHtml(line.text)}</b></p>`;
  }
}
