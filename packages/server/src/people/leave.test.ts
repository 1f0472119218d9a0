import type { ParticipantState, PeoplePage } from "@longwave/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addMessages } from "../store/queries/outbox.ts";
import { engines, stopPostgres } from "../testing/engines.ts";
import { type MailWorld, type Member, openMailWorld, STUDY } from "../testing/mail-world.ts";
import { answerTo, itemsOf, sendAnswers } from "../testing/world.ts";
import { leave } from "./leave.ts";

afterAll(stopPostgres);

describe.each(engines)("leaving, on %s", (engine) => {
  let room: MailWorld;
  beforeAll(async () => {
    room = await openMailWorld(engine);
  }, 60_000);
  afterAll(() => room.close());

  async function leaves(member: Member, way: "stop_contact" | "stop_keep"): Promise<void> {
    const store = await room.place.open();
    const mail = { transport: { forget: async () => undefined } };
    const context = { store, now: () => room.world.clock.now, log: () => undefined, mail };
    await leave(context, { study: STUDY, person: member.id, way, actor: `person:${member.id}` });
    await store.close();
  }
  async function decideMessage(member: Member, key: string): Promise<void> {
    const store = await room.place.open();
    const at = room.world.clock.now;
    const message = { study: STUDY, template: "results_out" as const, parameters: { publication: 1 } };
    const recipient = { kind: "person", id: member.id } as const;
    const when = { decidedAt: at, dueAt: at, urgent: false, language: "en" as const };
    await addMessages(store.db, [{ id: `${key}-${member.id}`, key, ...message, recipient, ...when }]);
    await store.close();
  }
  const stateOf = ({ visitor }: Member) => visitor.get<ParticipantState>("/api/participant/state");

  test("cancels what waits, ends the visit and the link, and keeps what was answered", async () => {
    const kari = await room.join("kari");
    const state = await stateOf(kari);
    const [item] = itemsOf(state);
    if (!item) throw new Error("the form has items");
    await sendAnswers(kari.visitor, [answerTo(state, item)]);
    await decideMessage(kari, "before");
    await leaves(kari, "stop_keep");
    await decideMessage(kari, "after");
    await room.world.server.deliverMail();
    const { messages } = await room.messages();
    expect(messages.map(({ state, lastError }) => [state, lastError])).toEqual([
      ["cancelled", "the person has left the study"],
      ["cancelled", "the person has left the study"],
    ]);
    expect((await kari.visitor.problem("GET", "/api/participant/state")).code).toBe("session.none");
    const again = room.world.visitor();
    const opening = await again.problem("POST", "/api/participant/session", { token: kari.token });
    expect(opening.code).toBe("person.left");
    const rotating = await room.staff.problem("POST", `/api/studies/${STUDY}/people/${kari.id}/link`);
    expect(rotating.code).toBe("person.left");
    const { people } = await room.staff.get<PeoplePage>(`/api/studies/${STUDY}/people`);
    expect(people.map(({ label, standing }) => [label, standing])).toEqual([
      ["kari Testperson", "withdrawn"],
    ]);
  });

  test("stops messages alone when that is all that was asked: the link works as before", async () => {
    const ola = await room.join("ola");
    await decideMessage(ola, "ola");
    await leaves(ola, "stop_contact");
    await leaves(ola, "stop_contact");
    expect((await stateOf(ola)).current).toBeDefined();
    const { messages } = await room.messages("?state=cancelled");
    expect(messages.some(({ lastError }) => lastError === "the person wants no more messages")).toBe(true);
  });
});
