import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { MessageRow } from "@longwave/api";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { engines, stopPostgres } from "../testing/engines.ts";
import { type MailWorld, type Member, openMailWorld, STUDY } from "../testing/mail-world.ts";
import { openWorld } from "../testing/world.ts";

afterAll(stopPostgres);
const purpose = "past_answers";
const ask = (member: Member) => member.visitor.post("/api/participant/code", { purpose });

describe.each(engines)("a message, on %s", (engine) => {
  let room: MailWorld;
  let kari: Member;
  let people = 0;
  beforeAll(async () => {
    room = await openMailWorld(engine);
  });
  beforeEach(async () => {
    room.world.clock.now += 7 * 3_600_000;
    room.post.manner = "take";
    room.post.received.splice(0);
    kari = await room.join(`kari${people++}`);
  });
  afterAll(() => room.close());

  const deliver = () => room.world.server.deliverMail();
  /** Kari's only message. */
  async function only(): Promise<MessageRow> {
    const messages = (await room.messages()).messages.filter(({ to }) => `${to}`.startsWith(`${kari.name} `));
    expect(messages).toHaveLength(1);
    return messages[0] as MessageRow;
  }

  test("comes from the study, as plain text and HTML, with a name of its own that staff can look up", async () => {
    await ask(kari);
    await deliver();
    const [mail] = room.post.received;
    expect(mail?.raw).toMatch(/^From: The exercise and pain study team <study@example\.org>/m);
    expect(mail?.raw).toMatch(/^Reply-To: study@example\.org/m);
    expect(mail?.raw).toMatch(/^Auto-Submitted: auto-generated/m);
    expect(mail?.raw).toContain("Content-Type: text/html");
    expect(mail?.raw).not.toMatch(/^List-Unsubscribe/m);
    const row = await only();
    expect(row).toMatchObject({
      state: "sent",
      to: `${kari.name} Testperson`,
      attempts: 1,
      canRepeat: false,
    });
    expect(mail?.messageId).toBe(row.messageId);
    expect(row.messageId).not.toContain(kari.id);
  });

  test("waits while the mail server cannot be reached, and goes when it is back, in the order decided", async () => {
    const ola = await room.join("ola");
    await room.post.stop();
    await ask(kari);
    room.world.clock.now += 1000;
    await ask(ola);
    await deliver();
    const { way, counts, messages } = await room.messages();
    expect(counts.queued).toBe(2);
    expect(way.trouble).toMatch(/ECONNREFUSED/);
    expect(messages.slice(0, 2).map(({ attempts }) => attempts)).toEqual([0, 0]);
    await room.post.restart();
    room.world.clock.now += 60_000;
    await deliver();
    expect(room.post.received.map(({ to }) => to)).toEqual([kari.email, ola.email]);
    expect((await room.messages()).way.trouble).toBeNull();
  });

  test.each(["turn recipient away for now", "turn message away for now"] as const)(
    "is tried again later when the mail server says so (%s)",
    async (manner) => {
      room.post.manner = manner;
      await ask(kari);
      await deliver();
      expect(await only()).toMatchObject({ state: "queued", attempts: 1 });
      room.post.manner = "take";
      await deliver();
      expect(room.post.received).toEqual([]);
      room.world.clock.now += 61_000;
      await deliver();
      expect(await only()).toMatchObject({ state: "sent", attempts: 2 });
    },
  );

  test.each(["refuse recipient", "refuse message"] as const)(
    "fails for good when the mail server refuses it (%s), and the reason names nobody",
    async (manner) => {
      room.post.manner = manner;
      await ask(kari);
      await deliver();
      const row = await only();
      expect(row.state).toBe("failed");
      expect(row.lastError).toMatch(/user unknown|looks like spam/);
      expect(row.lastError).not.toContain("kari");
      expect(room.world.lines.join("\n")).not.toContain("kari");
      expect((await room.messages("?state=failed")).messages.map(({ id }) => id)).toContain(row.id);
    },
  );

  test("goes back to its place when the mail server hangs up before it was handed over", async () => {
    room.post.manner = "hang up before message";
    await ask(kari);
    await deliver();
    expect(await only()).toMatchObject({ state: "queued", attempts: 0 });
    room.post.manner = "take";
    room.world.clock.now += 6000;
    await deliver();
    expect(await only()).toMatchObject({ state: "sent" });
    expect(room.post.received).toHaveLength(1);
  });

  test("is uncertain when the mail server hangs up after it was handed over, and is never sent again by itself", async () => {
    room.post.manner = "hang up after message";
    await ask(kari);
    await deliver();
    expect(await only()).toMatchObject({ state: "uncertain", canRepeat: false });
    room.post.manner = "take";
    for (let hours = 0; hours < 5; hours++) {
      room.world.clock.now += 3_600_000;
      await deliver();
    }
    expect(room.post.received).toHaveLength(1);
  });

  test("is uncertain when the server that was sending it has been silent for a minute", async () => {
    await ask(kari);
    const store = await room.place.open();
    const at = room.world.clock.now;
    const dead = { state: "sending", owner: "dead", alive_at: at };
    await store.db.updateTable("outbox").set(dead).where("state", "=", "queued").execute();
    await store.close();
    await deliver();
    expect(await only()).toMatchObject({ state: "sending" });
    room.world.clock.now += 61_000;
    await deliver();
    expect(await only()).toMatchObject({ state: "uncertain" });
    expect(room.post.received).toEqual([]);
  });

  test.runIf(engine === "postgres")("of hundreds, each is taken by one of two servers", async () => {
    const mail = { address: room.post.address };
    const other = await openWorld({
      ...room.place.location,
      demonstration: null,
      mail,
      now: () => room.world.clock.now,
    });
    const store = await room.place.open();
    await ask(kari);
    const waiting = store.db.selectFrom("outbox").selectAll().where("state", "=", "queued");
    const row = await waiting.executeTakeFirstOrThrow();
    const many = Array.from({ length: 300 }, (_, index) => ({
      ...row,
      id: crypto.randomUUID(),
      key: `copy:${index}`,
    }));
    await store.db.insertInto("outbox").values(many).execute();
    await Promise.all([deliver(), other.server.deliverMail()]);
    const ids = room.post.received.map(({ messageId }) => messageId);
    expect(ids).toHaveLength(301);
    expect(new Set(ids).size).toBe(301);
    const owners = store.db.selectFrom("outbox").select("owner").distinct().where("key", "like", "copy:%");
    expect(await owners.execute()).toHaveLength(2);
    await store.close();
    await other.close();
  });
});

describe("the way out", () => {
  test("is a folder when no mail server was named: nothing leaves the machine", async () => {
    const room = await openMailWorld("sqlite", { mail: {} });
    const kari = await room.join("kari");
    await ask(kari);
    await room.world.server.deliverMail();
    const folder = join(room.place.location.dataDir, "outbox");
    const { way, messages } = await room.messages();
    expect(way).toEqual({ kind: "folder", place: folder, trouble: null });
    const [name = "", ...others] = readdirSync(folder);
    expect(others).toEqual([]);
    expect(name).toContain(messages[0]?.id);
    expect(readFileSync(join(folder, name), "utf8")).toContain("To: kari@example.org");
    expect(room.post.received).toEqual([]);
    await room.close();
  });

  test("gives the mail server user and password and tells them to nobody else", async () => {
    const room = await openMailWorld("sqlite");
    const kari = await room.join("kari");
    const { host } = new URL(room.post.address);
    const { clock } = room.world;
    const other = await openWorld({
      ...room.place.location,
      demonstration: null,
      mail: { address: `smtp://anna@${host}`, password: "wrong" },
      now: () => clock.now,
    });
    await ask(kari);
    await other.server.deliverMail();
    expect(room.post.signedIn).toEqual(["anna:wrong"]);
    const staff = await other.staff("team@example.org");
    const page = JSON.stringify(await staff.get(`/api/studies/${STUDY}/messages`));
    expect(page).toContain("Invalid username or password");
    for (const text of [page, other.lines.join("\n")]) expect(text).not.toMatch(/wrong|anna/);
    await other.close();
    await room.close();
  });
});
