import type { AddPeopleAnswer, PeoplePage, Run, Staff, StudyFlow, StudySummary } from "@longwave/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStore } from "../store/open.ts";
import { addRun } from "../store/queries/runs.ts";
import {
  answerTo,
  consentTo,
  enrolled,
  itemsOf,
  openWorld,
  sendAnswers,
  tokenOf,
  type Visitor,
  type World,
} from "../testing/world.ts";

const open = "exercise-and-pain-try";
const closed = "exercise-and-pain";

let world: World;
let staff: Visitor;
beforeAll(async () => {
  world = await openWorld();
  staff = await world.staff("kari@example.org");
});
afterAll(() => world.close());

describe("signing in", () => {
  test("uses a one-time link: it works once and not again", async () => {
    const link = await world.server.signInLink("once@example.org");
    expect(link).toMatch(/^http:\/\/localhost:4040\/console\/#sign-in=\S+$/);
    const token = link.split("#sign-in=")[1];
    const visitor = world.visitor();
    expect((await visitor.post<Staff>("/api/staff/sign-in", { token })).email).toBe("once@example.org");
    expect((await visitor.get<Staff>("/api/staff/me")).email).toBe("once@example.org");
    const again = await world.visitor().problem("POST", "/api/staff/sign-in", { token });
    expect(again.code).toBe("staff.sign-in-invalid");
  });

  test("keeps the session in a cookie that scripts cannot read, and ends it when asked", async () => {
    const visitor = world.visitor();
    const token = (await world.server.signInLink("two@example.org")).split("#sign-in=")[1];
    const response = await visitor.send("POST", "/api/staff/sign-in", { token });
    const line = response.headers.getSetCookie().join("\n");
    expect(line).toMatch(/longwave\.session_token=.*HttpOnly/);
    expect(line).toMatch(/SameSite=Lax/i);
    const cookies = [...visitor.cookies];
    expect((await visitor.send("POST", "/api/staff/sign-out")).status).toBe(204);
    for (const [name, value] of cookies) visitor.cookies.set(name, value);
    expect((await visitor.problem("GET", "/api/staff/me")).code).toBe("staff.not-signed-in");
  });

  test("makes no link for what is not an e-mail address", async () => {
    await expect(world.server.signInLink("kari")).rejects.toMatchObject({ code: "staff.email-invalid" });
  });

  test("travels over HTTPS only where the public address says so", async () => {
    const own = await openWorld({ demonstration: null, publicUrl: "https://study.example.org/" });
    const link = await own.server.signInLink("kari@example.org");
    expect(link).toMatch(/^https:\/\/study\.example\.org\/console\/#sign-in=/);
    const body = { token: link.split("#sign-in=")[1] };
    const headers = { origin: "https://study.example.org" };
    const response = await own.visitor().send("POST", "/api/staff/sign-in", body, headers);
    expect(response.status).toBe(200);
    expect(response.headers.get("set-cookie")).toMatch(/__Secure-longwave\.session_token=.*; Secure/);
    expect(response.headers.get("strict-transport-security")).toContain("max-age=");
    await own.close();
    const wrong = openWorld({ demonstration: null, publicUrl: "study.example.org" });
    await expect(wrong).rejects.toMatchObject({ code: "server.address-invalid" });
  });

  test.each([
    ["GET", "/api/staff/me"],
    ["POST", "/api/staff/sign-out"],
    ["GET", "/api/studies"],
    ["POST", "/api/studies"],
    ["GET", `/api/studies/${open}`],
    ["GET", `/api/studies/${open}/flow`],
    ["GET", `/api/studies/${open}/people`],
    ["POST", `/api/studies/${open}/people`],
    ["POST", `/api/studies/${open}/people/anyone/link`],
    ["POST", `/api/studies/${open}/lock`],
    ["POST", `/api/studies/${open}/runs`],
    ["GET", `/api/studies/${open}/runs/any`],
    ["GET", `/api/studies/${open}/runs/any/report`],
    ["POST", `/api/studies/${open}/publications`],
  ])("is needed for %s %s, and a participant's cookie does not help", async (method, path) => {
    const { visitor } = await enrolled(world);
    const body = { text: "A, a@example.org", run: "x", protocol: "x" };
    expect((await visitor.problem(method, path, body)).code).toBe("staff.not-signed-in");
  });
});

describe("requests of other sites", () => {
  test.each([
    { origin: "https://evil.example" },
    { origin: "null", "sec-fetch-site": "none" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ])("are refused: %o", async (headers) => {
    const response = await staff.send("POST", `/api/studies/${open}/lock`, {}, headers);
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: "request.cross-origin" });
  });

  test("are told from our own, whose origin a browser may keep to itself", async () => {
    const response = await staff.send(
      "POST",
      "/api/try",
      {},
      { origin: "null", "sec-fetch-site": "same-origin" },
    );
    expect(response.status).toBe(201);
  });

  test("cannot send a form in place of JSON", async () => {
    const response = await staff.send("POST", `/api/studies/${open}/lock`, "a=b", {
      "content-type": "text/plain",
    });
    expect(await response.json()).toMatchObject({ code: "request.not-json", status: 415 });
  });
});

describe("requests that are not as the contract says", () => {
  test("are refused with what was wrong and where", async () => {
    const problem = await staff.problem("POST", `/api/studies/${open}/people`, { text: 7 });
    expect(problem.code).toBe("request.invalid");
    expect(problem.found).toContain("text:");
  });

  test("are refused when the body is not JSON or too large", async () => {
    expect((await staff.problem("POST", `/api/studies/${open}/people`, "{")).code).toBe("request.invalid");
    expect(
      (await staff.problem("POST", `/api/studies/${open}/people`, { text: "x".repeat(4_100_000) })).code,
    ).toBe("request.too-large");
  });

  test("do not tell which studies there are when the study is unknown", async () => {
    const problem = await staff.problem("GET", "/api/studies/nothing/flow");
    expect(problem.code).toBe("study.not-found");
    expect(JSON.stringify(problem)).not.toContain(open);
  });

  test("find nothing at an address that is not in the contract", async () => {
    expect((await staff.problem("GET", "/api/nothing")).code).toBe("request.not-found");
  });
});

describe("the studies", () => {
  test("are listed with their phase, people, lock and latest publication", async () => {
    const studies = await staff.get<StudySummary[]>("/api/studies");
    expect(studies.map(({ id, simulated, people }) => ({ id, simulated, people }))).toEqual([
      { id: closed, simulated: true, people: 30 },
      { id: open, simulated: false, people: expect.any(Number) },
    ]);
    expect(studies[0]?.lock.by).toEqual([
      "first.signer@simulated.example",
      "second.signer@simulated.example",
    ]);
    expect(studies[1]?.phase).toBe("recruiting");
  });

  test("show how many were invited, consented and answered, by wave and day", async () => {
    const flow = await staff.get<StudyFlow>(`/api/studies/${closed}/flow`);
    expect(flow.invited).toBe(30);
    expect(flow.consented).toBeGreaterThan(0);
    expect(flow.answeredOnce).toBeGreaterThanOrEqual(flow.answeredTwice);
    expect(flow.answeredTwice).toBeGreaterThanOrEqual(flow.answeredAll);
    expect(flow.waves.map(({ wave }) => wave)).toEqual(["w1", "w2", "w3", "w4", "w5"]);
    expect(flow.waves[0]?.started).toBe(flow.waves[0]?.finished);
    expect(flow.byDay.reduce((sum, { consented }) => sum + consented, 0)).toBe(flow.consented);
    expect(flow.byDay[0]?.invited).toBe(30);
  });
});

describe("adding people", () => {
  test("reads a pasted list, gives each a link that works, and reports bad lines by number", async () => {
    const text =
      'Name;E-mail\nKari Nordmann;kari.n@example.org\n"Hansen, Ola" <ola@example.org>\nnot an address;a@b\nkari.n@example.org\n\nOnly Name';
    const { added, problems } = await staff.post<AddPeopleAnswer>(`/api/studies/${open}/people`, { text });
    expect(added.map(({ label }) => label)).toEqual(["Kari Nordmann", "Hansen, Ola", "Only Name"]);
    expect(problems.map(({ line }) => line)).toEqual([4, 5]);
    expect(problems[1]?.remedy).toContain("line 2");
    const visitor = world.visitor();
    expect(added[0]?.link).toMatch(/^http:\/\/localhost:4040\/p#/);
    await visitor.post("/api/participant/session", { token: tokenOf(added[0]?.link ?? "") });
    const again = await staff.post<AddPeopleAnswer>(`/api/studies/${open}/people`, {
      text: "KARI.N@example.org",
    });
    expect(again.problems[0]?.expected).toContain("not in the study");
  });

  test("is refused in a locked study", async () => {
    const problem = await staff.problem("POST", `/api/studies/${closed}/people`, { text: "a@example.org" });
    expect(problem.code).toBe("study.locked");
  });

  test("shows 50 people a page with where they stand, found by name", async () => {
    const text = Array.from({ length: 60 }, (_, index) => `Reader ${index}, reader${index}@example.org`).join(
      "\n",
    );
    await staff.post(`/api/studies/${open}/people`, { text });
    const first = await staff.get<PeoplePage>(`/api/studies/${open}/people?search=reader`);
    expect(first.total).toBe(60);
    expect(first.people).toHaveLength(50);
    const second = await staff.get<PeoplePage>(
      `/api/studies/${open}/people?search=reader&after=${first.next}`,
    );
    expect(second.people).toHaveLength(10);
    expect(second.next).toBeUndefined();
    expect(second.people[0]?.waves).toEqual(["not_yet", "not_yet", "not_yet", "not_yet", "not_yet"]);
    const simulated = await staff.get<PeoplePage>(`/api/studies/${closed}/people`);
    expect(simulated.people[0]?.label).toBe("Person 1");
    expect(simulated.people.flatMap(({ waves }) => waves)).toContain("completed");
  });

  test("rotates a link: the old one and visits opened with it end", async () => {
    const { added } = await staff.post<AddPeopleAnswer>(`/api/studies/${open}/people`, {
      text: "rotate@example.org",
    });
    const [person] = added;
    if (!person) throw new Error("nobody was added");
    const visitor = world.visitor();
    await visitor.post("/api/participant/session", { token: tokenOf(person.link) });
    const { link } = await staff.post<{ link: string }>(`/api/studies/${open}/people/${person.id}/link`);
    expect((await visitor.problem("GET", "/api/participant/state")).code).toBe("session.none");
    const old = await world
      .visitor()
      .problem("POST", "/api/participant/session", { token: tokenOf(person.link) });
    expect(old.code).toBe("session.link-unknown");
    await world.visitor().post("/api/participant/session", { token: tokenOf(link) });
    const unknown = await staff.problem("POST", `/api/studies/${open}/people/nobody/link`);
    expect(unknown.code).toBe("person.not-found");
  });
});

describe("trying the demonstration", () => {
  test("is not possible in a study of simulated people, nor in one that is not there", async () => {
    const visitor = world.visitor();
    expect((await visitor.problem("POST", "/api/try", { study: closed })).code).toBe("study.not-recruiting");
    expect((await visitor.problem("POST", "/api/try", { study: "nothing" })).code).toBe("study.not-found");
  });
});

async function untilDone(visitor: Visitor, study: string, run: string): Promise<Run> {
  for (;;) {
    const now = await visitor.get<Run>(`/api/studies/${study}/runs/${run}`);
    if (now.state === "done" || now.state === "failed") return now;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

describe("figures of single people", () => {
  const path = (study: string): string => `/api/studies/${study}/individual`;

  test("are for signed-in staff alone, and for nobody before the lock", async () => {
    expect((await world.visitor().problem("GET", path(closed))).code).toBe("staff.not-signed-in");
    const staff = await world.staff("one@example.org");
    expect((await staff.problem("GET", path(open))).code).toBe("study.not-locked");
  });

  test("are made anew as a page that no search engine and no cache may keep, and that somebody looked is written down", async () => {
    const staff = await world.staff("one@example.org");
    const response = await staff.send("GET", path(closed));
    expect(response.headers.get("cache-control")).toBe("no-store");
    const page = await response.text();
    expect(page).toContain("Study team only");
    expect(page).toContain('name="robots" content="noindex"');
    const store = await openStore({ dataDir: world.dataDir }, 0);
    const events = await store.db.selectFrom("audit").select(["study", "actor", "action"]).execute();
    await store.close();
    expect(events).toContainEqual({
      study: closed,
      actor: "staff:one@example.org",
      action: "individual-figures.opened",
    });
  });
});

describe("from a running study to a publication", () => {
  test("the report is blind before the lock, the lock needs two people, results and publications follow", async () => {
    const own = await openWorld({ people: 300 });
    const [first, second] = [await own.staff("one@example.org"), await own.staff("two@example.org")];
    const { visitor, state } = await enrolled(own);
    const [item] = itemsOf(state);
    if (!item) throw new Error("no open wave");
    await sendAnswers(visitor, [answerTo(state, item)]);

    const blind = await first.post<Run>(`/api/studies/${open}/runs`);
    expect(blind.kind).toBe("blind");
    const blindDone = await untilDone(first, open, blind.id);
    expect(blindDone.problem).toBeUndefined();
    const blindPage = await (await first.send("GET", blindDone.report ?? "")).text();
    expect(blindPage).toContain("<!doctype html>");
    expect((await first.problem("POST", `/api/studies/${open}/publications`, { run: blind.id })).code).toBe(
      "run.not-results",
    );

    const signed = await first.post<StudySummary>(`/api/studies/${open}/lock`);
    expect(signed.phase).toBe("recruiting");
    expect(signed.lock.by).toEqual(["one@example.org"]);
    expect((await first.problem("POST", `/api/studies/${open}/lock`)).code).toBe("study.same-signature");
    const locked = await second.post<StudySummary>(`/api/studies/${open}/lock`);
    expect(locked.phase).toBe("locked");
    expect(locked.lock.lockedAt).toBe(own.clock.now);
    expect((await second.problem("POST", `/api/studies/${open}/lock`)).code).toBe("study.already-locked");

    const late = await sendAnswers(visitor, [answerTo(state, item)]);
    expect(late.refused[0]?.problem.code).toBe("study.locked");
    expect((await visitor.problem("POST", "/api/participant/consent", consentTo(state))).code).toBe(
      "study.locked",
    );
    expect((await visitor.problem("POST", "/api/participant/finish", { wave: "w1" })).code).toBe(
      "study.locked",
    );

    const results = await second.post<Run>(`/api/studies/${closed}/runs`);
    expect(results.kind).toBe("results");
    const done = await untilDone(second, closed, results.id);
    expect(done.problem).toBeUndefined();
    expect((await first.problem("GET", `/api/studies/${closed}/runs/nothing`)).code).toBe("run.not-found");

    const before = await first.get<StudySummary>(`/api/studies/${closed}`);
    expect(before.phase).toBe("published");
    const without = await first.problem("POST", `/api/studies/${closed}/publications`, { run: results.id });
    expect(without.code).toBe("publication.changes-missing");
    const body = { run: results.id, changes: ["The same analysis was run again."] };
    const corrected = await first.post<{ hash: string; address: string }>(
      `/api/studies/${closed}/publications`,
      body,
    );
    expect(corrected.hash).not.toBe(before.publication?.hash);
    const again = await first.post<{ hash: string }>(`/api/studies/${closed}/publications`, body);
    expect(again.hash).toBe(corrected.hash);

    const oldPage = await own.visitor().send("GET", before.publication?.address ?? "");
    expect(oldPage.status).toBe(200);
    expect(await oldPage.text()).toContain(corrected.address);
    const bundle = await own
      .visitor()
      .get<{ replaces: string; changes: string[] }>(`${corrected.address}/publication.json`);
    expect(bundle.replaces).toBe(before.publication?.hash);
    expect(bundle.changes).toEqual(body.changes);
    await own.close();
  }, 120_000);
});

describe("a run that a stopped server left half done", () => {
  test("keeps a second one from starting for a minute, and is then marked as failed with the reason", async () => {
    const own = await openWorld({ port: 0 });
    const visitor = await own.staff("one@example.org");
    const store = await openStore({ dataDir: own.dataDir }, 0);
    const run = {
      id: "left",
      study: open,
      kind: "blind",
      upToSeq: 0,
      seed: 1,
      startedAt: own.clock.now,
    } as const;
    await addRun(store.db, { ...run, requestedBy: "one@example.org" });
    expect((await visitor.problem("POST", `/api/studies/${open}/runs`)).code).toBe("run.already-running");
    expect((await visitor.problem("GET", `/api/studies/${open}/runs/left/report`)).code).toBe(
      "run.not-finished",
    );
    await own.server.listen();
    expect((await visitor.get<Run>(`/api/studies/${open}/runs/left`)).state).toBe("queued");
    own.clock.now += 61_000;
    const next = await visitor.post<Run>(`/api/studies/${open}/runs`);
    expect((await untilDone(visitor, open, next.id)).state).toBe("done");
    const failed = await visitor.get<Run>(`/api/studies/${open}/runs/left`);
    expect(failed.state).toBe("failed");
    expect(failed.problem?.found).toContain("the server stopped");
    await store.close();
    await own.close();
  });
});
