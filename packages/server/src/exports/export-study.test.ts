import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readDataColumns } from "@longwave/source";
import { afterAll, describe, expect, test } from "vitest";
import { openStore } from "../store/open.ts";
import { personRecords } from "../store/queries/person-records.ts";
import { engines, makePlace, stopPostgres } from "../testing/engines.ts";
import { addDemonstration, openWorld } from "../testing/world.ts";
import { exportStudy } from "./export-study.ts";
import type { StudyExport } from "./make.ts";

const folder = mkdtempSync(join(tmpdir(), "longwave-export-"));
afterAll(stopPostgres);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const study = "exercise-and-pain";
const order = { study, at: Date.UTC(2026, 2, 2, 10), software: "0.1.0-test" };
const allowed = { beforeLock: false, actor: "command-line" };

function textOf(made: StudyExport, name: string): string {
  const file = made.files[name];
  if (typeof file !== "string") throw new Error(`${name} is not text`);
  return file;
}

/** Columns of a CSV without quotes in the cells asked for: the first columns of our tables have none. */
function firstColumn(csv: string): readonly string[] {
  return csv
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",")[0] ?? "");
}

const hasR = spawnSync("Rscript", ["--version"]).status === 0;

describe.each(engines)("the data of a study, on %s", (engine) => {
  test("are exported at one answer with times, reasons and a codebook, once locked; whoever was erased is not in them", async () => {
    const place = await makePlace(engine);
    await addDemonstration(place.location, 24, order.at);
    const world = await openWorld({ ...place.location, demonstration: null });
    const staff = await world.staff("kari@example.org");

    // Through the server, for staff, after the lock.
    const path = `/api/studies/${study}/data`;
    expect((await world.visitor().problem("GET", path)).code).toBe("staff.not-signed-in");
    expect((await staff.problem("GET", `/api/studies/${study}-try/data`)).code).toBe("data.not-locked");
    const response = await staff.send("GET", path);
    expect(response.headers.get("content-disposition")).toMatch(
      /^attachment; filename="exercise-and-pain-data-\d+\.zip"$/,
    );
    expect(
      Buffer.from(await response.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ).toBe("PK");

    // Beside the running server.
    expect(await exportStudy(place.location, { ...order, study: "none" }, allowed)).toEqual({
      kind: "no-study",
      studies: expect.arrayContaining([study, `${study}-try`]),
    });
    expect(await exportStudy(place.location, { ...order, study: `${study}-try` }, allowed)).toEqual({
      kind: "not-locked",
    });
    const early = await exportStudy(
      place.location,
      { ...order, study: `${study}-try` },
      { ...allowed, beforeLock: true },
    );
    expect(early.kind === "made" && textOf(early.made, "README.md")).toContain("The data are not locked.");

    const store = await openStore(place.location, 0);
    const [erased] = await personRecords(store.db, study);
    await store.db
      .insertInto("departure")
      .values({
        id: "d",
        study,
        person: erased?.id ?? "",
        kind: "erase",
        at: 1,
        actor: "staff:a",
        reason: null,
      })
      .execute();
    const outcome = await exportStudy(place.location, order, allowed);
    if (outcome.kind !== "made") throw new Error(outcome.kind);
    const { made } = outcome;
    expect(Object.keys(made.files).sort()).toEqual(
      [
        ...["person", "person_wave", "event", "message"].flatMap((name) => [
          `${name}.csv`,
          `${name}.parquet`,
        ]),
        ...["CHECKSUMS.txt", "README.md", "codebook.csv", "codes.csv", "load.R"],
      ].sort(),
    );
    expect(made.rows.person).toBe(23);
    expect(firstColumn(textOf(made, "person.csv"))).not.toContain(erased?.id);
    expect(textOf(made, "README.md")).toContain(
      "Simulated people. No real person's answers are in these files.",
    );
    const [head = ""] = textOf(made, "person_wave.csv").split("\n");
    for (const name of [
      "pain_vrs__missing",
      "sent_at",
      "started_at",
      "last_answer_at",
      "received_at",
      "finished_at",
    ]) {
      expect(head.split(","), name).toContain(name);
    }
    const audit = await store.db
      .selectFrom("audit")
      .select("actor")
      .where("action", "=", "data.exported")
      .execute();
    expect(audit.map(({ actor }) => actor).sort()).toEqual([
      "command-line",
      "command-line",
      "staff:kari@example.org",
    ]);
    await store.close();
    await world.close();
    await place.remove();
    if (engine === "postgres") return;
    for (const [name, content] of Object.entries(made.files)) writeFileSync(join(folder, name), content);
  }, 240_000);
});

describe("the files of an export", () => {
  test("hold the same values in CSV and in Parquet", async () => {
    const [csv, parquet] = await Promise.all(
      ["csv", "parquet"].map((ending) => readDataColumns(join(folder, `person_wave.${ending}`))),
    );
    const values = (columns: typeof csv, name: string) =>
      columns?.find((column) => column.name === name)?.values;
    for (const name of ["id", "pain_vrs", "bmi", "education"]) {
      expect(values(parquet, name), name).toEqual(values(csv, name));
    }
    // Dates and moments are what they are in Parquet, and numbers in CSV.
    const iso = (ms: number, length: number) => new Date(ms).toISOString().slice(0, length);
    const days = values(csv, "answered_day")?.map((day) => iso(Number(day) * 86_400_000, 10));
    expect(values(parquet, "answered_day")).toEqual(days);
  }, 60_000);

  test("carry the checksum of every file", () => {
    const lines = readFileSync(join(folder, "CHECKSUMS.txt"), "utf8").trimEnd().split("\n");
    expect(lines).toHaveLength(12);
    for (const line of lines) {
      const [hash, name = ""] = line.split("  ");
      expect(
        createHash("sha256")
          .update(readFileSync(join(folder, name)))
          .digest("hex"),
        name,
      ).toBe(hash);
    }
  });

  // Only where R is installed: base R, no package.
  test.skipIf(!hasR)(
    "are read by R with labels, factors, moments and reasons",
    () => {
      writeFileSync(
        join(folder, "look.R"),
        `source("load.R")
study <- load_study()
w <- study$person_wave
pain <- w$pain_vrs
cat(is.ordered(pain), nlevels(pain), attr(pain, "label"), "\\n", sep = "|")
cat(class(w$started_at)[1], class(w$answered_day), is.numeric(w$form_seconds), "\\n", sep = "|")
cat(all(is.na(pain) == !is.na(study$missing$person_wave$pain_vrs)), "\\n", sep = "|")
cat(levels(study$person$standing)[1], nrow(study$person), all(w$id %in% study$person$id), "\\n", sep = "|")
raw <- load_study(codes = TRUE)$person_wave$pain_vrs
cat(is.numeric(raw), length(attr(raw, "labels")), all(as.integer(pain) - 1 == raw, na.rm = TRUE), "\\n", sep = "|")
`,
      );
      const said = execFileSync("Rscript", ["look.R"], { cwd: folder, encoding: "utf8" }).split("\n");
      expect(said[0]).toMatch(/^TRUE\|6\|.*pain.*\|$/i);
      expect(said.slice(1, 5)).toEqual([
        "POSIXct|Date|TRUE|",
        "TRUE|",
        "Takes part|23|TRUE|",
        "TRUE|6|TRUE|",
      ]);
    },
    60_000,
  );
});
