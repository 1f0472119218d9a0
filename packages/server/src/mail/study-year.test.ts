import type { AddPeopleAnswer, ParticipantState, PersonCalendar } from "@longwave/api";
import { describe, expect, test } from "vitest";
import { type MailWorld, openMailWorld, STUDY } from "../testing/mail-world.ts";
import { answerTo, consentTo, itemsOf, sendAnswers, tokenOf, type Visitor } from "../testing/world.ts";

const PEOPLE = 200;
const HOUR_MS = 3_600_000;
const YEAR_MS = 365 * 24 * HOUR_MS;
const zones = ["Europe/Oslo", "America/New_York", "Asia/Kolkata", "Europe/London"];

/** How someone takes the study. */
type Kind = "silent" | "prompt" | "halting" | "no reminders" | "stops" | "never joins";
const kinds: readonly Kind[] = ["silent", "prompt", "halting", "no reminders", "stops", "never joins"];

interface Somebody {
  readonly id: string;
  readonly email: string;
  readonly kind: Kind;
  readonly timeZone: string;
  readonly token: string;
  readonly visitor: Visitor;
}
interface Arrived {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly messageId: string;
  readonly at: number;
}

async function invite({ world, staff }: MailWorld): Promise<readonly Somebody[]> {
  const text = Array.from({ length: PEOPLE }, (_, index) => `p${index}@example.org`).join("\n");
  const { added } = await staff.post<AddPeopleAnswer>(`/api/studies/${STUDY}/people`, { text, invite: true });
  return added.map(({ id, label, link }, index) => ({
    id,
    email: label,
    kind: kinds[index % kinds.length] ?? "silent",
    timeZone: zones[index % zones.length] ?? "UTC",
    token: tokenOf(link),
    visitor: world.visitor(),
  }));
}

async function open({ visitor, token }: Somebody): Promise<ParticipantState> {
  return visitor.post<ParticipantState>("/api/participant/session", { token });
}

async function join(person: Somebody): Promise<void> {
  const consent = consentTo(await open(person), person.timeZone) as { ticks: Record<string, boolean> };
  const ticks = { ...consent.ticks, reminders: person.kind !== "no reminders" };
  await person.visitor.post("/api/participant/consent", { ...consent, ticks });
}

/** Answers what is open: the first question only, or all and done. */
async function answer(person: Somebody, how: "a little" | "all"): Promise<void> {
  const state = await open(person);
  const items = itemsOf(state);
  if (items.length === 0) return;
  const some = how === "all" ? items : items.slice(0, 1);
  await sendAnswers(
    person.visitor,
    some.map((item) => answerTo(state, item)),
  );
  if (how === "all") await person.visitor.post("/api/participant/finish", { wave: state.current?.form.wave });
}

const subjectOf = (raw: string): string => /^Subject: (.+)$/m.exec(raw)?.[1]?.trim() ?? "";

/** Lets time pass from one moment at which something is due to the next; whoever gets a message reacts an hour later. */
async function live(
  { world, post, place }: MailWorld,
  react: (mail: Arrived) => Promise<void>,
): Promise<readonly Arrived[]> {
  const store = await place.open();
  const arrived: Arrived[] = [];
  for (;;) {
    await world.server.deliverMail();
    const at = world.clock.now;
    const fresh = post.received.splice(0).map(({ to, raw, text, messageId }) => ({
      to,
      text,
      messageId,
      subject: subjectOf(raw),
      at,
    }));
    arrived.push(...fresh);
    world.clock.now = at + HOUR_MS;
    for (const mail of fresh) await react(mail);
    const { next } = await store.db
      .selectFrom("person")
      .select((eb) => eb.fn.min("next_contact_at").as("next"))
      .executeTakeFirstOrThrow();
    if (next === null) break;
    world.clock.now = Math.max(world.clock.now, next);
  }
  await store.close();
  return arrived;
}

describe("a study year of 200 people, through the server and a real mail server", () => {
  test("brings each person what is meant for them: nothing twice, at night, after an answer, or after they stopped", async () => {
    const room = await openMailWorld("sqlite");
    const people = await invite(room);
    const byEmail = new Map(people.map((person) => [person.email, person]));
    const stopped = new Set<string>();
    /** What the calendar of somebody silent says is to come, as of the hour in which they agreed. */
    const foretold = new Map<string, { readonly asOf: number; readonly moments: readonly number[] }>();
    const foretell = async ({ id, email }: Somebody): Promise<void> => {
      const path = `/api/studies/${STUDY}/people/${id}/calendar`;
      const { asOf, entries } = await room.staff.get<PersonCalendar>(path);
      foretold.set(email, {
        asOf,
        moments: entries.flatMap(({ kind, at }) => (kind === "message" ? [at] : [])),
      });
    };
    const finishedNudge = new Set<string>();
    const react = async (mail: Arrived): Promise<void> => {
      const person = byEmail.get(mail.to);
      if (!person) return;
      const asked = mail.subject.startsWith("Would you like");
      if (asked && person.kind === "never joins") return;
      if (asked) {
        await join(person);
        return person.kind === "silent" ? foretell(person) : undefined;
      }
      if (person.kind === "prompt") return answer(person, "all");
      if (person.kind === "halting") {
        const nudged = mail.subject.startsWith("Not finished");
        if (nudged) finishedNudge.add(person.email);
        return answer(person, nudged ? "all" : "a little");
      }
      if (person.kind !== "stops" || !mail.subject.startsWith("A reminder")) return;
      const stop = /\/stop\/\S+/.exec(mail.text)?.[0] ?? "";
      expect((await room.world.visitor().send("GET", stop)).status).toBe(200);
      expect((await room.world.visitor().send("POST", stop)).status).toBe(200);
      stopped.add(person.email);
    };
    const mails = await live(room, react);

    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(mails.length);
    for (const { to, at } of mails) {
      const person = byEmail.get(to);
      const zone = person?.kind === "never joins" ? "Europe/Oslo" : (person?.timeZone ?? "UTC");
      const [invited, joined] = ["Europe/Oslo", zone].map((timeZone) =>
        Number(new Date(at).toLocaleTimeString("en-GB", { timeZone, hour: "2-digit" })),
      );
      expect([invited, joined].some((hour = 0) => hour >= 8 && hour < 21)).toBe(true);
    }
    for (const [email, { asOf, moments }] of foretold) {
      const came = mails.flatMap(({ to, at }) =>
        to === email && at > asOf && at < asOf + YEAR_MS ? [at] : [],
      );
      expect(came, `${email}: what came is what the calendar said, to the moment`).toEqual(moments);
    }
    const countOf = (email: string): number => mails.filter(({ to }) => to === email).length;
    const counts = Object.fromEntries(
      kinds.map((kind) => [
        kind,
        [...new Set(people.filter((each) => each.kind === kind).map(({ email }) => countOf(email)))],
      ]),
    );
    expect(counts).toEqual({
      // An invitation, two nudges for the first wave, four messages for each of the others.
      silent: [1 + 2 + 4 * 4],
      // Answers after the first message of every wave.
      prompt: [1 + 1 + 4],
      // Begins at the first, finishes at the nudge.
      halting: [1 + 1 + 4 * 2],
      "no reminders": [1],
      stops: [1 + 2 + 2],
      "never joins": [3],
    });
    expect(foretold.size).toBe(people.filter(({ kind }) => kind === "silent").length);
    expect(stopped.size).toBe(people.filter(({ kind }) => kind === "stops").length);
    expect(finishedNudge.size).toBe(people.filter(({ kind }) => kind === "halting").length);
    const { counts: outbox } = await room.messages();
    expect(outbox).toMatchObject({ queued: 0, sending: 0, failed: 0, uncertain: 0, sent: mails.length });
    await room.close();
  }, 240_000);
});
