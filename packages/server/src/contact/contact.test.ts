import type { MessagesPage, OwnContact, PeoplePage, PersonContact, ReadOutCode, Today } from "@longwave/api";
import type { OwnCopy } from "@longwave/findings";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { takeReturned } from "../mail/take-returned.ts";
import { engines, stopPostgres } from "../testing/engines.ts";
import { type MailWorld, type Member, openMailWorld, STUDY } from "../testing/mail-world.ts";
import { tokenOf } from "../testing/world.ts";

afterAll(stopPostgres);
const purpose = "past_answers";
const CONTACT = "/api/participant/contact";
const CONFIRM = `${CONTACT}/confirm`;
const of = (id: string) => `/api/studies/${STUDY}/people/${id}/contact`;

describe.each(engines)("how a person is reached, on %s", (engine) => {
  let room: MailWorld;
  let kari: Member;
  let people = 0;
  beforeAll(async () => {
    room = await openMailWorld(engine);
  }, 60_000);
  beforeEach(async () => {
    room.world.clock.now += 25 * 3_600_000;
    kari = await room.join(`kari${people++}`);
    await deliver();
    room.post.received.splice(0);
  });
  afterAll(() => room.close());

  const deliver = () => room.world.server.deliverMail();
  const mailTo = (address: string) =>
    room.post.received
      .filter(({ to }) => to === address)
      .map(({ text }) => text)
      .join("\n");
  const codeTo = (address: string) => /^\d{4} \d{4}$/m.exec(mailTo(address))?.[0] ?? "";
  const rowOf = async ({ id }: Member) =>
    (await room.staff.get<PeoplePage>(`/api/studies/${STUDY}/people?search=`)).people.find(
      (person) => person.id === id,
    );

  /** Types a one-time code, so that contact data is open. */
  async function verify(member: Member): Promise<void> {
    await member.visitor.post("/api/participant/session", { token: member.token });
    await member.visitor.post("/api/participant/code", { purpose });
    await deliver();
    await member.visitor.post("/api/participant/code/redeem", { purpose, code: codeTo(member.email ?? "") });
  }
  /** Changes the address of a person to a new one, all the way. */
  async function move(member: Member, email: string): Promise<OwnContact> {
    await verify(member);
    return moveOn(member, email);
  }
  /** The same in a visit that has shown a code already. */
  async function moveOn(member: Member, email: string): Promise<OwnContact> {
    await member.visitor.post(CONTACT, { email });
    await deliver();
    return member.visitor.post<OwnContact>(CONFIRM, { code: codeTo(email) });
  }

  test("is told and changed only after a one-time code; name and telephone then change at once", async () => {
    await kari.visitor.post("/api/participant/session", { token: kari.token });
    for (const method of ["GET", "POST"] as const)
      expect((await kari.visitor.problem(method, CONTACT, method === "GET" ? undefined : {})).code).toBe(
        "session.not-verified",
      );
    await verify(kari);
    expect(await kari.visitor.get(CONTACT)).toEqual({
      name: `${kari.name} Testperson`,
      email: kari.email,
      phone: null,
      mailReturns: false,
    });
    const changed = await kari.visitor.post<OwnContact>(CONTACT, {
      name: "Kari Ny",
      phone: "+47 912 34 567",
    });
    expect(changed).toMatchObject({ name: "Kari Ny", phone: "+47 912 34 567", email: kari.email });
    expect((await rowOf(kari))?.label).toBe("Kari Ny");
    for (const wrong of [{ phone: "call me" }, { email: "kari@" }]) {
      const problem = await kari.visitor.problem("POST", CONTACT, wrong);
      expect(problem.code).toBe("contact.invalid");
      expect(JSON.stringify(problem)).not.toContain(Object.values(wrong)[0]);
    }
  });

  test("a new address holds once the code sent there has been typed; then a new link goes there, and word to the old one", async () => {
    const fresh = `fresh${people}@example.org`;
    await verify(kari);
    const asked = await kari.visitor.post<OwnContact>(CONTACT, { email: fresh });
    expect(asked).toMatchObject({ email: kari.email, waiting: { email: fresh } });
    await deliver();
    expect((await kari.visitor.problem("POST", CONFIRM, { code: "0000 0001" })).code).toBe("code.wrong");
    expect(await kari.visitor.post(CONFIRM, { code: codeTo(fresh) })).toMatchObject({ email: fresh });
    expect((await kari.visitor.problem("POST", CONFIRM, { code: codeTo(fresh) })).code).toBe("code.wrong");
    await deliver();
    const token = tokenOf(/\S+\/p#\S+/.exec(mailTo(fresh))?.[0] ?? "");
    expect(token).not.toBe(kari.token);
    await room.world.visitor().post("/api/participant/session", { token });
    const old = await room.world.visitor().problem("POST", "/api/participant/session", { token: kari.token });
    expect(old.code, "what lies in the old mailbox opens nothing").toBe("session.link-unknown");
    expect(await kari.visitor.get(CONTACT), "the page goes on where it is").toMatchObject({ email: fresh });
    expect(mailTo(kari.email ?? "")).toContain("/not-my-change/");
    expect(mailTo(kari.email ?? ""), "and does not say where").not.toContain(fresh);
  });

  test("a code for a new address is worthless after half an hour, after five tries, and when another address was given", async () => {
    await verify(kari);
    const ask = async (name: string) => {
      await kari.visitor.post(CONTACT, { email: `${name}${people}@example.org` });
      await deliver();
      return codeTo(`${name}${people}@example.org`);
    };
    const first = await ask("first");
    const second = await ask("second");
    const typed = async (code: string) => (await kari.visitor.problem("POST", CONFIRM, { code })).code;
    expect(await typed(first)).toBe("code.wrong");
    for (let tries = 0; tries < 4; tries++) await typed("0000 0001");
    expect(await typed(second)).toBe("code.wrong");
    const third = await ask("third");
    room.world.clock.now += 30 * 60_000;
    expect(await typed(third)).toBe("code.wrong");
  });

  test("asking five times an hour is enough, and an address of somebody else is refused only to who reads its mail", async () => {
    const other = await room.join(`other${people}`);
    await verify(kari);
    const asked = await kari.visitor.post<OwnContact>(CONTACT, { email: other.email });
    expect(asked.waiting?.email).toBe(other.email);
    await deliver();
    const taken = await kari.visitor.problem("POST", CONFIRM, { code: codeTo(other.email ?? "") });
    expect(taken.code).toBe("contact.address-taken");
    for (let times = 0; times < 4; times++)
      await kari.visitor.post(CONTACT, { email: `many${times}.${people}@example.org` });
    const enough = await kari.visitor.problem("POST", CONTACT, { email: `more${people}@example.org` });
    expect(enough.code).toBe("request.too-many");
  });

  test("the old address can say that it was not them: then nothing goes to either until the team has settled it", async () => {
    const fresh = `thief${people}@example.org`;
    await move(kari, fresh);
    await deliver();
    const page = /\/not-my-change\/\S+/.exec(mailTo(kari.email ?? ""))?.[0] ?? "";
    const opened = await room.world.visitor().send("GET", page);
    expect(await opened.text()).toContain("That was not me");
    expect(
      (await room.staff.get<PersonContact>(of(kari.id))).disputed,
      "opening it changes nothing",
    ).toBeNull();
    expect(await (await room.world.visitor().send("POST", page)).text()).toContain(
      "The study team looks into it",
    );
    expect((await kari.visitor.problem("GET", CONTACT)).code).toBe("session.none");
    const contact = await room.staff.get<PersonContact>(of(kari.id));
    expect(contact).toMatchObject({ email: null, disputed: { from: kari.email, to: fresh } });
    const today = await room.staff.get<Today>(`/api/studies/${STUDY}/today`);
    expect(today.items.find(({ kind }) => kind === "address_disputed")?.people).toMatchObject([
      { id: kari.id },
    ]);
    const phone = { phone: "+47 912 34 567", reason: "called her" };
    expect(
      (await room.staff.post<PersonContact>(of(kari.id), phone)).disputed,
      "a telephone number settles nothing",
    ).not.toBeNull();
    const settled = await room.staff.post<PersonContact>(of(kari.id), {
      email: kari.email,
      reason: "called her: it was her son",
    });
    expect(settled).toMatchObject({ email: kari.email, disputed: null });
    const late = await (await room.world.visitor().send("POST", page)).text();
    expect(late).toContain("This button does nothing any more");
    expect((await room.staff.get<PersonContact>(of(kari.id))).email, "said too late").toBe(kari.email);
    expect((await room.world.visitor().send("POST", `${page}x`)).status).toBe(404);
  });

  test("a second change by the same hand takes the first owner's word from nobody, nor does leaving in their name", async () => {
    await move(kari, `one${people}@example.org`);
    await moveOn(kari, `two${people}@example.org`);
    await kari.visitor.post("/api/participant/leave", { way: "stop_keep" });
    await deliver();
    const page = /\/not-my-change\/\S+/.exec(mailTo(kari.email ?? ""))?.[0] ?? "";
    expect(page, "word to the first address").not.toBe("");
    const left = await (await room.world.visitor().send("POST", page)).text();
    expect(left, "who has left is for the team to ask").toContain("answer the message");

    const per = await room.join(`per${people}`);
    await move(per, `three${people}@example.org`);
    await moveOn(per, `four${people}@example.org`);
    await deliver();
    const notice = /\/not-my-change\/\S+/.exec(mailTo(per.email ?? ""))?.[0] ?? "";
    await room.world.visitor().send("POST", notice);
    const { email, disputed } = await room.staff.get<PersonContact>(of(per.id));
    expect([email, disputed?.from]).toEqual([null, per.email]);
    const second = /\/not-my-change\/\S+/.exec(mailTo(`three${people}@example.org`))?.[0] ?? "";
    await room.world.visitor().send("POST", second);
    const { items } = await room.staff.get<Today>(`/api/studies/${STUDY}/today`);
    const inDoubt = items.find(({ kind }) => kind === "address_disputed")?.people ?? [];
    expect(
      inDoubt.filter(({ id }) => id === per.id),
      "once, though two objected",
    ).toHaveLength(1);
  });

  test("staff change it with a reason; who did what, from what to what, can be read by those who see names, and is in one's own copy", async () => {
    const fresh = `clinic${people}@example.org`;
    const changed = await room.staff.post<PersonContact>(of(kari.id), {
      name: "Kari Clinic",
      email: fresh,
      phone: "22 33 44 55",
      site: "Bergen",
      reason: "told us on the phone",
    });
    expect(changed).toMatchObject({ email: fresh, site: "Bergen", sites: ["Bergen"] });
    expect(changed.history).toMatchObject([
      {
        by: "team@example.org",
        reason: "told us on the phone",
        fields: [
          { field: "name", to: "Kari Clinic" },
          { field: "email", from: kari.email, to: fresh },
          { field: "phone", from: null, to: "22 33 44 55" },
          { field: "site", from: null, to: "Bergen" },
        ],
      },
    ]);
    await deliver();
    expect(mailTo(kari.email ?? "")).toContain("do not write to this address");
    const token = tokenOf(/\S+\/p#\S+/.exec(mailTo(fresh))?.[0] ?? "");
    await verify({ ...kari, token, email: fresh });
    const copy = await kari.visitor.get<OwnCopy>("/api/participant/copy");
    expect(copy.person).toMatchObject({ email: fresh, phone: "22 33 44 55" });
    expect(copy.contactChanges).toMatchObject([{ who: "study team", reason: "told us on the phone" }]);
    const taken = await room.staff.problem("POST", of((await room.join(`b${people}`)).id), {
      email: fresh.toUpperCase(),
      reason: "typed wrong",
    });
    expect(taken.code).toBe("contact.address-taken");
  });

  test("two people who now have the same name are shown as likely one; staff of one site do not move people away", async () => {
    const twin = await room.join(`twin${people}`);
    const same = { name: "Twin Testperson", reason: "as on the paper" };
    await room.staff.post(of(kari.id), same);
    const { duplicates } = await room.staff.post<PersonContact>(of(twin.id), { ...same, site: "Oslo" });
    expect(duplicates).toMatchObject([{ person: { id: kari.id }, other: { id: twin.id } }]);
    const email = `oslo${people}@example.org`;
    await room.staff.post(`/api/studies/${STUDY}/team`, { email, role: "manager", site: "Oslo" });
    const oslo = await room.world.staff(email);
    const away = await oslo.problem("POST", of(twin.id), { site: "Bergen", reason: "she moved" });
    expect(away.code).toBe("staff.not-allowed");
    expect((await oslo.problem("POST", of(kari.id), same)).code).toBe("person.not-found");
  });

  test("who has no e-mail gets a code read out, gives an address, and gets the next message there", async () => {
    const nobody = await room.join("");
    const path = `/api/studies/${STUDY}/people/${nobody.id}/code`;
    const { code } = await room.staff.post<ReadOutCode>(path, { purpose });
    await nobody.visitor.post("/api/participant/code/redeem", { purpose, code });
    const email = `nobody${people}@example.org`;
    await nobody.visitor.post(CONTACT, { email });
    await deliver();
    expect(await nobody.visitor.post(CONFIRM, { code: codeTo(email) })).toMatchObject({ email });
    room.post.received.splice(0);
    room.world.clock.now += 2 * 864e5 + 3_600_000;
    await deliver();
    await deliver();
    expect(mailTo(email)).toContain("/p#");
  });

  test("a changed address has no mark of mail that came back; the same one loses it when its code is typed", async () => {
    const bounce = async (id: string) => {
      const raw = [
        "Content-Type: multipart/report; boundary=B",
        "",
        "--B",
        "Content-Type: message/delivery-status",
        "",
        `Original-Envelope-Id: ${id}`,
        "",
        "Action: failed",
        "Status: 5.1.1",
        "",
        "--B--",
        "",
      ].join("\r\n");
      await takeReturned(room.place.location, [Buffer.from(raw)], room.world.clock.now);
    };
    await verify(kari);
    await bounce(room.post.received.at(-1)?.messageId.slice(1, 37) ?? "");
    expect(await kari.visitor.get(CONTACT)).toMatchObject({ mailReturns: true });
    room.post.received.splice(0);
    const again = await kari.visitor.post<OwnContact>(CONTACT, { email: kari.email });
    expect(again.waiting?.email).toBe(kari.email);
    await deliver();
    const code = codeTo(kari.email ?? "");
    expect(await kari.visitor.post(CONFIRM, { code })).toMatchObject({ mailReturns: false });
    expect((await kari.visitor.get<OwnContact>(CONTACT)).waiting).toBeUndefined();

    await moveOn(kari, `good${people}@example.org`);
    await deliver();
    for (const { messageId } of room.post.received.filter(({ to }) => to === kari.email))
      await bounce(messageId.slice(1, 37));
    expect(await kari.visitor.get(CONTACT), "what comes back from the old one").toMatchObject({
      mailReturns: false,
    });
  });

  test("leaves no address in the database, the audit or the outbox in the clear, and nothing after erasing", async () => {
    const fresh = `secret${people}@example.org`;
    await move(kari, fresh);
    const store = await room.place.open();
    const dump = async () =>
      JSON.stringify([
        await store.db.selectFrom("audit").selectAll().execute(),
        await store.db.selectFrom("outbox").selectAll().execute(),
        await store.db.selectFrom("address_change").selectAll().execute(),
        await store.db.selectFrom("person_contact").selectAll().execute(),
      ]);
    for (const address of [fresh, kari.email ?? "-"]) expect(await dump()).not.toContain(address);
    const reason = "asked for it";
    await room.staff.post(`/api/studies/${STUDY}/people/${kari.id}/leave`, { way: "erase", reason });
    const left = await store.db
      .selectFrom("address_change")
      .select("id")
      .where("person", "=", kari.id)
      .execute();
    expect(left).toEqual([]);
    expect(await room.staff.get(of(kari.id))).toMatchObject({ email: null, history: [] });
    await store.close();
    const { messages } = await room.staff.get<MessagesPage>(`/api/studies/${STUDY}/messages`);
    expect(JSON.stringify(messages)).not.toContain(fresh);
  });
});
