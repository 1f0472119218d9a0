import { type Kysely, sql } from "kysely";
import { createSpine } from "./migrations/0001-spine.ts";
import { addRunHeartbeat } from "./migrations/0002-run-heartbeat.ts";
import { createDiscussion } from "./migrations/0003-discussion.ts";
import { addRunRecord } from "./migrations/0004-runs-and-deviations.ts";
import { createReleases } from "./migrations/0005-releases.ts";
import { createMail } from "./migrations/0006-mail.ts";
import { createOwnRecord } from "./migrations/0007-own-record.ts";
import { indexCommentParents } from "./migrations/0008-comment-parent.ts";
import { chainAudit } from "./migrations/0009-audit-chain.ts";
import { createDepartures } from "./migrations/0009-departures.ts";
import { createErasureRequests } from "./migrations/0009-erasure-requests.ts";
import { createContacts } from "./migrations/0010-contacts.ts";
import { createRoles } from "./migrations/0011-roles.ts";
import { createSessions } from "./migrations/0012-sessions.ts";
import { addSealing } from "./migrations/0013-sealed.ts";
import { createLetters } from "./migrations/0014-letters.ts";
import { createVersions } from "./migrations/0015-versions.ts";
import { createStaffEntry } from "./migrations/0016-staff-entry.ts";
import { createInbox } from "./migrations/0017-inbox.ts";
import { createOpenLink } from "./migrations/0017-open-link.ts";
import { createPasskeys } from "./migrations/0019-passkeys.ts";
import { markReturnedMail } from "./migrations/0019-returned-mail.ts";
import { createContactChanges } from "./migrations/0020-contact-changes.ts";
import { tellConsents } from "./migrations/0021-consents.ts";
import { createDataQueries } from "./migrations/0022-data-queries.ts";
import { createImports } from "./migrations/0023-imports.ts";
import type { Tables } from "./schema.ts";

interface Migration {
  readonly name: string;
  readonly up: (db: Kysely<Tables>, now: number, engine: "sqlite" | "postgres") => Promise<void>;
}

/** In the order in which they are carried out; a released one is never changed, only followed. */
const migrations: readonly Migration[] = [
  { name: "0001-spine", up: createSpine },
  { name: "0002-run-heartbeat", up: addRunHeartbeat },
  { name: "0003-discussion", up: createDiscussion },
  { name: "0004-runs-and-deviations", up: addRunRecord },
  { name: "0005-releases", up: createReleases },
  { name: "0006-mail", up: createMail },
  { name: "0007-own-record", up: createOwnRecord },
  { name: "0008-comment-parent", up: indexCommentParents },
  { name: "0009-departures", up: createDepartures },
  { name: "0009-erasure-requests", up: createErasureRequests },
  { name: "0009-audit-chain", up: chainAudit },
  { name: "0010-contacts", up: createContacts },
  { name: "0011-roles", up: createRoles },
  { name: "0012-sessions", up: createSessions },
  { name: "0013-sealed", up: addSealing },
  { name: "0014-letters", up: createLetters },
  { name: "0015-versions", up: createVersions },
  { name: "0016-staff-entry", up: createStaffEntry },
  { name: "0017-open-link", up: createOpenLink },
  { name: "0019-passkeys", up: createPasskeys },
  { name: "0019-returned-mail", up: markReturnedMail },
  { name: "0021-consents", up: tellConsents },
  { name: "0017-inbox", up: createInbox },
  { name: "0020-contact-changes", up: createContactChanges },
  { name: "0022-data-queries", up: createDataQueries },
  { name: "0023-imports", up: createImports },
];

/**
 * Brings the tables up to date: all migrations that are missing, or none. Forward only.
 *
 * @param engine  PostgreSQL takes an advisory lock, so that two servers starting together do not both migrate.
 */
export async function migrate(db: Kysely<Tables>, engine: "sqlite" | "postgres", now: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    if (engine === "postgres") await sql`select pg_advisory_xact_lock(4040)`.execute(trx);
    await trx.schema
      .createTable("migration")
      .ifNotExists()
      .addColumn("name", "text", (column) => column.primaryKey())
      .addColumn("applied_at", "bigint", (column) => column.notNull())
      .execute();
    const rows = await trx.selectFrom("migration").select("name").execute();
    const done = new Set(rows.map(({ name }) => name));
    for (const { name, up } of migrations.filter((each) => !done.has(each.name))) {
      await up(trx, now, engine);
      await trx.insertInto("migration").values({ name, applied_at: now }).execute();
    }
  });
}
