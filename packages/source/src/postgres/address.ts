import { SourceError } from "../errors.ts";

/** A table of a PostgreSQL database: how to connect, and which table. */
export interface TableAddress {
  /** The address without the table, as the driver takes it; it may hold a password. */
  readonly connection: string;
  readonly table: string;
  /** A view of sums (`sums=NAME`), in place of the table. */
  readonly sums?: string;
  /** The same for people: host, database and table, never a password. */
  readonly shown: string;
}

/** True for the address of a PostgreSQL database, as opposed to the path of a file. */
export function isPostgresAddress(text: string): boolean {
  return /^postgres(ql)?:\/\//i.test(text);
}

/**
 * Reads `postgres://host/database?table=schema.table`.
 *
 * @throws SourceError `source.database-address`
 */
export function readTableAddress(text: string): TableAddress {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const sums = url?.searchParams.get("sums") ?? "";
  const table = sums === "" ? (url?.searchParams.get("table") ?? "") : sums;
  if (url === undefined || table === "") {
    throw new SourceError(
      "source.database-address",
      `Expected an address such as postgres://localhost/study?table=person_wave; found ${url === undefined ? "one that cannot be read" : "one without table="}. Name the table or view that has one row for each person and wave.`,
    );
  }
  url.searchParams.delete("table");
  url.searchParams.delete("sums");
  const place = `${url.hostname}${url.pathname}`;
  if (sums !== "") return { connection: url.href, table, sums, shown: place };
  return { connection: url.href, table, shown: `${table} in ${place}` };
}
