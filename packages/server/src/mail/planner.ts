/*
 * The planner: what the clock decides. Each person carries the moment at which to look at them next; the planner looks
 * at those whose moment has come, asks the schedule what is due, and writes the messages and the next moment in one
 * transaction that holds the study's row. So a decision is made once, whatever number of servers plan and wherever one
 * is stopped, and it is made before or after an answer, a consent or a departure, never in the middle.
 */
import { randomUUID } from "node:crypto";
import {
  type ContactDecision,
  contactKind,
  contactsDue,
  type Protocol,
  type Schedule,
} from "@longwave/study";
import type { Kysely } from "kysely";
import type { ServerContext } from "../context.ts";
import { type TextFor, textFor } from "../protocol/text-for.ts";
import { planPrompts } from "../sessions/plan-prompts.ts";
import {
  contactFactsOf,
  type PersonToContact,
  peopleDue,
  setNextContacts,
  studiesWithContactsDue,
} from "../store/queries/contacts.ts";
import { addMessages, type NewMessage } from "../store/queries/outbox.ts";
import { openPhases, type StudyRow, studyById, takeStudy } from "../store/queries/studies.ts";
import type { Tables } from "../store/schema.ts";
import { offeredLanguages } from "../studies/languages.ts";

/** The part of the server that decides what the clock decides. */
export interface Planner {
  /** Begins to look: now, when woken, and every few seconds. */
  start(): void;
  /** Says that something may be due; does nothing before the start. */
  wake(): void;
  /** Decides all that is due now. */
  planDue(): Promise<void>;
  /** Stops after the people under way. */
  close(): Promise<void>;
}

type Planning = Pick<ServerContext, "store" | "compiler" | "now" | "log"> & {
  readonly mail: Pick<ServerContext["mail"], "wake">;
};

const LOOK_MS = 10_000;
/** People in one transaction: few, since answers wait for it. */
const AT_ONCE = 100;

/** A planner that has not started. */
export function createPlanner(planning: Planning): Planner {
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let going: Promise<void> = Promise.resolve();
  let waiting = false;
  const plan = async (): Promise<void> => {
    waiting = false;
    await planAllDue(planning, () => !closed).catch((error: unknown) =>
      planning.log(`planning messages failed: ${String(error)}`),
    );
  };
  /** One round at a time; a call during a round adds one more after it. */
  const planDue = (): Promise<void> => {
    if (!waiting) {
      waiting = true;
      going = going.then(plan);
    }
    return going;
  };
  return {
    start() {
      timer = setInterval(planDue, LOOK_MS).unref();
      void planDue();
    },
    wake: () => void (timer !== undefined && planDue()),
    planDue,
    async close() {
      closed = true;
      clearInterval(timer);
      await going;
    },
  };
}

async function planAllDue(planning: Planning, mayGoOn: () => boolean): Promise<void> {
  const now = planning.now();
  for (const id of await studiesWithContactsDue(planning.store.db, now)) {
    const study = await studyById(planning.store.db, id);
    if (study === undefined) continue;
    while (mayGoOn() && (await planSome(planning, study, now)) === AT_ONCE);
  }
}

/** Decides about some people whose moment has come. How many there were. */
async function planSome(planning: Planning, study: StudyRow, now: number): Promise<number> {
  const protocol = planning.compiler.protocol(study);
  const texts = await textFor(planning, planning.store.db, study);
  const people = await planning.store.db.transaction().execute(async (trx) => {
    const { phase, pausedAt, protocolHash } = await takeStudy(trx, study.id);
    if (!openPhases.includes(phase) || pausedAt !== undefined) return 0;
    // Amended since it was read: the next look goes by the new text.
    if (protocolHash !== study.protocolHash) return 0;
    const due = await peopleDue(trx, study.id, { now, most: AT_ONCE });
    if (due.length === 0) return 0;
    const facts = await contactFactsOf(trx, study.id, due, protocol);
    for (const [text, some] of byText(texts, facts))
      await decide(trx, { study, schedule: planning.compiler.schedule(text), facts: some, now });
    return due.length;
  });
  if (people > 0) planning.mail.wake();
  return people;
}

/** People by the text as it stands for them: those under an older consent have a calendar of their own. */
function byText(
  texts: TextFor,
  facts: readonly PersonToContact[],
): ReadonlyMap<Protocol, readonly PersonToContact[]> {
  const people = new Map<Protocol, PersonToContact[]>();
  for (const person of facts) {
    const text = texts(person.consentVersion);
    people.set(text, [...(people.get(text) ?? []), person]);
  }
  return people;
}

async function decide(
  trx: Kysely<Tables>,
  {
    study,
    schedule,
    facts,
    now,
  }: {
    readonly study: StudyRow;
    readonly schedule: Schedule;
    readonly facts: readonly PersonToContact[];
    readonly now: number;
  },
): Promise<void> {
  const [language = "en"] = offeredLanguages(study, schedule.protocol);
  const about = { study: study.id, protocol: schedule.protocol, language, now };
  const prompts = await planPrompts(trx, about, facts);
  const messages: NewMessage[] = [...prompts.messages];
  const next = new Map<string, number | undefined>();
  for (const person of facts) {
    const due = contactsDue(schedule, person, now);
    next.set(person.id, earlier(due.next, prompts.next.get(person.id)));
    const to = { study: study.id, person: person.id, language: person.language ?? language, now };
    messages.push(...due.decisions.map((decision) => messageOf(to, decision)));
  }
  await addMessages(trx, messages);
  await setNextContacts(trx, study.id, next);
}

function earlier(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.min(one, other);
}

const skipped = {
  overdue: "its time had passed before it could be decided; the next one follows as planned",
  enough: "the wave has had as many messages as the study promises",
  paused: "its time came while the study was paused",
} as const;

function messageOf(
  about: {
    readonly study: string;
    readonly person: string;
    readonly language: "en" | "nb";
    readonly now: number;
  },
  decision: ContactDecision,
): NewMessage {
  const { wave, contact } = decision;
  return {
    id: randomUUID(),
    key: `contact:${about.study}:${about.person}:${wave}:${contact}`,
    study: about.study,
    template: contactKind(contact) ?? "reminder",
    parameters: { wave, contact },
    recipient: { kind: "person", id: about.person },
    language: about.language,
    urgent: false,
    decidedAt: about.now,
    dueAt: about.now,
    ...(decision.kind === "skip" ? { leftOut: skipped[decision.why] } : {}),
  };
}
