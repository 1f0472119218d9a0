import { randomUUID } from "node:crypto";
import type { ReleaseDraft, ReleaseRecipient, Releases, ReleaseVersion } from "@longwave/api";
import { afterAll, describe, expect, test } from "vitest";
import { openStore } from "../store/open.ts";
import { addConsents, peopleWhoTicked } from "../store/queries/consents.ts";
import { engines, makePlace, stopPostgres, type TestPlace } from "../testing/engines.ts";
import { openWorld, protocolText, type Visitor } from "../testing/world.ts";

afterAll(stopPostgres);

const study = "exercise-and-pain";
const base = `/api/studies/${study}/releases`;
const recipient = {
  name: "Dr. =Ada Berg",
  organisation: "University of Bergen",
  purpose: "To check the same-week association.",
  agreement: "2026/114",
  receivedAt: Date.UTC(2026, 2, 4),
};

async function preview(staff: Visitor, floors: object = {}): Promise<ReleaseDraft> {
  const draft = await staff.post<ReleaseDraft>(`${base}/preview`, floors);
  expect(draft.state).toBe("making");
  const read = async () => (await staff.get<Releases>(base)).draft;
  await expect.poll(async () => (await read())?.state, { timeout: 60_000 }).toMatch(/ready|failed/);
  return (await read()) ?? draft;
}

async function auditOf(place: TestPlace): Promise<readonly string[]> {
  const store = await openStore(place.location, 0);
  const rows = await store.db.selectFrom("audit").select("action").orderBy("at").execute();
  await store.close();
  return rows.map(({ action }) => action).filter((action) => action.startsWith("release."));
}

describe.each(engines)("releases of a study, on %s", (engine) => {
  test("are previewed, kept with their very files, downloaded, given to people, and made anew with what changed", async () => {
    const place = await makePlace(engine);
    const world = await openWorld({ ...place.location, people: 260 });
    const staff = await world.staff("kari@example.org");
    const running = "/api/studies/exercise-and-pain-try/releases";
    expect((await staff.problem("POST", `${running}/preview`)).code).toBe("release.not-locked");

    const empty = await staff.get<Releases>(base);
    expect(empty).toMatchObject({ k: 10, minCell: 10, versions: [] });
    expect(empty.agreed).toBeGreaterThan(100);
    expect((await staff.problem("GET", `${base}/draft/report`)).code).toBe("release.not-found");

    const draft = await preview(staff);
    expect(draft).toMatchObject({ state: "ready", number: 1, startedBy: "kari@example.org", warnings: [] });
    expect(draft.numbers?.k).toBeGreaterThanOrEqual(10);
    const page = await (await staff.send("GET", `${base}/draft/report`)).text();
    expect(page).toContain("How people are protected");
    expect(page).toContain("Simulated people");

    const kept = await staff.post<ReleaseVersion>(base, { draft: draft.id });
    expect(kept).toMatchObject({ number: 1, madeBy: "kari@example.org", changes: [], recipients: [] });
    expect(await staff.post<ReleaseVersion>(base, { draft: draft.id })).toEqual(kept);
    expect(await (await staff.send("GET", `${base}/1/report`)).text()).toBe(page);

    const download = await staff.send("GET", `${base}/1/file`);
    expect(download.headers.get("content-type")).toBe("application/zip");
    expect(download.headers.get("content-disposition")).toBe(`attachment; filename="${study}-release-1.zip"`);
    const bytes = Buffer.from(await download.arrayBuffer());
    expect(bytes.subarray(0, 2).toString()).toBe("PK");
    for (const name of ["README.md", "person.csv", "person_wave.csv", "CHECKSUMS.txt"]) {
      expect(bytes.includes(`${study}-release-1/${name}`), name).toBe(true);
    }
    const again = Buffer.from(await (await staff.send("GET", `${base}/1/file`)).arrayBuffer());
    expect(again.equals(bytes)).toBe(true);

    const given = await staff.post<ReleaseRecipient>(`${base}/1/recipients`, recipient);
    expect(given).toMatchObject({ ...recipient, recordedBy: "kari@example.org" });
    expect((await staff.problem("POST", `${base}/1/recipients`, { ...recipient, purpose: " " })).code).toBe(
      "request.invalid",
    );
    expect((await staff.problem("POST", `${base}/2/recipients`, recipient)).code).toBe("release.not-found");

    const next = await preview(staff, { k: 20 });
    expect(next).toMatchObject({ number: 2, state: "ready" });
    expect(next.changes).toContain("The study's own data are the same.");
    await staff.post<ReleaseVersion>(base, { draft: next.id });
    const all = await staff.get<Releases>(base);
    expect(all.draft).toBeUndefined();
    expect(all.versions.map(({ number }) => number)).toEqual([2, 1]);
    expect(all.versions[1]?.recipients).toEqual([given]);

    await world.close();
    expect(await auditOf(place)).toEqual([
      "release.previewed",
      "release.kept",
      "release.downloaded",
      "release.downloaded",
      "release.given",
      "release.previewed",
      "release.kept",
    ]);
    await place.remove();
  }, 240_000);

  test("cannot be kept after someone changed their consent, and the next one warns of so few", async () => {
    const place = await makePlace(engine);
    const world = await openWorld({ ...place.location, people: 260 });
    const staff = await world.staff("kari@example.org");
    await staff.post(base, { draft: (await preview(staff)).id });
    const draft = await preview(staff);

    world.clock.now += 60_000;
    const store = await openStore(place.location, 0);
    const [person = ""] = await peopleWhoTicked(store.db, study, {
      tick: "share_deidentified",
      until: world.clock.now,
    });
    const form = await store.db.selectFrom("consent_form").select("hash").executeTakeFirstOrThrow();
    await addConsents(store.db, [
      {
        id: randomUUID(),
        study,
        person,
        version: 1,
        language: "en",
        formHash: form.hash,
        ticks: { take_part: true, share_deidentified: false },
        givenAt: world.clock.now,
      },
    ]);
    await store.close();

    const { agreed } = await staff.get<Releases>(base);
    expect((await staff.problem("POST", base, { draft: draft.id })).code).toBe("release.outdated");
    const next = await preview(staff);
    expect(next.warnings.join()).toMatch(/^Fewer than 10 people have left the data, or changed/);
    await staff.post(base, { draft: next.id });
    expect((await staff.get<Releases>(base)).agreed).toBe(agreed);
    expect((await staff.problem("POST", base, { draft: draft.id })).code).toBe("release.outdated");
    await world.close();
    await place.remove();
  }, 240_000);
});

describe("a release", () => {
  test("is for staff only", async () => {
    const world = await openWorld({ people: 20 });
    const anyone = world.visitor();
    for (const path of [base, `${base}/draft/report`, `${base}/1/report`, `${base}/1/file`]) {
      expect((await anyone.problem("GET", path)).code).toBe("staff.not-signed-in");
    }
    for (const path of [`${base}/preview`, base, `${base}/1/recipients`]) {
      const body = path === base ? { draft: "x" } : path.endsWith("preview") ? {} : recipient;
      expect((await anyone.problem("POST", path, body)).code).toBe("staff.not-signed-in");
    }
    await world.close();
  });

  test("of too few people fails with the reason, and leaves nothing to keep", async () => {
    const world = await openWorld({ people: 20 });
    const staff = await world.staff("kari@example.org");
    const draft = await preview(staff, { k: 50 });
    expect(draft).toMatchObject({ state: "failed", problem: { code: "release.too-few" } });
    expect(draft.problem?.expected).toMatch(/^at least 50 people who agreed/);
    expect((await staff.problem("POST", base, { draft: draft.id })).code).toBe("release.outdated");
    await world.close();
  });

  test("cannot be made where nobody was asked", async () => {
    const silent = protocolText
      .replace("  tick: share_deidentified\n", "")
      .replaceAll("share_deidentified", "share_other");
    const world = await openWorld({
      people: 20,
      demonstration: { protocolText: silent, people: 20, seed: 1 },
    });
    const staff = await world.staff("kari@example.org");
    expect((await staff.problem("POST", `${base}/preview`)).code).toBe("release.no-tick");
    await world.close();
  });
});
