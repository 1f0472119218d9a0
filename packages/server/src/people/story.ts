import type { PersonEvent } from "@longwave/api";
import type { ServerContext } from "../context.ts";
import { formTimes } from "../store/queries/answers.ts";
import { lettersTo } from "../store/queries/letter-codes.ts";
import { consentsOf, eventsAbout, messagesTo } from "../store/queries/own-record.ts";
import type { Person } from "../store/queries/people.ts";

/** Acts that stand in the story by their own rows. */
const told: ReadonlySet<string> = new Set(["consent.given"]);

/** All that happened to a person, the latest first: when, what about and by whom; no answer and no word of a message. */
export async function storyOf(
  { store }: Pick<ServerContext, "store">,
  person: Person,
  finished: ReadonlyMap<string, number>,
): Promise<readonly PersonEvent[]> {
  const { db } = store;
  const own = { by: "person", wave: null, what: null, state: null };
  const consents = (await consentsOf(db, person)).map(
    ({ givenAt, version }): PersonEvent => ({
      ...own,
      at: givenAt,
      kind: "consent",
      what: String(version),
    }),
  );
  const begun = (await formTimes(db, person)).map(({ wave, firstAt }): PersonEvent => {
    const [instrument = "", ...occurrence] = wave.split("/");
    if (occurrence.length === 0) return { ...own, at: firstAt, kind: "first_answer", wave };
    return { ...own, at: firstAt, kind: "session", what: instrument };
  });
  const done = [...finished].map(([wave, at]): PersonEvent => ({ ...own, at, kind: "finished", wave }));
  const messages = (await messagesTo(db, person)).map(
    ({ about, state, decidedAt, sentAt, wave }): PersonEvent => ({
      at: sentAt ?? decidedAt,
      kind: "message",
      by: "longwave",
      wave: wave ?? null,
      what: about,
      state,
    }),
  );
  const letters = (await lettersTo(db, person)).map(
    ({ wave, made_at }): PersonEvent => ({ ...own, at: made_at, kind: "letter", by: "longwave", wave }),
  );
  const acts = (await eventsAbout(db, person))
    .filter(({ action }) => !told.has(action))
    .map(
      ({ at, actor, action, wave }): PersonEvent => ({
        at,
        kind: "act",
        by: whoDid(actor, person.id),
        wave: wave ?? null,
        what: action,
        state: null,
      }),
    );
  const invited: PersonEvent = { ...own, at: person.invitedAt, kind: "invited", by: "longwave" };
  // At one moment, what follows from something stands above it.
  const parts = [invited, ...consents, ...begun, ...done, ...messages, ...letters, ...acts];
  return parts.reverse().sort((a, b) => b.at - a.at);
}

function whoDid(actor: string, person: string): string {
  if (actor === `person:${person}`) return "person";
  return actor.startsWith("staff:") ? actor.slice("staff:".length) : "longwave";
}
