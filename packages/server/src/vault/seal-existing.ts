import type { Kysely } from "kysely";
import type { Store } from "../store/open.ts";
import { presentIds } from "../store/queries/people.ts";
import { sealContacts, sealPayload } from "../store/queries/sealed.ts";
import { takeStudy } from "../store/queries/studies.ts";
import type { Tables } from "../store/schema.ts";
import { PERSONAL_TABLES, scrub } from "../store/scrub.ts";
import { vaultOf } from "./carry.ts";

/** Written down beside the migrations when nothing is left in the clear, in the files neither. */
const DONE = "0013-all-sealed";
const AT_ONCE = 1000;

/**
 * Gives everyone in a store of before a key and seals what it holds in the clear, in batches: each row says whether it
 * is sealed, so a server that stops in between goes on at its next start.
 */
export async function sealExisting(store: Store, now: number): Promise<void> {
  const { db } = store;
  if (await isAllSealed(db)) return;
  for (const { id } of await db.selectFrom("study").select("id").orderBy("id").execute()) {
    await giveKeys(db, id);
    while (await sealContactsOf(db, id));
    await sealAnswersOf(db, id);
  }
  // While a reader stands in the way the log of the database still holds the clear text: the next start tries again.
  if (!(await scrub(store, PERSONAL_TABLES))) return;
  await db
    .insertInto("migration")
    .values({ name: DONE, applied_at: now })
    .onConflict((conflict) => conflict.column("name").doNothing())
    .execute();
}

/** Whether everyone in a store has a key and nothing is left in the clear. */
export async function isAllSealed(db: Kysely<Tables>): Promise<boolean> {
  const done = await db.selectFrom("migration").select("name").where("name", "=", DONE).executeTakeFirst();
  return done !== undefined;
}

/** Who has neither name nor answer yet needs a key too, for the answers to come. */
async function giveKeys(db: Kysely<Tables>, study: string): Promise<void> {
  await vaultOf(db).makeKeys(study, await presentIds(db, study));
}

/** Seals some contacts, and says whether there were any. Holds the study's row, so that nobody is erased meanwhile. */
function sealContactsOf(db: Kysely<Tables>, study: string): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    await takeStudy(trx, study);
    const rows = await trx
      .selectFrom("person_contact")
      .select(["person", "name", "email", "phone"])
      .where("study", "=", study)
      .where("sealed", "=", 0)
      .limit(AT_ONCE)
      .execute();
    if (rows.length === 0) return false;
    await trx
      .insertInto("person_contact")
      .values(await sealContacts(trx, study, rows))
      .onConflict((conflict) =>
        conflict.columns(["study", "person"]).doUpdateSet((eb) => ({
          name: eb.ref("excluded.name"),
          email: eb.ref("excluded.email"),
          email_index: eb.ref("excluded.email_index"),
          sealed: 1,
        })),
      )
      .execute();
    return true;
  });
}

async function sealAnswersOf(db: Kysely<Tables>, study: string): Promise<void> {
  for (let after = -1; ; ) {
    const rows = await db
      .selectFrom("answer")
      .selectAll()
      .where("study", "=", study)
      .where("seq", ">", after)
      .where("sealed", "=", 0)
      .orderBy("seq")
      .limit(AT_ONCE)
      .execute();
    if (rows.length === 0) return;
    const keys = await vaultOf(db).keysOf(
      study,
      rows.map(({ person }) => person),
    );
    const sealed = rows.flatMap((row) => {
      const key = keys.get(row.person);
      return key ? [{ ...row, payload: sealPayload(key, row, row.payload), sealed: 1 }] : [];
    });
    // The place of who has been erased since they were read is marked as sealed, and stays as it is.
    if (sealed.length > 0)
      await db
        .insertInto("answer")
        .values(sealed)
        .onConflict((conflict) =>
          conflict
            .columns(["study", "seq"])
            .doUpdateSet((eb) => ({ payload: eb.ref("excluded.payload"), sealed: 1 }))
            .where("answer.sealed", "=", 0),
        )
        .execute();
    after = rows.at(-1)?.seq ?? after;
  }
}
