import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ModeratedComment } from "@longwave/api";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { engines, stopPostgres } from "../testing/engines.ts";
import type { TestMailServer } from "../testing/mail-server.ts";
import { type MailWorld, openMailWorld, STUDY } from "../testing/mail-world.ts";
import type { World } from "../testing/world.ts";

afterAll(stopPostgres);
const formType = { "content-type": "application/x-www-form-urlencoded" };

describe.each(engines)("the link of a reader's comment, on %s", (engine) => {
  let room: MailWorld;
  let world: World;
  let post: TestMailServer;

  beforeAll(async () => {
    room = await openMailWorld(engine);
    await room.publish();
    ({ world, post } = room);
  });
  beforeEach(async () => {
    world.clock.now += 25 * 3_600_000;
    await world.server.deliverMail();
    post.received.splice(0);
  });
  afterAll(() => room.close());

  const form = (path: string, fields: Record<string, string>, visitor = world.visitor()) =>
    visitor.send("POST", path, new URLSearchParams(fields).toString(), formType);
  /** Writes a comment without a script and gives the address shown. */
  async function comment(email: string, body = "It helps me to walk."): Promise<string> {
    const fields = { name: "Reader", email, body, kind: "", agreed: "yes", parent: "", website: "" };
    const response = await form(`/findings/${STUDY}/comments`, fields);
    return response.headers.get("location") ?? "";
  }
  const lost = (email: string) => form(`/findings/${STUDY}/comments/lost`, { email });
  async function mailed(): Promise<readonly string[]> {
    await world.server.deliverMail();
    return post.received.map(({ to, text }) => `${to}\n${text}`);
  }

  test("is mailed once, as well as shown, and opens the same page", async () => {
    const address = await comment("kari@example.org");
    expect(address).toMatch(/^\/comment\/[\w-]{22}$/);
    const [mail = "", ...others] = await mailed();
    expect(others).toEqual([]);
    expect(mail).toContain("kari@example.org");
    expect(mail).toContain(`http://localhost:4040${address}`);
    expect(mail).not.toContain("walk");
    expect((await world.visitor().send("GET", address)).status).toBe(200);
  });

  test("is mailed again on request, with those of all comments of that address that have not been removed", async () => {
    const first = await comment("ola@example.org");
    const removed = await comment("ola@example.org");
    await form(`${removed}/remove`, {});
    await mailed();
    post.received.splice(0);
    expect((await lost(" Ola@Example.org ")).status).toBe(200);
    const [mail = "", ...others] = await mailed();
    expect(others).toEqual([]);
    expect(mail).toContain(first);
    expect(mail).not.toContain(removed);
    await lost("ola@example.org");
    expect(await mailed()).toHaveLength(1);
  });

  test("is asked for with the same answer whether there is a comment or not", async () => {
    await comment("siri@example.org");
    const [known, unknown] = [await lost("siri@example.org"), await lost("stranger@example.org")];
    expect(unknown.status).toBe(known.status);
    expect(await unknown.text()).toBe(await known.text());
    expect((await mailed()).filter((mail) => mail.startsWith("stranger"))).toEqual([]);
  });

  test("can be asked for a hundred and twenty times an hour from one place, and a mistyped address comes back with a word", async () => {
    expect(await (await lost("nothing")).text()).toContain("Write an e-mail address");
    const statuses: number[] = [];
    for (let times = 0; times < 121; times++)
      statuses.push((await lost(`someone${times}@example.org`)).status);
    expect(statuses.slice(0, 120).filter((status) => status !== 200)).toEqual([]);
    expect(statuses[120]).toBe(429);
  });

  test("goes to no address more than six times a day, whoever types it, and however often it is removed", async () => {
    for (let hour = 0; hour < 3; hour++) {
      for (let times = 0; times < 3; times++) {
        const address = await comment("victim@example.org");
        await world.server.deliverMail();
        if (times > 0) await form(`${address}/remove`, {});
      }
      world.clock.now += 61 * 60_000;
    }
    expect(await mailed()).toHaveLength(6);
  });

  test("is not sent any more when the comment has been removed before", async () => {
    const address = await comment("gone@example.org");
    await form(`${address}/remove`, {});
    expect(await mailed()).toEqual([]);
  });

  test("of a comment from before there was mail works again after a request", async () => {
    const old = await comment("early@example.org");
    const store = await room.place.open();
    const rows = store.db.updateTable("comment").set({ token_hash: "random" });
    const path = `/api/studies/${STUDY}/comments?state=pending`;
    const comments = await room.staff.get<ModeratedComment[]>(path);
    const newest = [...comments].sort((a, b) => b.createdAt - a.createdAt)[0];
    await rows.where("id", "=", newest?.id ?? "").execute();
    await store.close();
    expect((await world.visitor().send("GET", old)).status).toBe(404);
    await lost("early@example.org");
    await mailed();
    expect((await world.visitor().send("GET", old)).status).toBe(200);
  });
});

test("a removed comment takes its message out of the outbox folder", async () => {
  const room = await openMailWorld("sqlite", { mail: {} });
  await room.publish();
  const { world } = room;
  const fields = { name: "Reader", email: "trace@example.org", body: "Words", kind: "", agreed: "yes" };
  const sent = new URLSearchParams({ ...fields, parent: "", website: "" }).toString();
  const response = await world.visitor().send("POST", `/findings/${STUDY}/comments`, sent, formType);
  await world.server.deliverMail();
  const folder = join(room.place.location.dataDir, "outbox");
  expect(readdirSync(folder)).toHaveLength(1);
  expect(readFileSync(join(folder, readdirSync(folder)[0] ?? ""), "utf8")).toContain("trace@example.org");
  await world.visitor().send("POST", `${response.headers.get("location")}/remove`, "", formType);
  expect(readdirSync(folder)).toEqual([]);
  await room.close();
});
