import { drawRestMoments } from "@longwave/study";
import { readProtocol } from "@longwave/study/text";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { leave } from "../people/leave.ts";
import type { Store } from "../store/open.ts";
import { type Engine, engines } from "../testing/engines.ts";
import { type MailWorld, type Member, openMailWorld, STUDY } from "../testing/mail-world.ts";
import { answersTo } from "../testing/session-answers.ts";
import { protocolText, sendAnswers } from "../testing/world.ts";
import { uniformFrom } from "./plan-prompts.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;
const half = "A part of your session is open: Exercise and pain";
const protocol = readProtocol(protocolText, "exercise-and-pain.yaml");

describe.each(engines)("prompts about sessions and rests on %s", (engine: Engine) => {
  let room: MailWorld;
  let store: Store;
  beforeAll(async () => {
    room = await openMailWorld(engine);
    store = await room.place.open();
  });
  afterAll(async () => {
    await store.close();
    await room.close();
  });

  const join = (name: string, ticks = ["session_log"]) => room.join(name, { ticks, timeZone: "Europe/Oslo" });
  const restsOf = ({ id }: Member) =>
    store.db.selectFrom("rest_prompt").selectAll().where("person", "=", id).orderBy("due_at").execute();

  async function logHalf({ visitor, token }: Member): Promise<void> {
    await visitor.post("/api/participant/session", { token });
    const { now } = room.world.clock;
    await sendAnswers(visitor, answersTo(crypto.randomUUID(), { s_type: "walk", s_pre: 4 }, now));
  }

  /** A week's two rests fall on different days, so that on Monday one is to come at least. */
  async function nextMonday(): Promise<void> {
    const today = Math.floor(room.world.clock.now / DAY_MS);
    const weekday = new Date(today * DAY_MS).getUTCDay();
    room.world.clock.now = (today + ((8 - weekday) % 7 || 7)) * DAY_MS + 9 * 60 * MINUTE_MS;
    await room.world.server.deliverMail();
  }

  /** Lets time pass from one moment at which something is due to the next. What arrived, and when. */
  async function pass(days: number) {
    const end = room.world.clock.now + days * DAY_MS;
    const arrived: { readonly to: string; readonly subject: string; readonly at: number }[] = [];
    while (room.world.clock.now < end) {
      await room.world.server.deliverMail();
      for (const { to, raw } of room.post.received.splice(0)) {
        const subject = /^Subject: (.+(?:\r?\n .+)*)$/m.exec(raw)?.[1]?.replace(/\r?\n/g, "") ?? "";
        arrived.push({ to, subject, at: room.world.clock.now });
      }
      const { next } = await store.db
        .selectFrom("person")
        .select((eb) => eb.fn.min("next_contact_at").as("next"))
        .executeTakeFirstOrThrow();
      if (next !== null && next <= room.world.clock.now) throw new Error(room.world.lines.join("\n"));
      room.world.clock.now = Math.min(end, next ?? end);
    }
    return arrived;
  }

  test("remind of each missing part once, and ask at rest while sessions are logged: once a day at most, never at night", async () => {
    const [kari, ola, nils] = [await join("kari"), await join("ola", []), await join("nils")];
    const monday = room.world.clock.now;
    await logHalf(kari);
    await logHalf(nils);
    const parting = {
      store,
      now: () => monday,
      log: () => undefined,
      mail: { transport: { forget: async () => undefined } },
    };
    await leave(parting, { study: STUDY, person: nils.id, way: "stop_contact", actor: nils.id });
    const arrived = await pass(56);

    expect(new Set(arrived.map(({ to }) => to)), "nobody without the box, nobody who has stopped").toEqual(
      new Set([kari.email]),
    );
    const parts = arrived.filter(({ subject }) => subject.startsWith(half.slice(0, 20)));
    const inTheMorning = monday + DAY_MS - 3 * 60 * MINUTE_MS;
    expect(parts.map(({ at }) => at)).toEqual([monday + 150 * MINUTE_MS, inTheMorning]);

    const day = new Intl.DateTimeFormat("en-CA", { timeZone: "Europe/Oslo", dateStyle: "short" });
    const hour = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Oslo", hour: "2-digit" });
    const days = arrived.map(({ at }) => day.format(at));
    expect(new Set(days).size).toBe(arrived.length);
    for (const { at } of arrived) expect(Number(hour.format(at))).toSatisfy((h: number) => h >= 8 && h < 21);

    const rests = await restsOf(kari);
    expect(rests, "two a week, in the weeks that begin within four of the session").toHaveLength(10);
    const sent = rests.filter(({ state }) => state === "sent");
    const asked = arrived.filter((mail) => !parts.includes(mail));
    expect(asked.map(({ at }) => at)).toEqual(sent.map(({ due_at }) => due_at));
    for (const { state, local_date } of rests.filter((rest) => rest.state !== "sent")) {
      const taken = days.includes(local_date) || local_date === day.format(monday);
      expect(taken, `${state} on ${local_date}`).toBe(true);
    }
    expect(await restsOf(ola)).toEqual([]);
    expect(await restsOf(nils)).toEqual([]);
  }, 60_000);

  test("come at moments that follow from the seed written down with them", async () => {
    const rests = await store.db.selectFrom("rest_prompt").selectAll().orderBy("due_at").execute();
    const [first] = rests;
    const again = drawRestMoments({
      hours: protocol.messages,
      timeZone: "Europe/Oslo",
      week: first?.week ?? "",
      perWeek: 2,
      sessionTimes: [],
      uniform: uniformFrom(first?.seed ?? ""),
    });
    const drawn = rests.filter(({ seed }) => seed === first?.seed).map(({ due_at }) => due_at);
    expect(again.map(({ at }) => at)).toEqual(drawn);
  });

  test("are held back when a session or the missing part arrives between the decision and the sending", async () => {
    const berit = await join("berit");
    await logHalf(berit);
    await nextMonday();
    const waiting = (await restsOf(berit)).find(({ state }) => state === "drawn");
    room.world.clock.now = waiting?.due_at ?? 0;
    room.post.received.length = 0;
    await room.post.stop();
    await room.world.server.deliverMail();
    expect((await restsOf(berit)).find(({ id }) => id === waiting?.id)?.state).toBe("sent");
    await logHalf(berit);
    await room.post.restart();
    room.world.clock.now += 10 * MINUTE_MS;
    await room.world.server.deliverMail();
    expect(room.post.received).toEqual([]);
    const { messages } = await room.messages();
    expect(messages.find(({ template }) => template === "rest_prompt")).toMatchObject({
      state: "cancelled",
      lastError: "the person logged a session that day, so there is no rest to ask about",
    });
  });

  test("take a rest that was asked for, which then counts as one unit with its second rating", async () => {
    const siri = await join("siri");
    await logHalf(siri);
    await nextMonday();
    const rest = (await restsOf(siri)).find(({ state }) => state === "drawn");
    room.world.clock.now = (rest?.due_at ?? 0) + MINUTE_MS;
    await room.world.server.deliverMail();
    await siri.visitor.post("/api/participant/session", { token: siri.token });
    const answers = answersTo(rest?.id ?? "", { r_now: 3 }, room.world.clock.now, "rest_prompt");
    expect((await sendAnswers(siri.visitor, answers)).refused).toEqual([]);
    room.world.clock.now += 40 * MINUTE_MS;
    const later = answersTo(rest?.id ?? "", { r_30: 4 }, room.world.clock.now, "rest_prompt");
    expect((await sendAnswers(siri.visitor, later)).refused).toEqual([]);
  });
});
