import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ImportLook, ImportRun, PeoplePage } from "@longwave/api";
import { readDataColumns } from "@longwave/source";
import { type ColumnMapping, type DataColumn, readPanel } from "@longwave/study";
import { readMapping } from "@longwave/study/text";
import { afterAll, describe, expect, test, vi } from "vitest";
import { exportStudy } from "../exports/export-study.ts";
import { openStore } from "../store/open.ts";
import { eventDetails } from "../store/queries/audit.ts";
import { engines, makePlace, stopPostgres } from "../testing/engines.ts";
import { addDemonstration, openWorld, protocolText } from "../testing/world.ts";
import { importPanel } from "./import-panel.ts";
import type { ImportOrder, ImportReport } from "./types.ts";

const folder = mkdtempSync(join(tmpdir(), "longwave-import-"));
afterAll(stopPostgres);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = Date.UTC(2026, 2, 2, 10);
const order = { study: "target", at, actor: "command-line", fileHash: "f".repeat(64), again: false };

const reading =
  (columns: readonly DataColumn[], mapping?: ColumnMapping): ImportOrder["read"] =>
  (protocol) =>
    readPanel({ protocol, columns, ...(mapping === undefined ? {} : { mapping }) });

function reportOf(outcome: { readonly kind: string; readonly report?: ImportReport }): ImportReport {
  if (outcome.report === undefined) throw new Error(`no report: ${outcome.kind}`);
  return outcome.report;
}

function csvColumns(csv: string): Promise<readonly DataColumn[]> {
  writeFileSync(join(folder, "panel.csv"), csv);
  return readDataColumns(join(folder, "panel.csv"));
}

/** What a file cannot know again: when each question was answered, received and by whom, and when messages went. */
const TIMES =
  /^(form_seconds|(sent|started|last_answer|received|finished)_at|messages_sent|mode|entered_by|corrections)(__missing)?$/;

describe.each(engines)("a panel in a file, on %s", (engine) => {
  test("is taken into a study whole, and comes out of it the same", async () => {
    const place = await makePlace(engine);
    await addDemonstration(place.location, 12, at);
    const world = await openWorld({ ...place.location, demonstration: null });
    const staff = await world.staff("kari@example.org");
    await staff.post("/api/studies", { protocol: protocolText, id: "target" });
    const first = await tableOf("exercise-and-pain", "first.csv");
    const read = reading(first);

    const dry = await importPanel(place.location, { ...order, read, write: false });
    expect([dry.kind, reportOf(dry)]).toMatchObject(["checked", { knownPeople: 0, same: 0, different: 0 }]);
    expect(await importPanel(place.location, { ...order, read, write: false })).toEqual(dry);
    const seen: number[] = [];
    const made = await importPanel(place.location, {
      ...order,
      read,
      write: true,
      onProgress: (n) => seen.push(n),
    });
    expect([made.kind, seen.at(-1)]).toEqual(["done", reportOf(made).answers]);

    const again = await tableOf("target", "again.csv");
    const kept = first.filter(({ name }) => !TIMES.test(name));
    expect(kept.length).toBeGreaterThan(60);
    for (const { name, values } of kept) {
      expect([name, again.find((column) => column.name === name)?.values]).toEqual([name, values]);
    }
    expect(new Set(again.find(({ name }) => name === "mode")?.values)).toEqual(new Set(["import"]));

    expect((await importPanel(place.location, { ...order, read, write: true })).kind).toBe("imported-before");
    const same = await importPanel(place.location, { ...order, read, write: false, again: true });
    expect([same.kind, reportOf(same).same]).toEqual(["checked", reportOf(made).answers]);
    const pain = first.find(({ name }) => name === "pain_vrs")?.values ?? [];
    const changed = first.map((column) =>
      column.name === "pain_vrs" ? { ...column, values: [pain[0] === 5 ? 4 : 5, ...pain.slice(1)] } : column,
    );
    const other = { ...order, fileHash: "e".repeat(64), read: reading(changed), write: true };
    expect((await importPanel(place.location, other)).kind).toBe("differs");
    expect((await importPanel(place.location, { ...other, again: true })).kind).toBe("done");

    const store = await openStore(place.location, at);
    const noted = await eventDetails(store.db, "target", "answers.imported");
    expect(noted.map(({ file, answers }) => [file, answers])).toEqual([
      [order.fileHash, reportOf(made).answers],
      [other.fileHash, 1],
    ]);
    await store.close();
    await world.close();

    async function tableOf(study: string, file: string): Promise<readonly DataColumn[]> {
      const exported = await exportStudy(
        place.location,
        { study, at, software: "0.1.0-test" },
        { beforeLock: true, actor: "command-line" },
      );
      if (exported.kind !== "made") throw new Error(exported.kind);
      writeFileSync(join(folder, file), exported.made.files["person_wave.csv"] ?? "");
      return readDataColumns(join(folder, file));
    }
  });

  test("is looked at and imported from the console in parts, once; what stands in the way is told by row", async () => {
    const place = await makePlace(engine);
    const world = await openWorld({ ...place.location, demonstration: null });
    const staff = await world.staff("kari@example.org");
    await staff.post("/api/studies", { protocol: protocolText, id: "target" });
    const imports = "/api/studies/target/imports";
    const row = (id: number) => `p${id},w1,2026-01-10,2,41\n`;
    const csv = `who,visit,joined,pain_vrs,shoe\n${Array.from({ length: 30 }, (_, id) => row(id)).join("")}`;
    const mapping = "columns: { id: who, wave: visit }\npeople: { consentedOn: joined }\n";
    const look = (file: object) => staff.post<ImportLook>(`${imports}/look`, { csv, mapping, ...file });

    const ended = () =>
      vi.waitFor(
        async () => {
          const [run] = await staff.get<readonly ImportRun[]>(imports);
          expect(run?.state).not.toBe("running");
          return run;
        },
        { timeout: 20_000 },
      );

    const unmapped = await look({ mapping: "" });
    expect(unmapped.problems.map(({ where }) => where)).toEqual(["id", "wave"]);
    expect(unmapped.columns.map(({ name }) => name)).toEqual(["who", "visit", "joined", "pain_vrs", "shoe"]);
    expect(unmapped.questions).toContainEqual({ name: "pain_vrs", words: expect.stringContaining("pain") });
    const odd = await look({ csv: csv.replace("p3,w1,2026-01-10,2", "p3,w1,2026-01-10,9") });
    expect([odd.token, odd.problems.map(({ rows, where }) => [where, rows])]).toEqual([
      undefined,
      [["pain_vrs", [4]]],
    ]);
    expect((await look({ mapping: "colums: {}" })).problems[0]?.code).toMatch(/^mapping/);

    const seen = await look({});
    expect(seen.counts).toMatchObject({ newPeople: 30, answers: 30, same: 0, leftAlone: ["shoe"] });
    expect(seen.preview[0]).toMatchObject({ person: "p0", isNew: true, wave: "w1", answers: 1 });
    expect((await staff.get<PeoplePage>("/api/studies/target/people")).total, "nothing is written").toBe(0);
    const other = { csv: csv.replace("2,41", "3,41"), mapping, token: seen.token };
    expect((await staff.problem("POST", imports, other)).code).toBe("import.not-looked-at");
    const broken = importPanel(place.location, {
      ...order,
      read: reading(await csvColumns(csv), readMapping(mapping, "map.yaml")),
      write: true,
      parts: {
        answers: 10,
        note: async (_trx, done) => {
          if (done > 20) throw new Error("the server went away");
        },
        pause: async () => undefined,
      },
    });
    await expect(broken).rejects.toThrow("went away");
    const goesOn = await look({});
    expect(goesOn.counts, "whole parts stay, and the rest is left").toMatchObject({
      newPeople: 10,
      same: 20,
    });
    await staff.post(imports, { csv, mapping, token: goesOn.token });
    expect((await staff.problem("POST", imports, { csv, mapping, token: seen.token })).code).toBe(
      "import.under-way",
    );
    expect(await ended()).toMatchObject({ state: "done", done: 30, total: 30 });
    expect((await staff.get<PeoplePage>("/api/studies/target/people")).total).toBe(30);

    world.clock.now += 1000;
    const again = await look({});
    expect([again.before, again.counts?.same]).toEqual([true, 30]);
    await staff.post(imports, { csv, mapping, token: again.token });
    expect(await ended()).toMatchObject({
      state: "failed",
      problem: { found: "one that was imported before" },
    });
    await staff.post("/api/studies/target/people/p7/leave", { way: "erase", reason: "asked by letter" });
    const back = (await look({})).problems[0]?.found;
    expect(back, "who was erased cannot come back by a file").toContain("p7");
    const analyst = await world.staff("analyst@example.org");
    await staff.post("/api/studies/target/team", { email: "analyst@example.org", role: "analyst" });
    expect((await analyst.problem("POST", `${imports}/look`, { csv })).code).toBe("staff.not-allowed");
    await world.close();
  });
});
