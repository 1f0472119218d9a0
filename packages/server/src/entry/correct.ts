import type { CorrectAnswerRequest, EnteredAnswer, EntrySheet } from "@longwave/api";
import type { Inside } from "../access/gate.ts";
import type { Submission } from "../answers/append.ts";
import type { ServerContext } from "../context.ts";
import { Refusal, refuse } from "../errors.ts";
import { answerByCorrection } from "../quality/queries.ts";
import { doubleEntryOf, enteredAnswers } from "../store/queries/entries.ts";
import { preparedFor } from "./enter.ts";
import { type FormOfPerson, formOfPerson, requireEntry } from "./form-of.ts";
import { entrySheet, isKeptFrom, pathOf } from "./sheet.ts";

/** A correction by staff. */
export interface Correction extends CorrectAnswerRequest {
  /** Who typed the new answer. */
  readonly by: string;
  /** Who puts it in the place of the other one. */
  readonly actor: string;
  /** What is done in the same commit. */
  readonly also?: Submission["also"];
}

/**
 * Corrects an answer: the new row names the one it replaces, and the reason is kept with it.
 *
 * @throws Refusal `answer.replaces-unknown`, `entry.changed`, `answer.invalid`, and those of entering
 */
export async function correctAnswer(
  context: ServerContext,
  inside: Pick<Inside, "study" | "member" | "staff">,
  path: { readonly person: string; readonly wave: string },
  request: CorrectAnswerRequest,
): Promise<EntrySheet> {
  const found = await formOfPerson(context, inside, path);
  requireEntry(found);
  const double = await doubleEntryOf(context.store.db, found.place);
  const rows = await enteredAnswers(context.store.db, found.place);
  const old = rows.find(({ id }) => id === request.replaces);
  if (!old || (double && isKeptFrom(double, inside))) throw unknown(request.replaces);
  await saveCorrection(
    context,
    found,
    { ...request, by: inside.staff.email, actor: inside.staff.email },
    old,
  );
  return entrySheet(context, inside, pathOf(found));
}

/**
 * Adds the row of a correction. It says anew what the person said then: the time, the way it came and the lateness
 * are those of the answer it replaces.
 */
export async function saveCorrection(
  context: ServerContext,
  found: FormOfPerson,
  { id, replaces, payload, reason, by, actor, also }: Correction,
  old: EnteredAnswer,
): Promise<void> {
  const mode = old.mode === "web" ? undefined : old.mode;
  const { place, now } = found;
  const [outcome] = await context.queue.submit({
    ...place,
    receivedAt: now,
    answers: [
      {
        ...preparedFor(found, { id, item: old.item, payload }, { mode, by, reason }),
        answeredAt: old.answeredAt,
        late: old.late,
        replaces,
      },
    ],
    event: {
      at: now,
      study: place.study,
      actor: `staff:${actor}`,
      action: "answer.corrected",
      detail: {
        ...{ person: place.person, wave: place.wave, item: old.item, answer: id, replaces },
        ...(by === actor ? {} : { typedBy: by }),
      },
    },
    also: async (trx) => {
      const corrected = { item: old.item, answer: id, reason, by: actor, at: now };
      await answerByCorrection(trx, place, corrected);
      await also?.(trx);
    },
  });
  if (outcome?.kind === "refused") throw new Refusal(outcome.problem);
}

function unknown(id: string): Refusal {
  return refuse(
    "answer.replaces-unknown",
    "the id of an answer that you see in this form",
    id,
    "Load the form again.",
  );
}
