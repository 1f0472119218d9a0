/** HTML that is already safe to put into a page. */
export interface Html {
  readonly kind: "html";
  readonly text: string;
}

/** What may stand inside `html`: text is escaped, lists are joined, nothing is written for absent or false. */
export type Part = Html | string | number | false | null | undefined | readonly Part[];

/** Text made safe for HTML content and for quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/'/g, "&#39;");
}

/** HTML from a template: every value is escaped unless it is HTML itself. Attribute values must be quoted. */
export function html(strings: TemplateStringsArray, ...values: readonly Part[]): Html {
  const text = strings
    .map((string, index) => string + (index < values.length ? partText(values[index]) : ""))
    .join("");
  return { kind: "html", text };
}

/** Text that is known to be HTML: our own SVG and style sheets, never a reader's or a file's words. */
export function trusted(text: string): Html {
  return { kind: "html", text };
}

/** A link target that can only be a page, a file or an address: other schemes become `#`. */
export function safeAddress(address: string): string {
  const scheme = /^\s*([a-z][a-z0-9+.-]*):/i.exec(address)?.[1]?.toLowerCase();
  const allowed = scheme === undefined || scheme === "https" || scheme === "http" || scheme === "mailto";
  return allowed || address.startsWith("data:image/svg+xml,") ? address : "#";
}

function partText(part: Part): string {
  if (part === undefined || part === null || part === false) return "";
  if (typeof part === "string") return escapeHtml(part);
  if (typeof part === "number") return String(part);
  if (isList(part)) return part.map(partText).join("");
  return part.text;
}

function isList(part: Part): part is readonly Part[] {
  return Array.isArray(part);
}
