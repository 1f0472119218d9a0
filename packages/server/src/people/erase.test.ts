import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { LeavingReceipt, ParticipantState, PeoplePage, StudyFlow } from "@longwave/api";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { backupStore } from "../keeping/backup.ts";
import { answersUpTo, snapshotSize } from "../store/queries/answers.ts";
import { personRecords } from "../store/queries/person-records.ts";
import { studyById } from "../store/queries/studies.ts";
import { engines, makePlace, stopPostgres, type TestPlace } from "../testing/engines.ts";
import {
  answerTo,
  consentTo,
  itemsOf,
  openWorld,
  protocolText,
  sendAnswers,
  tokenOf,
  type Visitor,
  type World,
} from "../testing/world.ts";

afterAll(stopPostgres);
const STUDY = "pain";
const WORDS = "my-knee-hurts-after-the-stairs";

/** Every file under a folder as bytes, by name. */
function filesIn(folder: string): readonly { readonly name: string; readonly bytes: string }[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => ({ name: path, bytes: readFileSync(path, "latin1") }));
}

async function dumpOf(place: TestPlace): Promise<string> {
  const store = await place.open();
  const tables = await store.db.introspection.getTables();
  const rows = await Promise.all(
    tables.map(({ name, schema }) =>
      sql`select * from ${schema ? sql.table(`${schema}.${name}`) : sql.table(name)}`.execute(store.db),
    ),
  );
  await store.close();
  return JSON.stringify(rows.map((each) => each.rows));
}

describe.each(engines)("erasing, on %s", (engine) => {
  let place: TestPlace;
  let world: World;
  let staff: Visitor;
  beforeAll(async () => {
    place = await makePlace(engine);
    // Letters become files here: the outbox folder is searched too.
    world = await openWorld({ ...place.location, demonstration: null });
    staff = await world.staff("team@example.org");
    await staff.post("/api/studies", { protocol: protocolText, id: STUDY });
  }, 60_000);
  afterAll(async () => {
    await world.close();
    await place.remove();
  });

  /** Somebody with a name of their own, an answer in their own words, and a letter in the outbox folder. */
  async function takesPart(name: string) {
    const text = `${name}, ${name}@example.org`;
    const { added } = await staff.post<{ added: { id: string; link: string }[] }>(
      `/api/studies/${STUDY}/people`,
      { text },
    );
    const [person = { id: "", link: "" }] = added;
    const visitor = world.visitor();
    const token = tokenOf(person.link);
    const state = await visitor.post<ParticipantState>("/api/participant/session", { token });
    const after = await visitor.post<ParticipantState>("/api/participant/consent", consentTo(state));
    const wordsItem = itemsOf(after).find(({ kind }) => kind === "text");
    const [first] = itemsOf(after);
    if (!wordsItem || !first) throw new Error("the form has an item in free words");
    const words = { payload: { kind: "value", value: `${WORDS}-${name}` } } as const;
    await sendAnswers(visitor, [answerTo(after, first), answerTo(after, wordsItem, words)]);
    await writes(visitor, name);
    await visitor.post("/api/participant/code", { purpose: "past_answers" });
    await world.server.deliverMail();
    return { id: person.id, name, token, visitor };
  }
  const writes = (visitor: Visitor, name: string) =>
    visitor.post("/api/participant/inbox", {
      ...{ id: crypto.randomUUID(), about: "harm", words: `I am ${name}, and ${WORDS}` },
    });
  /** Somebody who came by the open link, with an address shown by a code, and has written to the team. */
  async function joinsOpenly(name: string) {
    const visitor = world.visitor();
    const send = async (part: string, fields: Record<string, string>): Promise<string> => {
      const form = { "content-type": "application/x-www-form-urlencoded" };
      const body = new URLSearchParams(fields).toString();
      return (await visitor.send("POST", `/join/${STUDY}/${part}`, body, form)).text();
    };
    const hidden = (html: string, field: string): string =>
      new RegExp(`name="${field}" value="([^"]*)"`).exec(html)?.[1] ?? "";
    const ticket = hidden(await send("questions", { adult: "yes", year_round: "yes" }), "ticket");
    const asked = await send("contact", { ticket, email: `${name}@example.org`, name });
    await world.server.deliverMail();
    const done = await send("code", { newcomer: hidden(asked, "newcomer"), code: codeFor(name) });
    const token = tokenOf(/href="([^"]*\/p#[^"]*)"/.exec(done)?.[1] ?? "");
    const state = await visitor.post<ParticipantState>("/api/participant/session", { token });
    await visitor.post<ParticipantState>("/api/participant/consent", consentTo(state));
    await writes(visitor, name);
    return visitor;
  }
  const traces = async (name: string): Promise<readonly string[]> => {
    const found = filesIn(place.location.dataDir).flatMap((file) =>
      file.bytes.includes(name) ? [file.name] : [],
    );
    const dumped = (await dumpOf(place)).includes(name) ? ["a table"] : [];
    const logged = world.lines.some((line) => line.includes(name)) ? ["the log"] : [];
    return [...found, ...dumped, ...logged];
  };
  /** The code in the letter that lies in the outbox folder. */
  function codeFor(name: string): string {
    const letters = filesIn(outbox()).filter(
      ({ bytes }) => bytes.includes(`${name}@example.org`) && /^\d{4} \d{4}/m.test(bytes),
    );
    const letter = letters.sort((a, b) => statSync(a.name).mtimeMs - statSync(b.name).mtimeMs).at(-1);
    return /^\d{4} \d{4}/m.exec(letter?.bytes ?? "")?.[0] ?? "";
  }

  const outbox = (): string => join(place.location.dataDir, "outbox");
  const keysOf = async (...people: readonly string[]): Promise<ReadonlySet<string>> => {
    const store = await place.open();
    const keys = await store.vault.keysOf(STUDY, people);
    await store.close();
    return new Set(keys.keys());
  };

  test("needs the code, and then leaves no trace of name, address or free words on the disk", async () => {
    const kari = await takesPart("karianne-unmistakable");
    const kept = await takesPart("olaf-unmistakable");
    // Before too, nobody's name stands anywhere but in the letters that staff are to pass on.
    for (const { name } of [kari, kept]) {
      const found = await traces(name);
      expect(found.length).toBeGreaterThan(0);
      expect(found.filter((file) => !file.startsWith(outbox()))).toEqual([]);
    }
    expect(await traces(WORDS)).toEqual([]);
    expect(await keysOf(kari.id, kept.id)).toEqual(new Set([kari.id, kept.id]));
    const early = await kari.visitor.problem("POST", "/api/participant/leave", { way: "erase" });
    expect(early.code).toBe("session.not-verified");
    const code = codeFor(kari.name);
    await kari.visitor.post("/api/participant/code/redeem", { purpose: "past_answers", code });
    const receipt = await kari.visitor.post<LeavingReceipt>("/api/participant/leave", { way: "erase" });
    expect(receipt).toMatchObject({ way: "erase", at: world.clock.now });
    expect(await traces(kari.name)).toEqual([]);
    expect((await traces(kept.name)).length).toBeGreaterThan(0);
    // Nor can an older copy of the database alone be opened any more.
    expect(await keysOf(kari.id, kept.id)).toEqual(new Set([kept.id]));
    const listed = await staff.get<PeoplePage>(`/api/studies/${STUDY}/people?search=OLAF`);
    expect(listed.people.map(({ id }) => id)).toEqual([kept.id]);
    // The link is gone for good, and nothing tells that it ever was one.
    const again = await world.visitor().problem("POST", "/api/participant/session", { token: kari.token });
    expect(again.code).toBe("session.link-unknown");
  });

  test("takes the person out of the next dataset, keeps the places of the answers, and counts", async () => {
    const store = await place.open();
    const study = await studyById(store.db, STUDY);
    expect(study?.erasureSeq).toBe(1);
    const people = await personRecords(store.db, STUDY);
    const answers = await answersUpTo(store.db, STUDY, study?.lastSeq ?? 0);
    expect(people).toHaveLength(1);
    expect(new Set(answers.map(({ person }) => person))).toEqual(new Set(people.map(({ id }) => id)));
    // A gap would look like lost data to the next analysis, so the places stay.
    expect(await snapshotSize(store.db, STUDY)).toEqual({ people: 2, answers: 4 });
    await store.close();
    const flow = await staff.get<StudyFlow>(`/api/studies/${STUDY}/flow`);
    expect([flow.invited, flow.consented, flow.answeredOnce]).toEqual([1, 1, 1]);
  });

  test("can be asked of the team by who has no address: out at once, and on the list until it is done", async () => {
    const siri = await takesPart("siri-unmistakable");
    await siri.visitor.post("/api/participant/leave", { way: "ask_erase" });
    const page = () => staff.get<PeoplePage>(`/api/studies/${STUDY}/people`);
    expect((await page()).erasureRequests).toEqual([
      { id: siri.id, label: siri.name, askedAt: world.clock.now },
    ]);
    const path = `/api/studies/${STUDY}/people/${siri.id}/leave`;
    expect((await staff.problem("POST", path, { way: "erase" })).code).toBe("request.invalid");
    await staff.post(path, { way: "erase", reason: "asked on her own page" });
    await staff.post(path, { way: "erase", reason: "pressed twice" });
    const after = await page();
    expect(after.erasureRequests).toEqual([]);
    expect(after.people.find(({ id }) => id === siri.id)).toMatchObject({
      label: "Person 3",
      standing: "erased",
    });
    expect(await traces(siri.name)).toEqual([]);
    const store = await place.open();
    expect((await studyById(store.db, STUDY))?.erasureSeq).toBe(2);
    await store.close();
  });

  test("leaves no trace of who came by the open link and wrote to the team, nor in the newest backup", async () => {
    await staff.post(`/api/studies/${STUDY}/recruitment/open`, { open: true });
    const berit = await joinsOpenly("berit-unmistakable");
    const plain = async () =>
      (await traces("berit-unmistakable")).filter((file) => !file.startsWith(outbox()));
    expect([await plain(), await traces(WORDS)], "before too, in letters alone").toEqual([[], []]);
    await berit.post("/api/participant/code", { purpose: "past_answers" });
    await world.server.deliverMail();
    const redeem = { purpose: "past_answers", code: codeFor("berit-unmistakable") };
    await berit.post("/api/participant/code/redeem", redeem);
    await berit.post<LeavingReceipt>("/api/participant/leave", { way: "erase" });
    expect([...(await traces("berit-unmistakable")), ...(await traces(WORDS))]).toEqual([]);
    if (engine === "postgres") return; // there a backup is a dump of the tables searched above
    const out = `${place.location.dataDir}.tar.gz`;
    await backupStore({ dataDir: place.location.dataDir, out, software: "0.1.0-test", at: 0 });
    const unpacked = gunzipSync(readFileSync(out)).toString("latin1");
    rmSync(out);
    expect(unpacked).toContain("SQLite format 3");
    expect(
      ["berit-unmistakable", "karianne-unmistakable", WORDS].filter((trace) => unpacked.includes(trace)),
    ).toEqual([]);
  });
});
