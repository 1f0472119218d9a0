import type { CreateTableBuilder, Kysely } from "kysely";
import type { Tables } from "../schema.ts";

/** Creates the tables of the spine. */
export async function createSpine(db: Kysely<Tables>): Promise<void> {
  for (const table of [...studyTables(db), ...answerTables(db), ...outcomeTables(db)]) await table.execute();
  await db.schema.createIndex("person_token").unique().on("person").column("token_hash").execute();
  await db.schema.createIndex("answer_id").unique().on("answer").columns(["study", "id"]).execute();
  await db.schema
    .createIndex("answer_person_wave")
    .on("answer")
    .columns(["study", "person", "wave", "item"])
    .execute();
  await db.schema.createIndex("consent_person").on("consent").columns(["study", "person"]).execute();
  await db.schema.createIndex("run_study").on("run").columns(["study", "started_at"]).execute();
}

type AnyTable = CreateTableBuilder<string, string>;

function studyTables(db: Kysely<Tables>): readonly AnyTable[] {
  const study = db.schema
    .createTable("study")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("title", "text", (c) => c.notNull())
    .addColumn("protocol_id", "text", (c) => c.notNull())
    .addColumn("protocol_version", "text", (c) => c.notNull())
    .addColumn("protocol_hash", "text", (c) => c.notNull())
    .addColumn("protocol_text", "text", (c) => c.notNull())
    .addColumn("phase", "text", (c) => c.notNull())
    .addColumn("simulated", "integer", (c) => c.notNull())
    .addColumn("try_it", "integer", (c) => c.notNull())
    .addColumn("last_seq", "bigint", (c) => c.notNull())
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .addColumn("locked_at", "bigint");
  const person = db.schema
    .createTable("person")
    .addColumn("study", "text", (c) => c.notNull().references("study.id"))
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("number", "integer", (c) => c.notNull())
    .addColumn("epoch", "integer", (c) => c.notNull())
    .addColumn("token_hash", "text")
    .addColumn("invited_at", "bigint", (c) => c.notNull())
    .addColumn("enrolled_at", "bigint")
    .addColumn("time_zone", "text")
    .addColumn("language", "text")
    .addPrimaryKeyConstraint("person_key", ["study", "id"])
    .addUniqueConstraint("person_number", ["study", "number"]);
  const contact = db.schema
    .createTable("person_contact")
    .addColumn("study", "text", (c) => c.notNull())
    .addColumn("person", "text", (c) => c.notNull())
    .addColumn("name", "text")
    .addColumn("email", "text")
    .addPrimaryKeyConstraint("person_contact_key", ["study", "person"]);
  const visit = db.schema
    .createTable("visit")
    .addColumn("token_hash", "text", (c) => c.primaryKey())
    .addColumn("study", "text", (c) => c.notNull())
    .addColumn("person", "text", (c) => c.notNull())
    .addColumn("epoch", "integer", (c) => c.notNull())
    .addColumn("expires_at", "bigint", (c) => c.notNull());
  return [study, person, contact, visit] as unknown as readonly AnyTable[];
}

function answerTables(db: Kysely<Tables>): readonly AnyTable[] {
  const consentForm = db.schema
    .createTable("consent_form")
    .addColumn("hash", "text", (c) => c.primaryKey())
    .addColumn("text", "text", (c) => c.notNull());
  const consent = db.schema
    .createTable("consent")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("study", "text", (c) => c.notNull())
    .addColumn("person", "text", (c) => c.notNull())
    .addColumn("version", "integer", (c) => c.notNull())
    .addColumn("language", "text", (c) => c.notNull())
    .addColumn("form_hash", "text", (c) => c.notNull().references("consent_form.hash"))
    .addColumn("ticks", "text", (c) => c.notNull())
    .addColumn("given_at", "bigint", (c) => c.notNull());
  const answer = db.schema
    .createTable("answer")
    .addColumn("study", "text", (c) => c.notNull())
    .addColumn("seq", "bigint", (c) => c.notNull())
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("person", "text", (c) => c.notNull())
    .addColumn("wave", "text", (c) => c.notNull())
    .addColumn("item", "text", (c) => c.notNull())
    .addColumn("payload", "text", (c) => c.notNull())
    .addColumn("answered_at", "bigint", (c) => c.notNull())
    .addColumn("received_at", "bigint", (c) => c.notNull())
    .addColumn("replaces", "text")
    .addPrimaryKeyConstraint("answer_key", ["study", "seq"]);
  const progress = db.schema
    .createTable("wave_progress")
    .addColumn("study", "text", (c) => c.notNull())
    .addColumn("person", "text", (c) => c.notNull())
    .addColumn("wave", "text", (c) => c.notNull())
    .addColumn("finished_at", "bigint", (c) => c.notNull())
    .addPrimaryKeyConstraint("wave_progress_key", ["study", "person", "wave"]);
  return [consentForm, consent, answer, progress] as unknown as readonly AnyTable[];
}

function outcomeTables(db: Kysely<Tables>): readonly AnyTable[] {
  const signature = db.schema
    .createTable("lock_signature")
    .addColumn("study", "text", (c) => c.notNull())
    .addColumn("staff", "text", (c) => c.notNull())
    .addColumn("email", "text", (c) => c.notNull())
    .addColumn("signed_at", "bigint", (c) => c.notNull())
    .addPrimaryKeyConstraint("lock_signature_key", ["study", "staff"]);
  const run = db.schema
    .createTable("run")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("study", "text", (c) => c.notNull())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("state", "text", (c) => c.notNull())
    .addColumn("done", "integer", (c) => c.notNull())
    .addColumn("total", "integer", (c) => c.notNull())
    .addColumn("doing", "text", (c) => c.notNull())
    .addColumn("up_to_seq", "bigint", (c) => c.notNull())
    .addColumn("seed", "integer", (c) => c.notNull())
    .addColumn("requested_by", "text", (c) => c.notNull())
    .addColumn("started_at", "bigint", (c) => c.notNull())
    .addColumn("finished_at", "bigint")
    .addColumn("problem", "text")
    .addColumn("report", "text")
    .addColumn("draft", "text");
  const publication = db.schema
    .createTable("publication")
    .addColumn("study", "text", (c) => c.notNull())
    .addColumn("hash", "text", (c) => c.notNull())
    .addColumn("number", "integer", (c) => c.notNull())
    .addColumn("run", "text", (c) => c.notNull())
    .addColumn("published_at", "bigint", (c) => c.notNull())
    .addColumn("published_by", "text", (c) => c.notNull())
    .addColumn("replaces", "text")
    .addColumn("bundle", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("publication_key", ["study", "hash"])
    .addUniqueConstraint("publication_number", ["study", "number"]);
  const audit = db.schema
    .createTable("audit")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("at", "bigint", (c) => c.notNull())
    .addColumn("study", "text")
    .addColumn("actor", "text", (c) => c.notNull())
    .addColumn("action", "text", (c) => c.notNull())
    .addColumn("detail", "text", (c) => c.notNull());
  return [signature, run, publication, audit] as unknown as readonly AnyTable[];
}
