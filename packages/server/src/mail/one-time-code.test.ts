import type { Problem, ReadOutCode } from "@longwave/api";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { requireVerified } from "../access/visits.ts";
import type { Refusal } from "../errors.ts";
import { engines, stopPostgres } from "../testing/engines.ts";
import { type MailWorld, type Member, openMailWorld, STUDY } from "../testing/mail-world.ts";

afterAll(stopPostgres);
const purpose = "past_answers";

describe.each(engines)("a one-time code, on %s", (engine) => {
  let room: MailWorld;
  let kari: Member;
  let people = 0;
  beforeAll(async () => {
    room = await openMailWorld(engine);
  });
  beforeEach(async () => {
    room.world.clock.now += 2 * 3_600_000; // the limits of the hour before are gone
    room.post.received.splice(0);
    kari = await join("kari");
  });
  afterAll(() => room.close());
  const join = (name: string) => room.join(`${name}${people++}`);

  const ask = (member: Member) => member.visitor.send("POST", "/api/participant/code", { purpose });
  const redeem = (member: Member, code: string) =>
    member.visitor.send("POST", "/api/participant/code/redeem", { purpose, code });
  /** The code of the newest message. */
  async function mailed(): Promise<string> {
    await room.world.server.deliverMail();
    return /^\d{4} \d{4}$/m.exec(room.post.received.at(-1)?.text ?? "")?.[0] ?? "";
  }

  /** What a route that shows past answers says to this visit. */
  async function visitOf(member: Member): Promise<string> {
    const store = await room.place.open();
    const cookie = [...member.visitor.cookies].map((pair) => pair.join("=")).join("; ");
    const request = new Request("http://localhost:4040/", { headers: { cookie } });
    const context = { store, now: () => room.world.clock.now, secureCookies: false };
    const answer = await requireVerified(context, request).then(
      () => "verified",
      (error: Refusal) => error.problem.code,
    );
    await store.close();
    return answer;
  }

  test("comes by e-mail and marks the visit as verified for half an hour", async () => {
    expect(await (await ask(kari)).json()).toEqual({ minutes: 10 });
    const code = await mailed();
    expect(room.post.received[0]?.to).toBe(kari.email);
    const answer = await redeem(kari, code.replace(" ", "-"));
    expect(await answer.json()).toEqual({ verifiedUntil: room.world.clock.now + 30 * 60_000 });
    expect(await visitOf(kari)).toBe("verified");
    room.world.clock.now += 30 * 60_000;
    expect(await visitOf(kari)).toBe("session.not-verified");
  });

  test("works once", async () => {
    await ask(kari);
    const code = await mailed();
    expect((await redeem(kari, code)).status).toBe(200);
    expect(((await (await redeem(kari, code)).json()) as Problem).code).toBe("code.wrong");
  });

  test("is worthless after ten minutes, after five wrong tries, and when a newer one has been made", async () => {
    await ask(kari);
    const late = await mailed();
    room.world.clock.now += 10 * 60_000;
    expect((await redeem(kari, late)).status).toBe(422);
    await ask(kari);
    const tried = await mailed();
    for (let tries = 0; tries < 5; tries++) expect((await redeem(kari, "0000 0001")).status).toBe(422);
    expect((await redeem(kari, tried)).status).toBe(422);
    await ask(kari);
    const older = await mailed();
    await ask(kari);
    const newer = await mailed();
    expect((await redeem(kari, older)).status).toBe(422);
    expect((await redeem(kari, newer)).status).toBe(200);
  });

  test("is used by one of many who type it at the same moment", async () => {
    await ask(kari);
    const code = await mailed();
    const answers = await Promise.all(Array.from({ length: 4 }, () => redeem(kari, code)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422, 422, 422]);
  });

  test("opens nothing for anyone else", async () => {
    const ola = await join("ola");
    await ask(kari);
    expect((await redeem(ola, await mailed())).status).toBe(422);
    expect(await visitOf(ola)).toBe("session.not-verified");
  });

  test("is asked for with the same answer whether an address is known or not", async () => {
    const nobody = await room.join("");
    const [known, unknown] = [await ask(kari), await ask(nobody)];
    expect(unknown.status).toBe(known.status);
    expect(await unknown.json()).toEqual(await known.json());
    await room.world.server.deliverMail();
    expect(room.post.received).toHaveLength(1);
  });

  test("can be asked for five times an hour, by those without an address too", async () => {
    const nobody = await room.join("");
    for (const member of [kari, nobody]) {
      for (let times = 0; times < 5; times++) expect((await ask(member)).status).toBe(200);
      expect((await ask(member)).status).toBe(429);
    }
    room.world.clock.now += 61 * 60_000;
    expect((await ask(kari)).status).toBe(200);
  });

  test("is read out by staff to a person without e-mail, and the audit says by whom", async () => {
    const nobody = await room.join("");
    const path = `/api/studies/${STUDY}/people/${nobody.id}/code`;
    const { code } = await room.staff.post<ReadOutCode>(path, { purpose });
    expect((await redeem(nobody, code)).status).toBe(200);
    expect((await kari.visitor.problem("POST", path, { purpose })).code).toBe("staff.not-signed-in");
    const store = await room.place.open();
    const events = await store.db
      .selectFrom("audit")
      .selectAll()
      .where("action", "=", "code.read-out")
      .execute();
    expect(events).toMatchObject([{ actor: "staff:team@example.org", study: STUDY }]);
    expect(JSON.stringify(events)).not.toContain(code);
    await store.close();
  });

  test("is not sent any more when it has run out while the mail server was away", async () => {
    await room.post.stop();
    await ask(kari);
    await room.world.server.deliverMail();
    room.world.clock.now += 11 * 60_000;
    await room.post.restart();
    await room.world.server.deliverMail();
    expect(room.post.received).toEqual([]);
    const [message] = (await room.messages()).messages;
    expect(message).toMatchObject({ state: "cancelled", lastError: "the code had run out or was replaced" });
  });

  test("stands nowhere in the store, nor do links or addresses in the outbox", async () => {
    await ask(kari);
    const code = await mailed();
    const store = await room.place.open();
    const rows = [
      await store.db.selectFrom("outbox").selectAll().execute(),
      await store.db.selectFrom("one_time_code").selectAll().execute(),
      await store.db.selectFrom("audit").selectAll().execute(),
    ];
    const text = JSON.stringify([rows, room.world.lines]);
    await store.close();
    for (const secret of [code, code.replace(" ", ""), kari.token, "kari"])
      expect(text).not.toContain(secret);
  });
});
