import type { Kysely } from "kysely";
import type { Tables } from "../schema.ts";

/** Answers know how they came and who entered them, and forms can be typed twice. */
export async function createStaffEntry(db: Kysely<Tables>): Promise<void> {
  for (const column of ["mode", "entered_by", "reason"])
    await db.schema.alterTable("answer").addColumn(column, "text").execute();
  await db.schema
    .createTable("double_entry")
    .addColumn("study", "text", (c) => c.notNull().references("study.id"))
    .addColumn("person", "text", (c) => c.notNull())
    .addColumn("wave", "text", (c) => c.notNull())
    .addColumn("first_by", "text", (c) => c.notNull())
    .addColumn("asked_at", "bigint", (c) => c.notNull())
    .addColumn("second_by", "text")
    .addColumn("second_at", "bigint")
    .addColumn("answers", "text")
    .addPrimaryKeyConstraint("double_entry_key", ["study", "person", "wave"])
    .execute();
  await db.schema
    .createTable("entry_difference")
    .addColumn("study", "text", (c) => c.notNull().references("study.id"))
    .addColumn("person", "text", (c) => c.notNull())
    .addColumn("wave", "text", (c) => c.notNull())
    .addColumn("item", "text", (c) => c.notNull())
    .addColumn("first_answer", "text")
    .addColumn("took", "text")
    .addColumn("settled_by", "text")
    .addColumn("settled_at", "bigint")
    .addColumn("reason", "text")
    .addPrimaryKeyConstraint("entry_difference_key", ["study", "person", "wave", "item"])
    .execute();
}
