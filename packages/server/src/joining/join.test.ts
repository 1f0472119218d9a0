import type { LikelyDuplicate, ParticipantState, RecruitmentPage } from "@longwave/api";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { engines, stopPostgres } from "../testing/engines.ts";
import { type MailWorld, openMailWorld } from "../testing/mail-world.ts";
import { consentTo, protocolText, tokenOf, type Visitor } from "../testing/world.ts";

afterAll(stopPostgres);

const YEAR = `
      - id: born
        kind: year_of_birth
        text: { en: In which year were you born?, nb: Hvilket år er du født? }`;
/** The flagship with a year of birth, an address that may be left out, and places for few. */
const openText = protocolText
  .replace("    email: required\n    places: 6000", "    email: optional\n    places: 5")
  .replace("    questions:\n", `    questions:${YEAR}\n`);

describe.each(engines)("the open link, on %s", (engine) => {
  let room: MailWorld;
  let staff: Visitor;
  beforeAll(async () => {
    room = await openMailWorld(engine);
    staff = room.staff;
    await staff.post("/api/studies", { protocol: openText, id: "door" });
  });
  beforeEach(() => {
    room.world.clock.now += 25 * 3_600_000; // the limits of the day before are gone
    room.post.received.splice(0);
  });
  afterAll(() => room.close());

  const turn = (open: boolean) => staff.post<RecruitmentPage>("/api/studies/door/recruitment/open", { open });
  const page = () => staff.get<RecruitmentPage>("/api/studies/door/recruitment");
  const show = (visitor: Visitor, path = "/join/door", headers = {}) =>
    visitor.send("GET", path, undefined, headers);
  const sendForm = (visitor: Visitor, part: string, fields: Record<string, string>, headers = {}) =>
    visitor.send("POST", `/join/door/${part}`, new URLSearchParams(fields).toString(), {
      "content-type": "application/x-www-form-urlencoded",
      ...headers,
    });
  const hidden = (html: string, name: string): string =>
    new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "";
  const linkIn = (html: string): string => /href="([^"]*\/p#[^"]*)"/.exec(html)?.[1] ?? "";
  const fitting = { born: "1958", adult: "yes", year_round: "yes" };
  const ticketOf = async (visitor: Visitor, answers = fitting): Promise<string> =>
    hidden(await (await sendForm(visitor, "questions", answers)).text(), "ticket");
  const mail = async (): Promise<string> => {
    await room.world.server.deliverMail();
    return room.post.received.at(-1)?.text ?? "";
  };
  const codeIn = (text: string): string => /^\d{4} \d{4}$/m.exec(text)?.[0] ?? "";
  /** Joins with an address and gives the personal link. */
  async function joinBy(email: string, name = ""): Promise<string> {
    const visitor = room.world.visitor();
    const ticket = await ticketOf(visitor);
    const asked = await (await sendForm(visitor, "contact", { ticket, email, name })).text();
    await room.world.server.deliverMail();
    const code = codeIn(room.post.received.findLast(({ to }) => to === email)?.text ?? "");
    const done = await sendForm(visitor, "code", { newcomer: hidden(asked, "newcomer"), code });
    return linkIn(await done.text());
  }

  test("is there only for real people and where the text has one, and says in words when it is shut", async () => {
    const visitor = room.world.visitor();
    expect((await show(visitor, "/join/nothing")).status).toBe(404);
    expect(await (await show(visitor)).text()).toContain("The study is not open yet");
    expect((await turn(true)).link).toMatchObject({ state: "open", switchedOn: true, places: 5 });
    const open = await show(visitor);
    expect(open.headers.get("content-security-policy")).toContain("script-src 'self'");
    expect(await open.text()).toContain("We ask you 5 times in 12 months. The first time takes about 10");
    expect((await turn(false)).link?.state).toBe("paused");
    expect(await (await show(visitor)).text()).toContain("The study takes a break");
    expect(await (await sendForm(visitor, "questions", fitting)).text()).toContain("takes a break");
    await turn(true);
  });

  test("turns nobody away for a question left out, and who cannot take part is told why and only counted", async () => {
    const visitor = room.world.visitor();
    const empty = await sendForm(visitor, "questions", { born: "58", adult: "yes" });
    expect(empty.status).toBe(422);
    expect(await empty.text()).toContain("Type the year with four digits");
    const refused = await (await sendForm(visitor, "questions", { ...fitting, adult: "no" })).text();
    expect(refused).toContain("The study is for people who are 18 or older.");
    expect(refused).toContain("We have kept nothing of what you typed.");
    const { days, reasons } = await page();
    expect(reasons.map(({ id, times }) => [id, times])).toEqual([
      ["adult", 1],
      ["reachable", 0],
    ]);
    expect(days.at(-1)).toMatchObject({ eligible: 0, ineligible: 1, consented: 0 });
    const store = await room.place.open();
    expect(await store.db.selectFrom("newcomer").selectAll().execute()).toEqual([]);
    await store.close();
  });

  test("lets in whoever types the code that came by e-mail, and sends them their own link", async () => {
    const link = await joinBy("kari@example.org", "Kari Nordmann");
    await room.world.server.deliverMail();
    expect(room.post.received.at(-1)?.text).toContain(link);
    const visitor = room.world.visitor();
    const state = await visitor.post<ParticipantState>("/api/participant/session", { token: tokenOf(link) });
    expect(state.consent.given).toBeUndefined();
    await visitor.post("/api/participant/consent", consentTo(state));
    expect(await page()).toMatchObject({ joinedOpenly: 1, consented: 1 });
  });

  test("answers the same for a known address, and mails it its own link instead of a second person", async () => {
    const asks = async (email: string) => {
      const visitor = room.world.visitor();
      const answer = await sendForm(visitor, "contact", { ticket: await ticketOf(visitor), email });
      const text = (await answer.text()).replace(/[0-9a-f-]{36}/g, "…");
      return [answer.status, text, [...answer.headers.keys()]] as const;
    };
    const before = (await page()).invited;
    const known = await asks("KARI@example.org ");
    const sent = await mail();
    const unknown = await asks("stranger@example.org");
    expect(unknown).toEqual(known);
    expect(sent).toContain("/p#");
    expect(codeIn(sent)).toBe("");
    expect(codeIn(await mail())).not.toBe("");
    expect((await page()).invited).toBe(before);
  });

  test("makes one person of an address that was typed twice before either code", async () => {
    const visitor = room.world.visitor();
    const codes: { readonly newcomer: string; readonly code: string }[] = [];
    for (let times = 0; times < 2; times++) {
      const fields = { ticket: await ticketOf(visitor), email: "ola@example.org" };
      const newcomer = hidden(await (await sendForm(visitor, "contact", fields)).text(), "newcomer");
      codes.push({ newcomer, code: codeIn(await mail()) });
    }
    const links: string[] = [];
    for (const code of codes) links.push(linkIn(await (await sendForm(visitor, "code", code)).text()));
    expect(links[0]).toContain("/p#");
    expect(links[1]).toBe(links[0]);
  });

  test("takes a code five times at most, once, and for half an hour; then nothing is left of the newcomer", async () => {
    const visitor = room.world.visitor();
    const begin = async (email: string) => {
      const fields = { ticket: await ticketOf(visitor), email, name: "Someone Else" };
      const newcomer = hidden(await (await sendForm(visitor, "contact", fields)).text(), "newcomer");
      return { newcomer, code: codeIn(await mail()) };
    };
    const tried = await begin("tried@example.org");
    for (let times = 0; times < 5; times++)
      expect((await sendForm(visitor, "code", { ...tried, code: "0000 0001" })).status).toBe(422);
    expect((await sendForm(visitor, "code", tried)).status).toBe(422);
    const late = await begin("late@example.org");
    room.world.clock.now += 30 * 60_000;
    expect((await sendForm(visitor, "code", late)).status).toBe(422);
    await begin("third@example.org");
    const store = await room.place.open();
    const rows = await store.db.selectFrom("newcomer").select(["id", "name", "email"]).execute();
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain("third");
    expect((await store.vault.keysOf("door", [late.newcomer, tried.newcomer])).size).toBe(0);
    await store.close();
  });

  test("lets in without an address where the text allows it, once for a ticket, and never with a forged one", async () => {
    const visitor = room.world.visitor();
    const ticket = await ticketOf(visitor);
    const [first, second] = [
      linkIn(await (await sendForm(visitor, "contact", { ticket, name: "kari  nordmann" })).text()),
      linkIn(await (await sendForm(visitor, "contact", { ticket })).text()),
    ];
    expect(first).toContain("/p#");
    expect(second).toBe(first);
    room.world.clock.now += 11 * 60_000;
    expect(await (await sendForm(visitor, "contact", { ticket })).text()).toContain("open for too long");
    const forged = await sendForm(visitor, "contact", { ticket: ticket.replace(/^./, "f") });
    expect(await forged.text()).toContain("open for too long");
  });

  const onSqlite = test.skipIf(engine !== "sqlite");

  test("shows managers who may be there twice, and keeps their word without merging anyone", async () => {
    const path = "/api/studies/door/recruitment/duplicates";
    const { duplicates } = await staff.get<{ duplicates: LikelyDuplicate[] }>(path);
    expect(duplicates).toMatchObject([
      { person: { label: "Kari Nordmann" }, other: { label: "kari  nordmann" }, bornIn: 1958 },
    ]);
    const [pair] = duplicates;
    const mark = { person: pair?.other.id, other: pair?.person.id, verdict: "same" };
    const marked = await staff.post<{ duplicates: LikelyDuplicate[] }>(`${path}/mark`, mark);
    expect(marked.duplicates).toMatchObject([{ verdict: "same" }]);
    expect((await staff.problem("POST", `${path}/mark`, { ...mark, other: "nobody" })).code).toBe(
      "person.not-found",
    );
  });

  onSqlite(
    "sends an address four messages a day, stops one place that tries on and on, and takes no form from elsewhere",
    async () => {
      const visitor = room.world.visitor();
      for (let times = 0; times < 6; times++)
        await sendForm(visitor, "contact", { ticket: await ticketOf(visitor), email: "flood@example.org" });
      await room.world.server.deliverMail();
      expect(room.post.received).toHaveLength(4);
      let last = 200;
      const wrong = { newcomer: crypto.randomUUID(), code: "0000 0001" };
      for (let times = 0; times < 150 && last !== 429; times++)
        last = (await sendForm(visitor, "code", wrong)).status;
      expect(last).toBe(429);
      const elsewhere = await sendForm(visitor, "questions", fitting, { origin: "https://evil.example" });
      expect(elsewhere.status).toBeGreaterThanOrEqual(400);
    },
  );

  test("is full when the places are taken, and shut when the study is locked", async () => {
    const slow = room.world.visitor();
    const late = tokenOf(await joinBy("slow@example.org"));
    const reading = await slow.post<ParticipantState>("/api/participant/session", { token: late });
    expect(reading.study.recruiting).toBe(true);
    for (const name of ["a", "b", "c", "d"]) {
      const visitor = room.world.visitor();
      const token = tokenOf(await joinBy(`${name}@example.org`));
      const state = await visitor.post<ParticipantState>("/api/participant/session", { token });
      await visitor.post("/api/participant/consent", consentTo(state));
    }
    expect(await (await show(room.world.visitor())).text()).toContain("The study has enough people");
    expect((await page()).link?.state).toBe("full");
    const taken = await slow.problem("POST", "/api/participant/consent", consentTo(reading));
    expect(taken.code).toBe("study.recruitment-closed");
    const again = await slow.post<ParticipantState>("/api/participant/session", { token: late });
    expect(again.study.recruiting).toBe(false);
    const store = await room.place.open();
    await store.db.updateTable("study").set({ phase: "locked" }).where("id", "=", "door").execute();
    await store.close();
    expect(await (await show(room.world.visitor())).text()).toContain("The study is closed");
    const refused = await staff.problem("POST", "/api/studies/door/recruitment/open", { open: true });
    expect(refused.code).toBe("study.locked");
  });

  onSqlite("is not offered by a text without one", async () => {
    const shut = openText.replace(/ {2}# Anyone may join[\s\S]*?\nconsent:/, "\nconsent:");
    await staff.post("/api/studies", { protocol: shut, id: "shut" });
    expect((await staff.get<RecruitmentPage>("/api/studies/shut/recruitment")).link).toBeUndefined();
    const refused = await staff.problem("POST", "/api/studies/shut/recruitment/open", { open: true });
    expect(refused.code).toBe("study.no-open-link");
    expect((await show(room.world.visitor(), "/join/shut")).status).toBe(404);
  });
});
