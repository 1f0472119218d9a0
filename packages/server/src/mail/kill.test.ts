import { once } from "node:events";
import { afterAll, describe, expect, test } from "vitest";
import { addMessages } from "../store/queries/outbox.ts";
import { startChild } from "../testing/child.ts";
import { engines, stopPostgres, type TestPlace } from "../testing/engines.ts";
import { type MailWorld, openMailWorld, STUDY } from "../testing/mail-world.ts";
import { openWorld } from "../testing/world.ts";

afterAll(stopPostgres);

const MESSAGES = 120;
const KILLS = 10;
const WAIT_MS = 60_000;

/** Decides many messages to one person, as a study of many people would have. */
async function decideMany(place: TestPlace, person: string): Promise<void> {
  const store = await place.open();
  const messages = Array.from({ length: MESSAGES }, (_, index) => ({
    id: crypto.randomUUID(),
    key: `many:${index}`,
    study: STUDY,
    template: "results_out" as const,
    parameters: { publication: 1 },
    recipient: { kind: "person" as const, id: person },
    language: "en" as const,
    urgent: true,
    decidedAt: index,
    dueAt: 0,
  }));
  expect(await addMessages(store.db, messages)).toBe(MESSAGES);
  expect(await addMessages(store.db, messages), "decided once").toBe(0);
  await store.close();
}

/** Starts a server, lets it send `more` messages, and kills it without warning, as a rule in the middle of the next. */
async function sendAndKill({ place, post }: MailWorld, more: number): Promise<void> {
  const { process } = await startChild({ ...place.location, mail: { address: post.address } });
  const ended = once(process, "exit");
  const enough = post.received.length + more;
  const giveUpAt = Date.now() + WAIT_MS;
  while (post.received.length < enough && Date.now() < giveUpAt)
    await new Promise((resolve) => setTimeout(resolve, 3));
  process.kill("SIGKILL");
  await ended;
}

describe.each(engines)("a server killed ten times while it sends, on %s", (engine) => {
  test("delivers nothing twice, loses no decision, and shows as uncertain what may have arrived", async () => {
    const room = await openMailWorld(engine);
    const kari = await room.join("kari");
    await room.world.close();
    await decideMany(room.place, kari.id);
    room.post.delayMs = 20;
    for (let kill = 0; kill < KILLS; kill++) await sendAndKill(room, 3 + (kill % 4));
    expect(room.post.received.length, "killed before the end").toBeLessThan(MESSAGES);

    const soon = () => Date.now() + 2 * WAIT_MS;
    room.post.delayMs = 0;
    const mail = { address: room.post.address };
    const last = await openWorld({ ...room.place.location, demonstration: null, mail, now: soon });
    await last.server.deliverMail();
    const store = await room.place.open();
    const rows = await store.db.selectFrom("outbox").select(["id", "state"]).execute();
    await store.close();

    const arrived = room.post.received.map(({ messageId }) => messageId.slice(1, 37));
    expect(new Set(arrived).size, "nothing twice").toBe(arrived.length);
    expect(rows, "no decision lost").toHaveLength(MESSAGES);
    const sent = rows.filter(({ state }) => state === "sent").map(({ id }) => id);
    const uncertain = rows.filter(({ state }) => state === "uncertain").map(({ id }) => id);
    expect(sent.length + uncertain.length, "nothing in between").toBe(MESSAGES);
    expect(
      sent.filter((id) => !arrived.includes(id)),
      "called sent and not arrived",
    ).toEqual([]);
    expect(uncertain.length).toBeLessThanOrEqual(KILLS);
    expect(uncertain.length, "a kill hit a message at least once").toBeGreaterThan(0);

    const staff = await last.staff("team@example.org");
    const { counts } = await staff.get<{ counts: object }>(`/api/studies/${STUDY}/messages`);
    expect(counts).toMatchObject({ sent: sent.length, uncertain: uncertain.length, queued: 0, sending: 0 });
    await last.close();
    await room.post.stop();
    await room.place.remove();
  }, 300_000);
});
