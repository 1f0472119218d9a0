/**
 * What a reader typed as plain text: lines end in one way, and there are no signs that cannot be seen, which would
 * break a feed (XML 1.0, section 2.2) or turn the words around them (bidirectional overrides).
 */
export function plainText(typed: string): string {
  return typed
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{Cc}\n\t]|[^\P{Cf}\u200c\u200d]|\p{Cs}/gu, "")
    .trim();
}

/** Plain text on one line: a name, a kind. */
export function plainLine(typed: string): string {
  return plainText(typed).replace(/\s+/g, " ");
}
