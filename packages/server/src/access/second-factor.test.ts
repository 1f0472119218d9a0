import type { Account, NewSecondFactor, PeoplePage, Team } from "@longwave/api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { totpAt } from "../../testing/totp.mjs";
import { engines, makePlace, stopPostgres, type TestPlace } from "../testing/engines.ts";
import { openWorld, protocolText, type Visitor, type World } from "../testing/world.ts";

afterAll(stopPostgres);

const STUDY = "pain";
const CODE = "/api/staff/second-factor/code";

test("the code of an authenticator app is that of RFC 6238, appendix B", () => {
  const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  expect([59, 1111111109, 20000000000].map((seconds) => totpAt(secret, seconds * 1000))).toEqual([
    "287082",
    "081804",
    "353130",
  ]);
});

describe.each(engines)("staff, on %s", (engine) => {
  let place: TestPlace;
  let world: World;
  let owner: Visitor;
  beforeAll(async () => {
    place = await makePlace(engine);
    world = await openWorld({ ...place.location, demonstration: null });
    owner = await world.staff("owner@example.org");
    await owner.post("/api/studies", { protocol: protocolText, id: STUDY });
    await owner.post(`/api/studies/${STUDY}/people`, { text: "Kari Secret, kari@secret.example" });
  });
  afterAll(async () => {
    await world.close();
    await place.remove();
  });

  /** Changes what only time would change. */
  async function change(
    edit: (store: Awaited<ReturnType<TestPlace["open"]>>) => Promise<unknown>,
  ): Promise<void> {
    const store = await place.open();
    await edit(store);
    await store.close();
  }

  const labels = async (visitor: Visitor, search = ""): Promise<readonly string[]> =>
    (await visitor.get<PeoplePage>(`/api/studies/${STUDY}/people?search=${search}`)).people.map(
      ({ label }) => label,
    );

  test("set up a second factor by a code of their app; each code is taken once, a recovery code too", async () => {
    const visitor = await world.signedIn("new@example.org");
    const { secret, uri, recoveryCodes } = await visitor.post<NewSecondFactor>("/api/staff/second-factor");
    expect(uri).toMatch(/^otpauth:\/\/totp\/Longwave:new%40example\.org\?/);
    expect(recoveryCodes).toHaveLength(10);
    expect((await visitor.get<Account>("/api/staff/account")).secondFactor).toBe("none");
    const code = totpAt(secret, Date.now());
    expect((await visitor.post<Account>(CODE, { code })).secondFactor).toBe("verified");
    const again = await world.signedIn("new@example.org");
    expect((await again.get<Account>("/api/staff/account")).secondFactor).toBe("set");
    expect((await again.problem("POST", CODE, { code })).code).toBe("staff.code-wrong");
    expect((await again.problem("POST", "/api/staff/second-factor")).code).toBe("staff.second-factor-needed");
    const [recovery] = recoveryCodes;
    expect((await again.post<Account>(CODE, { code: recovery })).secondFactor).toBe("verified");
    const third = await world.signedIn("new@example.org");
    expect((await third.problem("POST", CODE, { code: recovery })).code).toBe("staff.code-wrong");
    const replaced = await again.post<NewSecondFactor>("/api/staff/second-factor");
    expect(replaced.secret).not.toBe(secret);
    expect((await again.get<Account>("/api/staff/account")).secondFactor).toBe("none");
  });

  test("may type five wrong codes in a row, together or one by one, and none for a while after", async () => {
    const visitor = await world.signedIn("guess@example.org");
    const { secret, recoveryCodes } = await visitor.post<NewSecondFactor>("/api/staff/second-factor");
    await visitor.post(CODE, { code: totpAt(secret, Date.now()) });
    const codes = Array.from({ length: 9 }, (_, index) => `wrong-${index}`);
    const statuses = await Promise.all(
      codes.map(async (code) => (await visitor.send("POST", CODE, { code })).status),
    );
    expect(statuses.filter((status) => status === 422)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(4);
    expect((await visitor.problem("POST", CODE, { code: recoveryCodes[0] })).code).toBe("request.too-many");
    await change(({ db }) => db.updateTable("second_factor").set({ closed_until: 1 }).execute());
    await visitor.post(CODE, { code: recoveryCodes[0] });
  });

  test("see names while the session is used, numbers once it has rested; search finds what is shown", async () => {
    expect(await labels(owner, "secret")).toEqual(["Kari Secret"]);
    await change(({ db }) => db.updateTable("verified_session").set({ until: 1 }).execute());
    expect(await labels(owner)).toEqual(["Person 1"]);
    expect(await labels(owner, "secret")).toEqual([]);
    expect((await owner.problem("POST", `/api/studies/${STUDY}/people`, { text: "A" })).code).toBe(
      "staff.second-factor-needed",
    );
    owner = await world.staff("owner@example.org");
    expect(await labels(owner)).toEqual(["Kari Secret"]);
  });

  test("see where they are signed in, and sign out there", async () => {
    const [one, two] = [await world.signedIn("two@example.org"), await world.signedIn("two@example.org")];
    const { sessions } = await one.get<Account>("/api/staff/account");
    expect(sessions.map(({ current }) => current).sort()).toEqual([false, true]);
    for (const { startedAt, endsAt } of sessions)
      expect(Math.round((endsAt - startedAt) / 60_000)).toBe(12 * 60);
    const mine = await owner.get<Account>("/api/staff/account");
    const after = await one.post<Account>("/api/staff/sessions/end", { session: mine.sessions[0]?.id ?? "" });
    expect(after.sessions).toHaveLength(2);
    expect((await one.post<Account>("/api/staff/sessions/end", {})).sessions).toHaveLength(1);
    expect((await two.problem("GET", "/api/staff/me")).code).toBe("staff.not-signed-in");
    await owner.get("/api/staff/me");
  });

  test("are invited by a link that works once, and are out at once when they are taken out", async () => {
    const email = "Data.Person@example.org";
    const team = await owner.post<Team>(`/api/studies/${STUDY}/team`, {
      email,
      role: "data_entry",
      site: "Oslo",
    });
    expect(team.members.map((each) => `${each.email} ${each.role} ${each.site}`).sort()).toEqual([
      "data.person@example.org data_entry Oslo",
      "owner@example.org owner null",
    ]);
    await world.server.deliverMail();
    const invited = await world.signedIn("data.person@example.org", { byMail: true });
    await expect(world.signedIn("data.person@example.org", { byMail: true })).rejects.toThrow(
      /sign-in-invalid/,
    );
    expect(await labels(invited)).toEqual([]);
    await owner.post(`/api/studies/${STUDY}/team/change`, { email, role: "analyst" });
    expect(await labels(invited)).toEqual(["Person 1"]);
    await owner.post(`/api/studies/${STUDY}/team/remove`, { email });
    expect((await invited.problem("GET", `/api/studies/${STUDY}`)).code).toBe("study.not-found");
  });

  test("ask for a link by e-mail with the same answer for all; only members get one", async () => {
    const asking = (email: string) => world.visitor().send("POST", "/api/staff/sign-in-link", { email });
    const statuses = [await asking("owner@example.org"), await asking("nobody@example.org")];
    expect(statuses.map(({ status }) => status)).toEqual([204, 204]);
    await world.server.deliverMail();
    await world.signedIn("owner@example.org", { byMail: true });
    await expect(world.signedIn("nobody@example.org", { byMail: true })).rejects.toThrow(/no sign-in link/);
  });

  test("keep an owner: the last one cannot go, nor be made anything else", async () => {
    const me = { email: "owner@example.org" };
    const leave = await owner.problem("POST", `/api/studies/${STUDY}/team/remove`, me);
    expect(leave.code).toBe("member.last-owner");
    const path = `/api/studies/${STUDY}/team/change`;
    expect((await owner.problem("POST", path, { ...me, role: "monitor" })).code).toBe("member.last-owner");
  });

  test("who have lost their second factor get a new one from the person who runs the server", async () => {
    expect(await world.server.forgetSecondFactor("guess@example.org")).toBe(true);
    const visitor = await world.signedIn("guess@example.org");
    expect((await visitor.get<Account>("/api/staff/account")).secondFactor).toBe("none");
    expect(await world.server.forgetSecondFactor("unknown@example.org")).toBe(false);
  });

  test("from before there were roles own every study there was, which is written down", async () => {
    await change(async ({ db }) => {
      await db.deleteFrom("membership").execute();
      await db.deleteFrom("study_opener").execute();
    });
    await world.close();
    world = await openWorld({ ...place.location, demonstration: null });
    const team = await (await world.signedIn("two@example.org")).get<Team>(`/api/studies/${STUDY}/team`);
    expect(team.members.map(({ email }) => email)).toContain("owner@example.org");
    expect(new Set(team.members.map(({ role, addedBy }) => `${role} by ${addedBy}`))).toEqual(
      new Set(["owner by upgrade"]),
    );
  });
});
