import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { leave } from "../people/leave.ts";
import { masterKeyBeside, openStore } from "../store/open.ts";
import { answersUpTo } from "../store/queries/answers.ts";
import { standingOf } from "../store/queries/departures.ts";
import { personRecords } from "../store/queries/person-records.ts";
import { addDemonstration, openWorld } from "../testing/world.ts";
import { backupStore } from "./backup.ts";
import { checkUp, type HealthFinding } from "./doctor.ts";
import { packKeys } from "./keys-file.ts";
import type { BackupManifest } from "./manifest.ts";
import { restoreStore } from "./restore.ts";

const root = mkdtempSync(join(tmpdir(), "longwave-keeping-"));
const dataDir = join(root, "data");
const file = (name: string): string => join(root, name);
const study = "exercise-and-pain";
const at = Date.UTC(2026, 2, 2, 12);
const never = async (): Promise<boolean> => {
  throw new Error("nothing shrinks");
};
afterAll(() => rmSync(root, { recursive: true, force: true }));

let made: BackupManifest;
let people: readonly string[];

beforeAll(async () => {
  await addDemonstration({ dataDir }, 12, at - 1000);
  const world = await openWorld({ dataDir, demonstration: null });
  const store = await openStore({ dataDir }, at);
  people = (await personRecords(store.db, study)).map(({ id }) => id);
  const message = (id: string, state: string) => ({
    ...{
      id,
      key: id,
      study,
      template: "results_out",
      parameters: "{}",
      person: people[2] ?? "",
      comment: null,
    },
    ...{ language: "en", urgent: 0, state, decided_at: 1, due_at: at, attempts: 0, owner: null, alive_at: 0 },
    ...{ sent_at: null, last_error: null, resend_of: null, reason: null },
  });
  await store.db
    .insertInto("outbox")
    .values([message("waits", "cancelled"), message("goes", "cancelled")])
    .execute();
  await store.db
    .updateTable("outbox")
    .set({ state: "queued", due_at: at + 864e5 })
    .execute();
  // The server is running: its connection is open, and its log is not empty.
  made = await backupStore({
    dataDir,
    out: file("b.tar.gz"),
    keys: file("k.tar.gz"),
    at,
    software: "0.1.0-test",
  });
  // After the backup one person is erased, another one stops the messages, and one message is sent.
  const context = {
    store,
    now: () => at + 1,
    log: () => undefined,
    mail: { transport: { forget: async () => {} } },
  };
  await leave(context, { study, person: people[0] ?? "", way: "erase", actor: "staff:a" });
  await leave(context, { study, person: people[1] ?? "", way: "stop_contact", actor: "staff:a" });
  await store.db
    .updateTable("outbox")
    .set({ state: "sent", sent_at: at + 2 })
    .where("id", "=", "goes")
    .execute();
  // Keys of a later night: that of who was erased is no longer among them.
  await packKeys(file("later.tar.gz"), { dataDir, masterKeyFile: masterKeyBeside(dataDir) }, at + 5);
  await packKeys(file("early.tar.gz"), { dataDir, masterKeyFile: masterKeyBeside(dataDir) }, at - 5);
  await store.close();
  await world.close();
}, 240_000);

test("a backup is one file for its owner only, with a hash of each database and no key", () => {
  expect(made.files.map(({ name }) => name)).toEqual(["longwave.sqlite", "staff.sqlite"]);
  expect(made.studies.find(({ id }) => id === study)).toMatchObject({ people: 12, erased: 0 });
  for (const name of ["b.tar.gz", "k.tar.gz"]) expect(statSync(file(name)).mode & 0o777).toBe(0o600);
  const keys = ["early.tar.gz", "k.tar.gz", "later.tar.gz"];
  expect(readdirSync(root).sort()).toEqual(["b.tar.gz", "data", "data.key", ...keys]);
});

test("whoever left or was erased after the backup is so in the restored folder, and nothing is sent twice", async () => {
  const restored = await restoreStore({
    ...{ backup: file("b.tar.gz"), dataDir: file("new"), replaces: dataDir, at: at + 10, agrees: never },
  });
  expect(restored).toMatchObject({ departures: 2, erasedSince: 0, hasKeys: true });
  const store = await openStore({ dataDir: file("new") }, at);
  expect(await standingOf(store.db, study, people[0] ?? "")).toBe("erased");
  expect(await standingOf(store.db, study, people[1] ?? "")).toBe("no_contact");
  const left = await store.db
    .selectFrom("answer")
    .select("payload")
    .where("person", "=", people[0] ?? "")
    .execute();
  expect(left.every(({ payload }) => payload === "")).toBe(true);
  const messages = await store.db.selectFrom("outbox").select(["id", "state"]).orderBy("id").execute();
  expect(messages).toEqual([
    { id: "goes", state: "sent" },
    { id: "waits", state: "queued" },
  ]);
  const audit = await store.db
    .selectFrom("audit")
    .select("action")
    .where("action", "=", "store.restored")
    .execute();
  expect(audit).toHaveLength(1);
  // The master key stands beside the new folder and opens what everyone else has answered.
  const kept = await answersUpTo(store.db, study, 1e9);
  expect(new Set(kept.map(({ person }) => person))).toContain(people[1]);
  expect(await store.vault.keysOf(study, people.slice(0, 1))).toEqual(new Map());
  await store.close();
  const key = "participant-link.key";
  expect(readFileSync(join(file("new"), key))).toEqual(readFileSync(join(dataDir, key)));
  for (const name of readdirSync(file("new")))
    expect(statSync(join(file("new"), name)).mode & 0o077, name).toBe(0);
}, 60_000);

test("without the folder replaced, what waited becomes uncertain, and the keys come from their own file", async () => {
  const restored = await restoreStore({
    ...{
      backup: file("b.tar.gz"),
      dataDir: file("alone"),
      keys: file("k.tar.gz"),
      at: at + 10,
      agrees: never,
    },
  });
  expect(restored).toMatchObject({ departures: 0, erasedSince: 0, uncertain: 2, hasKeys: true });
}, 60_000);

test("with keys newer than the backup, who was erased stays erased; older ones and none are refused", async () => {
  const order = { backup: file("b.tar.gz"), dataDir: file("newer"), at: at + 10, agrees: never };
  const restored = await restoreStore({ ...order, keys: file("later.tar.gz") });
  expect(restored).toMatchObject({ departures: 0, erasedSince: 1, hasKeys: true });
  const store = await openStore({ dataDir: file("newer") }, at);
  expect(await standingOf(store.db, study, people[0] ?? "")).toBe("erased");
  expect((await answersUpTo(store.db, study, 1e9)).length).toBeGreaterThan(0);
  await store.close();
  const elsewhere = { ...order, dataDir: file("elsewhere") };
  await expect(restoreStore({ ...elsewhere, keys: file("early.tar.gz") })).rejects.toMatchObject({
    code: "backup.keys-older",
  });
  await expect(restoreStore(elsewhere)).rejects.toMatchObject({ code: "backup.no-keys" });
  writeFileSync(masterKeyBeside(file("elsewhere")), `${"0".repeat(64)}\n`);
  await expect(restoreStore({ ...elsewhere, keys: file("k.tar.gz") })).rejects.toMatchObject({
    code: "vault.key-file-wrong",
  });
  expect(existsSync(file("elsewhere"))).toBe(false);
}, 60_000);

test("a restore that would lose answers is asked about, and leaves nothing when it is not agreed to", async () => {
  const store = await openStore({ dataDir }, at);
  const more = { last_seq: 1_000_000 };
  await store.db.updateTable("study").set(more).where("id", "=", study).execute();
  await store.close();
  const asked: string[] = [];
  const agrees = async (shrinking: readonly { readonly id: string }[]) => {
    asked.push(...shrinking.map(({ id }) => id));
    return false;
  };
  const order = { backup: file("b.tar.gz"), dataDir: file("no"), replaces: dataDir, at, agrees };
  expect(await restoreStore(order)).toBeUndefined();
  expect(asked).toEqual([study]);
  expect(existsSync(file("no"))).toBe(false);
}, 60_000);

test("a folder with files and a backup that was cut off are refused", async () => {
  const order = { backup: file("b.tar.gz"), dataDir, at, agrees: never };
  await expect(restoreStore(order)).rejects.toMatchObject({ code: "backup.folder-in-use" });
  writeFileSync(file("cut.tar.gz"), readFileSync(file("b.tar.gz")).subarray(0, 5000));
  const cut = { ...order, backup: file("cut.tar.gz"), dataDir: file("cut") };
  await expect(restoreStore(cut)).rejects.toMatchObject({
    code: expect.stringMatching(/^backup\.(damaged|failed)$/),
  });
  expect(existsSync(file("cut"))).toBe(false);
  await expect(backupStore({ dataDir: root, out: file("x"), at, software: "t" })).rejects.toMatchObject({
    code: "backup.no-store",
  });
}, 60_000);

test("the doctor says what is well and what is wrong: mail that does not answer, a clock that runs behind, a damaged file", async () => {
  const stateOf = (findings: readonly HealthFinding[], about: string) =>
    findings.find((each) => each.about === about)?.state;
  const listening = createServer((socket) => socket.end());
  await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  const address = listening.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const mail = { address: `smtp://127.0.0.1:${port}` };
  const here = file("new");
  const well = await checkUp({ dataDir: here, mail, at: Date.UTC(2100, 0, 1) });
  expect(["files", "audit", "mail", "clock", "keys", "jobs"].map((about) => stateOf(well, about))).toEqual(
    Array(6).fill("well"),
  );
  await new Promise((resolve) => listening.close(resolve));
  const ill = await checkUp({ dataDir: here, mail, at: 0 });
  expect(stateOf(ill, "mail")).toBe("wrong");
  expect(stateOf(ill, "clock")).toBe("wrong");
  const masterKeyFile = masterKeyBeside(file("elsewhere"));
  const locked = await checkUp({ dataDir: here, masterKeyFile, mail, at });
  expect(locked.filter(({ about }) => about === "keys").map(({ state }) => state)).toEqual(["well", "wrong"]);
  writeFileSync(join(here, "staff.sqlite"), "this is no database at all, and never was one");
  const broken = (await checkUp({ dataDir: here, mail, at })).filter(({ state }) => state === "wrong");
  expect(broken).toMatchObject([{ about: "files", says: expect.stringMatching(/^staff\.sqlite/) }]);
}, 60_000);

test("health and numbers are told to this machine on a port of their own, and say nothing of a person", async () => {
  const world = await openWorld({ dataDir: file("alone"), demonstration: null, port: 0, healthPort: 0 });
  const { url, healthUrl = "" } = await world.server.listen();
  expect(await (await fetch(`${healthUrl}/health`)).text()).toBe("well\n");
  const metrics = await (await fetch(`${healthUrl}/metrics`)).text();
  expect(metrics).toContain(`longwave_answers_total{study="${study}"} ${made.studies[0]?.answers}\n`);
  expect(metrics).toContain('longwave_messages{state="uncertain"} 2\n');
  for (const person of people) expect(metrics).not.toContain(person);
  expect((await fetch(`${url}/metrics`)).status).toBe(404);
  expect((await fetch(`${healthUrl}/`)).status).toBe(404);
  await world.close();
}, 60_000);
