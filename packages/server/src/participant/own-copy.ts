import type { OwnCopy } from "@longwave/findings";
import { answerWords, questionWords } from "@longwave/findings";
import { collectedProtocol } from "@longwave/study";
import type { AnswerPayload, ConsentForm } from "@longwave/study/answering";
import type { ServerContext } from "../context.ts";
import { textVersions } from "../protocol/text-versions.ts";
import { writtenChanges } from "../store/queries/address-changes.ts";
import { answersOf, progressOf } from "../store/queries/answers.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { dataQueries, queryEntries } from "../store/queries/data-queries.ts";
import { inboxAnswers, inboxMessages } from "../store/queries/inbox.ts";
import { joinedOpenly } from "../store/queries/newcomers.ts";
import {
  consentsOf,
  declinedConsentsOf,
  eventsAbout,
  feedbackChoicesOf,
  feedbackViewsOf,
  messagesTo,
  secondTypingsOf,
} from "../store/queries/own-record.ts";
import { contactOf, type Person } from "../store/queries/people.ts";
import { languageFor } from "./form.ts";
import { type Participation, participationOf } from "./state.ts";

/**
 * Everything the study keeps about one person, for that person: a right that no open round sets aside. That it was
 * taken is written down.
 */
export async function ownCopy(context: ServerContext, person: Person): Promise<OwnCopy> {
  const participation = await participationOf(context, person);
  const { study, protocol } = participation;
  const { db } = context.store;
  const { id } = person;
  const madeAt = context.now();
  const event = { at: madeAt, study: study.id, actor: `person:${id}`, action: "own-copy.taken" } as const;
  await recordEvent(db, event);
  const progress = await progressOf(db, person);
  const { name, email, phone } = await contactOf(db, { study: study.id, id });
  const { enrolledAt, timeZone, language } = person;
  return {
    format: "longwave.own-copy/1",
    madeAt,
    language: languageFor(participation),
    study: {
      id: study.id,
      title: study.title[languageFor(participation)] ?? study.title.en,
      demonstration: study.simulated || study.tryIt,
      protocolVersion: study.protocolVersion,
      protocolHash: study.protocolHash,
      contact: { name: protocol.contact.name, email: protocol.contact.email },
    },
    person: {
      id,
      number: person.number,
      ...(name === undefined ? {} : { name }),
      ...(email === undefined ? {} : { email }),
      ...(phone === undefined ? {} : { phone }),
      invitedAt: person.invitedAt,
      ...(enrolledAt === undefined ? {} : { enrolledAt }),
      ...(timeZone === undefined ? {} : { timeZone }),
      ...(language === undefined ? {} : { language }),
    },
    consents: (await consentsOf(db, person)).map(({ words, ...consent }) => ({
      ...consent,
      ...(words === undefined ? {} : { words: JSON.parse(words) as ConsentForm }),
    })),
    declined: await declinedConsentsOf(db, person),
    ...(await answersWithWords(context, participation)),
    rounds: [...progress.finished].map(([wave, finishedAt]) => ({ wave, finishedAt })),
    ownPage: await ownPageOf(context, person),
    ...(await joinedBy(context, person)),
    written: await writtenBy(context, person),
    contactChanges: (await writtenChanges(db, { study: study.id, person: id })).map(
      ({ actor, ...change }) => ({ ...change, who: whoDid(actor, id) }),
    ),
    messages: await messagesTo(db, person),
    events: (await eventsAbout(db, person)).map(({ at, actor, action }) => ({
      at,
      who: whoDid(actor, id),
      what: action,
    })),
  };
}

async function answersWithWords(
  context: ServerContext,
  participation: Participation,
): Promise<Pick<OwnCopy, "answers" | "typedAgain" | "queries">> {
  const { person, study } = participation;
  const { compiler, store } = context;
  const versions = await textVersions(store.db, study, compiler.protocol);
  const protocol = collectedProtocol(participation.protocol, versions);
  const language = languageFor(participation);
  const rows = await answersOf(context.store.db, person);
  const standing = new Map(rows.map((row) => [`${row.wave} ${row.item}`, row.id]));
  const inWords = (item: string, payload: AnswerPayload) => ({
    question: questionWords(protocol, item, language),
    answer: answerWords(protocol, item, payload, language),
  });
  const answers = rows.map(({ seq: _seq, person: _person, enteredBy: _staff, ...row }) => ({
    ...row,
    ...inWords(row.item, row.payload),
    stands: standing.get(`${row.wave} ${row.item}`) === row.id,
  }));
  const typedAgain = (await secondTypingsOf(store.db, person)).flatMap(({ wave, at, answers: typed }) =>
    Object.entries(typed).map(([item, payload]) => ({ wave, at, item, payload, ...inWords(item, payload) })),
  );
  const asked = await dataQueries(store.db, { study: study.id, person: person.id });
  const about = new Map(asked.map((query) => [query.id, query]));
  const queries = (await queryEntries(store.db, study.id, asked)).flatMap(
    ({ query, kind: what, words, at }) => {
      const of = about.get(query);
      if (of === undefined) return [];
      const { wave, item } = of;
      return [{ at, wave, item, question: questionWords(protocol, item, language), what, words }];
    },
  );
  return { answers, typedAgain, queries };
}

/** What a person answered to the questions of the open link, if they joined by it. */
async function joinedBy(
  { store }: ServerContext,
  { study, id }: Person,
): Promise<Pick<OwnCopy, "joinedOpenly">> {
  const joined = (await joinedOpenly(store.db, study, [id])).get(id);
  return joined === undefined ? {} : { joinedOpenly: joined };
}

/** What a person wrote to the team, and what it answered. */
async function writtenBy({ store }: ServerContext, { study, id }: Person): Promise<OwnCopy["written"]> {
  const answers = await inboxAnswers(store.db, study, id);
  return (await inboxMessages(store.db, study, id)).map((message) => ({
    at: message.sentAt,
    about: message.about,
    words: message.words,
    answers: answers
      .filter((answer) => answer.message === message.id)
      .map(({ at, way, words }) => ({ at, way, words })),
  }));
}

async function ownPageOf(context: ServerContext, person: Person): Promise<OwnCopy["ownPage"]> {
  const { db } = context.store;
  const shown = await feedbackViewsOf(db, person);
  const choices = await feedbackChoicesOf(db, person);
  return {
    shown: shown.map(({ shown_at: at, version, language, rules_hash: hash }) => ({
      at,
      version,
      hash,
      language,
    })),
    choices: choices.map(({ chosen_at: at, shows_sessions }) => ({
      at,
      showsSessions: shows_sessions === 1,
    })),
  };
}

/** Names of staff stay with the study: to a participant they are the study team. */
function whoDid(actor: string, person: string): string {
  if (actor === `person:${person}`) return "you";
  return actor.startsWith("staff:") ? "study team" : "Longwave";
}
