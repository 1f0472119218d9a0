import type { Enrolment } from "@longwave/study";
import type { Kysely } from "kysely";
import { parseJson } from "../parse.ts";
import type { Tables } from "../schema.ts";

/** The moves of a person from their column. */
export function parseMoves(text: string | null): NonNullable<Enrolment["moves"]> {
  return text === null ? [] : (parseJson(text) as NonNullable<Enrolment["moves"]>);
}

/** Writes down that a person has moved to another time zone. */
export async function addMove(
  db: Kysely<Tables>,
  person: {
    readonly study: string;
    readonly id: string;
    readonly moves: NonNullable<Enrolment["moves"]>;
  },
  move: { readonly at: number; readonly timeZone: string },
): Promise<void> {
  await db
    .updateTable("person")
    .set({ moves: JSON.stringify([...person.moves, move]) })
    .where("study", "=", person.study)
    .where("id", "=", person.id)
    .execute();
}
