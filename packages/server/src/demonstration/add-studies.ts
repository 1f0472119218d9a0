import { randomUUID } from "node:crypto";
import { type SimulatedStudy, simulateStudy } from "@longwave/findings";
import type { AnswerRecord, LocalText, PersonRecord, Protocol } from "@longwave/study";
import { protocolHash } from "@longwave/study";
import type { ConsentForm } from "@longwave/study/answering";
import { readProtocol } from "@longwave/study/text";
import type { Kysely } from "kysely";
import type { ServerContext } from "../context.ts";
import type { DemonstrationOptions } from "../options.ts";
import { addFinished, appendAnswers } from "../store/queries/answers.ts";
import { recordEvent } from "../store/queries/audit.ts";
import { addConsents, keepConsentForm } from "../store/queries/consents.ts";
import { addPeople } from "../store/queries/people.ts";
import { sealPayload } from "../store/queries/sealed.ts";
import { addStudy, setLastSeq } from "../store/queries/studies.ts";
import type { AnswerTable, Tables } from "../store/schema.ts";
import { vaultOf } from "../vault/carry.ts";

const PEOPLE = 6419;
const DAY_MS = 86_400_000;
// The last window closes 385 days after enrolment and enrolment ends 42 days after the first invitation.
const STARTED_DAYS_AGO = 450;
const PLAN_BEFORE_INVITATIONS_DAYS = 14;

/** What of the server making the demonstration needs. */
export type DemonstrationMaker = Pick<ServerContext, "store" | "compiler" | "now" | "log">;

/** Adds both studies in one transaction: either they are there whole, or not at all. */
export async function addStudies(
  context: DemonstrationMaker,
  id: string,
  options: DemonstrationOptions,
): Promise<void> {
  const people = options.people ?? PEOPLE;
  context.log(`Creating the demonstration: ${people.toLocaleString("en")} simulated people …`);
  const protocol = readProtocol(options.protocolText, "the protocol of the demonstration");
  const now = context.now();
  const startAt = now - STARTED_DAYS_AGO * DAY_MS;
  const simulated = simulateStudy(protocol, {
    seed: options.seed ?? 1,
    people,
    startAt,
    timeZone: "Europe/Oslo",
  });
  context.log(`Storing their ${simulated.answers.length.toLocaleString("en")} answers …`);
  const createdAt = startAt - PLAN_BEFORE_INVITATIONS_DAYS * DAY_MS;
  const form = context.compiler.consent(protocol, "en");
  await context.store.db.transaction().execute(async (trx) => {
    const common = { ...protocolColumns(protocol, options.protocolText), phase: "recruiting" as const };
    const closed = titled(protocol.title, "(simulated people)", "(simulerte personer)");
    await addStudy(trx, { ...common, id, title: closed, simulated: true, tryIt: false, createdAt });
    await addPeopleOf(trx, id, simulated, form);
    await addAnswersOf(trx, id, simulated.answers);
    const open = titled(protocol.title, "(try it)", "(prøv selv – arbeidsoversettelse)");
    await addStudy(trx, {
      ...common,
      id: `${id}-try`,
      title: open,
      simulated: false,
      tryIt: true,
      createdAt: now,
    });
    await recordEvent(trx, {
      at: now,
      study: id,
      actor: "demonstration",
      action: "study.simulated",
      detail: { people },
    });
  });
}

function protocolColumns(protocol: Protocol, protocolText: string) {
  return {
    protocolId: protocol.id,
    protocolVersion: protocol.version,
    protocolHash: protocolHash(protocol),
    protocolText,
  };
}

function titled(title: LocalText, en: string, nb: string): LocalText {
  return { en: `${title.en} ${en}`, ...(title.nb === undefined ? {} : { nb: `${title.nb} ${nb}` }) };
}

/** Simulated people get no links: nobody can answer in their place. */
async function addPeopleOf(
  db: Kysely<Tables>,
  study: string,
  { people, sessionLoggers }: SimulatedStudy,
  form: ConsentForm,
): Promise<void> {
  const rows = people.map((person, index) => ({
    id: person.id,
    number: index + 1,
    tokenHash: undefined,
    invitedAt: person.invitedAt,
    ...enrolmentOf(person),
  }));
  await addPeople(db, study, rows);
  await keepConsentForm(db, { hash: form.hash, text: JSON.stringify(form) });
  const loggers = new Set(sessionLoggers);
  // Four of five tick every box, sharing among them; only those who log sessions tick that they will.
  const ticksOf = (person: string, index: number): Readonly<Record<string, boolean>> =>
    Object.fromEntries(
      form.ticks.map(({ id, required }) => [
        id,
        required || (id === "session_log" ? loggers.has(person) : index % 5 !== 0),
      ]),
    );
  const consents = people.flatMap(({ id: person, enrolledAt: givenAt, language = "en" }, index) => {
    if (givenAt === undefined) return [];
    return [
      {
        id: randomUUID(),
        study,
        person,
        version: form.version,
        language,
        formHash: form.hash,
        ticks: ticksOf(person, index),
        givenAt,
      },
    ];
  });
  await addConsents(db, consents);
}

function enrolmentOf({ enrolledAt, timeZone, language }: PersonRecord) {
  if (enrolledAt === undefined || timeZone === undefined) return {};
  return { enrolled: { at: enrolledAt, timeZone, language: language ?? ("en" as const) } };
}

async function addAnswersOf(
  db: Kysely<Tables>,
  study: string,
  answers: readonly AnswerRecord[],
): Promise<void> {
  const finished = new Map<string, { study: string; person: string; wave: string; finished_at: number }>();
  const keys = await vaultOf(db).keysOf(
    study,
    answers.map(({ person }) => person),
  );
  const rows = answers.map((answer): AnswerTable => {
    const { person, wave, answeredAt } = answer;
    const key = keys.get(person);
    if (key === undefined) throw new Error(`person ${person} was added without a key`);
    // A session or a rest is no wave: it is never done or due.
    if (!wave.includes("/")) {
      finished.set(`${person} ${wave}`, { study, person, wave, finished_at: answeredAt });
    }
    return {
      study,
      seq: answer.seq,
      id: answer.id,
      person,
      wave,
      item: answer.item,
      payload: sealPayload(key, answer, JSON.stringify(answer.payload)),
      answered_at: answeredAt,
      late: 0,
      received_at: answeredAt,
      replaces: answer.replaces ?? null,
      given: answer.payload.kind === "value" ? 1 : 0,
      sealed: 1,
      mode: null,
      entered_by: null,
      reason: null,
    };
  });
  await appendAnswers(db, rows);
  await addFinished(db, [...finished.values()]);
  await setLastSeq(db, study, answers.at(-1)?.seq ?? 0);
}
