import type {
  AddPeopleAnswer,
  ParticipantState,
  PeoplePage,
  PersonCalendar,
  StudyCalendar,
} from "@longwave/api";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type MailWorld, type Member, openMailWorld, STUDY } from "../testing/mail-world.ts";
import { answerTo, itemsOf, sendAnswers } from "../testing/world.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let room: MailWorld;
beforeEach(async () => {
  room = await openMailWorld("sqlite", { publicUrl: "https://study.example.org" });
});
afterEach(() => room.close());

const deliver = () => room.world.server.deliverMail();
const later = (days: number): void => {
  room.world.clock.now += days * DAY_MS;
};
const subjects = () => room.post.received.map(({ raw }) => /^Subject: (.+)$/m.exec(raw)?.[1]?.trim() ?? "");
/** Joined in the morning of Monday 2 March 2026 in Oslo, with reminders. */
const join = (name: string): Promise<Member> => room.join(name, { ticks: ["reminders"] });
const open = (member: Member, timeZone?: string) =>
  member.visitor.post<ParticipantState>("/api/participant/session", { token: member.token, timeZone });

async function invite(text: string): Promise<AddPeopleAnswer> {
  const answer = await room.staff.post<AddPeopleAnswer>(`/api/studies/${STUDY}/people`, {
    text,
    invite: true,
  });
  await deliver();
  return answer;
}

describe("an invitation", () => {
  test("brings the person's own link, a header and an address that stop messages, and a way to say: not me", async () => {
    const { added } = await invite("kari@example.org");
    const [mail] = room.post.received;
    expect(mail?.text).toContain(added[0]?.link);
    expect(mail?.raw).toMatch(/^List-Unsubscribe:\s+<https:\/\/study\.example\.org\/stop\/\S+>/m);
    expect(mail?.raw).toMatch(/^List-Unsubscribe-Post:\s+List-Unsubscribe=One-Click/m);
    expect(mail?.text).toMatch(/https:\/\/study\.example\.org\/not-me\/\S+/);
    const { messages } = await room.messages();
    expect(JSON.stringify(messages)).not.toContain(added[0]?.link.split("#")[1]);
  });

  test.each(["wrong_person", "deceased"])(
    "ends all contact when it came to someone else, or to a family that mourns (%s)",
    async (why) => {
      const { added } = await invite("kari@example.org");
      const path = /\/not-me\/\S+/.exec(room.post.received[0]?.text ?? "")?.[0] ?? "";
      const stranger = room.world.visitor();
      expect((await stranger.send("GET", path)).status).toBe(200);
      const page = () => room.staff.get<PeoplePage>(`/api/studies/${STUDY}/people`);
      expect((await page()).people[0]?.standing).toBe("active");
      expect((await stranger.send("POST", `${path}/${why}`)).status).toBe(200);
      expect((await page()).people[0]?.standing).toBe("no_contact");
      const token = added[0]?.link.split("#")[1];
      const opened = await stranger.send("POST", "/api/participant/session", { token });
      expect(opened.status, "the link in the message is useless").toBe(401);
      for (let week = 0; week < 6; week++) {
        later(7);
        await deliver();
      }
      expect(room.post.received).toHaveLength(1);
    },
  );

  test("does not go to those who get their links by hand, and reminders stop when someone joins", async () => {
    await room.join("hand");
    await deliver();
    expect(room.post.received).toEqual([]);
  });
});

describe("a reminder", () => {
  test("is kept back when the person answers between the decision and the sending, and says so", async () => {
    const kari = await join("kari");
    later(2);
    await room.post.stop();
    await deliver();
    expect((await room.messages()).counts.queued).toBe(1);
    const state = await open(kari);
    await sendAnswers(
      kari.visitor,
      itemsOf(state).map((item) => answerTo(state, item)),
    );
    await kari.visitor.post("/api/participant/finish", { wave: "w1" });
    await room.post.restart();
    room.world.clock.now += HOUR_MS;
    await deliver();
    expect(room.post.received).toEqual([]);
    const { messages } = await room.messages();
    expect(messages[0]).toMatchObject({ state: "cancelled", lastError: "the person has answered meanwhile" });
  });

  test("trap: one that cannot go is on the dashboard, as when there is no address", async () => {
    await room.join("", { ticks: ["reminders"] });
    later(2);
    await deliver();
    const { counts, messages } = await room.messages();
    expect(counts.failed).toBe(1);
    expect(messages[0]?.lastError).toBe("there is no e-mail address");
  });

  test("trap: a study that takes no answers sends nothing", async () => {
    await join("kari");
    const store = await room.place.open();
    await store.db.updateTable("study").set({ phase: "locked" }).execute();
    await store.close();
    later(2);
    await deliver();
    const { queued, sent } = (await room.messages()).counts;
    expect([queued, sent]).toEqual([0, 0]);
  });

  test("waits for the mail server for days, and all come in the order decided, by day; what is too late does not come", async () => {
    for (const name of ["a", "b", "c"]) {
      await join(name);
      later(1);
    }
    await room.post.stop();
    room.world.clock.now -= DAY_MS; // the day of the first nudge
    for (let times = 0; times < 12; times++) {
      await deliver();
      room.world.clock.now += 4 * HOUR_MS;
    }
    await deliver();
    expect((await room.messages()).counts.queued).toBe(3);
    await room.post.restart();
    room.world.clock.now += HOUR_MS;
    await deliver();
    expect(room.post.received.map(({ to }) => to[0])).toEqual(["a", "b", "c"]);
    await room.post.stop();
    later(4);
    await deliver();
    later(5);
    await room.post.restart();
    await deliver();
    expect(room.post.received, "too late for the nudge of day 7").toHaveLength(3);
    expect((await room.messages()).counts.cancelled).toBe(3);
  });

  test("trap: follows the clock of a person who opens their link in another time zone", async () => {
    const kari = await join("kari");
    await open(kari, "America/New_York");
    await open(kari, "Europe/Nowhere");
    later(2);
    room.world.clock.now -= HOUR_MS; // 10:00 in Oslo, four in the morning in New York
    await deliver();
    expect(room.post.received).toEqual([]);
    room.world.clock.now += 5 * HOUR_MS;
    await deliver();
    expect(subjects()).toEqual(["Not finished yet: Exercise and pain over one year"]);
  });
});

describe("an answer that was given before its wave closed", () => {
  test("is taken for 72 hours and marked as late; afterwards it is refused with the day the wave closed", async () => {
    const kari = await join("kari");
    const state = await open(kari);
    const [first, second] = itemsOf(state);
    if (!first || !second) throw new Error("the form has no questions");
    const closesAt = state.waves[0]?.closesAt ?? 0;
    const given = { answeredAt: closesAt - HOUR_MS };
    room.world.clock.now = closesAt + 71 * HOUR_MS;
    await open(kari);
    const afterClose = await sendAnswers(kari.visitor, [
      answerTo(state, first, given),
      answerTo(state, second, { answeredAt: closesAt + HOUR_MS }),
    ]);
    expect(afterClose.saved).toHaveLength(1);
    expect(afterClose.refused[0]?.problem.code).toBe("answer.wave-not-open");
    room.world.clock.now = closesAt + 72 * HOUR_MS;
    const tooLate = await sendAnswers(kari.visitor, [answerTo(state, second, given)]);
    expect(tooLate.refused[0]?.problem.found).toMatch(/closed on/);
    const store = await room.place.open();
    expect(await store.db.selectFrom("answer").select("late").execute()).toEqual([{ late: 1 }]);
    await store.close();
  });
});

describe("the calendar", () => {
  test("lists what is to come for a person and for the study, as of now and of another day", async () => {
    const kari = await join("kari");
    const path = `/api/studies/${STUDY}/people/${kari.id}/calendar`;
    const own = await room.staff.get<PersonCalendar>(path);
    expect(own.timeZone).toBe("Europe/Oslo");
    expect(own.waves.map(({ state }) => state)).toEqual(["open", "not_yet", "not_yet", "not_yet", "not_yet"]);
    const first = own.entries
      .slice(0, 4)
      .map(({ day, kind, wave, contact }) => [day, kind, wave, contact ?? ""]);
    expect(first).toEqual([
      ["2026-03-02", "opens", "w1", ""],
      ["2026-03-04", "message", "w1", "finish_1"],
      ["2026-03-09", "message", "w1", "finish_2"],
      ["2026-03-16", "closes", "w1", ""],
    ]);
    await join("ola");
    const study = await room.staff.get<StudyCalendar>(`/api/studies/${STUDY}/calendar`);
    expect(study.days[1]).toEqual({
      day: "2026-03-04",
      counts: [{ kind: "message", wave: "w1", people: 2 }],
    });
    const autumn = await room.staff.get<PersonCalendar>(`${path}?asOf=2026-11-01`);
    expect(autumn.waves.map(({ state }) => state)).toEqual([
      "missed",
      "missed",
      "missed",
      "not_yet",
      "not_yet",
    ]);
    const before = await room.staff.get<StudyCalendar>(`/api/studies/${STUDY}/calendar?asOf=2026-03-01`);
    expect(before.days).toEqual([]);
  });
});
