import type { InboxPage, Problem, StudySummary } from "@longwave/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { engines, stopPostgres } from "../testing/engines.ts";
import { type MailWorld, type Member, openMailWorld, STUDY } from "../testing/mail-world.ts";
import { protocolText } from "../testing/world.ts";

afterAll(stopPostgres);

const SECRET = "My knee has been worse since the walks";
/** The flagship with a safety pause that three people reach. */
const text = protocolText.replace("people: 5, share: 0.05", "people: 3, share: 0.5");

describe.each(engines)("the inbox, on %s", (engine) => {
  let room: MailWorld;
  let kari: Member;
  beforeAll(async () => {
    room = await openMailWorld(engine, { protocol: text });
    kari = await room.join("kari");
  });
  afterAll(() => room.close());

  const path = `/api/studies/${STUDY}/inbox`;
  const inbox = () => room.staff.get<InboxPage>(path);
  const handle = (id: string, body: object) => room.staff.post<InboxPage>(`${path}/${id}`, body);
  const write = (member: Member, about: string, words: string, id = crypto.randomUUID()) =>
    member.visitor.send("POST", "/api/participant/inbox", { id, about, words });
  const mailTo = async (address: string): Promise<readonly string[]> => {
    await room.world.server.deliverMail();
    return room.post.received.filter(({ to }) => to === address).map(({ text: body }) => body);
  };
  const reportHarm = (member: Member) => {
    const answer = { wave: "w1", item: "harm", payload: { kind: "value", value: true } };
    const answers = [{ ...answer, id: crypto.randomUUID(), answeredAt: room.world.clock.now }];
    return member.visitor.post("/api/participant/answers", { answers });
  };

  test("keeps a letter once, sealed, and shows harm first and unread first to those who may see names", async () => {
    const id = crypto.randomUUID();
    expect((await write(kari, "question", "When is the next time?", id)).status).toBe(200);
    expect((await write(kari, "question", "When is the next time?", id)).status).toBe(200);
    room.world.clock.now += 1000;
    await write(await room.join("ola"), "harm", SECRET);
    const { items, safety } = await inbox();
    expect(items.map(({ about, words, person }) => [about, words, person.label])).toEqual([
      ["harm", SECRET, "ola Testperson"],
      ["question", "When is the next time?", "kari Testperson"],
    ]);
    expect(safety).toMatchObject({ reported: 1, asked: 1, people: 3, withinDays: 28 });
    const store = await room.place.open();
    const kept = JSON.stringify([
      await store.db.selectFrom("inbox_message").selectAll().execute(),
      await store.db.selectFrom("audit").selectAll().execute(),
      await store.db.selectFrom("outbox").selectAll().execute(),
      room.world.lines,
    ]);
    await store.close();
    expect(kept).not.toContain(SECRET);
  });

  test("tells the team of harm at once, once, and not in the words of who wrote", async () => {
    for (const address of ["team@example.org", "study@example.org"]) {
      const [told = "", ...more] = await mailTo(address);
      expect(told).toContain("about harm or a worry");
      expect(told).not.toContain("knee");
      expect(more).toEqual([]);
    }
  });

  test("answers by e-mail or with a note of a call, closes, and writes each down without the words", async () => {
    const asked = (await inbox()).items.find(({ about }) => about === "question")?.id ?? "";
    await handle(asked, { do: "email", words: "In three months.\n\nWe write to you then." });
    room.world.clock.now += 1000;
    await handle(asked, { do: "call", words: "She sounded glad." });
    const closed = (await handle(asked, { do: "close" })).items.find(({ id }) => id === asked);
    expect(closed).toMatchObject({
      readAt: room.world.clock.now - 1000,
      closedAt: room.world.clock.now,
      answers: [{ way: "email" }, { way: "call", words: "She sounded glad." }],
    });
    expect((await mailTo("kari@example.org")).at(-1)).toContain("We write to you then.");
    const nobody = await room.join("");
    await write(nobody, "other", "Hello");
    const theirs = (await inbox()).items.find(({ canMail }) => !canMail)?.id ?? "";
    const refused = await room.staff.problem("POST", `${path}/${theirs}`, { do: "email", words: "Hi" });
    expect(refused.code).toBe("inbox.no-address");
    expect((await room.staff.problem("POST", `${path}/none`, { do: "read" })).code).toBe("inbox.not-found");
    const store = await room.place.open();
    const audit = await store.db.selectFrom("audit").selectAll().where("action", "like", "inbox.%").execute();
    await store.close();
    expect(audit.map(({ action }) => action)).toEqual(
      expect.arrayContaining(["inbox.written", "inbox.answered", "inbox.called", "inbox.closed"]),
    );
    expect(JSON.stringify(audit)).not.toContain("glad");
  });

  test("takes ten letters a day from a person", async () => {
    const many = await room.join("many");
    for (let times = 0; times < 10; times++) expect((await write(many, "other", "x")).status).toBe(200);
    expect((await write(many, "other", "x")).status).toBe(429);
  });

  test("pauses the study when people and share are reached, tells the team once, and asks why it goes on", async () => {
    const members: Member[] = [];
    for (const name of ["one", "two", "three"]) members.push(await room.join(name));
    const [one, two, three] = members;
    if (!one || !two || !three) throw new Error("three people joined");
    await reportHarm(one);
    await reportHarm(one); // the same person counts once
    expect((await inbox()).safety).toMatchObject({ reported: 2 });
    const summary = () => room.staff.get<StudySummary>(`/api/studies/${STUDY}`);
    expect((await summary()).pausedAt).toBeUndefined();
    await reportHarm(two);
    expect((await summary()).pausedAt).toBe(room.world.clock.now);
    expect((await inbox()).safety?.paused).toEqual({ at: room.world.clock.now, people: 3 });
    expect((await mailTo("team@example.org")).filter((body) => body.includes("paused itself"))).toHaveLength(
      1,
    );
    // Whoever has joined still answers, and another report does not tell the team again.
    await reportHarm(three);
    expect((await mailTo("team@example.org")).filter((body) => body.includes("paused itself"))).toHaveLength(
      1,
    );
    const move = `/api/studies/${STUDY}/move`;
    const silent = await room.staff.problem("POST", move, { move: "resume" });
    expect(silent.code).toBe("study.reason-missing");
    room.world.clock.now += 1000;
    await room.staff.post(move, { move: "resume", reason: "All four were ordinary soreness." });
    expect((await summary()).pausedAt).toBeUndefined();
    expect((await inbox()).safety).toMatchObject({ reported: 0 });
  });

  test("shows people what they wrote in their copy, and forgets all of it with them", async () => {
    const { visitor } = kari;
    const code = await codeFor(kari);
    await visitor.post("/api/participant/code/redeem", { purpose: "past_answers", code });
    const copy = await visitor.send("GET", "/api/participant/copy");
    expect(await copy.text()).toContain("When is the next time?");
    expect(await (await visitor.send("GET", "/api/participant/copy/page")).text()).toContain(
      "She sounded glad.",
    );
    await visitor.post("/api/participant/leave", { way: "erase" });
    const { items } = await inbox();
    expect(items.some(({ person }) => person.id === kari.id)).toBe(false);
    const after = (await (await write(kari, "other", "x")).json()) as Problem;
    expect(after.code).toBe("session.none");
  });

  async function codeFor(member: Member): Promise<string> {
    await member.visitor.post("/api/participant/code", { purpose: "past_answers" });
    const letters = await mailTo(member.email ?? "");
    return /^\d{4} \d{4}$/m.exec(letters.at(-1) ?? "")?.[0] ?? "";
  }
});
