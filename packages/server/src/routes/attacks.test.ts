import type { AnswersReceipt, CreateStudyAnswer, ParticipantState, Problem, StudyFlow } from "@longwave/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStore } from "../store/open.ts";
import { studyById } from "../store/queries/studies.ts";
import { engines, makePlace, stopPostgres } from "../testing/engines.ts";
import {
  answerTo,
  consentTo,
  enrolled,
  itemsOf,
  openTryOut,
  openWorld,
  protocolText,
  sendAnswers,
  type Visitor,
  type World,
} from "../testing/world.ts";

const open = "exercise-and-pain-try";

let world: World;
let staff: Visitor;
beforeAll(async () => {
  world = await openWorld({ people: 40 });
  staff = await world.staff("kari@example.org");
});
afterAll(async () => {
  await world.close();
  await stopPostgres();
});

function firstItem(state: ParticipantState) {
  const [item] = itemsOf(state);
  if (!item) throw new Error("no open wave");
  return item;
}

describe("every response, failures too,", () => {
  test.each([
    ["GET", "/", 200],
    ["GET", "/nothing-here", 404],
    ["GET", "/p", 503],
    ["GET", "/assets/public/none.js", 404],
    ["GET", "/try", 302],
    ["GET", "/%00", 404],
    ["GET", "/findings/%E0%A4%A", 404],
    ["GET", "/openapi.json", 200],
    ["GET", "/api/studies", 401],
    ["GET", "/api/nothing", 404],
    ["POST", "/api/try", 415],
  ])("carries the security headers: %s %s", async (method, path, status) => {
    const headers = { "content-type": "text/plain" };
    const response = await world.visitor().send(method, path, "{}", headers);
    expect(response.status).toBe(status);
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("referrer-policy")).toBe("no-referrer");
    expect(await response.text()).not.toMatch(/\bat .*\.(ts|js):\d+/);
  });
});

describe("a participant with a program of their own", () => {
  test("finds no name that reaches behind an object", async () => {
    const { visitor, state } = await enrolled(world);
    const item = firstItem(state);
    const answers = ["__proto__", "constructor", "toString"].map((name) =>
      answerTo(state, item, { item: name }),
    );
    const { saved, refused } = await sendAnswers(visitor, answers);
    expect(saved).toEqual([]);
    expect(refused.map(({ problem }) => problem.code)).toEqual(Array(3).fill("answer.item-unknown"));
    const waves = await sendAnswers(visitor, [answerTo(state, item, { wave: "__proto__" })]);
    expect(waves.refused[0]?.problem.code).toBe("answer.wave-unknown");
    expect(Object.hasOwn(Object.prototype, "kind")).toBe(false);
  });

  test("cannot tick a required box by a name that every object has", async () => {
    const { visitor, state } = await openTryOut(world);
    const body = `${JSON.stringify({ ...consentTo(state), ticks: {} }).slice(0, -1)},"__proto__":{"ticks":{"taking_part":true}}}`;
    expect((await visitor.problem("POST", "/api/participant/consent", body)).code).toBe(
      "consent.tick-missing",
    );
  });

  test("is refused in words when a body is nested a hundred thousand deep", async () => {
    const { visitor, state } = await enrolled(world);
    const answer = answerTo(state, firstItem(state));
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const body = JSON.stringify({ answers: [answer] }).replace(
      JSON.stringify(answer.payload),
      `{"kind":"value","value":${deep}}`,
    );
    const response = await visitor.send("POST", "/api/participant/answers", body);
    expect(response.headers.get("content-type")).toMatch(/json/);
    expect((await sendAnswers(visitor, [answer])).saved).toHaveLength(1);
  });

  test("cannot spoil the counts by the clock of the phone: an answer is given after consent and before it arrives", async () => {
    const { visitor, state } = await enrolled(world);
    const [first, second] = itemsOf(state);
    if (!first || !second) throw new Error("the first wave has no items");
    const late = answerTo(state, first, { answeredAt: Number.MAX_SAFE_INTEGER });
    const early = answerTo(state, second, { answeredAt: 0 });
    const receipt = await sendAnswers(visitor, [late, early]);
    expect(receipt.saved).toHaveLength(2);
    world.clock.now += 60_000;
    expect(await sendAnswers(visitor, [late, early])).toEqual(receipt);
    const flow = await staff.get<StudyFlow>(`/api/studies/${open}/flow`);
    expect(flow.byDay.map(({ day }) => day)).toEqual(["2026-03-02"]);
  });
});

describe("the lock of a study", () => {
  test("lets an answer sent at the same moment in before it, or refuses it: there is nothing between", async () => {
    const own = await openWorld({ people: 40 });
    const [one, two] = [await own.staff("one@example.org"), await own.staff("two@example.org")];
    const { visitor, state } = await enrolled(own);
    await one.post(`/api/studies/${open}/lock`);
    const sending = Array.from({ length: 40 }, async (_, index): Promise<AnswersReceipt> => {
      if (index === 20) await two.post(`/api/studies/${open}/lock`);
      return sendAnswers(visitor, [answerTo(state, firstItem(state))]);
    });
    const receipts = await Promise.all(sending);
    const kept = receipts.flatMap(({ saved }) => saved.map(({ seq }) => seq));
    const refused = receipts.flatMap((each) => each.refused.map(({ problem }) => problem.code));
    expect(kept.sort((a, b) => a - b)).toEqual(kept.map((_, index) => index + 1));
    expect(kept.length + refused.length).toBe(40);
    expect(new Set(refused)).toEqual(new Set(["study.locked"]));
    await own.close();
  });
});

describe.each(engines)("a sign-in link opened several times at the same moment, on %s", (engine) => {
  test("signs in once", async () => {
    const place = await makePlace(engine);
    const own = await openWorld({ ...place.location, demonstration: null });
    for (const email of ["one@example.org", "two@example.org", "one@example.org"]) {
      const token = (await own.server.signInLink(email)).split("#sign-in=")[1];
      const opening = Array.from({ length: 5 }, () =>
        own.visitor().send("POST", "/api/staff/sign-in", { token }),
      );
      const statuses = (await Promise.all(opening)).map(({ status }) => status);
      expect(statuses.sort()).toEqual([200, 401, 401, 401, 401]);
    }
    await own.close();
    await place.remove();
  });
});

describe("words of a study text", () => {
  test("are only words on the pages, whatever they look like", async () => {
    const protocol = protocolText
      .replace(/^title:\n {2}en: .*$/m, "title:\n  en: 'A <script>alert(1)</script> study'")
      .replace(/^question:\n {2}en: .*$/m, "question:\n  en: '\"><img src=x onerror=alert(2)>'");
    const made = await staff.post<CreateStudyAnswer>("/api/studies", { protocol, id: "marked-up" });
    expect(made.study.title).toContain("<script>");
    for (const path of ["/", "/findings"]) {
      const page = await (await world.visitor().send("GET", path)).text();
      expect(page).not.toContain("<script>alert");
      expect(page).not.toContain("<img src=x");
    }
    const problem = (await (await world.visitor().send("GET", "/api/<script>")).json()) as Problem;
    expect(problem.code).toBe("request.not-found");
  });
});

describe("the log of the server", () => {
  test("holds no link, cookie or sign-in token", async () => {
    const { token, visitor } = await openTryOut(world);
    const link = await world.server.signInLink("log@example.org");
    const signIn = link.split("#sign-in=")[1] ?? "";
    await world.visitor().post("/api/staff/sign-in", { token: signIn });
    await world.visitor().problem("POST", "/api/participant/session", { token: "A".repeat(22) });
    const log = world.lines.join("\n");
    for (const secret of [token, signIn, ...visitor.cookies.values()]) expect(log).not.toContain(secret);
  });
});

describe("data that are downloaded", () => {
  test("trap: a download that cannot be made is an error with its reason, never a page or half a file", async () => {
    const store = await openStore({ dataDir: world.dataDir }, world.clock.now);
    const texts = store.db.updateTable("study").where("id", "=", "exercise-and-pain");
    const { protocolText: kept = "" } = (await studyById(store.db, "exercise-and-pain")) ?? {};
    await texts.set({ protocol_text: "waves: [" }).execute();
    const response = await staff.send("GET", "/api/studies/exercise-and-pain/data");
    await texts.set({ protocol_text: kept }).execute();
    await store.close();
    expect(response.status).toBe(500);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(((await response.json()) as Problem).remedy).toMatch(/Try again/);
    expect((await staff.send("GET", "/api/studies/exercise-and-pain/data")).status).toBe(200);
  });
});
