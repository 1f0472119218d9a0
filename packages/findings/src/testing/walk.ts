/** Every array inside a value, with the path to it. */
export function arraysIn(value: unknown, path = "$"): readonly { path: string; length: number }[] {
  if (Array.isArray(value)) {
    return [
      { path, length: value.length },
      ...value.flatMap((inner, index) => arraysIn(inner, `${path}[${index}]`)),
    ];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => arraysIn(inner, `${path}.${key}`));
}
