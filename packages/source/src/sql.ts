/** A column name as SQL: quoted, so that any name is only a name. */
export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as an SQL literal. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A path as an SQL literal that names exactly one file: DuckDB would read `*`, `?` and `[` as a pattern. */
export function sqlPath(path: string): string {
  return sqlText(path.replace(/[*?[]/g, (character) => `[${character}]`));
}

/** A number as SQL, to the last bit. */
export function sqlNumber(value: number): string {
  return `cast('${value}' as double precision)`;
}
