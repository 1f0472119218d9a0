import type { Answers } from "@longwave/study/answering";
import type { Kysely } from "kysely";
import { StoreError } from "../../errors.ts";
import { vaultOf } from "../../vault/carry.ts";
import { openText, type Place, sealText } from "../../vault/cipher.ts";
import { parseJson } from "../parse.ts";
import type { AnswerTable, PersonContactTable, Tables } from "../schema.ts";
import { standingsOf } from "./departures.ts";

// The one place where what is personal is sealed on its way into the store and opened on its way out.

/** Name, address and telephone number of a person in the clear. */
export interface Contact {
  readonly person: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
}

/** What binds a payload to its row: moved to another one, or to another question, it does not open. */
type PlaceOfAnswer = Pick<AnswerTable, "id" | "wave" | "item">;

const answerPlace = ({ id, wave, item }: PlaceOfAnswer): Place => ["answer", id, wave, item];

/** The payload of an answer, sealed with the person's key for this row and question. */
export function sealPayload(key: Buffer, at: PlaceOfAnswer, payload: string): string {
  return sealText(key, payload, answerPlace(at));
}

const reasonPlace = (id: string): Place => ["reason", id];

/** Why something was done to an answer, or chosen, sealed with the person's key for the row of this id. */
export function sealReason(key: Buffer, id: string, reason: string): string {
  return sealText(key, reason, reasonPlace(id));
}

/** A reason in the clear. */
export function openReason(key: Buffer, id: string, sealed: string): string {
  return openText(key, sealed, reasonPlace(id));
}

/** What was typed a second time, sealed with the person's key for this form. */
export function sealSecondEntry(key: Buffer, wave: string, answers: Answers): string {
  return sealText(key, JSON.stringify(answers), ["second-entry", wave]);
}

/** What was typed a second time, in the clear. */
export function openSecondEntry(key: Buffer, wave: string, sealed: string): Answers {
  return parseJson(openText(key, sealed, ["second-entry", wave])) as Answers;
}

/** Answers of a study with their payloads in the clear; those of people erased since they were read are left out. */
export async function openPayloads<Row extends PlaceOfAnswer & Pick<AnswerTable, "person" | "payload">>(
  db: Kysely<Tables>,
  study: string,
  rows: readonly Row[],
): Promise<readonly Row[]> {
  const keys = await keysFor(db, study, rows);
  return rows.flatMap((row) => {
    const key = keys.get(row.person);
    if (key === undefined) return [];
    return [{ ...row, payload: openText(key, row.payload, answerPlace(row)) }];
  });
}

/** Contacts as they are kept: sealed, with a fingerprint of the address. */
export async function sealContacts(
  db: Kysely<Tables>,
  study: string,
  contacts: readonly Contact[],
): Promise<readonly Omit<PersonContactTable, "returned_index">[]> {
  const indexOf = await vaultOf(db).emailIndexer(study);
  const keys = await keysFor(db, study, contacts);
  return contacts.flatMap(({ person, name, email, phone }) => {
    const key = keys.get(person);
    if (key === undefined) return [];
    const seal = (text: string | null, place: string) =>
      text === null ? null : sealText(key, text, [place]);
    return [
      {
        study,
        person,
        name: seal(name, "name"),
        email: seal(email, "email"),
        phone: seal(phone, "phone"),
        email_index: email === null ? null : indexOf(email),
        sealed: 1,
      },
    ];
  });
}

/** The contacts of a study in the clear, by person; those of people erased since they were read are left out. */
export async function openContacts(
  db: Kysely<Tables>,
  study: string,
  rows: readonly Contact[],
): Promise<ReadonlyMap<string, Contact>> {
  const keys = await keysFor(db, study, rows);
  return new Map(
    rows.flatMap(({ person, name, email, phone }) => {
      const key = keys.get(person);
      if (key === undefined) return [];
      const open = (sealed: string | null, place: string) =>
        sealed === null ? null : openText(key, sealed, [place]);
      const contact = { name: open(name, "name"), email: open(email, "email"), phone: open(phone, "phone") };
      return [[person, { person, ...contact }]];
    }),
  );
}

/**
 * The keys of the people in these rows.
 *
 * @throws StoreError `vault.key-missing` when someone who has not been erased has none.
 */
async function keysFor(
  db: Kysely<Tables>,
  study: string,
  rows: readonly { readonly person: string }[],
): Promise<ReadonlyMap<string, Buffer>> {
  const people = [...new Set(rows.map(({ person }) => person))];
  const keys = await vaultOf(db).keysOf(study, people);
  const without = people.filter((person) => !keys.has(person));
  const standings = await standingsOf(db, study, without);
  const lost = without.find((person) => standings.get(person) !== "erased");
  if (lost === undefined) return keys;
  throw new StoreError(
    "vault.key-missing",
    `expected a key for person ${lost} of study ${study}; found none. The key store and the database are of different days: restore both from the same copy.`,
  );
}
