import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createCompiler } from "../protocol/compiler.ts";
import { publish } from "../publications/publish.ts";
import { addDeparture } from "../store/queries/departures.ts";
import { messageById } from "../store/queries/outbox.ts";
import { addRun, finishRun, runById } from "../store/queries/runs.ts";
import { studyById } from "../store/queries/studies.ts";
import { engines, stopPostgres } from "../testing/engines.ts";
import { type MailWorld, openMailWorld, STUDY } from "../testing/mail-world.ts";
import { composeMessage } from "./compose.ts";

afterAll(stopPostgres);
/** Nine in the evening in Oslo: quiet there and day in New York. */
const EVENING = Date.UTC(2026, 2, 2, 20);
const reminders = ["reminders"];

describe.each(engines)("when results are published, on %s", (engine) => {
  let room: MailWorld;
  beforeAll(async () => {
    room = await openMailWorld(engine);
    room.world.clock.now = EVENING;
  });
  afterAll(() => room.close());

  /** Publishes a run, as the console's button does. */
  async function publishRun(id: string, more: object = {}): Promise<void> {
    const store = await room.place.open();
    const study = await studyById(store.db, STUDY);
    if (!study) throw new Error("the study is not there");
    const at = room.world.clock.now;
    const run = { id, study: STUDY, kind: "results", upToSeq: 0, seed: 1, startedAt: at } as const;
    if (!(await runById(store.db, STUDY, id))) await addRun(store.db, { ...run, requestedBy: "team" });
    // What the results are does not matter here: any draft can be sealed.
    await finishRun(store.db, id, { at, report: "", draft: JSON.stringify({ language: "en", run: id }) });
    const mail = { wake: () => undefined };
    const context = { store, now: () => at, version: "1", compiler: createCompiler(), mail };
    await publish(context, study, { run: id, ...more }, "team@example.org");
    await store.close();
  }
  const received = () => room.post.received.map(({ to }) => to).sort();

  test("those who agreed and have an address are told once, each outside the quiet hours of their own clock", async () => {
    const oslo = await room.join("oslo", { ticks: reminders });
    const york = await room.join("york", { ticks: reminders, timeZone: "America/New_York" });
    await room.join("silent");
    await room.join("", { ticks: reminders });
    await publishRun("first");
    await publishRun("first");
    await room.world.server.deliverMail();
    expect(received()).toEqual([york.email]);
    room.world.clock.now = EVENING + 10.9 * 3_600_000;
    await room.world.server.deliverMail();
    expect(received()).toEqual([york.email]);
    room.world.clock.now = EVENING + 11 * 3_600_000;
    await room.world.server.deliverMail();
    expect(received()).toEqual([oslo.email, york.email]);
    const { text = "", raw = "" } = room.post.received[0] ?? {};
    expect(text).toContain("http://localhost:4040/findings/pain");
    expect(raw).not.toMatch(/^List-Unsubscribe/m); // not over plain HTTP
  });

  test("a correction is told of only when the team asks for it", async () => {
    room.post.received.splice(0);
    room.world.clock.now = EVENING + 19 * 3_600_000;
    await publishRun("second", { changes: ["A label was mended."] });
    await room.world.server.deliverMail();
    expect(received()).toEqual([]);
    await publishRun("third", { changes: ["An estimate was mended."], tellPeople: true });
    await room.world.server.deliverMail();
    expect(received()).toEqual(["oslo@example.org", "york@example.org"]);
    expect(room.post.received[0]?.text).toContain("corrected");
  });

  test("whoever presses the button of the message gets no more of them, and codes all the same", async () => {
    const { text = "" } = room.post.received.find(({ to }) => to === "oslo@example.org") ?? {};
    const path = /http:\/\/localhost:4040(\/stop\/\S+)/.exec(text)?.[1] ?? "";
    const visitor = room.world.visitor();
    expect(await (await visitor.send("GET", path)).text()).toContain("Send me no more messages");
    room.post.received.splice(0);
    await publishRun("fourth", { changes: ["x"], tellPeople: true });
    // The button of a mail program posts from anywhere, without a cookie.
    const elsewhere = { origin: "https://mail.example", "sec-fetch-site": "cross-site" };
    expect((await visitor.send("POST", path, "List-Unsubscribe=One-Click", elsewhere)).status).toBe(200);
    await room.world.server.deliverMail();
    expect(received()).toEqual(["york@example.org"]);
    await publishRun("fifth", { changes: ["y"], tellPeople: true });
    await room.world.server.deliverMail();
    expect(received()).toEqual(["york@example.org", "york@example.org"]);
    expect((await visitor.send("GET", `${path}x`)).status).toBe(404);
    expect((await room.messages("?state=cancelled")).messages).toMatchObject([
      { lastError: "the person wants no more messages" },
    ]);
  });

  test("nobody is told when the people of the study are simulated", async () => {
    const store = await room.place.open();
    const before = await store.db.selectFrom("outbox").select("id").execute();
    await store.db.updateTable("study").set({ simulated: 1 }).execute();
    await publishRun("simulated", { changes: ["z"], tellPeople: true });
    expect(await store.db.selectFrom("outbox").select("id").execute()).toHaveLength(before.length);
    await store.db.updateTable("study").set({ simulated: 0 }).execute();
    await store.close();
  });

  test("over HTTPS mail programs are given an address that stops messages by POST alone", async () => {
    const store = await room.place.open();
    const row = await store.db
      .selectFrom("outbox")
      .select("id")
      .where("state", "=", "sent")
      .executeTakeFirstOrThrow();
    const message = await messageById(store.db, STUDY, row.id);
    if (!message) throw new Error("the message is not there");
    await store.db.deleteFrom("departure").execute();
    const key = Buffer.alloc(32, 1);
    const context = {
      store,
      staff: { makeToken: async () => "" },
      linkKey: key,
      commentKey: key,
      compiler: createCompiler(),
      origin: () => "https://study.example.org",
      now: () => EVENING,
      mailFrom: "studies@mail.example",
    };
    const composed = await composeMessage(context, message);
    const person = message.recipient.id;
    const departure = { id: "d", study: STUDY, person, kind: "stop_contact", at: EVENING };
    await addDeparture(store.db, { ...departure, actor: "person:x", reason: null });
    // Decided before, repeated by staff, or tried again after a refusal: whoever has stopped messages gets none.
    expect(await composeMessage(context, message)).toEqual({
      kind: "none",
      why: "the person wants no more messages",
    });
    await store.close();
    if (composed.kind !== "letter") throw new Error(composed.why);
    const { headers, from, replyTo, to } = composed.letter;
    expect(headers["List-Unsubscribe"]).toMatch(/^<https:\/\/study\.example\.org\/stop\/[\w.-]+>$/);
    expect(headers["List-Unsubscribe-Post"]).toBe("List-Unsubscribe=One-Click");
    expect(from).toEqual({ name: "The exercise and pain study team", address: "studies@mail.example" });
    expect(replyTo).toBe("study@example.org");
    expect(JSON.stringify(headers)).not.toContain(to);
  });
});
