import type { DoubleEntry, EnteredAnswer, EntryDifference, EntrySheet } from "@longwave/api";
import { localDateOf } from "@longwave/study";
import type { Inside } from "../access/gate.ts";
import { shownLabel } from "../access/names.ts";
import type { ServerContext } from "../context.ts";
import {
  type DoubleEntryRow,
  differencesOf,
  doubleEntryOf,
  enteredAnswers,
  type PlaceOfForm,
} from "../store/queries/entries.ts";
import { labelsOf } from "../store/queries/people.ts";
import type { EntryDifferenceTable } from "../store/schema-entry.ts";
import { type FormOfPerson, formOfPerson } from "./form-of.ts";

type Reader = Pick<Inside, "study" | "member" | "staff">;

/**
 * One form of one person with its answers. While a form is to be typed again, only the one who typed it first sees
 * what was typed: everybody else may be the second.
 *
 * @throws Refusal `person.not-found`, `answer.wave-unknown`, `consent.not-given`
 */
export async function entrySheet(
  context: ServerContext,
  reader: Reader,
  path: { readonly person: string; readonly wave: string },
): Promise<EntrySheet> {
  const found = await formOfPerson(context, reader, path);
  const { wave, zone, now, form, closed, place } = found;
  const { db } = context.store;
  const [label] = await labelsOf(db, place.study, [place.person]);
  const double = await doubleEntryOf(db, place);
  const hidden = double !== undefined && isKeptFrom(double, reader);
  const rows = await enteredAnswers(db, place);
  const answers = hidden ? rows.filter(({ enteredBy }) => enteredBy !== double.first_by) : rows;
  return {
    label: label ? shownLabel(reader.member, label) : "",
    state: wave.state,
    firstDay: localDateOf(wave.opensAt, zone),
    lastDay: localDateOf(wave.closesAt - 1, zone),
    today: localDateOf(now, zone),
    closed: closed ?? null,
    form,
    answers,
    hidden,
    typedTwice: found.participation.protocol.doubleEntry?.of ?? "none",
    double: double ? await presentDouble(context, place, { double, answers }) : null,
  };
}

/** Whether a form waits to be typed again and somebody must not see it: they did not type it first. */
export function isKeptFrom(double: DoubleEntryRow, { staff }: Pick<Inside, "staff">): boolean {
  return double.second_by === null && double.first_by !== staff.email;
}

async function presentDouble(
  { store }: Pick<ServerContext, "store">,
  place: PlaceOfForm,
  { double, answers }: { readonly double: DoubleEntryRow; readonly answers: readonly EnteredAnswer[] },
): Promise<DoubleEntry> {
  const byId = new Map(answers.map((answer) => [answer.id, answer]));
  return {
    firstBy: double.first_by,
    askedAt: double.asked_at,
    secondBy: double.second_by,
    secondAt: double.second_at,
    differences: (await differencesOf(store.db, place)).map((row) => ({
      item: row.item,
      ...standsNow(answers, row),
      first: byId.get(row.first_answer ?? "")?.payload ?? null,
      second: double.answers[row.item] ?? null,
      settled:
        isTaken(row.took) && row.settled_by !== null && row.settled_at !== null
          ? { took: row.took, by: row.settled_by, at: row.settled_at, reason: row.reason }
          : null,
    })),
  };
}

function standsNow(
  answers: readonly EnteredAnswer[],
  { item, first_answer }: EntryDifferenceTable,
): Pick<EntryDifference, "stands" | "corrected"> {
  const stands = answers.findLast((answer) => answer.item === item)?.id ?? null;
  return { stands, corrected: stands !== first_answer };
}

type Taken = NonNullable<EntryDifference["settled"]>["took"];

function isTaken(took: string | null): took is Taken {
  return took === "first" || took === "second" || took === "standing";
}

/** Where to look a form up again after something was done to it. */
export function pathOf({ place }: FormOfPerson): { readonly person: string; readonly wave: string } {
  return { person: place.person, wave: place.wave };
}
