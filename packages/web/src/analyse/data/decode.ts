/** The text of a file, and the name by which R knows its encoding; null for plain UTF-8. */
export interface FileText {
  readonly text: string;
  readonly encoding: "UTF-8-BOM" | "UTF-16" | "windows-1252" | null;
}

/**
 * The text in the bytes of a file.
 *
 * Spreadsheets save as UTF-8 with a mark, as UTF-16, or in the old encoding of Windows: what is not UTF-8 is read
 * as that, so that names keep their letters.
 */
export function decode(bytes: ArrayBuffer): FileText {
  const [first, second, third] = new Uint8Array(bytes.slice(0, 3));
  if (first === 0xff && second === 0xfe)
    return { text: new TextDecoder("utf-16le").decode(bytes), encoding: "UTF-16" };
  const marked = first === 0xef && second === 0xbb && third === 0xbf;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { text, encoding: marked ? "UTF-8-BOM" : null };
  } catch {
    return { text: new TextDecoder("windows-1252").decode(bytes), encoding: "windows-1252" };
  }
}
