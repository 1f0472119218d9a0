/*
 * The mail room. Anything that wants to write to someone adds a row to the outbox in its own transaction
 * (`addMessages`, with a key that names the decision) and calls `context.mail.wake()` after the commit. The rest
 * happens here: each row is taken by exactly one process, composed, committed as `sending`, and only then handed over.
 * What a process leaves as `sending` when it dies becomes `uncertain` and is never sent again by itself.
 */
import { randomUUID } from "node:crypto";
import { afterQuietHours, currentZone } from "@longwave/study";
import {
  changeWaiting,
  claimMessage,
  dueMessages,
  keepSendingAlive,
  markUncertain,
  type OutboxMessage,
  settleMessage,
} from "../store/queries/outbox.ts";
import { personById } from "../store/queries/people.ts";
import { studyById } from "../store/queries/studies.ts";
import { type Composing, composeMessage } from "./compose.ts";
import { type Delivery, type Letter, type MailTransport, withoutAddresses } from "./transport.ts";

/** The part of the server that sends what has been decided. */
export interface Mailer {
  readonly transport: MailTransport;
  /** Why nothing can be delivered at the moment; undefined when all is well. */
  trouble(): string | undefined;
  /** Begins to look after the outbox: now, when woken, and every few seconds. */
  start(): void;
  /** Says that something may be waiting; does nothing before the start. */
  wake(): void;
  /** Delivers all that may go now. */
  deliverDue(): Promise<void>;
  /** Stops after the message under way. */
  close(): Promise<void>;
}

interface MailerOptions extends Composing {
  readonly transport: MailTransport;
  readonly log: (line: string) => void;
}

const LOOK_MS = 5_000;
const BEAT_MS = 10_000;
const GIVEN_UP_MS = 60_000;
const AT_ONCE = 20;
const MOST_ATTEMPTS = 20;
const MINUTE_MS = 60_000;
/** How long to leave a mail server alone that could not be reached, the first time, the second, and so on. */
const PAUSES_MS = [5_000, 15_000, MINUTE_MS, 5 * MINUTE_MS] as const;

/** What one process knows while it sends: its own name, and whether the mail server is to be left alone for now. */
interface Room {
  readonly options: MailerOptions;
  readonly owner: string;
  failures: number;
  pausedUntil: number;
  trouble: string | undefined;
  closed: boolean;
}

/** A mailer that has not started: messages are decided and wait. */
export function createMailer(options: MailerOptions): Mailer {
  const room: Room = {
    options,
    owner: randomUUID(),
    failures: 0,
    pausedUntil: 0,
    trouble: undefined,
    closed: false,
  };
  let timers: readonly NodeJS.Timeout[] = [];
  let going: Promise<void> = Promise.resolve();
  let waiting = false;
  const quietly = (work: (room: Room) => Promise<void>): Promise<void> =>
    work(room).catch((error: unknown) => options.log(`the mail room failed: ${String(error)}`));
  /** One round at a time; a call during a round adds one more after it. */
  const deliver = (): Promise<void> => {
    if (waiting) return going;
    waiting = true;
    going = going.then(() => {
      waiting = false;
      return quietly(deliverAllDue);
    });
    return going;
  };
  return {
    transport: options.transport,
    trouble: () => room.trouble,
    start() {
      const look = setInterval(deliver, LOOK_MS);
      const beat = setInterval(() => quietly(tend), BEAT_MS);
      timers = [look.unref(), beat.unref()];
      void quietly(tend).then(deliver);
    },
    wake: () => void (timers.length > 0 && deliver()),
    async deliverDue() {
      await quietly(tend);
      await deliver();
    },
    async close() {
      room.closed = true;
      for (const timer of timers) clearInterval(timer);
      await going;
      options.transport.rest();
    },
  };
}

/** Says that this process is alive, and calls uncertain what dead ones were sending. */
async function tend({ options, owner }: Room): Promise<void> {
  const { store, now, log } = options;
  await keepSendingAlive(store.db, owner, now());
  const why = "the server stopped while it was sending; it may have arrived or not";
  const count = await markUncertain(store.db, { before: now() - GIVEN_UP_MS, why });
  if (count > 0)
    log(`${count} messages were being sent when a server stopped; they are marked as uncertain.`);
}

async function deliverAllDue(room: Room): Promise<void> {
  const { store, now, transport } = room.options;
  const mayGoOn = (): boolean => !room.closed && now() >= room.pausedUntil;
  while (mayGoOn()) {
    const messages = await dueMessages(store.db, now(), AT_ONCE);
    for (const message of messages) if (mayGoOn()) await deliverOne(room, message);
    if (messages.length === 0) break;
  }
  transport.rest();
}

async function deliverOne(room: Room, message: OutboxMessage): Promise<void> {
  const { store, now } = room.options;
  const dueAt = await quietUntil(room.options, message);
  if (dueAt > now()) return changeWaiting(store.db, message.id, { due_at: dueAt });
  const composed = await composeMessage(room.options, message).catch(cannotCompose);
  if (composed.kind === "letter") return send(room, message, composed.letter);
  const state = composed.kind === "none" ? "cancelled" : "failed";
  return changeWaiting(store.db, message.id, { state, last_error: composed.why });
}

function cannotCompose(error: unknown): { readonly kind: "failed"; readonly why: string } {
  const why = error instanceof Error ? error.message : String(error);
  return { kind: "failed", why: withoutAddresses(`the message could not be made: ${why}`) };
}

/** Decided by day may mean due at night: the clock of the person is asked again before every attempt. */
async function quietUntil(options: MailerOptions, message: OutboxMessage): Promise<number> {
  const { store, now, compiler } = options;
  if (message.urgent || message.recipient.kind !== "person") return now();
  const study = await studyById(store.db, message.study);
  const person = await personById(store.db, message.study, message.recipient.id);
  if (!study || !person) return now();
  const { messages } = compiler.protocol(study);
  const zone = currentZone(person) ?? messages.timeZone ?? "UTC";
  return afterQuietHours(messages, zone, now());
}

/** Committed as being sent before the first word to the mail server: at most once, whatever happens in between. */
async function send(room: Room, message: OutboxMessage, letter: Letter): Promise<void> {
  const { store, now, transport, log } = room.options;
  if (!(await claimMessage(store.db, message.id, { owner: room.owner, at: now() }))) return;
  const delivery = await transport.deliver(letter, now());
  if (delivery.kind === "unreachable") pause(room, delivery.why);
  else goOn(room);
  if (delivery.kind !== "sent") log(`message ${message.id}: ${delivery.kind}: ${delivery.why}`);
  await settleMessage(store.db, message.id, room.owner, outcomeOf(delivery, message, now()));
}

function goOn(room: Room): void {
  room.failures = 0;
  room.trouble = undefined;
}

function pause(room: Room, why: string): void {
  room.trouble = why;
  room.pausedUntil = room.options.now() + (PAUSES_MS[room.failures] ?? 5 * MINUTE_MS);
  room.failures += 1;
}

function outcomeOf(
  delivery: Delivery,
  { attempts }: OutboxMessage,
  now: number,
): Parameters<typeof settleMessage>[3] {
  switch (delivery.kind) {
    case "sent":
      return { state: "sent", sent_at: now, last_error: null };
    case "refused":
      return { state: "failed", last_error: delivery.why };
    case "uncertain":
      return { state: "uncertain", last_error: delivery.why };
    case "later":
      return attempts + 1 >= MOST_ATTEMPTS
        ? { state: "failed", last_error: delivery.why }
        : { state: "queued", last_error: delivery.why, due_at: now + backOff(attempts) };
    case "unreachable":
      // No fault of this message: it keeps its place, and the attempt is not counted.
      return { state: "queued", last_error: delivery.why, attempts };
  }
}

/** A minute, two, four, and so on up to four hours: twenty attempts take about two days. */
function backOff(attempts: number): number {
  return Math.min(MINUTE_MS * 2 ** attempts, 4 * 60 * MINUTE_MS);
}
