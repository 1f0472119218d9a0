/** What `JSON.stringify` may not see: numbers that JSON has no word for become null, typed arrays become arrays. */
function plain(_key: string, value: unknown): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) return null;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return Array.from(value as Float64Array);
  return value;
}

/** A value as JSON text: keys in their order, NaN and infinities as null, typed arrays as arrays. */
export function encodeJson(value: unknown, options: { readonly indent?: number } = {}): string {
  return JSON.stringify(value, plain, options.indent) ?? "null";
}
