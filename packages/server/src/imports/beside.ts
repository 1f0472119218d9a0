import type { ImportRow } from "@longwave/api";
import { type AnswerRecord, type ImportedAnswer, type ImportReading, standingAnswers } from "@longwave/study";
import type { ImportReport } from "./types.ts";

/** An answer of a file that the study does not have, and the row it corrects. */
export interface FreshAnswer extends ImportedAnswer {
  readonly replaces: string | undefined;
}

/** The answers of a file beside those of the study. */
export interface Fresh {
  readonly toAdd: readonly FreshAnswer[];
  readonly same: number;
  readonly different: number;
}

/** The answers of the file that the study does not have, with the rows that they correct. */
export function beside(
  answers: readonly ImportedAnswer[],
  there: readonly AnswerRecord[],
  upToSeq: number,
): Fresh {
  const standing = standingAnswers(there, upToSeq);
  let [same, different] = [0, 0];
  const toAdd = answers.flatMap((answer): readonly FreshAnswer[] => {
    const old = standing.get(answer.person)?.get(answer.wave)?.get(answer.item);
    if (old === undefined) return [{ ...answer, replaces: undefined }];
    if (JSON.stringify(old.payload) === JSON.stringify(answer.payload)) {
      same += 1;
      return [];
    }
    different += 1;
    return [{ ...answer, replaces: old.id }];
  });
  return { toAdd, same, different };
}

/** What a file holds, counted, beside what the study has. */
export function reportOf(
  reading: ImportReading,
  known: ReadonlySet<string>,
  fresh: Fresh & { readonly before: boolean },
): ImportReport {
  const { people, answers, waves, leftAlone } = reading;
  const knownPeople = people.filter(({ id }) => known.has(id)).length;
  const forms = new Map<string, number>();
  for (const { wave } of waves) forms.set(wave, (forms.get(wave) ?? 0) + 1);
  return {
    newPeople: people.length - knownPeople,
    knownPeople,
    waves: [...forms].map(([wave, count]) => ({ wave, forms: count })),
    answers: answers.length,
    skipped: answers.filter(({ payload }) => payload.kind === "skipped").length,
    late: answers.filter(({ late }) => late).length,
    ...{ same: fresh.same, different: fresh.different, leftAlone, before: fresh.before },
    preview: previewOf(reading, known, fresh),
  };
}

/** Persons and waves that a preview shows. */
const MOST_SHOWN = 50;

function previewOf(reading: ImportReading, known: ReadonlySet<string>, fresh: Fresh): readonly ImportRow[] {
  const rows = new Map<string, { -readonly [K in keyof ImportRow]: ImportRow[K] }>();
  const rowOf = ({ person, wave }: { readonly person: string; readonly wave: string }) => {
    const key = JSON.stringify([person, wave]);
    const none = { answers: 0, skipped: 0, late: false, same: 0, different: 0 };
    const row = rows.get(key) ?? { person, isNew: !known.has(person), wave, ...none };
    rows.set(key, row);
    return row;
  };
  for (const answer of reading.answers) {
    const row = rowOf(answer);
    row.answers += 1;
    row.same += 1;
    row.late ||= answer.late;
    if (answer.payload.kind === "skipped") row.skipped += 1;
  }
  for (const answer of fresh.toAdd) {
    const row = rowOf(answer);
    row.same -= 1;
    if (answer.replaces !== undefined) row.different += 1;
  }
  const all = [...rows.values()];
  return [
    ...all.filter(({ different }) => different > 0),
    ...all.filter(({ different }) => different === 0),
  ].slice(0, MOST_SHOWN);
}
