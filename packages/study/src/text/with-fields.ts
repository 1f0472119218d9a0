import { isMap, isNode, isScalar, parseDocument } from "yaml";

/**
 * The text with these top fields changed and every other character as it was: comments, order and spaces stay.
 * A field that is not there, or is no single value, is left out.
 */
export function withFields(text: string, fields: Readonly<Record<string, string>>): string {
  const { contents } = parseDocument(text);
  if (!isMap(contents)) return text;
  const spots = contents.items.flatMap(({ key, value }) => {
    const field = isScalar(key) ? fields[String(key.value)] : undefined;
    const [from, to] = isNode(value) && isScalar(value) ? (value.range ?? []) : [];
    return field === undefined || from === undefined || to === undefined ? [] : [{ from, to, field }];
  });
  return spots
    .sort((a, b) => b.from - a.from)
    .reduce((changed, { from, to, field }) => changed.slice(0, from) + field + changed.slice(to), text);
}
