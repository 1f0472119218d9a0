import { SourceError } from "../errors.ts";
import { nearestName } from "../nearest-name.ts";
import { LARGEST_EXACT, type Relation, type RelationColumn } from "../relation.ts";
import { sqlName, sqlText } from "../sql.ts";
import type { TableAddress } from "./address.ts";
import type { PostgresSession } from "./session.ts";

const NUMBERS = /^(smallint|integer|bigint|real|double precision|numeric|decimal)/;
const WIDE = /^(bigint|numeric|decimal)/;
const DATES = /^(date|timestamp)/;
const TEXTS = /^(text|character|uuid|citext|name)/;

interface TypedColumn {
  readonly name: string;
  readonly type: string;
  readonly isEnum: boolean;
}

/** The table's name as SQL: a schema and a name, each quoted. */
export function tableSql(table: string): string {
  return table.split(".").map(sqlName).join(".");
}

async function typedColumns(session: PostgresSession, { table }: TableAddress): Promise<TypedColumn[]> {
  const rows = await session.rows(
    `select a.attname, format_type(a.atttypid, null), t.typtype = 'e' from pg_attribute a
       join pg_type t on t.oid = a.atttypid
     where a.attrelid = to_regclass(${sqlText(tableSql(table))}) and a.attnum > 0 and not a.attisdropped
     order by a.attnum`,
  );
  return rows.map(([name, type, isEnum]) => ({
    name: String(name),
    type: String(type),
    isEnum: isEnum === true,
  }));
}

async function noTable(session: PostgresSession, address: TableAddress): Promise<SourceError> {
  const rows = await session.rows(
    `select case when table_schema = 'public' then table_name else table_schema || '.' || table_name end
     from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema') order by 1 limit 200`,
  );
  const names = rows.map(([name]) => String(name));
  const nearest = nearestName(address.table, names);
  const hint = nearest === undefined ? "" : ` Did you mean "${nearest}"?`;
  const listed = names.length === 0 ? "none that this user sees" : names.slice(0, 20).join(", ");
  return new SourceError(
    "source.no-table",
    `Expected a table or view called "${address.table}" in ${address.shown}; there is none.${hint} The tables are: ${listed}.`,
  );
}

function described({ name, type, isEnum }: TypedColumn, isLabel: boolean): RelationColumn {
  const sql = sqlName(name);
  // By code point, as everywhere here: a table may say that texts which differ in capitals are equal.
  if (TEXTS.test(type) || isEnum || isLabel)
    return { name, kind: "text", sql: `(cast(${sql} as text) collate "C")` };
  if (NUMBERS.test(type)) return { name, kind: "number", sql: `cast(${sql} as double precision)` };
  if (type === "boolean")
    return { name, kind: "number", sql: `cast(cast(${sql} as integer) as double precision)` };
  if (DATES.test(type))
    return { name, kind: "date", sql: `cast(extract(epoch from ${sql}) / 86400 as double precision)` };
  return { name, kind: "other", sql };
}

/**
 * A table or view as a relation; its own types decide. Whole numbers too large for a double are labels.
 *
 * @throws SourceError `source.no-table`, `source.no-rights`, `source.header-only`
 */
export async function tableRelation(session: PostgresSession, address: TableAddress): Promise<Relation> {
  const columns = await typedColumns(session, address);
  if (columns.length === 0) throw await noTable(session, address);
  const from = tableSql(address.table);
  const wide = columns.filter(({ type }) => WIDE.test(type));
  const questions = wide.map(
    ({ name }) => `, coalesce(max(abs(${sqlName(name)})) > ${LARGEST_EXACT}, false)`,
  );
  const [[count, ...tooLarge] = []] = await session.rows(
    `select count(*)${questions.join("")} from ${from}`,
    {
      doing: "counting the rows",
    },
  );
  const nrows = Number(count);
  if (nrows === 0) {
    throw new SourceError(
      "source.header-only",
      `Expected rows; ${address.shown} has none. Check that the data have been loaded.`,
    );
  }
  const labels = new Set(wide.filter((_, at) => tooLarge[at] === true).map(({ name }) => name));
  return {
    name: address.shown,
    from,
    nrows,
    columns: columns.map((column) => described(column, labels.has(column.name))),
  };
}
