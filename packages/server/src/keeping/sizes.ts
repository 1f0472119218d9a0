import SQLite from "better-sqlite3";
import type { StudySize } from "./manifest.ts";

/**
 * How many people each study of a database has and how many answers it has written, the erased among both: neither
 * can fall, so that an erasure never hides a loss.
 */
export function studySizes(path: string): readonly StudySize[] {
  const database = new SQLite(path, { fileMustExist: true });
  try {
    return database
      .prepare<[], StudySize>(
        `select s.id as id,
          (select count(*) from person p where p.study = s.id) as people, s.last_seq as answers, s.erasure_seq as erased
        from study s order by s.created_at, s.id`,
      )
      .all();
  } finally {
    database.close();
  }
}

/** Whether a database holds anything that only its keys open; one of before there were keys does not. */
export function isSealed(path: string): boolean {
  const database = new SQLite(path, { fileMustExist: true });
  try {
    const columns = database.prepare("select name from pragma_table_info('answer')").pluck().all();
    if (!columns.includes("sealed")) return false;
    const found = database.prepare(
      `select exists (select 1 from person_contact where sealed = 1)
        or exists (select 1 from answer where sealed = 1 and payload <> '')`,
    );
    return found.pluck().get() === 1;
  } finally {
    database.close();
  }
}

/** A study that would have fewer people or answers after a restore than it has now. */
export interface Shrinking {
  readonly id: string;
  readonly now: Pick<StudySize, "people" | "answers">;
  readonly backup: Pick<StudySize, "people" | "answers">;
}

const nothing = { people: 0, answers: 0 };

/** The studies that a restore would make smaller. */
export function shrinkingStudies(
  now: readonly StudySize[],
  backup: readonly StudySize[],
): readonly Shrinking[] {
  return now.flatMap(({ id, people, answers }) => {
    const kept = backup.find((study) => study.id === id) ?? nothing;
    if (kept.people >= people && kept.answers >= answers) return [];
    return [{ id, now: { people, answers }, backup: { people: kept.people, answers: kept.answers } }];
  });
}
